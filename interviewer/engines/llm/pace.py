"""How many calls of a run may be under way at once: learned from what the endpoint refuses.

Additive increase, multiplicative decrease (Chiu & Jain 1989), as TCP paces itself: each round of answers allows one
call more, a refusal halves what is allowed, at most once for all that were under way together. A refusal also stops
every new call until the server's Retry-After has passed. Several processes can share one board, and so one pace.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, MutableSequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from interviewer.errors import EngineError
from interviewer.models.usage import Usage

# Places on a board. Times are of the machine's monotonic clock; tokens and cost are used, or claimed ahead.
ALLOWED, PAUSED, CUT, REFUSALS, TOKENS, COST = range(6)
PLACES = 6
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds, where the server names none; doubled with each refusal in a row


@dataclass
class Board:
    """What all calls of a run share. ``lock`` is held while numbers are changed."""

    numbers: MutableSequence[float] = field(default_factory=lambda: [0.0] * PLACES)
    lock: AbstractContextManager[Any] = field(default_factory=nullcontext)


class Pace:
    """The calls of one process, which may have ``most / processes`` of those under way, at least one."""

    def __init__(self, most: int, board: Board | None = None, processes: int = 1) -> None:
        self.most, self.processes = max(most, processes), processes
        self.board = board or Board()
        self.under_way = 0
        self.over: EngineError | None = None  # why no call of this run need be tried any more
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._hungering: list[asyncio.Future[None]] = []
        self._asking: list[asyncio.Future[None]] = []
        self._timer: asyncio.TimerHandle | None = None
        with self.board.lock:
            if not self.board.numbers[ALLOWED]:
                self.board.numbers[ALLOWED] = float(self.most)

    @property
    def allowed(self) -> int:
        """Calls that may be under way now, in all processes."""
        return int(self.board.numbers[ALLOWED])

    @property
    def paused(self) -> float:
        """Seconds until a new call may begin, where the endpoint asked for a pause."""
        return max(0.0, self.board.numbers[PAUSED] - monotonic())

    @property
    def hungry(self) -> bool:
        """Whether a further call would be let through at once."""
        return not self._waiting and self._free()

    async def hunger(self) -> None:
        """Wait until a further call would be let through."""
        while not self.hungry:
            hungry = self._watch(self._hungering)
            self._let_through()
            await hungry

    def asked(self) -> asyncio.Future[None]:
        """Done when the next call comes to be let through."""
        return self._watch(self._asking)

    @property
    def spent(self) -> Usage:
        """What all calls of the run have used, those under way included."""
        with self.board.lock:
            return Usage(prompt=int(self.board.numbers[TOKENS]), cost=self.board.numbers[COST])

    def spend(self, usage: Usage, sign: int = 1) -> None:
        """Count what was used or, with ``sign`` -1, count it no longer."""
        with self.board.lock:
            self.board.numbers[TOKENS] += sign * usage.tokens
            self.board.numbers[COST] += sign * (usage.cost or 0.0)

    @asynccontextmanager
    async def call(self) -> AsyncIterator[float]:
        """Let one call through when its turn comes; gives the time it was. Raises ``over`` when there is no point."""
        await self._turn()
        try:
            if self.over is not None:
                raise self.over
            yield monotonic()
        finally:
            self.under_way -= 1
            self._let_through()

    def served(self) -> None:
        """A call was answered."""
        with self.board.lock:
            allowed = self.board.numbers[ALLOWED]
            self.board.numbers[ALLOWED] = min(float(self.most), allowed + 1 / allowed)
            self.board.numbers[REFUSALS] = 0

    def refused(self, began: float, wait: float | None) -> None:
        """A call that began then was refused; the server may have named the seconds to wait."""
        with self.board.lock:
            numbers, now = self.board.numbers, monotonic()
            if began > numbers[CUT]:
                numbers[ALLOWED] = max(float(self.processes), numbers[ALLOWED] / 2)
                numbers[CUT] = now
                numbers[REFUSALS] += 1
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(9, numbers[REFUSALS] - 1)) if wait is None else wait
            numbers[PAUSED] = max(numbers[PAUSED], now + pause)

    def _watch(self, watchers: list[asyncio.Future[None]]) -> asyncio.Future[None]:
        watchers.append(asyncio.get_running_loop().create_future())
        return watchers[-1]

    async def _turn(self) -> None:
        _tell(self._asking)
        if self.hungry:
            self.under_way += 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._let_through()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # let through and cancelled in the same moment
                self.under_way -= 1
            self._let_through()
            raise

    def _let_through(self) -> None:
        while self._waiting and (self._waiting[0].done() or self._free()):
            place = self._waiting.popleft()
            if not place.done():
                self.under_way += 1
                place.set_result(None)
        if self.paused and self._timer is None and (self._waiting or self._hungering):
            self._timer = asyncio.get_running_loop().call_later(self.paused, self._pause_over)
        if self.hungry:
            _tell(self._hungering)

    def _pause_over(self) -> None:
        self._timer = None
        self._let_through()

    def _free(self) -> bool:
        share = max(1, self.allowed // self.processes)
        return self.under_way < share and (not self.paused or self.over is not None)


def _tell(watchers: list[asyncio.Future[None]]) -> None:
    for one in watchers:
        if not one.done():
            one.set_result(None)
    watchers.clear()
