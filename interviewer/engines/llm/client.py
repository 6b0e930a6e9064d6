"""One endpoint, asked for JSON in a stream. The only retry loop there is: at most three requests for one answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai

from interviewer.config import Endpoint
from interviewer.engines.base import Waiting
from interviewer.engines.llm import answers, connection, faults, partial, probabilities, tokens
from interviewer.engines.llm.allowance import AN_ANSWER, Allowance, guessed, measured
from interviewer.engines.llm.answers import Answers
from interviewer.engines.llm.capabilities import Capabilities, Parameter
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.fences import unfenced
from interviewer.engines.llm.pace import Pace
from interviewer.engines.llm.probabilities import Token
from interviewer.engines.llm.wanted import Message as Message
from interviewer.engines.llm.wanted import Wanted as Wanted
from interviewer.models.usage import Usage

REQUESTS = 3  # for one answer, the first included
LONGEST_WAIT = 30.0  # seconds a server may ask us to wait
# In a run over many transcripts a full endpoint is no fault of the call: it waits its turn again, so often and so long.
REFUSALS = 20
LONGEST_REST = 600.0  # seconds
LONGEST_ANSWER = 60_000  # characters
SHORTEST_SECRET = 12  # characters; a local server's made-up key ("test") may be an ordinary word
NO_KEY = "no-key-needed"  # servers without keys want any non-empty string


@dataclass
class Client:
    """Asks one endpoint. ``deadline``: seconds for one answer in all, waits and further requests included;
    ``patience``: for its next piece. ``usage`` grows up to what the ``allowance`` leaves; ``capabilities`` shrink, for
    good, when the endpoint refuses a part of a request. ``pace`` lets the calls of a run through, ``answers`` holds
    those that were given before; None: neither."""

    endpoint: Endpoint
    deadline: float = 90.0
    patience: float = 30.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    usage: Usage = field(default_factory=Usage)
    allowance: Allowance = field(default_factory=Allowance)
    capabilities: Capabilities = field(default_factory=Capabilities)
    learned: Callable[[Capabilities], None] = lambda _: None
    pace: Pace | None = None
    answers: Answers | None = None
    _openai: openai.AsyncOpenAI | None = None
    _connection: httpx2.AsyncClient | None = None

    @property
    def schemas(self) -> bool:
        """Whether the endpoint is given JSON schemas."""
        return self.capabilities.format == "json_schema"

    async def stream(self, wanted: Wanted) -> AsyncGenerator[str | Waiting]:
        """Pieces of one JSON answer, ending only if it is whole. A Waiting means: forget the pieces so far.

        Raises Fault when all requests are used up or asking again is pointless.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + self.deadline
        attempt = refusals = 0
        while True:
            fault, queued = None, clock()
            async with self._turn() as began:
                until += clock() - queued  # who waits for their turn doesn't wait for the endpoint
                asked = self.capabilities
                async with aclosing(self._once(wanted, asked)) as pieces:
                    while fault is None:
                        try:
                            # Around each piece, not around the yield: a timeout must never end what the reader does.
                            async with asyncio.timeout_at(until):
                                piece = await anext(pieces)
                        except StopAsyncIteration:
                            self._served()
                            return
                        except Exception as error:  # whatever a foreign server can cause, our own slips included
                            fault = faults.from_exception(error, self.endpoint.host)
                        else:
                            yield piece
                refused = self._refused(fault, began)  # before the next call takes this one's turn
            if refused and refusals < REFUSALS:
                refusals += 1
                yield Waiting(fault.message, fault.wait or 0.0, refusals)
                continue
            attempt += 1
            if fault.refuses and self._does_without(fault.refuses, asked):
                fault.retryable, fault.wait = True, 0.0
            wait = self._wait(fault, attempt, until - clock())
            # Raised here, outside of the handler: the client's own exception quotes the server, key and all.
            if attempt == REQUESTS or wait is None:
                raise fault
            yield Waiting(fault.message, wait, attempt)
            await self.sleep(wait)

    async def whole(self, wanted: Wanted, vote: int = 0) -> None:
        """Have ``wanted.accept`` take one whole answer: one that was given before, or a new one, kept for the next
        time. Only an answer that was taken is kept. ``vote``: which of several answers to the same. Raises Fault."""
        if self.answers is None:
            await self._text(wanted)
            return
        name = wanted.answer_name(self.endpoint.model, vote)
        if (known := self.answers.get(name)) is not None:
            with suppress(ValueError, RecursionError):
                wanted.take(known)
                wanted.weighed = self._weighed(wanted, name)
                return
        self.answers.put(name, await self._text(wanted))
        if wanted.weighed:
            self.answers.put(answers.beside(name, "tokens"), json.dumps(wanted.weighed))

    def _weighed(self, wanted: Wanted, name: str) -> list[Token]:
        """The tokens that were kept beside an answer."""
        kept = self.answers.get(answers.beside(name, "tokens")) if self.answers and wanted.weigh else None
        with suppress(ValueError, TypeError):
            return [(str(token), dict(others)) for token, others in json.loads(kept or "[]")]
        return []

    async def _text(self, wanted: Wanted) -> str:
        text = ""
        async with aclosing(self.stream(wanted)) as pieces:
            async for piece in pieces:
                text = "" if isinstance(piece, Waiting) else text + piece
        return text

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[float]:
        """When a request may be made, and the time it is."""
        if self.pace is None:
            yield 0.0
            return
        async with self.pace.call() as began:
            yield began

    def _served(self) -> None:
        if self.pace is not None:
            self.pace.served()

    def _refused(self, fault: Fault, began: float) -> bool:
        """Have the run slow down where the endpoint asks for it; whether the call only has to wait its turn again."""
        if self.pace is None or (fault.code != "busy" and fault.wait is None) or (fault.wait or 0.0) > LONGEST_REST:
            return False
        self.pace.refused(began, fault.wait)
        return fault.code == "busy"

    async def aclose(self) -> None:
        if self._openai is not None:
            await self._openai.close()  # and the connection with it
            self._openai = self._connection = None

    def _does_without(self, refused: Parameter, asked: Capabilities) -> bool:
        """Ask for less from now on; False when there is nothing less. Another call may have learned it meanwhile."""
        less = asked.without(refused)
        if less is not None and self.capabilities == asked:
            self.capabilities = less
            self.learned(less)
        return less is not None

    def _wait(self, fault: Fault, attempt: int, left: float) -> float | None:
        """Seconds until the next request; None when there shall be none."""
        wait = fault.wait if fault.wait is not None else 0.5 * 2 ** (attempt - 1)
        return wait if fault.retryable and wait <= min(LONGEST_WAIT, left) else None

    async def _once(self, wanted: Wanted, asked: Capabilities) -> AsyncGenerator[str]:
        prompt = tokens.count_messages(wanted.messages)
        with self._room(prompt):
            async with aclosing(self._answer(wanted, asked, prompt)) as pieces:
                async for piece in pieces:
                    yield piece

    @contextmanager
    def _room(self, prompt: int) -> Iterator[None]:
        """Raises Fault where a request with so many tokens would go beyond what may be used. In a run it is counted
        while it is under way, so that many together can't spend the same rest."""
        self.allowance.check(self.usage if self.pace is None else self.pace.spent, prompt)
        ahead = self.allowance.priced(Usage(prompt=prompt, completion=AN_ANSWER))
        self._spend(ahead)
        try:
            yield
        finally:
            self._spend(ahead, -1)

    def _spend(self, usage: Usage, sign: int = 1) -> None:
        if self.pace is not None:
            self.pace.spend(usage, sign)

    async def _answer(self, wanted: Wanted, asked: Capabilities, prompt: int) -> AsyncGenerator[str]:
        finish, refusal, raw, text, counted = None, "", "", "", None
        weighed: list[Token] = []
        stream = await self._request(wanted, asked)
        try:
            async with ended(stream):
                async for chunk in stream:
                    counted = chunk.get("usage") or counted
                    if not chunk.get("choices"):
                        continue
                    choice = chunk["choices"][0]
                    finish = choice.get("finish_reason") or finish
                    refusal += choice["delta"].get("refusal") or ""
                    weighed += probabilities.tokens(choice) if wanted.weigh else ()
                    if piece := choice["delta"].get("content") or "":
                        raw += piece
                        self.check(raw)
                        fresh, text = unfenced(raw)[len(text) :], unfenced(raw)
                        if fresh:
                            yield fresh
        finally:  # what was left half-way is paid for, too
            spent = self.allowance.priced(measured(counted) or guessed(prompt, raw))
            self.usage += spent
            self._spend(spent)
        if not text and "event-stream" not in stream.response.headers.get("content-type", ""):
            raise faults.malformed("it did not come as a stream")
        if fault := faults.finished(finish, refusal):
            raise fault
        try:
            wanted.take(text)
        except (ValueError, RecursionError):
            raise faults.unusable(text, finish) from None
        wanted.weighed = weighed

    async def _request(self, wanted: Wanted, asked: Capabilities) -> openai.AsyncStream[Any]:
        request = {**wanted.body(self.endpoint.model, asked), "stream": True}
        if asked.stream_usage:
            request["stream_options"] = {"include_usage": True}
        if asked.logprobs and wanted.weigh:
            request |= {"logprobs": True, "top_logprobs": probabilities.TOP}
        self.usage += Usage(requests=1)
        return await connection.ask(self.raw(), self._http(), request)

    def check(self, text: str) -> None:
        """Raises Fault when an answer is too long or repeats the key, which must be neither shown nor stored."""
        if len(text) > LONGEST_ANSWER:
            raise faults.too_long()
        key = self.endpoint.api_key.get_secret_value() if self.endpoint.api_key else ""
        if "\\" in text:  # an escape could hide it
            text += json.dumps(partial.parse(text), ensure_ascii=False)
        if len(key) >= SHORTEST_SECRET and key in text:
            raise Fault("key_echoed", "The model's answer repeated your key; it was thrown away.")

    def _http(self) -> httpx2.AsyncClient:
        if self._connection is None:
            self._connection = connection.http_client(
                local=self.endpoint.local, plain=self.endpoint.base_url.startswith("http://"),
                run=self.pace.most if self.pace else 0,
            )  # fmt: skip
        return self._connection

    def raw(self) -> openai.AsyncOpenAI:
        """The library's client for this endpoint: without retries, redirects or idle connections."""
        if self._openai is None:
            key = self.endpoint.api_key
            self._openai = openai.AsyncOpenAI(
                base_url=self.endpoint.base_url,
                api_key=key.get_secret_value() if key else NO_KEY,
                max_retries=0,
                timeout=openai.Timeout(self.deadline, connect=5.0, read=self.patience),
                default_headers={"accept-encoding": "identity"},
                http_client=self._http(),
            )
        return self._openai


@asynccontextmanager
async def ended(stream: openai.AsyncStream[Any]) -> AsyncIterator[None]:
    """Closes a stream and ends its generators, here and now.

    One left in the middle refers to itself, so the garbage collector would end it, on whichever thread it runs.
    """
    try:
        yield
    finally:
        await stream.close()
        with suppress(Exception):  # what still comes was not asked for
            while True:
                await anext(stream)
