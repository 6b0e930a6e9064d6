"""One endpoint, asked for JSON in a stream. The only retry loop there is: at most three requests for one answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import openai

from interviewer.config import Endpoint
from interviewer.engines.base import Waiting
from interviewer.engines.llm import faults
from interviewer.engines.llm.faults import Fault

REQUESTS = 3  # for one answer, the first included
LONGEST_WAIT = 30.0  # seconds a server may ask us to wait
LONGEST_ANSWER = 60_000  # characters
NO_KEY = "no-key-needed"  # servers without keys want any non-empty string

Message = dict[str, str]


@dataclass
class Usage:
    """Tokens so far, as the endpoint counted them."""

    requests: int = 0
    prompt: int = 0
    completion: int = 0


@dataclass
class Wanted:
    """A JSON answer to ask for: messages, the schema it must fit, and ``accept``, which raises ValueError when the
    whole answer can't be used."""

    messages: list[Message]
    name: str
    schema: dict[str, Any]
    accept: Callable[[str], object]


@dataclass
class Client:
    """Asks one endpoint. ``schemas`` turns False, for good and with a note, when the endpoint takes no JSON schema."""

    endpoint: Endpoint
    deadline: float = 90.0
    patience: float = 30.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    usage: Usage = field(default_factory=Usage)
    schemas: bool = True
    _openai: openai.AsyncOpenAI | None = None

    async def stream(self, wanted: Wanted) -> AsyncIterator[str | Waiting]:
        """Pieces of one JSON answer, ending only if it is whole. A Waiting means: forget the pieces so far.

        Raises Fault when all requests are used up or asking again is pointless.
        """
        for attempt in range(1, REQUESTS + 1):
            try:
                async with asyncio.timeout(self.deadline):
                    async for piece in self._once(wanted):
                        yield piece
                return
            except (openai.OpenAIError, ValueError, TimeoutError, AttributeError, TypeError, Fault) as error:
                if self._without_schemas(error):
                    yield Waiting(f"{self.endpoint.host} takes no schema; asking for plain JSON", 0.0, attempt)
                    continue
                fault = faults.from_exception(error, self.endpoint.host)
                wait = self._wait(fault, attempt)
                if wait is None:
                    raise fault from error
            yield Waiting(fault.message, wait, attempt)
            await self.sleep(wait)
        raise faults.malformed("no request was left to ask again")

    async def aclose(self) -> None:
        if self._openai is not None:
            await self._openai.close()

    def _wait(self, fault: Fault, attempt: int) -> float | None:
        """Seconds until the next request; None when there shall be none."""
        if not fault.retryable or attempt >= REQUESTS or (fault.wait or 0) > LONGEST_WAIT:
            return None
        return fault.wait if fault.wait is not None else 0.5 * 2 ** (attempt - 1)

    def _without_schemas(self, error: Exception) -> bool:
        """True, once, if the endpoint has just said that it takes no JSON schema."""
        said = str(error)
        if (
            self.schemas
            and isinstance(error, openai.BadRequestError)
            and ("response_format" in said or "schema" in said)
        ):
            self.schemas = False
            return True
        return False

    async def _once(self, wanted: Wanted) -> AsyncIterator[str]:
        self.usage.requests += 1
        finish, refusal, text = None, "", ""
        # Plain dicts: the client's typed unions of messages and formats say no more than our own schema does.
        request: Any = {"messages": wanted.messages, "response_format": self._format(wanted)}
        stream = await self._client().chat.completions.create(
            **request, model=self.endpoint.model or "", stream=True, stream_options={"include_usage": True}
        )
        async with stream:
            async for chunk in stream:
                self._count(getattr(chunk, "usage", None))
                if not chunk.choices:
                    continue
                choice = chunk.choices[0]
                finish = choice.finish_reason or finish
                refusal += choice.delta.refusal or ""
                if piece := choice.delta.content or "":
                    text += piece
                    if len(text) > LONGEST_ANSWER:
                        raise Fault("too_long", "The model's answer grew longer than it is allowed to.")
                    yield piece
        if fault := faults.finished(finish, refusal):
            raise fault
        if not text:
            raise faults.malformed("it was empty")
        try:
            wanted.accept(text)
        except ValueError as error:
            raise faults.malformed("it did not fit what was asked for") from error

    def _format(self, wanted: Wanted) -> dict[str, Any]:
        if not self.schemas:
            return {"type": "json_object"}
        return {"type": "json_schema", "json_schema": {"name": wanted.name, "strict": True, "schema": wanted.schema}}

    def _count(self, usage: Any) -> None:
        if usage is not None:
            self.usage.prompt += usage.prompt_tokens or 0
            self.usage.completion += usage.completion_tokens or 0

    def _client(self) -> openai.AsyncOpenAI:
        if self._openai is None:
            key = self.endpoint.api_key
            # No redirects: what candidates say goes to the one address that was chosen. No proxy for this machine itself.
            http = openai.DefaultAsyncHttpxClient(follow_redirects=False, trust_env=not self.endpoint.local)
            self._openai = openai.AsyncOpenAI(
                base_url=self.endpoint.base_url,
                api_key=key.get_secret_value() if key else NO_KEY,
                max_retries=0,
                timeout=openai.Timeout(self.deadline, connect=5.0, read=self.patience),
                http_client=http,
            )
        return self._openai
