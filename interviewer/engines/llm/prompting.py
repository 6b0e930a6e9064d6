"""What a model is sent. Messages only ever grow at their end, so that an endpoint can reuse what it has read."""

from __future__ import annotations

import hashlib
import json

from interviewer.content.prompts import fill
from interviewer.engines.base import JudgeTask, TurnContext
from interviewer.engines.llm.client import Message
from interviewer.models.base import AnswerKind, Move
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Turn
from interviewer.text import sanitise


def turn_messages(turn: TurnContext) -> list[Message]:
    """System, then this round as it was spoken with each sheet where it was opened, then what is open now."""
    fence = _fence(turn)
    messages = [{"role": "system", "content": _system(turn, fence)}]
    sheets = {s.id: s for s in (turn.sheet, turn.upcoming) if s is not None}
    for said in turn.turns:
        if said.move in (Move.ASK, Move.NEXT) and said.question in sheets:
            messages.append({"role": "user", "content": _sheet(sheets[said.question])})
        messages.append(_spoken(said, fence))
    opens = any(legal.move in (Move.ASK, Move.NEXT) for legal in turn.legal)
    if opens and turn.upcoming is not None:
        messages.append({"role": "user", "content": _sheet(turn.upcoming)})
    messages.append({"role": "user", "content": _now(turn)})
    return messages


def judge_messages(task: JudgeTask, criterion: str, items: dict[str, CheckVerdict]) -> list[Message]:
    """One criterion's statements over one round."""
    turns = json.dumps(
        [{"turn": t.index, "speaker": t.role, "text": sanitise(t.text)} for t in task.transcript.turns],
        ensure_ascii=False, indent=0,
    )  # fmt: skip
    fence = "transcript-" + hashlib.sha256((turns + criterion).encode()).hexdigest()[:10]
    statements = "\n".join(
        f"- {label}{' (misconception)' if item.kind == 'misconception' else ''}: {item.says}"
        for label, item in items.items()
    )
    user = fill(
        "judge_task", fence=fence, turns=turns, criterion=criterion, statements=statements, ids=", ".join(items)
    )
    return [{"role": "system", "content": fill("judge", fence=fence)}, {"role": "user", "content": user}]


def _fence(turn: TurnContext) -> str:
    """A marker that the text can't know beforehand, the same throughout a round."""
    return "answer-" + hashlib.sha256(f"{turn.seed}:{turn.rubric.id}:{turn.persona.id}".encode()).hexdigest()[:10]


def _system(turn: TurnContext, fence: str) -> str:
    p = turn.persona
    return fill(
        "interviewer", name=p.name, title=p.title, round_title=turn.rubric.title, looks_for=turn.rubric.looks_for,
        voice=p.voice.strip() or "Plain and professional.", warmth=p.warmth, scepticism=p.scepticism,
        patience=p.patience, directness=p.directness, minutes=turn.progress.minutes, fence=fence,
    )  # fmt: skip


def _sheet(sheet: QuestionSheet) -> str:
    return fill(
        "sheet", ask=sheet.ask, decide=sheet.decide or "as fits",
        facts=_lines(f"{f.id}: {f.say}" for f in sheet.facts),
        expectations=_lines(f"{e.id}: {e.point} | {e.probe} | {' / '.join(e.hints)}" for e in sheet.expectations),
        misconceptions=_lines(f"{m.id}: {m.belief} | {m.challenge}" for m in sheet.misconceptions),
        push_backs=_lines(
            f"{p.id}: {p.say} | {'right' if p.valid else 'wrong'}: {p.because}" for p in sheet.push_backs
        ),
    )  # fmt: skip


def _lines(lines: object) -> str:
    return "\n".join(f"- {line}" for line in lines) or "- none"  # type: ignore[attr-defined]


def _spoken(said: Turn, fence: str) -> Message:
    if said.role == "interviewer":
        return {"role": "assistant", "content": said.text}
    # JSON-encoded, so that no text can close the fence it stands in.
    return {"role": "user", "content": f"<{fence}>{json.dumps(sanitise(said.text), ensure_ascii=False)}</{fence}>"}


def _now(turn: TurnContext) -> str:
    legal = "\n".join(
        f"- {m.move.value}{' on one of: ' + ', '.join(m.targets) if m.targets else ''}{_rungs(turn, m.move, m.targets)} ({m.why})"
        for m in turn.legal
    )
    minutes = max(0, round(turn.progress.seconds_left / 60))
    follower = f" {turn.next_persona.name} takes over after you." if turn.next_persona else " Yours is the last round."
    return fill(
        "turn", legal=legal, about_the_answer=_about(turn), clock=f"About {minutes} minutes are left.{follower}"
    )


def _rungs(turn: TurnContext, move: Move, targets: tuple[str, ...]) -> str:
    question = turn.question
    if move is not Move.HINT or question is None:
        return ""
    return " at rung " + ", ".join(f"{min(3, question.rungs.get(t, 0) + 1)} for {t}" for t in targets)


def _about(turn: TurnContext) -> str:
    answer = turn.answer
    if answer is None:
        return "Nothing has been said in this round yet."
    met = [id for id, f in (turn.question.found.items() if turn.question else ()) if f.verdict == "met"]
    lines = [f"Already met in earlier answers: {', '.join(met)}."] if met else []
    if answer.kind not in (AnswerKind.SUBSTANTIVE, AnswerKind.THIN):
        lines.append(f"The last turn reads as: {answer.kind.value}.")
    if answer.facts:
        lines.append(f"It seems to ask for: {', '.join(answer.facts)}.")
    return " ".join(lines) or "The last turn is an answer."
