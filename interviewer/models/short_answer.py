"""Short answers that people graded: one row of a file each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ShortAnswer:
    """One graded answer; ``references`` are alternatives. Of a label ``score`` is what it is worth."""

    line: int
    question_id: str
    question: str
    references: tuple[str, ...]
    answer: str
    score: float
    label: str = ""
    score2: float | None = None  # by a second person
    label2: str = ""


@dataclass(frozen=True)
class ShortAnswers:
    """A file of them. ``labels``: what each is worth, 0 to 1; empty where scores are numbers."""

    source: str
    answers: tuple[ShortAnswer, ...]
    labels: Mapping[str, float]
