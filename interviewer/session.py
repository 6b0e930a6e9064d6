"""One interview being held: puts the parts together, takes turns, and is the only writer of its file."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import paths
from interviewer.content.library import Library, library
from interviewer.content.materials import Materials
from interviewer.engines import registry
from interviewer.engines.base import Engine, Waiting
from interviewer.errors import EngineError, TranscriptError, UsageError
from interviewer.graph.position import WAITING, position
from interviewer.models import events as ev
from interviewer.models.interview import Interview, Phase
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.models.transcript import Turn
from interviewer.plan import Plan, make_header
from interviewer.storage import store
from interviewer.storage.log import now

if TYPE_CHECKING:
    from interviewer.graph.state import Chunk

WARMING = "warm-up"  # the thread's name


class Clock:
    """The candidate's clock since the last answer, in seconds; runs only while they may type."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._since: float | None = None
        self._kept = 0.0

    @property
    def seconds(self) -> float:
        running = self._monotonic() - self._since if self._since is not None else 0.0
        return self._kept + running

    def start(self) -> None:
        if self._since is None:
            self._since = self._monotonic()

    def stop(self) -> None:
        self._kept, self._since = self.seconds, None

    def add(self, seconds: float) -> None:
        """Time that passed for somebody who has no clock to watch, a simulated candidate."""
        self._kept += seconds

    def take(self) -> float:
        """The seconds so far, rounded to milliseconds; the clock stands at zero, stopped."""
        taken, self._kept, self._since = round(self.seconds, 3), 0.0, None
        return taken


class Session:
    """An interview in progress. Made by ``start`` or ``resume``; ``close`` lets go of the file."""

    def __init__(self, log: store.Log, events: list[ev.Event], content: Library, notices: list[str]) -> None:
        self.log = log
        self.library = content
        self.notices = notices
        self.interview = Interview.of(events)
        self.clock = Clock(time.monotonic)
        self._engine: Engine | None = None
        self._warm: set[str | None] = set()  # questions whose answers can be read at once
        self._warming: threading.Thread | None = None
        self.materials = Materials(self.interview.header, content)

    @classmethod
    def start(cls, plan: Plan, content: Library | None = None) -> Session:
        """Write a new interview's header and hold it. Raises NotFound, NotSetUp, ContentError, StorageError."""
        content = content or library()
        header = make_header(plan, content)
        engine = registry.create(header.engine, header.model, header.seed)  # one that can't begin leaves no file
        log = store.Log.create((plan.folder or paths.transcripts()) / f"{header.id}.jsonl", header)
        session = cls._holding(log, [header], content, [])
        session._engine = engine
        return session

    @classmethod
    def resume(cls, path: Path, content: Library | None = None) -> Session:
        """Go on with a saved interview. Raises InUse, StorageError, TranscriptError."""
        log, loaded = store.Log.open(path)
        if not loaded.events or not isinstance(loaded.events[0], ev.Started):
            log.close()
            raise TranscriptError(
                f"{path} has no readable header, so it can't be resumed.",
                next_step="Its turns can still be graded and replayed.",
            )
        if loaded.events[0].origin == "imported":
            log.close()
            raise UsageError(f"{path.stem} was imported, not held here.", next_step="Replay or grade it instead.")
        return cls._holding(log, loaded.events, content or library(), list(loaded.problems))

    @classmethod
    def _holding(cls, log: store.Log, events: list[ev.Event], content: Library, notices: list[str]) -> Session:
        try:
            return cls(log, events, content, notices)
        except BaseException:
            log.close()
            raise

    @property
    def id(self) -> str:
        return self.interview.header.id

    @property
    def path(self) -> Path:
        return self.log.path

    @property
    def engine(self) -> Engine:
        """Who thinks; made when first needed."""
        if self._engine is None:
            i = self.interview
            self._engine = registry.create(i.engine, i.model, i.header.seed)
            self._engine.began_with(i.usage)
        return self._engine

    def rubric(self, round: str) -> Rubric:
        return self.materials.rubric(round)

    def persona(self, round: str) -> Persona:
        return self.materials.persona(round)

    def answer(self, text: str, *, continues: bool = False) -> None:
        """Store an answer; synced to disk when this returns. Raises UsageError out of turn, StorageError if unsaved."""
        current = self.interview.current
        ready = self.interview.awaiting_candidate or (continues and not self.interview.ended)
        if current is None or not ready:
            raise UsageError("It isn't your turn yet.", next_step="Wait for the interviewer to finish.")
        said = self._said_before(current.id) if continues else None
        turn = said if said is not None else self.interview.next_turn
        seconds = round(self.clock.seconds, 3)
        event = ev.CandidateSaid(
            turn=turn, round=current.id, text=_storable(text), seconds=seconds, continues=said is not None, at=now()
        )
        self._append(event)
        self.clock.take()

    def _said_before(self, round: str) -> int | None:
        """The index of the last answer in a round, for adding to it."""
        return next(
            (t.index for t in reversed(self.interview.turns) if t.role == "candidate" and t.round == round), None
        )

    async def advance(self) -> AsyncGenerator[Chunk | Waiting | ev.Event]:
        """Let the interviewer speak until it is the person's turn.

        Yields pieces of speech as they arrive and every event once it is stored. Raises EngineError after noting it;
        calling again tries again from the same answer.
        """
        await self._warmed()
        while position(self.interview) != WAITING:
            from interviewer.graph.build import build
            from interviewer.graph.state import Stage

            stage = Stage(self.interview, self.materials, self.engine, self._append, now)
            try:
                async for part in build().astream({}, context=stage, stream_mode="custom"):
                    if isinstance(part, ev.InterviewerSaid):
                        self._append(*self._used())
                    yield part
            except EngineError as error:
                failed = ev.EngineFailed(code=error.code, message=error.message, at=now())
                self._append(*self._used(), failed)
                raise

    def _used(self) -> list[ev.Used]:
        """What the engine used since this was last noted."""
        fresh = self.engine.usage.since(self.interview.usage)
        return [ev.Used(usage=fresh, at=now())] if fresh.requests else []

    def warm_up(self) -> None:
        """Load what the next answer needs while the candidate is typing it: the graph takes a second, and to read the
        first answer to a question half a one. Once for each question."""
        current = self.interview.current
        question = current.question.id if current and current.question else None
        if question not in self._warm:
            self._warm.add(question)
            sheet = self.materials.sheet(current.id, question) if current else None
            self._warming = threading.Thread(target=_load, args=(sheet,), name=WARMING, daemon=True)
            self._warming.start()

    async def _warmed(self) -> None:
        """Wait for what is being loaded: twice at once it would take longer than once. Keys work meanwhile."""
        while self._warming is not None and self._warming.is_alive():  # noqa: ASYNC110 - an executor holds up closing
            await asyncio.sleep(0.005)

    def rate(self, round: str, levels: dict[str, float]) -> None:
        """Store the candidate's own levels for a closed round; {} when they'd rather not."""
        known = {c.id for c in self.rubric(round).criteria}
        for criterion, level in levels.items():
            if criterion not in known or not (1 <= level <= 5):
                raise UsageError(
                    f"'{criterion}: {level}' is no rating of this round.",
                    next_step=f"Criteria: {', '.join(sorted(known))}; levels 1 to 5.",
                )
        self._append(ev.SelfRated(round=round, levels=levels, at=now()))

    def seconds_left(self) -> float | None:
        """What is left on the candidate's clock in this round; None when no round is open."""
        current = self.interview.current
        return current.seconds_left - self.clock.seconds if current else None

    def pause(self) -> None:
        """Stop the clock until ``unpause``."""
        self._stop("paused")

    def unpause(self) -> None:
        if self.interview.paused and (current := self.interview.current):
            self._append(ev.Resumed(round=current.id, at=now()))
        self.clock.start()

    def leave(self) -> None:
        """Keep the clock's seconds and stop; the interview can be resumed."""
        if not self.interview.ended:
            self._stop("left")

    def _stop(self, why: str) -> None:
        self.clock.stop()
        if current := self.interview.current:
            self._append(ev.Paused(round=current.id, seconds=round(self.clock.seconds, 3), why=why, at=now()))
        self.clock.take()

    def end_round(self) -> None:
        """The candidate ends the round that is open; the next one begins after they rated themselves."""
        current = self.interview.current
        if current is None or current.phase is Phase.WAITING:
            raise UsageError("No round is open.", next_step="Let the next one begin first.")
        self.clock.stop()
        kept = ev.Paused(round=current.id, seconds=round(self.clock.seconds, 3), why="left", at=now())
        self._append(kept, ev.RoundClosed(round=current.id, reason="the candidate ended the round", at=now()))
        self.clock.take()

    def end_early(self) -> None:
        """The candidate leaves for good."""
        if not self.interview.ended:
            self._append(ev.Ended(reason="left_early", at=now()))

    async def use_engine(self, engine: str, model: str | None = None) -> None:
        """Go on with another engine; only ever because the person chose it."""
        if self._engine is not None:
            await self._engine.aclose()
        self._engine = None
        self._append(ev.EngineChanged(engine=engine, model=model, at=now()))

    def close(self) -> None:
        self.log.close()

    def _append(self, *events: ev.Event) -> None:
        self.log.append(*events)
        for event in events:
            self.interview.apply(event)


def _load(sheet: QuestionSheet | None) -> None:
    import_module("interviewer.graph.build").build()
    answer = Turn(index=0, role="candidate", text="I would wait for 100 of them.")
    import_module("interviewer.reading.answer").read_answer(answer.text, sheet)
    import_module("interviewer.reading.numbers").doubtful([answer])


def _storable(text: str) -> str:
    """A terminal can hand over half a character; no file can hold one."""
    return text.encode("utf-8", "replace").decode("utf-8")
