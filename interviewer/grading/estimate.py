"""The level of one answer by itself, as the offline reader sees it: for measuring the reader, never for a scorecard."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.models.question import Example, QuestionSheet
from interviewer.reading.answer import read_answer


def estimate(sheet: QuestionSheet, answer: str, graded: Sequence[Example]) -> float:
    """A level from 1 to 5. ``graded`` are answers whose level is known; ``answer`` isn't among them."""
    found = read_answer(answer, sheet).found
    met = {f.id for f in found if f.verdict == "met"}
    held = sum(f.verdict == "held" for f in found)
    whole = sum(e.weight for e in sheet.expectations)
    share = sum(e.weight for e in sheet.expectations if e.id in met) / whole
    return max(1.0, 1 + 4 * share - held)
