"""A coach's marks on disk: one JSON file for each transcript's content and person who marked it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from pydantic import ValidationError

from interviewer import paths
from interviewer.errors import StorageError, UsageError
from interviewer.models.mark import Marks
from interviewer.storage import files
from interviewer.text import one_line, sanitise

LONGEST_NAME = 60
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def rater_name(name: str) -> str:
    """A person's name as it is kept. Raises UsageError for one that can't be shown on a line."""
    kept = " ".join(sanitise(name).split())
    if not kept or len(kept) > LONGEST_NAME:
        raise UsageError(f"'{one_line(name, 40)}' is no name to keep marks under.", next_step="--rater ana is one.")
    return kept


def place(sha256: str, rater: str) -> Path:
    """Where the marks of a transcript by a person are, or would be."""
    plain = re.sub(r"[^a-z0-9]+", "-", rater.casefold()).strip("-")
    if plain != rater or not _PLAIN.fullmatch(plain):  # "Ana" and "ana" are two people, on every disk
        plain = f"{plain or 'rater'}-{hashlib.sha256(rater.encode()).hexdigest()[:8]}"
    return paths.marks() / f"{sha256}.{plain}.json"


def find(sha256: str, rater: str) -> Marks | None:
    """The marks that are kept, None where there are none. Raises StorageError for a file that is broken."""
    path = place(sha256, rater)
    return _read(path) if path.exists() else None


def save(marks: Marks) -> Path:
    """Keep marks in place of what was kept of the same transcript and person. Raises StorageError."""
    path = place(marks.sha256, marks.rater)
    files.write_private(path, marks.model_dump_json(indent=1) + "\n")
    return path


def every() -> tuple[list[Marks], list[str]]:
    """All marks there are, by transcript and person, and what is wrong with files that can't be read."""
    found: list[Marks] = []
    problems: list[str] = []
    for path in sorted(paths.marks().glob("*.json")):
        try:
            found.append(_read(path))
        except StorageError as error:
            problems.append(str(error))
    return sorted(found, key=lambda m: (m.transcript, m.sha256, m.rater)), problems


def _read(path: Path) -> Marks:
    try:
        return Marks.model_validate_json(path.read_bytes())
    except OSError as error:
        raise files.failed(path, error, doing="read") from error
    except ValidationError as error:
        first = error.errors()[0]
        what = one_line(f"{'.'.join(map(str, first['loc']))}: {first['msg']}".lstrip(": "))
        says = f"{one_line(str(path), 200)} holds no marks that can be read ({what})."
        raise StorageError(says, next_step="Mend it, or move it away.") from None
