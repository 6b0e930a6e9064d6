"""The interviewer's own report: whether it kept to the rules of its craft, and how its challenges were met.

A pure function of what was said and of the sheets it was said from. Every rule can be broken; where a transcript lacks
what a rule needs (moves, a clock) the rule is not applicable, never kept.
"""

from __future__ import annotations

from interviewer.content.library import Library
from interviewer.grading.conduct import clock, facts, following, hints, speech
from interviewer.grading.conduct.conviction import convictions
from interviewer.grading.conduct.rules import Rule, judged
from interviewer.grading.conduct.scene import scenes
from interviewer.models.conduct import ConductReport
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Transcript

__all__ = ["RULES", "report"]

RULES: tuple[Rule, ...] = (*speech.RULES, *following.RULES, *facts.RULES, *hints.RULES, *clock.RULES)


def report(transcript: Transcript, library: Library, checks: tuple[CheckVerdict, ...] | None = None) -> ConductReport:
    """The report over ``transcript``. ``checks`` are its scorecards' verdicts, for whether hints were charged."""
    held = scenes(transcript, library)
    return ConductReport(
        transcript=transcript.id,
        engine=transcript.engine,
        model=transcript.model,
        rules=tuple(judged(rule, held) for rule in (*RULES, *hints.charged(checks))),
        convictions=tuple(c for scene in held for c in convictions(scene)),
        reveals=tuple(r for scene in held for r in facts.ledger(scene)),
    )
