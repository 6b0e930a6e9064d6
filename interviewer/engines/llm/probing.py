"""Find out what an endpoint takes, by asking it a few tiny things; a handful of requests, some hundred tokens."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import openai

from interviewer.config import Endpoint
from interviewer.engines.llm import faults
from interviewer.engines.llm.capabilities import FORMATS, Capabilities, named
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault

TRIES = 8  # refusals of one part after the other, at most
ASKED = {"role": "user", "content": 'Answer with the JSON object {"word": "yes"} and nothing else.'}
SCHEMA: dict[str, Any] = {
    "type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"], "additionalProperties": False,
}  # fmt: skip


# What to do about a fault where nothing is being held yet: nobody can go on offline, and the address may be wrong.
ADVICE = {
    "connection": "See that the server there runs and the address is right; then run this again.",
    "timeout": "It may be loading the model: run this again, or raise patience in the settings.",
    "not_found": "Mend the name of the model or the address.",
    "key_refused": "Put in the key that belongs to this host: interviewer key set.",
    "quota": "Add credit there, or use another host.",
    "busy": "Run this again in a while.",
    "server": "Run this again in a while; if it stays so, ask those who run the server.",
    "redirected": "Put the address it points to into the settings, if you trust it.",
    "context": "Start the server with a longer context, or use another model.",
    "filtered": "Use another model, or another host.",
    "refused": "Use another model.",
    "malformed": "Mend the address if it is no model's; else use another model.",
    "too_long": "Use another model.",
    "cut": "Run this again; if it stays so, ask those who run the server.",
    "no_schemas": "Use another model.",
    "bad_request": "Use another model, or mend the address.",
}
TOO_SMALL = "takes even a tiny request for too long a one."


def setting_up(fault: Fault, where: Endpoint) -> Fault:
    """The same fault in the words of who sets an endpoint up: what was asked, and what to mend."""
    message = (
        f"{where.host} {TOO_SMALL}" if fault.code == "context" else fault.message.replace("the interview", "a request")
    )
    if fault.code not in ADVICE:
        return fault
    return Fault(fault.code, message, next_step=f"{ADVICE[fault.code]} Asked: {where.model} at {where.base_url}.")


async def probe(client: Client) -> Capabilities:
    """Ask for everything, then for less until the endpoint takes it; then for log probabilities. What was learned is
    the client's from then on. Raises Fault when the endpoint gives no usable answer at all."""
    client.capabilities = Capabilities()
    wanted = Wanted([ASKED], "probe", SCHEMA, _accept, limit=2000, temperature=0.0)
    for left in range(TRIES, 0, -1):
        before = client.capabilities
        try:
            async for _ in client.stream(wanted):
                pass
            break
        except Fault as fault:
            if client.capabilities == before and not _sink(client, fault):
                raise
            if left == 1:
                raise
    found = client.capabilities.model_copy(update={"logprobs": await _logprobs(client), "probed": True})
    client.capabilities = found
    client.learned(found)
    return found


def _sink(client: Client, fault: Fault) -> bool:
    """Some servers take a schema and then answer as they like: the next lower form may do."""
    if fault.code not in ("malformed", "cut", "server") or client.capabilities.format == FORMATS[-1]:
        return False
    client.capabilities = client.capabilities.without("format") or client.capabilities
    return True


async def _logprobs(client: Client) -> bool:
    """Whether log probabilities come back. One request more; a refusal is an answer, too."""
    request: dict[str, Any] = {"messages": [ASKED], "model": client.endpoint.model or "", "logprobs": True}
    if client.capabilities.limit != "none":
        request[client.capabilities.limit] = 50
    try:
        async with asyncio.timeout(client.deadline):
            answer = await client.raw().chat.completions.create(**request)
        return bool(answer.choices[0].logprobs and answer.choices[0].logprobs.content)
    except openai.APIStatusError as error:
        if error.status_code in (400, 422) and named(str(error)) is not None:
            return False
        raise faults.from_exception(error, client.endpoint.host) from None
    except (AttributeError, TypeError, IndexError, ValueError):
        return False
    except (openai.APIError, TimeoutError) as error:
        raise faults.from_exception(error, client.endpoint.host) from None


def _accept(text: str) -> None:
    if not isinstance(json.loads(text).get("word"), str):
        raise ValueError("no word")
