"""The machine that walks one turn: run once per answer, it ends when it is the candidate's turn again."""

from __future__ import annotations

from functools import cache
from typing import Any

from langgraph.graph import END, START, StateGraph

from interviewer.graph import nodes, routes
from interviewer.graph.state import Stage, TurnState


@cache
def build() -> Any:
    """The compiled graph. No checkpointer: the transcript is the only store."""
    _never_trace()
    graph = StateGraph(TurnState, context_schema=Stage)
    for node in (
        nodes.open_round, nodes.ask, nodes.read, nodes.decide, nodes.speak, nodes.close_round,
        nodes.self_assessment, nodes.hand_over, nodes.debrief,
    ):  # fmt: skip
        graph.add_node(node.__name__, node)
    graph.add_conditional_edges(START, routes.from_start)
    graph.add_edge("open_round", "ask")
    graph.add_edge("ask", "speak")
    graph.add_edge("read", "decide")
    graph.add_edge("decide", "speak")
    graph.add_conditional_edges("speak", routes.from_speak)
    graph.add_edge("close_round", "self_assessment")
    graph.add_edge("self_assessment", END)
    graph.add_edge("hand_over", "open_round")
    graph.add_edge("debrief", END)
    return graph.compile()


def mermaid() -> str:
    """The drawing of the machine, as Mermaid source."""
    return str(build().get_graph().draw_mermaid())


def _never_trace() -> None:
    """Tracing variables in a user's shell would send every turn to a third party."""
    import langsmith

    langsmith.configure(enabled=False)
