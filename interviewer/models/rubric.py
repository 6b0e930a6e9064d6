"""A rubric: one round's head, its criteria, and the yes/no checks that earn a level."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from interviewer.models.base import Frozen, Id, Length, Text
from interviewer.models.question import Area, Cue


class Check(Frozen):
    """One statement that is true or false of a transcript."""

    id: Id
    says: Text
    source: Text  # the line of INTERVIEW_FACTS it rests on, e.g. "B7"
    weight: int = Field(default=1, ge=1, le=3)
    essential: bool = False
    structure: bool = False  # countable without a model (a number, "I decided"), even where quality isn't
    cues: tuple[Cue, ...] = ()
    where: Literal["anywhere", "opening"] = "anywhere"  # "opening": in the first sentence or two of an answer
    reads: Literal["decision"] | None = None  # offline also found where somebody commits themselves, in whatever words
    when: tuple[Cue, ...] = ()  # what the talk must touch for there to be an opportunity; empty: always


class Anchors(Frozen):
    """What levels 1, 3 and 5 look like, contrasting mid-level and senior."""

    one: Text = Field(alias="1")
    three: Text = Field(alias="3")
    five: Text = Field(alias="5")


class Criterion(Frozen):
    """One dimension that is graded 1-5 in halves."""

    id: Id
    title: Text
    about: Text
    weight: int = Field(default=1, ge=1, le=3)
    essential: bool = False  # the round's overall is at most one above the lowest of these
    checks: tuple[Check, ...] = Field(min_length=4, max_length=8)
    anchors: Anchors


class Lengths(Frozen):
    """Minutes on the candidate's clock."""

    quick: int = Field(default=10, ge=3, le=120)
    standard: int = Field(default=25, ge=3, le=120)
    real: int = Field(default=50, ge=3, le=120)

    def minutes(self, length: Length) -> int:
        return int(getattr(self, length.value))


class Rubric(Frozen):
    """One round: who holds it, how long, what it draws on and how it is graded."""

    id: Id
    title: Text
    looks_for: Text  # completes "I'm looking for ..." in the interviewer's opening
    persona: Id
    lengths: Lengths = Lengths()
    areas: tuple[Area, ...] = Field(min_length=1)
    offline: Literal["levels", "structure"] = "levels"  # what can honestly be graded without a model
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [c.id for c in self.criteria] + [check.id for c in self.criteria for check in c.checks]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"ids used twice in this rubric: {', '.join(twice)}")
        return self

    def criterion(self, id: str) -> Criterion | None:
        return next((c for c in self.criteria if c.id == id), None)
