"""Scorecards on disk: one grade a line in ``<id>.scorecards.jsonl`` beside the interview, which is never touched."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from interviewer.errors import StorageError
from interviewer.models.scorecard import Grade
from interviewer.storage.store import scorecards


def append(interview: Path, grade: Grade) -> Path:
    """Add a grade, synced to disk; one equal to the last is not stored twice. Raises StorageError."""
    target = scorecards(interview)
    line = grade.model_dump_json()
    try:
        fd = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        try:
            _append_line(fd, line.encode("utf-8", "backslashreplace"))
        finally:
            os.close(fd)
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageError(
            f"The scorecard could not be saved in {target.parent}: {error.strerror}.",
            next_step="Use --out to save it elsewhere, or make room and grade again.",
        ) from error
    return target


def _append_line(fd: int, line: bytes) -> None:
    """One write and a sync; a torn last line gets its newline first, a failed write is taken back."""
    size = os.fstat(fd).st_size
    stored = os.pread(fd, size, 0) if size else b""
    whole = stored.endswith(b"\n") or not stored
    if whole and stored.splitlines()[-1:] == [line]:
        return
    data = (b"" if whole else b"\n") + line + b"\n"
    try:
        if os.write(fd, data) != len(data):
            raise OSError(28, os.strerror(28))
        os.fsync(fd)
    except OSError:
        os.ftruncate(fd, size)
        raise


def _sync_folder(folder: Path) -> None:
    """A new file's name is on disk only when its folder is synced."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def read(interview: Path) -> tuple[tuple[Grade, ...], tuple[str, ...]]:
    """The grades of an interview, oldest first, and which lines can't be read."""
    source = scorecards(interview)
    if not source.exists():
        return (), ()
    grades: list[Grade] = []
    problems: list[str] = []
    for number, line in enumerate(source.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            grades.append(Grade.model_validate_json(line))
        except ValidationError:
            problems.append(f"{source.name}, line {number}: no scorecard that can be read.")
    return tuple(grades), tuple(problems)
