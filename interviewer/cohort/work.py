"""What a run over many transcripts hands around: what is to be done, how, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewer.models.cohort import Entry
from interviewer.models.usage import Usage

SUFFIXES = {"text": ".txt", "json": ".json", "markdown": ".md", "html": ".html", "csv": ".csv"}  # of report formats


@dataclass(frozen=True)
class Work:
    """One transcript to grade. ``name`` is unique within the run and a relative path: its reports are named by it."""

    name: str
    path: Path


@dataclass(frozen=True)
class Choices:
    """How all transcripts of a run are graded. ``out`` is where reports go, ``at_once`` the most calls under way."""

    out: Path
    formats: tuple[str, ...]
    engine: str
    model: str | None = None
    round: str | None = None
    rubric: Path | None = None
    candidate: str | None = None
    as_held: bool = False
    remember: bool = True
    at_once: int = 16


@dataclass(frozen=True)
class Done:
    """What came of one. ``key`` stands for everything that decides the grade, ``reports`` are hashes of what was
    written, by name; both empty where it failed."""

    work: Work
    entry: Entry
    key: str = ""
    reports: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Beat:
    """A sign of life of whoever grades: what its model has used so far, and the calls it may have under way."""

    usage: Usage
    allowed: int = 0
    pause: float = 0.0  # seconds the endpoint asked everyone to wait, that are left


@dataclass(frozen=True)
class Trouble:
    """Why a process could not go on at all."""

    message: str
    next_step: str
    exit_code: int


def failed(work: Work, why: str) -> Done:
    """A transcript that was not graded, and why."""
    return Done(work, Entry(file=work.name, candidate=Path(work.name).stem, failure=why))
