"""How far a run over many transcripts is: a line that changes in a terminal, a plain one every so often elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from interviewer.models.usage import Usage, usage_words
from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.cohort.work import Beat, Done

EVERY = {True: 0.2, False: 15.0}  # seconds between lines: in a terminal, elsewhere
OTHERS = 5  # files that are no transcripts, by name


class Progress:
    """Writes to ``out`` what a run tells. ``clock`` gives seconds."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self.out, self.clock = out, clock
        self.live = out.isatty()
        self.total = self.before = self.graded = self.failed = 0
        self.usage, self.allowed, self.pause = Usage(), 0, 0.0
        self.began = self.last = clock()
        self._shown = 0  # columns of the changing line

    def begin(self, total: int, before: int, others: Sequence[Path]) -> None:
        self.total, self.before = total, before
        self.began = self.last = self.clock()
        went = f", {before} of them graded before" if before else ""
        self._line(f"{total} transcripts{went}.")
        if others:
            named = ", ".join(one_line(p.name, 40) for p in others[:OTHERS])
            more = f" and {len(others) - OTHERS} more" if len(others) > OTHERS else ""
            self._line(f"Passed over, no transcripts: {named}{more}.")

    def done(self, done: Done) -> None:
        if done.entry.failure:
            self.failed += 1
        else:
            self.graded += 1
        self._now_and_then()

    def beat(self, beat: Beat) -> None:
        self.usage, self.allowed, self.pause = beat.usage, beat.allowed, beat.pause
        self._now_and_then()

    def end(self) -> None:
        """Say where it ended, once."""
        if self.total:
            self._show(self.words())
            self._leave()
            self.total = 0

    def words(self) -> str:
        """The line: done, failed, rate, what the model used, time left, what is waited for."""
        come, seconds = self.graded + self.failed, max(self.clock() - self.began, 1e-9)
        left = self.total - self.before - come
        parts = [f"{self.before + self.graded} of {self.total} graded", f"{self.failed} failed"]
        if come:
            parts.append(f"{60 * come / seconds:.1f} a minute")
        if spent := usage_words(self.usage):
            parts.append(spent)
        if come and left:
            parts.append(f"about {_time(left * seconds / come)} left")
        if self.allowed and left:
            parts.append(f"paused for {self.pause:.0f} s" if self.pause else f"{self.allowed} calls at once")
        return ", ".join(parts)

    def _now_and_then(self) -> None:
        if self.clock() - self.last >= EVERY[self.live]:
            self.last = self.clock()
            self._show(self.words())

    def _show(self, text: str) -> None:
        if not self.live:
            self._line(text)
            return
        text = text[: shutil.get_terminal_size().columns - 1]
        self.out.write(f"\r{text}{' ' * (self._shown - len(text))}")
        self.out.flush()
        self._shown = len(text)

    def _line(self, text: str) -> None:
        self._leave()
        self.out.write(f"interviewer: {text}\n")
        self.out.flush()

    def _leave(self) -> None:
        """End the changing line."""
        if self._shown:
            self.out.write("\n")
            self._shown = 0


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
