"""What a person makes of a transcript by the anchors, before anything of the machine's is shown to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from interviewer.models.base import Frozen
from interviewer.models.scorecard import Status, UsedRubric

LOWEST, HIGHEST = 1.0, 5.0
NOT_SHOWN = "no evidence, or not asked"
Level = Annotated[float, Field(ge=LOWEST, le=HIGHEST, multiple_of=0.5)]


class RoundMarks(Frozen):
    """One round. ``levels``: by criterion, None for no evidence or not asked; what isn't in it isn't marked yet."""

    round: str
    rubric: str  # the sha256 of the rubric whose anchors were before the person
    criteria: tuple[str, ...]  # all there are to mark, in order
    levels: dict[str, Level | None] = {}
    sheets: tuple[UsedRubric, ...] = ()  # the questions of ours that were asked

    @model_validator(mode="after")
    def _of_its_criteria(self) -> Self:
        if strange := sorted(set(self.levels) - set(self.criteria)):
            raise ValueError(f"levels of no criterion of the round: {', '.join(strange)}")
        return self

    @property
    def left(self) -> tuple[str, ...]:
        """The criteria that aren't marked yet."""
        return tuple(c for c in self.criteria if c not in self.levels)


class Shown(Frozen):
    """What the person was shown once they had confirmed."""

    engine: str
    model: str | None = None
    graded: str = ""
    at: str = ""


class Marks(Frozen):
    """One person's marks of one transcript."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    transcript: str
    sha256: str  # of the transcript file
    file: str  # where it was
    rater: str
    at: str  # when they were saved, ISO 8601 in UTC
    only_round: str | None = None  # as --round said
    candidate: str | None = None  # as --candidate said
    rounds: tuple[RoundMarks, ...]
    confirmed: bool = False  # every criterion is marked, and the person has said that this is it
    blind: bool = True  # False for those changed after the machine's levels had been seen
    shown: Shown | None = None

    @property
    def left(self) -> int:
        """How many criteria aren't marked yet."""
        return sum(len(r.left) for r in self.rounds)

    @property
    def total(self) -> int:
        return sum(len(r.criteria) for r in self.rounds)


@dataclass(frozen=True)
class Difference:
    """One criterion: the person's level and ours, either None where there is none."""

    round: str
    title: str
    theirs: float | None
    ours: float | None
    band: tuple[float, float] | None
    status: Status

    @property
    def apart(self) -> float | None:
        """Ours less theirs."""
        return None if self.theirs is None or self.ours is None else round(self.ours - self.theirs, 1)
