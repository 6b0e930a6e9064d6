"""A transcript: what was said, whoever held the interview. What replay shows and grading reads."""

from __future__ import annotations

from typing import Literal

from interviewer.models.base import AnswerKind, Frozen, Move
from interviewer.models.events import Finding, Held

Role = Literal["interviewer", "candidate"]


class Turn(Frozen):
    """One spoken turn. ``index`` is its position from 0 among spoken turns, captions of one speaker joined."""

    index: int
    role: Role
    text: str
    round: str | None = None
    speaker: str | None = None
    question: str | None = None
    move: Move | None = None
    reason: str = ""
    target: str | None = None
    told: tuple[str, ...] = ()  # facts an interviewer's turn gives
    rung: int | None = None
    note: str = ""
    seconds: float = 0.0
    clock: float | None = None  # of an interviewer's turn: seconds of the round's clock that were used by then
    kind: AnswerKind | None = None  # of a candidate's turn
    found: tuple[Finding, ...] = ()  # in a candidate's turn


class Transcript(Frozen):
    """Turns, where they came from, and what could not be used."""

    id: str
    turns: tuple[Turn, ...]
    source: str = ""  # the format it was read from
    sha256: str = ""  # of the file
    created: str = ""
    engine: str | None = None
    model: str | None = None
    origin: Literal["held", "imported"] = "imported"
    candidate: str = ""  # who answered in a candidate's place; "" for a person
    complete: bool = True
    personas: dict[str, Held] = {}
    rubrics: dict[str, Held] = {}
    minutes: dict[str, int] = {}  # round -> minutes on the candidate's clock, of an interview held here
    questions: dict[str, tuple[Held, ...]] = {}
    self_ratings: dict[str, dict[str, float]] = {}
    heading: str = ""  # what the file says before anybody speaks
    problems: tuple[str, ...] = ()

    @property
    def rounds(self) -> tuple[str, ...]:
        """The rounds that were spoken in, in order; empty when the source names none."""
        return tuple(dict.fromkeys(t.round for t in self.turns if t.round))

    def of_round(self, round: str) -> Transcript:
        """The same with only one round's turns, their indexes kept."""
        return self.model_copy(update={"turns": tuple(t for t in self.turns if t.round == round)})

    def turn(self, index: int) -> Turn | None:
        return next((t for t in self.turns if t.index == index), None)
