"""What there is to choose from, as lines of text; a broken file costs only its own line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import paths
from interviewer.errors import ContentError, InterviewerError
from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.content.library import Kind, Library
    from interviewer.models.persona import Persona
    from interviewer.models.rubric import Rubric
    from interviewer.storage.store import Summary


BREATH = 0.005  # seconds between two files: keys come first


@dataclass(frozen=True)
class RoundLine:
    """A round that can be held, and who may hold it."""

    rubric: Rubric
    personas: tuple[Persona, ...]  # the rubric's own first


def rounds(library: Library) -> list[RoundLine]:
    """Every round that can be read and has someone to hold it."""
    people = personas(library)
    lines = []
    for id in library.round_ids():
        try:
            rubric = library.rubric(id)
        except InterviewerError:
            continue
        fitting = [p for p in people if id in p.rounds or not p.rounds or p.id == rubric.persona]
        fitting.sort(key=lambda p: p.id != rubric.persona)
        if fitting:
            lines.append(RoundLine(rubric, tuple(fitting)))
    return lines


def personas(library: Library) -> list[Persona]:
    """Every persona that can be read."""
    people = []
    for id in library.persona_ids():
        try:
            people.append(library.persona(id))
        except InterviewerError:
            continue
    return people


def broken(library: Library, kinds: tuple[Kind, ...] = ("persona", "rubric", "question")) -> list[ContentError]:
    """The content files that can't be used, the first fault of each. Reads them all, with a breath between two."""
    found: list[ContentError] = []
    for kind in kinds:
        found += library.name_problems(kind)
        for id in library.ids(kind):
            try:
                library.get(kind, id)
            except ContentError as error:
                found.append(error)
            except InterviewerError:
                continue
            time.sleep(BREATH)
    return found


def broken_words(found: list[ContentError]) -> str:
    """One line that names the first broken file and how to see the rest; "" when there is none."""
    if not found:
        return ""
    first = found[0]
    line = f", line {first.line}" if first.line else ""
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    kind = "personas" if first.path.suffix == ".md" else "rubrics" if first.path.stem == "rubric" else "questions"
    return f"! {one_line(first.path.name, 40)}{line} can't be used{others}. See: interviewer {kind} check"


def past() -> list[Summary]:
    """Saved interviews, newest first."""
    from interviewer.storage import store

    folder = paths.transcripts()
    return store.listing(folder) if folder.is_dir() else []


def example() -> Path | None:
    """A finished interview that comes with the program."""
    folder = paths.built_in() / "transcripts" / "examples"
    return next(iter(sorted(folder.glob("*.jsonl"))), None) if folder.is_dir() else None


def summary_words(s: Summary) -> str:
    """E.g. 'unfinished · 22 Nov 15:30 · 14 turns · offline · experimentation, culture'."""
    ended = {"completed": "finished", "left_early": "left early"}
    state = s.problem or ("imported" if s.imported else ended.get(s.ended or "", "unfinished"))
    rounds = ", ".join(r.replace("_", " ") for r in s.rounds)
    return " · ".join(part for part in (state, when(s.created), turns_words(s), s.engine, rounds) if part)


def resume_words(s: Summary) -> str:
    """What tells the one to resume, short enough for a narrow screen: '22 Nov 15:30 · 14 turns · 3 rounds'."""
    rounds = s.rounds[0].replace("_", " ") if len(s.rounds) == 1 else f"{len(s.rounds)} rounds"
    return f"{when(s.created)} · {turns_words(s)} · {rounds}"


def turns_words(s: Summary) -> str:
    return f"{s.turns} turn{'s' * (s.turns != 1)}"


def unfinished(s: Summary) -> bool:
    """True when an interview can be gone on with."""
    return s.ended is None and not s.problem and not s.imported


def when(created: str) -> str:
    """A time of the file in the reader's own time zone, in words; as it stands when it is no time."""
    try:
        return datetime.fromisoformat(created).astimezone().strftime("%d %b %H:%M")
    except ValueError:
        return one_line(created, 20)
