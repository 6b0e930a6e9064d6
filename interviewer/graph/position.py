"""Where an interview stands, from its events alone. Knows nothing of the machine, so that resuming needn't load it."""

from __future__ import annotations

from typing import Literal

from interviewer.models.interview import Interview, Phase

Start = Literal["open_round", "ask", "read", "hand_over", "debrief", "__end__"]
WAITING: Start = "__end__"


def position(interview: Interview) -> Start:
    """Which node comes next; ``WAITING`` when it is the candidate's turn, to answer or to rate."""
    if interview.ended is not None or interview.to_rate is not None:
        return WAITING
    current = interview.current
    if current is None:
        return "debrief"
    if current.phase is Phase.WAITING:
        return "open_round" if current is interview.rounds[0] else "hand_over"
    turns = interview.round_turns(current.id)
    if not turns:
        return "ask"
    return "read" if turns[-1].role == "candidate" else WAITING
