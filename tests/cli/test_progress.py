"""How far a run is: plain lines now and then, or one line that changes in a terminal."""

from __future__ import annotations

import io
from pathlib import Path

from interviewer.cli.progress import Progress
from interviewer.cohort.work import Beat, Done, Work, failed
from interviewer.models.cohort import Entry
from interviewer.models.usage import Usage

WORK = Work("a.json", Path("a.json"))
GRADED = Done(WORK, Entry(file="a.json", candidate="a"))


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_plain_lines_come_every_so_often_and_say_all_that_is_known() -> None:
    out, clock = io.StringIO(), Clock()
    progress = Progress(out, clock)
    progress.begin(100, 20, [Path("x.png")])
    for _ in range(9):
        clock.now += 2
        progress.done(GRADED)
    progress.done(failed(WORK, "no"))
    progress.beat(Beat(Usage(requests=5, prompt=2000, completion=345, cost=0.12), 8, 0.0))
    clock.now += 42
    progress.beat(Beat(Usage(requests=5, prompt=2000, completion=345, cost=0.12), 8, 3.2))
    lines = out.getvalue().splitlines()
    assert lines[:2] == [
        "interviewer: 100 transcripts, 20 of them graded before.",
        "interviewer: Passed over, no transcripts: x.png.",
    ]
    assert len(lines) == 4  # one after sixteen seconds, one after a minute
    assert lines[-1] == (
        "interviewer: 29 of 100 graded, 1 failed, 10.0 a minute, 2.3k tokens, 0.12, about 7 min left, paused for 3 s"
    )


def test_in_a_terminal_one_line_changes_and_is_left_whole_at_the_end() -> None:
    out, clock = Screen(), Clock()
    progress = Progress(out, clock)
    progress.begin(2, 0, [])
    for _ in range(2):
        clock.now += 1
        progress.done(GRADED)
    progress.end()
    progress.end()
    text = out.getvalue()
    assert text.count("\n") == 2 and text.count("\r") == 3
    assert text.rpartition("\r")[2].strip() == "2 of 2 graded, 0 failed, 60.0 a minute"
