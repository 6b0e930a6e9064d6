"""Contradictions between the rounds of a talk, measured by how common words are in our own questions."""

from __future__ import annotations

from collections import Counter

from interviewer.content.library import Library
from interviewer.content.questions import prose_of
from interviewer.errors import InterviewerError
from interviewer.models.contradiction import Contradiction
from interviewer.models.transcript import Transcript
from interviewer.reading.contradictions import contradictions
from interviewer.reading.tokens import stems


def told_twice(talk: Transcript, library: Library) -> tuple[Contradiction, ...]:
    """What the candidate told differently in two rounds; () of a single one."""
    return tuple(_titled(c, library) for c in contradictions(talk, lambda: _common(library)))


def _common(library: Library) -> tuple[Counter[str], int]:
    """In how many of our questions each stem stands, and how many there are; parsing them all would take seconds."""
    common: Counter[str] = Counter()
    ids = library.question_ids()
    for id in ids:
        try:
            common.update(stems(prose_of(library.read("question", id))))
        except InterviewerError:  # a sheet that can't be read is said elsewhere
            continue
    return common, len(ids)


def _titled(c: Contradiction, library: Library) -> Contradiction:
    first, second = (t.model_copy(update={"title": title(library, t.round)}) for t in (c.first, c.second))
    return c.model_copy(update={"first": first, "second": second})


def title(library: Library, round: str) -> str:
    """What a round is called."""
    try:
        return library.rubric(round).title
    except InterviewerError:  # a round whose rubric is gone still was planned
        return round
