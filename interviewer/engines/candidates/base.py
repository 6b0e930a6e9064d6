"""What answers in a candidate's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from interviewer.models.question import QuestionSheet
from interviewer.models.transcript import Turn


@dataclass(frozen=True)
class Seat:
    """What there is to answer: one round so far, the interviewer's turn last. A model never gets to see the sheet."""

    turns: tuple[Turn, ...]
    answers: int  # given in the whole interview so far
    sheet: QuestionSheet | None


class Candidates(Protocol):
    """One simulated candidate."""

    name: str  # for the header, e.g. "Ana, level 4, by script"

    async def answer(self, seat: Seat) -> str:
        """The next answer, never empty. Raises EngineError."""
        ...

    async def aclose(self) -> None: ...
