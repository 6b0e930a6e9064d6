"""A run over many transcripts: found, graded unless that was done before, and put in one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from interviewer.cohort.crew import grade_here, grade_in_processes, processes
from interviewer.cohort.found import check_out, find
from interviewer.cohort.journal import Journal, key_of, sha256_of
from interviewer.cohort.one import how, report_names
from interviewer.cohort.work import Beat, Choices, Done, Work
from interviewer.content.library import library
from interviewer.errors import UsageError
from interviewer.models.cohort import Entry
from interviewer.reports import cohort
from interviewer.storage import files

TABLES = {"cohort.csv": cohort.as_csv, "cohort.html": cohort.as_html}
_LEFT = re.compile(
    r"\..+\.[0-9a-f]{8}\.tmp|\.[0-9a-f]{8}\.batch\.tmp"
)  # of a report that was being written when a run was killed


class Watch(Protocol):
    """Who is told how far a run is."""

    def begin(self, total: int, before: int, others: Sequence[Path]) -> None: ...
    def done(self, done: Done) -> None: ...
    def beat(self, beat: Beat) -> None: ...


@dataclass
class Run:
    """One run. ``came`` grows by what is finished, in no order."""

    choices: Choices
    watch: Watch
    grade: Callable[[list[Work], Callable[[Done], None]], None] | None = None  # None: at once, in processes
    works: list[Work] = field(default_factory=list)
    came: list[Done] = field(default_factory=list)

    def go(self, given: Sequence[Path]) -> list[Done]:
        """Grade what is in ``given``; all that came of it, by name. The tables are written however it ends. Raises
        UsageError, NotSetUp, InUse, StorageError, KeyboardInterrupt."""
        check_out(self.choices.out, given)
        self.works, others = find(given, self.choices.out)
        if not self.works:
            raise UsageError("There is no transcript in it.", next_step="Name a folder with transcripts.")
        how_ = how(self.choices, library(), _model(self.choices))
        with Journal.open(self.choices.out) as journal:
            _clear(self.choices.out)
            left = self._left(journal, how_)
            self.watch.begin(len(self.works), len(self.came), others)
            try:
                self._grade(left, journal)
            finally:
                self._tables()
        return sorted(self.came, key=lambda d: d.work.name)

    def _left(self, journal: Journal, how_: str) -> list[Work]:
        """What is still to be graded; what was graded before has come already."""
        left = []
        for work in self.works:
            wanted = tuple(name for name, _ in report_names(work, self.choices))
            before = journal.finished(work, key_of(sha256_of(work.path), how_), wanted)
            if before is None:
                left.append(work)
            else:
                self.came.append(before)
        return left

    def _grade(self, left: list[Work], journal: Journal) -> None:
        def tell(done: Done) -> None:
            if not done.entry.failure:
                journal.add(done)
            self.came.append(done)
            self.watch.done(done)

        if self.grade is not None:
            self.grade(left, tell)
            return
        if not left:
            return
        count = processes(self.choices, len(left))
        if count > 1:
            grade_in_processes(self.choices, left, tell, self.watch.beat, count=count)
        else:
            grade_here(self.choices, left, tell, self.watch.beat)

    def _tables(self) -> None:
        entries = [done.entry for done in sorted(self.came, key=lambda d: d.work.name)]
        open = len(self.works) - len(entries)
        for name, rendered in TABLES.items():
            files.write_private(self.choices.out / name, rendered(entries, open))


def failures(came: Sequence[Done]) -> list[Entry]:
    """Those that were not graded."""
    return [done.entry for done in came if done.entry.failure]


def _model(choices: Choices) -> str | None:
    """The model that will judge. Raises NotSetUp before anything is read where none can."""
    from interviewer.engines import registry

    return registry.create(choices.engine, choices.model).model


def _clear(out: Path) -> None:
    """Remove what a kill left of reports it was writing."""
    with suppress(OSError):
        for left in out.rglob(".*.tmp"):
            if _LEFT.fullmatch(left.name):
                left.unlink(missing_ok=True)
