"""What a grade rests on and how far it can be trusted: engine, hashes, and everything that is less than it could be.

Every format says the same; none of it moves a level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interviewer.models.calibration import NONE
from interviewer.models.scorecard import CriterionScore, Grade, Scorecard, UsedRubric
from interviewer.text import one_line

OFFLINE = "offline"
WIDE = 2.0  # levels from end to end: a band from which "weak" and "strong" can't be told apart


@dataclass(frozen=True)
class Fact:
    """One thing a grade was made with; ``hashes`` are (name, sha256)."""

    name: str
    value: str = ""
    hashes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Lack:
    """One way in which a grade is less than it could be: a badge, and the sentence behind it."""

    id: str
    badge: str
    says: str


def facts(grade: Grade) -> list[Fact]:
    """Engine, model, judging, version, hashes, calibration; what isn't held is left out."""
    judging = grade.judging
    how = "by wordings, without a model" if grade.engine == OFFLINE else "one vote on each statement"
    by = f", at most {judging.votes} each, by {', '.join(judging.models)}" if judging.models else ""
    found = [
        Fact("Engine", grade.engine),
        Fact("Model", grade.model or "none"),
        Fact("Judging", f"several votes on a statement{by}" if judging.votes > 1 else how),
        Fact("Graded by", grade.graded),
        Fact("Calibration", grade.calibration),
        Fact("Transcript", hashes=((grade.transcript, grade.sha256),) if grade.sha256 else ()),
        Fact("Rubrics", hashes=_hashes(grade.rubrics)),
        Fact("Question sheets", hashes=_hashes(grade.questions)),
        Fact("Prompts", hashes=_hashes(grade.prompts)),
        Fact("Scorecards, locked", hashes=tuple(grade.debrief.locked.items()) if grade.debrief else ()),
    ]
    return [fact for fact in found if fact.value or fact.hashes]


def _hashes(used: Sequence[UsedRubric]) -> tuple[tuple[str, str], ...]:
    return tuple((u.id, u.sha256) for u in used)


def lacks(grade: Grade) -> list[Lack]:
    """Everything that was degraded, the weightiest first; empty where nothing was."""
    return [*_by_engine(grade), *_by_judging(grade), *_by_what_was_said(grade), *_uncalibrated(grade)]


def of_criterion(score: CriterionScore) -> list[Lack]:
    """The same of a single criterion."""
    failed = sum(i.verdict == "failed" for i in score.checks)
    found = []
    if failed:
        found.append(Lack("failed", f"{failed} not judged", "Judgements that did not come back."))
    if is_wide(score):
        found.append(Lack("wide", "low confidence", "The band is two levels wide or more."))
    return found


def is_wide(score: CriterionScore) -> bool:
    """Whether little can be said of a level."""
    return score.band is not None and round(score.band[1] - score.band[0], 1) >= WIDE


def _by_engine(grade: Grade) -> Iterator[Lack]:
    if grade.engine == OFFLINE:
        yield Lack("offline", "offline", "Graded offline, by wordings and not by meaning: bands are wider for it.")
    if worded := [c.title for c in grade.rounds if c.basis == "wording"]:
        said = "the level is estimated from how the answers are worded, in a wide band."
        yield Lack("wording", "estimate by wording", f"{_listed(worded)}: {said}")
    if counted := [c.title for c in grade.rounds if c.basis == "structure"]:
        yield Lack("structure", "quality not read", f"{_listed(counted)}: only what can be counted was looked for.")


def _by_judging(grade: Grade) -> Iterator[Lack]:
    checks = [i for card in grade.rounds for c in card.criteria for i in c.checks]
    if failed := sum(i.verdict == "failed" for i in checks):
        yield Lack("failed", f"{failed} not judged", f"{failed} of {len(checks)} judgements did not come back.")
    for flag, badge, says in (
        ("unsupported", "without a quote", "were called true without a quote that stands up, and count as missed."),
        ("canary", "judge caught out", "were judged again after an answer that called something true that can't be."),
        ("conflict", "votes differ", "got votes that differ."),
    ):
        if count := sum(flag in i.flags for i in checks):
            yield Lack(flag, f"{count} {badge}", f"{count} of {len(checks)} statements {says}")
    if wide := _titles(grade.rounds, is_wide):
        yield Lack("wide", "low confidence", f"Bands two levels wide or more: {_listed(wide)}.")
    if none := _titles(grade.rounds, lambda c: c.status == "not_assessed"):
        yield Lack("not_assessed", f"{len(none)} not assessed", f"Without a level: {_listed(none)}.")


def _by_what_was_said(grade: Grade) -> Iterator[Lack]:
    count = sum("not used as evidence" in flag for flag in grade.flags)
    if count:
        removed = f"{count} {'stretch' if count == 1 else 'stretches'} of words addressed to the grader"
        yield Lack("flagged", f"{count} left out", f"{removed} did not count as evidence.")


def _uncalibrated(grade: Grade) -> Iterator[Lack]:
    if grade.calibration == NONE:
        said = "Levels and bands follow the published rule, set by no panel."
        yield Lack("calibration", "calibration: none", said)


def _titles(cards: Sequence[Scorecard], wanted: Callable[[CriterionScore], bool]) -> list[str]:
    several = len(cards) > 1
    return [f"{c.title} ({card.title})" if several else c.title for card in cards for c in card.criteria if wanted(c)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(one_line(name, 120) for name in names)
