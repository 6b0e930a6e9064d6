"""Scorecards as JSON, for programs: one object a file, a list for several."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from interviewer.models.numbers import NumberFinding
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Grade, Scorecard
from interviewer.reports import Talks, standing

# What could drive a terminal or disguise text is written as an escape; a reader gets the same characters.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]")


def render(grades: Sequence[Grade], *, width: int = 80, several: bool = False, talks: Talks = ()) -> str:
    """One object, or a list when several files were asked for."""
    data: Any = [contract(g) for g in grades] if several or len(grades) != 1 else contract(grades[0])
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return safe(text) + "\n"


def safe(text: str) -> str:
    """JSON without characters that could drive a terminal: the same to whoever parses it."""
    return _UNSAFE.sub(lambda m: json.dumps(m.group())[1:-1], text)


def contract(grade: Grade) -> dict[str, Any]:
    """The keys that programs rely on, then a few more.

    # source: DESIGN.md section 7
    """
    return {
        "transcript": grade.transcript,
        "engine": grade.engine,
        "model": grade.model,
        "calibration": grade.calibration,
        "judging": grade.judging.model_dump(mode="json"),
        "rubrics": [u.model_dump() for u in grade.rubrics],
        "rounds": [_round(card) for card in grade.rounds],
        "debrief": grade.debrief.model_dump(mode="json") if grade.debrief else None,
        "conduct": grade.conduct.model_dump(mode="json") if grade.conduct else None,
        "flags": list(grade.flags),
        "without_flagged": [d.model_dump() for d in grade.without_flagged],
        "problems": list(grade.problems),
        "questions": [u.model_dump() for u in grade.questions],
        "prompts": [u.model_dump() for u in grade.prompts],
        "degraded": [{"id": lack.id, "badge": lack.badge, "says": lack.says} for lack in standing.lacks(grade)],
        "sha256": grade.sha256,
        "graded": grade.graded,
    }


def _round(card: Scorecard) -> dict[str, Any]:
    return {
        "round": card.round,
        "overall": card.overall,
        "recommendation": card.recommendation,
        "basis": card.basis,
        "criteria": [_criterion(c) for c in card.criteria],
        "self_rating": card.self_rating,
        "numbers": [_number(f) for f in card.numbers],
    }


def _number(found: NumberFinding) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "verdict": found.verdict,
        "said": found.said,
        "should_be": found.should_be or None,
        "off_by": found.off_by or None,
        "ratio": found.ratio,
        "evidence": [e.model_dump() for e in found.evidence],
        "inputs": [i.model_dump() for i in found.inputs],
        "missing": list(found.missing),
        "note": found.note,
    }


def _criterion(score: CriterionScore) -> dict[str, Any]:
    return {
        "id": score.id,
        "level": score.level,
        "band": list(score.band) if score.band else None,
        "status": score.status,
        "reason": score.reason,
        "expected": score.expected,
        "raw": score.raw,
        "checks": [_check(i) for i in score.checks],
    }


def _check(item: CheckVerdict) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "question": item.question,
        "verdict": item.verdict,
        "rung": item.rung,
        "evidence": [{"turn": e.turn, "quote": e.quote} for e in item.evidence],
        "note": item.note,
        "votes": list(item.votes),
        "p_met": item.p_met,
        "flags": list(item.flags),
    }
