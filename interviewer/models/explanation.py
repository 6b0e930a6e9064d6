"""Why a criterion has its level, and what the next one needs."""

from __future__ import annotations

from interviewer.models.base import Frozen
from interviewer.models.scorecard import CheckVerdict, Evidence


class Stronger(Frozen):
    """Words that would have made a point. ``source``: where they are from, in words."""

    text: str
    source: str


class Need(Frozen):
    """One thing that is missing, or a belief that stands. ``alone``: the level it would bring by itself."""

    item: CheckVerdict
    alone: float
    nearest: Evidence | None = None  # what the candidate said that comes nearest; None where nothing does
    stronger: Stronger | None = None


class Explanation(Frozen):
    """One criterion of one round. ``towards`` is the next half level, None at the top or without a level.

    ``needs`` reach ``reaches`` together, the fewest that do, those that hold the level down first.
    """

    round: str
    criterion: str
    title: str
    level: float | None
    band: tuple[float, float] | None
    reason: str
    counted: tuple[CheckVerdict, ...] = ()
    towards: float | None = None
    reaches: float | None = None
    needs: tuple[Need, ...] = ()
