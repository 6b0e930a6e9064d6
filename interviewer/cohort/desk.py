"""One process's part of a run: as many transcripts at once as keep its calls busy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass

from interviewer.cohort.one import Grader
from interviewer.cohort.work import Beat, Choices, Done, Work, failed
from interviewer.engines import registry
from interviewer.engines.llm.pace import Board, Pace

TICK = 0.5  # seconds between two signs of life


@dataclass
class Desk:
    """Grades what is handed out to it and tells what came of it."""

    choices: Choices
    tell: Callable[[Done], None]
    beat: Callable[[Beat], None]
    board: Board | None = None
    processes: int = 1

    async def work(self, works: AsyncGenerator[Work]) -> None:
        """Grade all of ``works``. Raises NotSetUp, ContentError."""
        pace = Pace(self.choices.at_once, self.board, self.processes) if self.choices.engine == "llm" else None
        engine = registry.create(self.choices.engine, self.choices.model, remember=self.choices.remember, pace=pace)

        def sign() -> None:
            self.beat(Beat(engine.usage, pace.allowed if pace else 0, pace.paused if pace else 0.0))

        try:
            grader = Grader(self.choices, engine)
            async with _ticking(sign):
                await (self._together(grader, works, pace) if pace else self._in_turn(grader, works))
        finally:
            await engine.aclose()
            sign()

    async def _in_turn(self, grader: Grader, works: AsyncGenerator[Work]) -> None:
        """Nothing is waited for offline: one after the other."""
        async for work in works:
            self.tell(await grader.done(work))
            await asyncio.sleep(0)  # so that Ctrl-C and signs of life come through

    async def _together(self, grader: Grader, works: AsyncGenerator[Work], pace: Pace) -> None:
        """A further one is begun whenever a call could be made and none waits for it."""

        async def one(work: Work) -> None:
            self.tell(failed(work, str(pace.over)) if pace.over else await grader.done(work))

        async with asyncio.TaskGroup() as group, aclosing(works):
            async for work in works:
                task = group.create_task(one(work))
                await asyncio.wait({task, pace.asked()}, return_when=asyncio.FIRST_COMPLETED)
                await pace.hunger()


@asynccontextmanager
async def _ticking(sign: Callable[[], None]) -> AsyncIterator[None]:
    async def tick() -> None:
        while True:
            sign()
            await asyncio.sleep(TICK)

    ticker = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticker.cancel()
        with suppress(asyncio.CancelledError):
            await ticker
