"""llama.cpp's own server, with a model of random weights: the client against what a real server really does."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.config import Endpoint
from interviewer.engines.base import Waiting
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.probing import probe

pytest.importorskip("xllamacpp", reason="llama.cpp has no wheel for this platform")

MODEL = Path(__file__).parent / "tiny.gguf"
SERVE = """
import sys, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.n_ctx, p.n_parallel, p.port, p.warmup = sys.argv[1], 4096, 2, 0, False
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
WORD: dict[str, Any] = {
    "type": "object",
    "properties": {"word": {"type": "string", "pattern": "^[a-z]{3,12}$"}, "colour": {"enum": ["red", "blue"]}},
    "required": ["word", "colour"], "additionalProperties": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the server listens; it ends with its input."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(MODEL)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        yield server.stdout.readline().strip()


@pytest.fixture
async def client(address: str) -> AsyncIterator[Client]:
    made = Client(Endpoint(base_url=f"{address}/v1", api_key=None, model="tiny"), deadline=60, patience=60)
    yield made
    await made.aclose()


def fits(text: str) -> None:
    parsed = json.loads(text)
    if set(parsed) != {"word", "colour"} or parsed["colour"] not in ("red", "blue"):
        raise ValueError("not what was asked for")


def wanted(prompt: str = "A word?", **changed: Any) -> Wanted:
    return Wanted(
        [{"role": "user", "content": prompt}], "word", WORD, fits, **{"limit": 200, "temperature": 0.0, **changed}
    )


async def pieces(client: Client, what: Wanted) -> list[str]:
    given = [part async for part in client.stream(what)]
    assert not [part for part in given if isinstance(part, Waiting)]
    return [str(part) for part in given]


async def test_an_answer_is_held_to_its_schema_and_comes_in_pieces(client: Client) -> None:
    given = await pieces(client, wanted())
    fits("".join(given))
    assert len(given) > 5


async def test_the_servers_own_count_of_tokens_is_used(client: Client) -> None:
    await pieces(client, wanted())
    assert not client.usage.estimated
    assert client.usage.prompt > 10 and client.usage.completion > 5


async def test_what_was_read_before_is_read_again_from_the_cache(client: Client) -> None:
    long = "The same beginning, word for word. " * 30
    await pieces(client, wanted(long))
    await pieces(client, wanted(f"{long} And then?"))
    assert client.usage.cached > 500


async def test_answers_at_once_do_not_mix(client: Client) -> None:
    for given in await asyncio.gather(*(pieces(client, wanted(f"Word {n}?")) for n in range(6))):
        fits("".join(given))
    assert client.usage.requests == 6


async def test_a_prompt_beyond_the_context_is_said_to_be_that(client: Client) -> None:
    with pytest.raises(Fault) as caught:
        await pieces(client, wanted("words and words " * 2000))
    assert caught.value.code == "context" and client.usage.requests == 1


async def test_an_answer_cut_by_its_limit_is_no_answer(client: Client) -> None:
    parts: list[object] = []
    with pytest.raises(Fault) as caught:
        async for part in client.stream(wanted(limit=4)):
            parts.append(part)
    assert caught.value.code == "too_long"


async def test_probing_finds_that_it_takes_all_there_is(client: Client) -> None:
    found = await probe(client)
    assert (found.format, found.temperature, found.stream_usage, found.logprobs) == ("json_schema", True, True, True)
