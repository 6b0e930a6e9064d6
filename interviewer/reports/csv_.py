"""Scorecards as CSV: one line a check, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from interviewer.models.scorecard import CheckVerdict, CriterionScore, Grade, Scorecard
from interviewer.reports import Talks, standing, wording

COLUMNS = (
    "transcript", "engine", "model", "round", "overall", "recommendation", "criterion", "level", "band_low",
    "band_high", "status", "self_rating", "check", "kind", "question", "verdict", "turn", "quote",
    "raw_level", "calibration", "transcript_sha256", "graded", "judged_with", "degraded",
)  # fmt: skip


def render(grades: Sequence[Grade], *, width: int = 80, several: bool = False, talks: Talks = ()) -> str:
    """A header line, then one line a check with its first quote."""
    rows = (row for grade in grades for card in grade.rounds for score in card.criteria
            for row in _rows(grade, card, score))  # fmt: skip
    return cells([COLUMNS, *rows])


def cells(rows: Sequence[Sequence[object]]) -> str:
    """Rows as CSV, safe to open in a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell(v) for v in row] for row in rows)
    return out.getvalue()


def _rows(grade: Grade, card: Scorecard, score: CriterionScore) -> Iterator[list[object]]:
    band = score.band or (None, None)
    head = [
        grade.transcript, grade.engine, grade.model, card.round, card.overall, card.recommendation, score.id,
        score.level, *band, score.status, card.self_rating.get(score.id),
    ]  # fmt: skip
    for item in score.checks:
        yield [*head, *_check(item), score.raw, grade.calibration, *_standing(grade)]


def _standing(grade: Grade) -> list[object]:
    """What the whole grade was made with, and what was degraded, the same on each line."""
    used = (f"{u.id} {u.sha256}" for u in (*grade.rubrics, *grade.questions, *grade.prompts))
    return [grade.sha256, grade.graded, "; ".join(used), "; ".join(lack.badge for lack in standing.lacks(grade))]


def _check(item: CheckVerdict) -> list[object]:
    first = item.evidence[0] if item.evidence else None
    return [
        item.id, item.kind, item.question, item.verdict,
        first.turn if first else None, wording.quote(first.quote) if first else None,
    ]  # fmt: skip


def cell(value: object) -> object:
    """A cell no spreadsheet takes for a formula."""
    if isinstance(value, str):
        value = wording.quote(value)
        return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
    return value
