"""The level of one answer by itself, as the offline reader sees it: for measuring the reader, never for a scorecard."""

from __future__ import annotations

from math import log1p

from interviewer.models.question import QuestionSheet
from interviewer.reading.answer import read_answer
from interviewer.reading.tokens import tokens


def estimate(sheet: QuestionSheet, answer: str) -> float:
    """Where the answer stands among others to the same question; no graded answer is used.

    The weighted share of the points that are heard, less a level for each misconception held, and the logarithm of how
    many figures it works with that the question doesn't give: who has an answer usually has its numbers.
    """
    found = read_answer(answer, sheet).found
    met = {f.id for f in found if f.verdict == "met"}
    held = sum(f.verdict == "held" for f in found)
    whole = sum(e.weight for e in sheet.expectations)
    share = sum(e.weight for e in sheet.expectations if e.id in met) / whole
    return 1 + 4 * share - held + log1p(len(_figures(answer) - _figures(sheet.ask)))


def _figures(text: str) -> set[str]:
    return {t.word for t in tokens(text) if t.word[0].isdigit()}
