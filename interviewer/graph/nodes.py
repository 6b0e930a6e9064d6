"""What happens in a turn, one function a step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from interviewer.engines.base import Answer, LegalMove, Reading, TurnContext, Waiting
from interviewer.graph.gate import BUDGETS, legal_moves
from interviewer.graph.state import Chunk, Stage, TurnState
from interviewer.models import events as ev
from interviewer.models.base import Move
from interviewer.models.interview import RoundProgress
from interviewer.models.targets import FAREWELL
from interviewer.reading.answer import read_answer
from interviewer.reading.numbers import doubtful

Turn = Runtime[Stage]


async def open_round(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """The next round begins."""
    stage = runtime.context
    _emit(runtime, ev.RoundOpened(round=_current(stage).id, at=stage.now()))
    return {}


async def ask(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """The persona will introduce themselves and open the first question."""
    return {"answer": None, "legal": _legal(runtime.context, None)}


async def read(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """What can be read in the answer without a model."""
    stage = runtime.context
    progress = _current(stage)
    turns = stage.interview.round_turns(progress.id)
    question = progress.question
    sheet = stage.materials.sheet(progress.id, question.id if question else None)
    answer = read_answer(turns[-1].text, sheet, progress, turns[:-1])
    return {"answer": replace(answer, doubt=doubtful(turns))}


async def decide(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """Which moves the gate allows."""
    return {"legal": _legal(runtime.context, state["answer"])}


async def speak(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """The engine chooses one of the legal moves and says it; stored before the turn is over."""
    stage, answer, legal = runtime.context, state["answer"], state["legal"]
    progress = _current(stage)
    reading: Reading | None = None
    pieces: list[str] = []
    async for part in stage.engine.respond(turn_context(stage, progress, answer, legal)):
        if isinstance(part, Waiting):
            reading, pieces = None, []
            runtime.stream_writer(part)
        elif isinstance(part, Reading):
            reading = part
        elif part:
            pieces.append(part)
            runtime.stream_writer(Chunk(part))
    if reading is None:
        raise RuntimeError(f"engine '{stage.engine.name}' spoke without saying which move it made")
    farewell = reading.move is Move.CLOSE and reading.target == FAREWELL
    said = _said(stage, progress, reading, "".join(pieces).strip())
    read_event = _read(stage, progress, answer, reading)
    closing = [ev.RoundClosed(round=progress.id, reason=reading.reason, at=stage.now())] if farewell else []
    _emit(runtime, *([read_event] if read_event else []), said, *closing)
    return {"farewell": farewell}


async def close_round(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """The round is over. It was stored with the farewell, so that no crash can come between the two."""
    return {"answer": None, "legal": ()}


async def self_assessment(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """The candidate rates themselves before anything else; the graph waits for it."""
    return {}


async def hand_over(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """To the next interviewer, who is told nothing of what was said."""
    return {"answer": None, "legal": (), "farewell": False}


async def debrief(state: TurnState, runtime: Turn) -> dict[str, Any]:
    """All rounds are held. Scorecards and the hiring manager's view are made from the finished interview."""
    _emit(runtime, ev.Ended(reason="completed", at=runtime.context.now()))
    return {}


def turn_context(
    stage: Stage, progress: RoundProgress, answer: Answer | None, legal: tuple[LegalMove, ...]
) -> TurnContext:
    """What the engine gets to see: this round alone."""
    interview = stage.interview
    question = progress.question
    order = [r.id for r in interview.rounds]
    after = order[order.index(progress.id) + 1 :]
    return TurnContext(
        persona=stage.materials.persona(progress.id),
        rubric=stage.materials.rubric(progress.id),
        sheet=stage.materials.sheet(progress.id, question.id if question else None),
        upcoming=stage.upcoming(progress.id),
        turns=interview.round_turns(progress.id),
        progress=progress,
        answer=answer,
        legal=legal,
        seed=interview.header.seed,
        next_persona=stage.materials.persona(after[0]) if after else None,
        loop_turns=interview.next_turn,
        used=frozenset(t.text for t in interview.turns if t.role == "interviewer"),
        earlier=tuple(s for q in progress.questions[:-1] if (s := stage.materials.sheet(progress.id, q.id))),
    )


def _current(stage: Stage) -> RoundProgress:
    current = stage.interview.current
    if current is None:
        raise RuntimeError("the graph was run although all rounds are closed")
    return current


def _legal(stage: Stage, answer: Answer | None) -> tuple[LegalMove, ...]:
    progress = _current(stage)
    question = progress.question
    upcoming = stage.upcoming(progress.id)
    sheet = stage.materials.sheet(progress.id, question.id if question else None)
    budget = BUDGETS[stage.interview.header.length]
    return legal_moves(progress, sheet, answer, budget, upcoming.id if upcoming else None)


def _said(stage: Stage, progress: RoundProgress, reading: Reading, text: str) -> ev.InterviewerSaid:
    opens = reading.move in (Move.ASK, Move.NEXT)
    upcoming = stage.upcoming(progress.id)
    on_table = progress.question.id if progress.question else None
    return ev.InterviewerSaid(
        turn=stage.interview.next_turn, round=progress.id, text=text, move=reading.move, reason=reading.reason,
        persona=stage.materials.persona(progress.id).name, question=upcoming.id if opens and upcoming else on_table,
        target=reading.target, told=reading.told, rung=reading.rung, engine=stage.engine.name, note=reading.note,
        at=stage.now(),
    )  # fmt: skip


def _read(stage: Stage, progress: RoundProgress, answer: Answer | None, reading: Reading) -> ev.AnswerRead | None:
    if answer is None:
        return None
    return ev.AnswerRead(  # a model's finding stands alone: cues imagine things that it doesn't
        turn=stage.interview.next_turn - 1, round=progress.id, answer=answer.kind, found=reading.found,
        facts=answer.facts, engine=stage.engine.name,
    )  # fmt: skip


def _emit(runtime: Turn, *events: ev.Event) -> None:
    for event in runtime.context.emit(*events):
        runtime.stream_writer(event)
