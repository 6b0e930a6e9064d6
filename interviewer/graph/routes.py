"""Where a turn goes next. Each route's return type is its list of edges."""

from __future__ import annotations

from typing import Literal

from langgraph.runtime import get_runtime

from interviewer.graph.position import Start, position
from interviewer.graph.state import Stage, TurnState


def from_start(state: TurnState) -> Start:
    return position(get_runtime(Stage).context.interview)


def from_speak(state: TurnState) -> Literal["close_round", "__end__"]:
    return "close_round" if state.get("farewell") else "__end__"
