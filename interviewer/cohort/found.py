"""Which files of the folders given are to be graded, and the name each has within the run."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from interviewer.cohort.work import Work
from interviewer.errors import InterviewerError, StorageError, UsageError
from interviewer.storage import files
from interviewer.storage.formats.registry import FORMATS
from interviewer.text import one_line

BESIDE = (".scorecards.jsonl",)  # what lies beside an interview and is none
ABOUT = ("readme", "license", "changelog")  # texts about a folder
READABLE = {suffix for format in FORMATS if format.can_read for suffix in format.suffixes}


def find(given: Iterable[Path], out: Path) -> tuple[list[Work], list[Path]]:
    """Every transcript in ``given`` folders and files, by name; and the files in folders that are none.

    A file of a folder counts where its suffix is one that transcripts have or its bytes are those of a transcript; one
    that counts and can't be read is a failure to be named, not passed over. Hidden files, side files of interviews and
    what is in ``out`` are left out. Raises StorageError for a folder that can't be read.
    """
    given = list(dict.fromkeys(given))
    found: dict[Path, str] = {}
    others: list[Path] = []
    several = len(given) > 1
    for place in given:
        for path in _files(place, out) if place.is_dir() else [place]:
            real = path.resolve()
            if real in found:
                continue
            if place.is_dir() and not _is_transcript(path):
                others.append(path)
                continue
            found[real] = _name(path, place, several=several)
    return _distinct(found), others


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """Every visible file below a folder, in order of its name."""

    def fail(error: OSError) -> None:
        raise StorageError(
            f"{one_line(str(error.filename), 200)} can't be read: {error.strerror}.", next_step="Check its rights."
        )

    out = out.resolve()
    for here, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (Path(here) / f).resolve() != out)
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(BESIDE):
                yield Path(here) / name


def _is_transcript(path: Path) -> bool:
    if path.suffix.lower() in READABLE:
        return path.stem.lower() not in ABOUT
    try:
        data = files.read_bytes(path)
    except InterviewerError:
        return False
    return any(format.sniff(data) for format in FORMATS if format.can_read)


def _name(path: Path, place: Path, *, several: bool) -> str:
    if not place.is_dir():
        return path.name
    below = path.relative_to(place).as_posix()
    return f"{place.resolve().name}/{below}" if several else below


def _distinct(found: dict[Path, str]) -> list[Work]:
    """Works with names that stay apart, on disks that fold case too; the same files always get the same names."""
    count = Counter(name.casefold() for name in found.values())
    works = []
    for path, name in found.items():
        if count[name.casefold()] > 1:
            part = Path(name)
            digest = hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:8]
            name = part.with_name(f"{part.stem}~{digest}{part.suffix}").as_posix()
        works.append(Work(name, path))
    return sorted(works, key=lambda w: w.name)


def check_out(out: Path, given: Iterable[Path]) -> None:
    """Raises UsageError where reports would lie among the transcripts, or ``out`` is a file."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out} is a file.", next_step="Name a folder for the reports.")
    if any(out.resolve() == place.resolve() for place in given):
        raise UsageError(f"--out {out} is the folder of the transcripts.", next_step="Name another, or one within it.")
