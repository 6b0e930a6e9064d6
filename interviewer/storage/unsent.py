"""Words typed and not sent, kept beside their interview so that a closed terminal loses none of them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from interviewer.errors import InterviewerError
from interviewer.storage import files


def beside(interview: Path) -> Path:
    """Where an interview's unsent words are: a hidden file, which no list of interviews shows."""
    return interview.with_name(f".{interview.name.removesuffix('.jsonl')}.unsent")


def read(interview: Path) -> str:
    """The unsent words; "" when there are none, or none that can be read."""
    path = beside(interview)
    if not path.is_file():
        return ""
    try:
        return files.read_bytes(path).decode("utf-8", "replace")
    except InterviewerError:
        return ""


def keep(interview: Path, text: str) -> bool:
    """Keep words, or with none forget those that were kept. False when the disk won't: they are still in the box."""
    try:
        if not text.strip():
            forget(interview)
        elif interview.exists():  # a deleted interview gets no words back
            files.write_private(beside(interview), text.encode("utf-8", "replace").decode("utf-8"))
    except (InterviewerError, OSError):
        return False
    return True


def forget(interview: Path) -> None:
    """Remove what was kept; it was sent, or the interview is over."""
    with contextlib.suppress(OSError):
        beside(interview).unlink(missing_ok=True)
