"""What a run has finished, in its out folder: one line a transcript, so that the next run goes on where this one ended.

A line counts as long as what decides the grade is the same (``key``) and its reports are as they were written.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from interviewer.cohort.work import Done, Work
from interviewer.errors import InUse
from interviewer.models.base import Frozen
from interviewer.models.cohort import Entry
from interviewer.storage import files

NAME = ".graded.jsonl"


class Line(Frozen):
    key: str
    reports: dict[str, str]  # name -> sha256
    entry: Entry


@dataclass
class Journal:
    """The finished transcripts of an out folder, by name; the last line of each counts."""

    folder: Path
    fd: int
    lines: dict[str, Line] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Journal]:
        """Take the out folder for this run. Raises InUse while another run has it, StorageError."""
        path = folder / NAME
        try:
            files.private_folder(folder)
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise files.failed(path, error) from error
        try:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise InUse(
                    f"Another run is writing to {folder}.", next_step="Wait for it, or name another folder."
                ) from None
            yield cls(folder, fd, _read(path))
            with suppress(OSError):
                os.fsync(fd)
        finally:
            os.close(fd)

    def finished(self, work: Work, key: str, wanted: tuple[str, ...]) -> Done | None:
        """What came of a transcript when it was graded before; None where it has to be graded (again)."""
        line = self.lines.get(work.name)
        if line is None or line.key != key or set(wanted) != set(line.reports):
            return None
        if any(sha256_of(self.folder / name) != digest for name, digest in line.reports.items()):
            return None
        return Done(work, line.entry, key, tuple(line.reports.items()))

    def add(self, done: Done) -> None:
        """Write down what was finished. Raises StorageError."""
        line = Line(key=done.key, reports=dict(done.reports), entry=done.entry)
        try:  # a newline first: the line before may be torn; not synced, for one that is lost is graded again
            files.write_all(self.fd, f"\n{line.model_dump_json()}\n".encode(), sync=False)
        except OSError as error:
            raise files.failed(self.folder / NAME, error) from error
        self.lines[done.work.name] = line


def _read(path: Path) -> dict[str, Line]:
    """The lines that can be read; one torn by a crash is graded again."""
    lines: dict[str, Line] = {}
    with suppress(OSError):
        for raw in path.read_bytes().split(b"\n"):
            with suppress(ValidationError):
                line = Line.model_validate_json(raw)
                lines[line.entry.file] = line
    return lines


def sha256_of(path: Path) -> str:
    """The hash of a file; "" where it can't be read."""
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def key_of(sha256: str, how: str) -> str:
    """What decides a grade: the transcript's bytes, and ``how`` it is graded."""
    return hashlib.sha256(json.dumps([sha256, how]).encode()).hexdigest()
