"""The processes of a run: reading is work for a processor, so each has one of its own and a share of the calls."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from interviewer.cohort.desk import TICK, Desk
from interviewer.cohort.work import Beat, Choices, Done, Trouble, Work, failed
from interviewer.engines.llm.pace import PLACES, Board
from interviewer.errors import InterviewerError
from interviewer.models.usage import Usage

CALLS = 50  # that one process keeps busy while it reads and writes
WORTH = 4  # transcripts that are worth a process, which takes seconds to begin
MOST = 16
DIED = "the process that graded it ended; perhaps the memory was full."
Message = Done | Beat | Trouble


def processes(choices: Choices, count: int) -> int:
    """How many processes so many transcripts are worth; 1: this one alone."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    worth = count // WORTH if choices.engine == "offline" else min(count // WORTH, choices.at_once // CALLS)
    return max(1, min(here, worth, MOST))


def grade_here(
    choices: Choices, works: Sequence[Work], tell: Callable[[Done], None], beat: Callable[[Beat], None]
) -> None:
    """Grade in this process. Raises what ``Desk.work`` raises, KeyboardInterrupt."""

    async def each() -> AsyncGenerator[Work]:
        for work in works:
            yield work

    asyncio.run(Desk(choices, tell, beat).work(each()))


def grade_in_processes(
    choices: Choices, works: Sequence[Work], tell: Callable[[Done], None], beat: Callable[[Beat], None], *, count: int
) -> None:
    """Grade in ``count`` processes. One that dies fails the transcripts it had, and no other. Raises what ``Desk.work``
    raises, KeyboardInterrupt."""
    crew = _Crew(choices, deque(works), tell, beat, count)
    try:
        crew.run()
    finally:
        crew.end()


@dataclass
class _Member:
    """One process, and the transcripts it has now."""

    process: SpawnProcess
    line: Connection
    has: dict[str, Work] = field(default_factory=dict)
    last: Beat = field(default_factory=lambda: Beat(Usage()))


class _Crew:
    def __init__(
        self, choices: Choices, works: deque[Work], tell: Callable[[Done], None], beat: Callable[[Beat], None],
        count: int,
    ) -> None:  # fmt: skip
        self.works, self.tell, self.beat = works, tell, beat
        self.ahead = 2 if choices.engine == "offline" else max(2, choices.at_once // count)
        context = multiprocessing.get_context("spawn")  # the others don't go together with threads
        self.board = context.Array("d", PLACES)  # kept: it is gone when nobody here holds it
        self.members = [_begun(context, choices, self.board, count) for _ in range(count)]
        self.all = list(self.members)

    def run(self) -> None:
        for _ in range(self.ahead):  # dealt in turn, so that none has them all
            for member in self.members:
                self._hand_out(member)
        while any(member.has for member in self.members):
            lines = {member.line: member for member in self.members}
            for line in wait(list(lines), timeout=TICK):
                assert isinstance(line, Connection)
                self._hear(lines[line])
        for work in self.works:  # no process is left
            self.tell(failed(work, DIED))

    def end(self) -> None:
        for member in self.all:
            member.line.close()  # whoever waits for work ends
            member.process.terminate()
        for member in self.all:
            member.process.join()
            member.process.close()

    def _hear(self, member: _Member) -> None:
        try:
            said: Message = member.line.recv()
        except (EOFError, OSError):
            self.members.remove(member)
            for work in member.has.values():
                self.tell(failed(work, DIED))
            return
        if isinstance(said, Trouble):
            error = InterviewerError(said.message, next_step=said.next_step)
            error.exit_code = said.exit_code
            raise error
        if isinstance(said, Beat):
            member.last = said
            self.beat(_together([m.last for m in self.all]))
            return
        del member.has[said.work.name]
        self.tell(said)
        self._hand_out(member)

    def _hand_out(self, member: _Member) -> None:
        if self.works:
            work = self.works.popleft()
            member.has[work.name] = work
            with suppress(OSError):  # it has died, which is heard next
                member.line.send(work)


def _together(beats: list[Beat]) -> Beat:
    usage = Usage()
    for one in beats:
        usage += one.usage
    return Beat(usage, max(b.allowed for b in beats), max(b.pause for b in beats))


def _begun(context: SpawnContext, choices: Choices, board: Any, count: int) -> _Member:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(choices, theirs, board, count), daemon=True)
    process.start()
    theirs.close()
    return _Member(process, ours)


def _serve(choices: Choices, line: Connection, board: Any, count: int) -> None:
    """A member's life: until the line is closed, by the run's end or its death. Ctrl-C is for the run to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    desk = Desk(choices, line.send, line.send, Board(board.get_obj(), board.get_lock()), count)
    with suppress(OSError):  # nobody hears us any more
        try:
            asyncio.run(desk.work(_handed_out(line)))
        except InterviewerError as error:
            line.send(Trouble(error.message, error.next_step, error.exit_code))


async def _handed_out(line: Connection) -> AsyncGenerator[Work]:
    """What comes over the line, until it is closed."""
    loop, come = asyncio.get_running_loop(), asyncio.Queue[Work | None]()

    def read() -> None:
        try:
            come.put_nowait(line.recv())
        except (EOFError, OSError):
            loop.remove_reader(line.fileno())
            come.put_nowait(None)

    loop.add_reader(line.fileno(), read)
    while (work := await come.get()) is not None:
        yield work
