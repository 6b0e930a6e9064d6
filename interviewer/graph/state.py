"""What passes between the nodes of one turn, and what they work with. Nothing here outlives the turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from interviewer.content.materials import Materials
from interviewer.engines.base import Answer, Engine, LegalMove
from interviewer.models.events import Event
from interviewer.models.interview import Interview
from interviewer.models.question import QuestionSheet


class TurnState(TypedDict, total=False):
    """One turn on its way through the graph."""

    answer: Answer | None
    legal: tuple[LegalMove, ...]
    farewell: bool


@dataclass(frozen=True)
class Chunk:
    """A piece of what the interviewer is saying, as it arrives."""

    text: str


@dataclass(frozen=True)
class Stage:
    """The parts a turn is played with. ``append`` stores events durably and folds them into ``interview``."""

    interview: Interview
    materials: Materials
    engine: Engine
    append: Callable[..., None]
    now: Callable[[], str]

    def upcoming(self, round: str) -> QuestionSheet | None:
        """The next sheet of the round that has not been asked."""
        asked = {q.id for q in self.interview.round(round).questions}
        return next((s for s in self.materials.sheets(round) if s.id not in asked), None)

    def emit(self, *events: Event) -> tuple[Event, ...]:
        self.append(*events)
        return events
