"""How the interviewer did: rules that were kept or broken, what was told, how each challenge was met."""

from __future__ import annotations

from typing import Literal

from interviewer.models.base import Frozen

Outcome = Literal["pass", "fail", "not_applicable"]
Reply = Literal["updated", "held", "caved", "stonewalled", "unread", "not_tested"]


class Passage(Frozen):
    """Words of one turn, the interviewer's or the candidate's, and what is to be said of them."""

    turn: int
    quote: str
    note: str = ""


class RuleReport(Frozen):
    """One rule over the whole interview. ``passages`` are where it was broken; of a kept one there are none."""

    id: str
    says: str
    outcome: Outcome
    reason: str
    passages: tuple[Passage, ...] = ()


class Conviction(Frozen):
    """How one challenge was met. ``push_back`` and ``posed`` are None where none of its kind was put."""

    round: str
    question: str | None
    push_back: str | None
    valid: bool
    posed: Passage | None
    because: str  # why the challenge is right, or wrong
    reply: Reply
    read_by: Literal["cues", "model", "nobody"]
    passages: tuple[Passage, ...] = ()  # the candidate's words


class Reveal(Frozen):
    """A fact of a sheet that was told, and whether it had been asked for."""

    turn: int
    question: str
    fact: str
    asked: bool


class ConductReport(Frozen):
    """The interviewer's own report over one interview."""

    transcript: str
    engine: str | None = None
    model: str | None = None
    rules: tuple[RuleReport, ...] = ()
    convictions: tuple[Conviction, ...] = ()
    reveals: tuple[Reveal, ...] = ()

    @property
    def broken(self) -> tuple[RuleReport, ...]:
        return tuple(r for r in self.rules if r.outcome == "fail")
