"""A round held with the offline engine alone: the gate's moves, folded events, no files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.engines.base import Answer, LegalMove, Reading, TurnContext
from interviewer.engines.offline.engine import OfflineEngine
from interviewer.models.base import Move
from interviewer.models.interview import Phase, RoundProgress
from interviewer.models.persona import Persona, Phrases
from interviewer.models.rubric import Rubric
from interviewer.models.transcript import Turn
from interviewer.reading.answer import read_answer
from tests.reading.bikes import BIKES

ANCHORS = {
    "1": "Reads the gap as the effect.",
    "3": "Asks for a test.",
    "5": "Sizes it and says what would change the call.",
}
RUBRIC = Rubric.model_validate(
    {
        "id": "experimentation",
        "title": "Experimentation",
        "looks_for": "how you'd find out what a change does",
        "persona": "dana",
        "areas": ["experiment_design"],
        "criteria": [
            {
                "id": "design_rigor",
                "title": "Design",
                "about": "A comparison that holds.",
                "anchors": ANCHORS,
                "checks": [
                    {
                        "id": "random",
                        "says": "Assigns at random.",
                        "source": "B1",
                        "cues": [{"all": [["random", "coin"], ["half", "percent"]]}],
                    },
                    {
                        "id": "looks",
                        "says": "Fixes the looks.",
                        "source": "B2",
                        "cues": [{"phrase": "look once"}],
                        "when": [{"phrase": "every hour"}],
                    },
                    {"id": "unit", "says": "Names the unit.", "source": "B3", "cues": [{"phrase": "by rider"}]},
                    {"id": "tone", "says": "Sounds calm.", "source": "B4"},
                ],
            }
        ],
    }
)
DANA = Persona(id="dana", name="Dana Wu", title="Head of Rides")
LEE = Persona(id="lee", name="Lee Ortiz", title="VP Product")
OPENING = Turn(
    index=0, role="interviewer", text=f"Hello. {BIKES.ask}", round="experimentation", question=BIKES.id, move=Move.ASK
)


@dataclass(frozen=True)
class Said:
    """What the engine did."""

    reading: Reading
    text: str


def persona(**changes: object) -> Persona:
    """Dana with other dials or phrases."""
    return DANA.model_copy(update=changes)


def context(
    text: str | None, legal: Sequence[LegalMove], *, who: Persona = DANA, before: Sequence[Turn] = (OPENING,),
    phase: Phase = Phase.ASKING, seed: int = 7, used: frozenset[str] = frozenset(), last: bool = False,
) -> TurnContext:  # fmt: skip
    """The turn after ``text``; None when the round opens."""
    progress = RoundProgress("experimentation", 25, phase)
    if text is None:
        return TurnContext(who, RUBRIC, None, BIKES, (), progress, None, tuple(legal), seed, LEE, 0, used)
    turn = Turn(index=len(before), role="candidate", text=text, round="experimentation", question=BIKES.id)
    answer: Answer = read_answer(text, BIKES, progress, before)
    turns = (*before, turn)
    taker = None if last else LEE
    return TurnContext(who, RUBRIC, BIKES, None, turns, progress, answer, tuple(legal), seed, taker, len(turns), used)


def speak(turn: TurnContext, seed: int = 7) -> Said:
    """One turn of the offline engine."""

    async def collect() -> list[Reading | str]:
        return [part async for part in OfflineEngine(seed).respond(turn)]

    first, *pieces = asyncio.run(collect())
    assert isinstance(first, Reading)
    return Said(first, "".join(str(p) for p in pieces))


def said(text: str, legal: Sequence[LegalMove], **more: object) -> Said:
    """What is said after ``text``."""
    return speak(context(text, legal, **more))  # type: ignore[arg-type]


__all__ = [
    "ANCHORS",
    "BIKES",
    "DANA",
    "LEE",
    "OPENING",
    "RUBRIC",
    "Phrases",
    "Said",
    "context",
    "persona",
    "said",
    "speak",
]
