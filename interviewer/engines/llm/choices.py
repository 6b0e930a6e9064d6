"""What a model may choose from: every open move with every target, each under one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.engines.base import LegalMove, TurnContext
from interviewer.models.base import Move


@dataclass(frozen=True)
class Choice:
    """One thing to say. ``rung`` is a hint's, 1 to 3."""

    move: Move
    target: str | None
    rung: int | None
    why: str

    @property
    def name(self) -> str:
        """As the model names it, e.g. "probe:sample-size"."""
        return f"{self.move.value}:{self.target}" if self.target else self.move.value


def choices(turn: TurnContext) -> dict[str, Choice]:
    """The open choices by name, best first."""
    return {c.name: c for legal in turn.legal for c in _of(turn, legal)}


def _of(turn: TurnContext, legal: LegalMove) -> Iterator[Choice]:
    # Which facts were asked for is the model's to say: it reads better than cues, and one question may ask for several.
    targets: tuple[str | None, ...] = () if legal.move is Move.CLARIFY else legal.targets
    for target in targets or (None,):
        yield Choice(legal.move, target, _rung(turn, legal.move, target), legal.why)


def _rung(turn: TurnContext, move: Move, target: str | None) -> int | None:
    if move is not Move.HINT or turn.question is None or target is None:
        return None
    return min(3, turn.question.rungs.get(target, 0) + 1)
