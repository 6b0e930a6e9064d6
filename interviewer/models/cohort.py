"""What a cohort's table says of each transcript: its levels in short, or why it has none."""

from __future__ import annotations

from interviewer.models.base import Frozen
from interviewer.models.scorecard import Grade, Recommendation, Status


class CriterionLevel(Frozen):
    """One criterion in the table; ``level`` 1-5, ``band`` the range it may well lie in."""

    id: str
    title: str
    level: float | None
    band: tuple[float, float] | None
    status: Status


class RoundLevels(Frozen):
    """One round in the table."""

    round: str
    title: str
    overall: float | None
    recommendation: Recommendation | None
    criteria: tuple[CriterionLevel, ...] = ()
    flags: tuple[str, ...] = ()


class Entry(Frozen):
    """One transcript in the table. ``file`` is its name within the run, ``reports`` are names of files beside the
    table; ``failure`` says why it was not graded, "" where it was."""

    file: str
    candidate: str
    engine: str = ""
    model: str | None = None
    rounds: tuple[RoundLevels, ...] = ()
    decision: Recommendation | None = None
    problems: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    failure: str = ""

    @classmethod
    def of(cls, grade: Grade, file: str, reports: tuple[str, ...]) -> Entry:
        """The entry of a grade."""
        rounds = tuple(
            RoundLevels(
                round=card.round, title=card.title, overall=card.overall, recommendation=card.recommendation,
                flags=card.flags,
                criteria=tuple(
                    CriterionLevel(id=c.id, title=c.title, level=c.level, band=c.band, status=c.status)
                    for c in card.criteria
                ),
            )
            for card in grade.rounds
        )  # fmt: skip
        return cls(
            file=file, candidate=grade.transcript, engine=grade.engine, model=grade.model, rounds=rounds,
            decision=grade.debrief.decision if grade.debrief else None, problems=grade.problems, reports=reports,
        )  # fmt: skip
