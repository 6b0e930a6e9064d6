"""OpenAI's Batch API: requests in a file, answers in another within a day, at half the price where it is offered.

# source: the API reference of OpenAI, "Batch" and "Files": at most 50,000 requests and 200 MB a file, a window of 24 h
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

import openai

from interviewer.engines.llm import connection, faults
from interviewer.engines.llm.allowance import AN_ANSWER, measured
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.fences import unfenced
from interviewer.engines.llm.tokens import count_messages
from interviewer.errors import StorageError
from interviewer.models.usage import Usage

URL: Literal["/v1/chat/completions"] = "/v1/chat/completions"
MOST_REQUESTS, MOST_BYTES = 50_000, 200_000_000  # in one file
LONGEST_FILE = 2_000_000_000  # bytes of answers that are taken
SECONDS = 600.0  # for one upload or download
OVER = ("completed", "failed", "expired", "cancelled")
WAITS = "it waits for a batch to be answered"

T = TypeVar("T")


@dataclass
class Gathering(Client):
    """A client that asks nothing: it takes answers that are there, and gathers what would have to be asked.

    ``missing`` are requests by the name of their answer, ``wanted`` those names as they were asked for, ``unfit`` the
    names of answers that were there and could not be used.
    """

    missing: dict[str, dict[str, Any]] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    unfit: set[str] = field(default_factory=set)

    async def whole(self, wanted: Wanted, vote: int = 0) -> None:
        name = wanted.answer_name(self.endpoint.model, vote)
        if self.answers is not None and (known := self.answers.get(name)) is not None:
            try:
                wanted.take(known)
                return
            except (ValueError, RecursionError):
                self.unfit.add(name)
                self.answers.drop(name)
        self.wanted.append(name)
        self.missing[name] = wanted.body(self.endpoint.model, self.capabilities)
        raise Fault("batched", f"{WAITS}.")

    @property
    def expected(self) -> Usage:
        """What answering all that is missing may take."""
        prompt = sum(count_messages(body["messages"]) for body in self.missing.values())
        return self.allowance.priced(Usage(prompt=prompt, completion=AN_ANSWER * len(self.missing)))


@dataclass(frozen=True)
class Seen:
    """How far a batch is. ``files`` hold its answers and its errors, as far as there are any."""

    status: str
    total: int = 0
    completed: int = 0
    failed: int = 0
    files: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        return self.status in OVER


@dataclass(frozen=True)
class Line:
    """One line of a batch's answers: the text, or why there is none; what it took."""

    name: str
    text: str | None
    why: str = ""
    usage: Usage = field(default_factory=Usage)


def parts(requests: dict[str, dict[str, Any]]) -> Iterator[tuple[list[str], bytes]]:
    """Requests as files that are not too large: the names in each, and its bytes."""
    names, lines, size = list[str](), list[bytes](), 0
    for name, body in requests.items():
        line = json.dumps({"custom_id": name, "method": "POST", "url": URL, "body": body}).encode() + b"\n"
        if names and (len(names) == MOST_REQUESTS or size + len(line) > MOST_BYTES):
            yield names, b"".join(lines)
            names, lines, size = [], [], 0
        names.append(name)
        lines.append(line)
        size += len(line)
    if names:
        yield names, b"".join(lines)


class Batches:
    """The batches of one endpoint. All methods raise Fault."""

    def __init__(self, client: Client) -> None:
        self.client = client
        where = client.endpoint
        self._openai = client.raw().with_options(
            timeout=SECONDS, http_client=connection.http_client(local=where.local, most=LONGEST_FILE)
        )

    async def send(self, data: bytes, mark: str) -> str:
        """Upload requests and have them answered; the batch's id. ``mark`` lets it be found again."""
        file = await self._do(self._openai.files.create(file=("requests.jsonl", data), purpose="batch"))
        made = await self._do(
            self._openai.batches.create(
                input_file_id=file.id, endpoint=URL, completion_window="24h", metadata={"interviewer": mark}
            )
        )
        return _known(made.id)

    async def find(self, mark: str) -> str | None:
        """The batch with that mark, among the last hundred; None where there is none."""
        page = await self._do(self._openai.batches.list(limit=100))
        return next((b.id for b in page.data or () if (b.metadata or {}).get("interviewer") == mark), None)

    async def look(self, id: str) -> Seen:
        """How far it is."""
        batch = await self._do(self._openai.batches.retrieve(id))
        counts = batch.request_counts
        files = tuple(f for f in (batch.output_file_id, batch.error_file_id) if f)
        if counts is None:
            return Seen(_known(batch.status), files=files)
        return Seen(_known(batch.status), counts.total, counts.completed, counts.failed, files)

    async def cancel(self, id: str) -> None:
        """Have no more of it answered; what was answered can still be had."""
        await self._do(self._openai.batches.cancel(id))

    async def lines(self, file: str, scratch: Path) -> list[Line]:
        """A file of answers or errors, in whatever order; lines that can't be read are left out. ``scratch`` is where
        it may lie meanwhile. Raises StorageError as well."""

        async def download() -> None:
            async with self._openai.files.with_streaming_response.content(file) as response:
                await response.stream_to_file(scratch)

        try:
            with _scratch(scratch) as stream:
                await self._do(download())
                return [line for raw in stream if (line := self._line(raw)) is not None]
        except OSError as error:
            raise StorageError(f"{scratch} could not be written: {error.strerror}.", next_step="Make room.") from error

    async def aclose(self) -> None:
        await self._openai.close()

    def _line(self, raw: bytes) -> Line | None:
        try:
            line = json.loads(raw)
            name = line["custom_id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if not isinstance(name, str):
            return None
        try:
            return self._answer(name, line)
        except Fault as fault:
            return Line(name, None, fault.message)
        except (KeyError, TypeError, IndexError, AttributeError):
            return Line(name, None, "Its line is in no known shape.")

    def _answer(self, name: str, line: dict[str, Any]) -> Line:
        response = line.get("response")
        if not response:
            expired = (line.get("error") or {}).get("code") == "batch_expired"
            return Line(name, None, "It was not answered within the day." if expired else "It was not answered.")
        if response["status_code"] != 200:
            return Line(name, None, f"It was refused with status {int(response['status_code'])}.")
        choice = response["body"]["choices"][0]
        took = self.client.allowance.priced(measured(response["body"].get("usage")) or Usage())
        usage = took + Usage(requests=1)
        if fault := faults.finished(choice.get("finish_reason"), choice["message"].get("refusal") or ""):
            return Line(name, None, fault.message, usage)
        text = choice["message"]["content"] or ""
        self.client.check(text)  # too long, or with the key in it
        return Line(name, unfenced(text), usage=usage)

    async def _do(self, call: Awaitable[T]) -> T:
        host = self.client.endpoint.host
        try:
            return await call
        except (openai.APIError, TimeoutError, ValueError) as error:
            fault = faults.from_exception(error, host)
        # Raised here, outside of the handler: the client's own exception quotes the server, key and all.
        if fault.code == "not_found":
            raise Fault("no_batches", f"{host} knows no such batch, or takes none.", next_step="Grade without --batch.")
        raise fault


@contextmanager
def _scratch(path: Path) -> Iterator[BinaryIO]:
    """A private file for a while, to be read from its start."""
    path.touch(mode=0o600)
    try:
        with path.open("rb") as stream:
            yield stream
    finally:
        path.unlink(missing_ok=True)


def _known(text: object) -> str:
    """An id or a status, as far as it looks like one: a server's words are not shown."""
    if not isinstance(text, str) or not text.replace("_", "").replace("-", "").isalnum() or len(text) > 200:
        raise faults.malformed("it was in no known shape")
    return text
