"""Where a turn goes next. Each route's return type is its list of edges."""

from __future__ import annotations

from typing import Literal

from langgraph.runtime import get_runtime

from interviewer.graph.state import Stage, TurnState
from interviewer.models.interview import Interview, Phase

Start = Literal["open_round", "ask", "read", "hand_over", "debrief", "__end__"]


def position(interview: Interview) -> Start:
    """Where an interview stands, from its events alone; ``__end__`` when it is the candidate's turn."""
    if interview.ended is not None or interview.to_rate is not None:
        return "__end__"
    current = interview.current
    if current is None:
        return "debrief"
    if current.phase is Phase.WAITING:
        return "open_round" if current is interview.rounds[0] else "hand_over"
    turns = interview.round_turns(current.id)
    if not turns:
        return "ask"
    return "read" if turns[-1].role == "candidate" else "__end__"


def from_start(state: TurnState) -> Start:
    return position(get_runtime(Stage).context.interview)


def from_speak(state: TurnState) -> Literal["close_round", "__end__"]:
    return "close_round" if state.get("farewell") else "__end__"
