"""A run by batch: what would be asked is sent in one file, and collected from another process when it is answered.

The answers of a batch become answers that were given before (``engines.llm.answers``), and grading then finds them
there. So a judgement that needs a further call once the first is answered simply is in the next batch.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from interviewer.cohort.one import Grader
from interviewer.cohort.work import Beat, Choices, Done, Work, failed
from interviewer.errors import EngineError, StorageError, UsageError
from interviewer.models.base import Frozen
from interviewer.storage import files

if TYPE_CHECKING:
    from interviewer.engines.llm.batches import Batches, Gathering, Seen
    from interviewer.engines.llm.engine import LLMEngine

NAME = ".batch.json"
AGAIN = "The same command sends it again."


class Part(Frozen):
    """One batch: its id (None while it is not known whether it was begun), its mark, the answers it is to bring."""

    id: str | None
    mark: str
    names: tuple[str, ...]


class State(Frozen):
    """The batches under way of an out folder, and where and with which model: kept in the folder."""

    base_url: str
    model: str
    parts: tuple[Part, ...] = ()


@dataclass
class Came:
    """What a step of a run by batch came to."""

    sent: list[Part] = field(default_factory=list)
    requests: int = 0
    tokens: int = 0  # that answering them may take
    waiting: list[tuple[str, Seen]] = field(default_factory=list)


@dataclass
class Step:
    """One call of the command: looks, collects, grades what is answered, sends what is missing."""

    choices: Choices
    beat: Callable[[Beat], None]
    came: Came = field(default_factory=Came)
    why: dict[str, str] = field(default_factory=dict)  # name of an answer -> why it did not come

    def go(self, works: Sequence[Work], tell: Callable[[Done], None]) -> None:
        """Raises EngineError, StorageError, UsageError."""
        asyncio.run(self._go(works, tell))

    async def _go(self, works: Sequence[Work], tell: Callable[[Done], None]) -> None:
        from interviewer.engines.llm.batches import Batches

        engine, client = _engine(self.choices)
        batches = Batches(client)
        try:
            state = await _settled(self.choices.out, client, batches)
            if await self._waits(state, batches):
                return
            await self._collect(state, client, batches)
            await self._grade(works, Grader(self.choices, engine), client, tell)
            await self._send(client, batches, {name for part in state.parts for name in part.names})
        finally:
            self.beat(Beat(client.usage))
            await batches.aclose()
            await engine.aclose()

    async def _waits(self, state: State, batches: Batches) -> bool:
        """Whether a batch is still being answered."""
        seen = [(part.id, await batches.look(part.id)) for part in state.parts if part.id]
        if all(one.over for _, one in seen):
            return False
        self.came.waiting = seen
        return True

    async def _collect(self, state: State, client: Gathering, batches: Batches) -> None:
        """Keep every answer that came, and why the others did not."""
        if not state.parts or client.answers is None:
            return
        for part in state.parts:
            seen = await batches.look(part.id or "")
            left = set(part.names)
            for file in seen.files:
                for line in await batches.lines(file, self.choices.out / f".{secrets.token_hex(4)}.batch.tmp"):
                    client.usage += line.usage
                    if line.name not in left:
                        continue  # a line twice, or none of ours
                    left.discard(line.name)
                    if line.text is None:
                        self.why[line.name] = line.why
                    else:
                        client.answers.put(line.name, line.text)
            said = "No line came back for it." if seen.status == "completed" else f"The batch is {seen.status}."
            self.why |= dict.fromkeys(left, said)
        _forget(self.choices.out)

    async def _grade(
        self, works: Sequence[Work], grader: Grader, client: Gathering, tell: Callable[[Done], None]
    ) -> None:
        """What has all its answers is graded; what only waits for some is not told of."""
        for work in works:
            client.wanted.clear()
            done = await grader.done(work)
            lost = [n for n in client.wanted if n in self.why or n in client.unfit]
            if lost:
                why = self.why.get(lost[0], "The answer did not fit what was asked for.")
                tell(failed(work, f"{len(lost)} of its answers did not come with the batch. {why} {AGAIN}"))
            elif not client.wanted:
                tell(done)
            await asyncio.sleep(0)

    async def _send(self, client: Gathering, batches: Batches, before: set[str]) -> None:
        """Send what is missing, but not at once what a batch just failed to answer: that is said first."""
        from interviewer.engines.llm.batches import parts

        for name in before & client.missing.keys():
            del client.missing[name]
        if not client.missing:
            return
        expected = client.expected
        client.allowance.check(client.usage + expected, 0)
        self.came.requests, self.came.tokens = len(client.missing), expected.tokens
        for names, data in parts(client.missing):
            part = Part(id=None, mark=secrets.token_hex(8), names=tuple(names))
            self._write(client, [*self.came.sent, part])  # first: should we die in between, its mark finds it
            part = part.model_copy(update={"id": await batches.send(data, part.mark)})
            self.came.sent.append(part)
            self._write(client, self.came.sent)

    def _write(self, client: Gathering, parts: Sequence[Part]) -> None:
        where = client.endpoint
        state = State(base_url=where.base_url, model=where.model or "", parts=tuple(parts))
        files.write_private(self.choices.out / NAME, state.model_dump_json())


def cancel(choices: Choices) -> list[str]:
    """Have the batches under way answered no further; their ids. Raises UsageError where there is none, EngineError."""

    async def go() -> list[str]:
        from interviewer.engines.llm.batches import Batches

        engine, client = _engine(choices)
        batches = Batches(client)
        try:
            state = await _settled(choices.out, client, batches)
            ids = [part.id for part in state.parts if part.id and not (await batches.look(part.id)).over]
            for id in ids:
                await batches.cancel(id)
        finally:
            await batches.aclose()
            await engine.aclose()
        return ids

    ids = asyncio.run(go())
    if not ids:
        raise UsageError(f"No batch of {choices.out} is under way.")
    return ids


def _engine(choices: Choices) -> tuple[LLMEngine, Gathering]:
    from interviewer.engines.llm.answers import Answers
    from interviewer.engines.llm.batches import Gathering
    from interviewer.engines.llm.engine import LLMEngine

    engine = LLMEngine.from_settings(choices.model, client=Gathering)
    client = engine.client
    assert isinstance(client, Gathering)
    client.answers = Answers() if choices.remember else Answers(choices.out / ".answers")
    return engine, client


async def _settled(out: Path, client: Gathering, batches: Batches) -> State:
    """The batches under way, each with its id; one that was never begun is left out."""
    from interviewer.engines.llm.faults import Fault

    state = _read(out, client)
    parts = []
    for part in state.parts:
        if part.id is None:
            try:
                id = await batches.find(part.mark)
            except Fault as fault:
                raise EngineError(
                    fault.code, f"It is not known whether the last batch was begun: {fault.message}",
                    next_step=f"Look at your provider's list of batches; delete {out / NAME} to send it again.",
                ) from None  # fmt: skip
            if id is None:
                continue
            part = part.model_copy(update={"id": id})
        parts.append(part)
    return state.model_copy(update={"parts": tuple(parts)})


def _read(out: Path, client: Gathering) -> State:
    """The state kept in ``out``. Raises UsageError where it is of another address or model: a batch is asked about only
    where it was sent."""
    where, path = client.endpoint, out / NAME
    none = State(base_url=where.base_url, model=where.model or "")
    try:
        state = State.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return none
    except OSError as error:
        raise files.failed(path, error, doing="read") from error
    except ValidationError:
        raise StorageError(f"{path} can't be read.", next_step="Delete it to send everything again.") from None
    if (state.base_url, state.model) != (none.base_url, none.model):
        raise UsageError(
            f"The batch of {out} was sent to {state.base_url} for {state.model or 'no model'}.",
            next_step=f"Use the same, or delete {path} to give it up.",
        )
    return state


def _forget(out: Path) -> None:
    (out / NAME).unlink(missing_ok=True)
    files.sync_folder(out)
