"""What a model is sent. Messages only ever grow at their end, so that an endpoint can reuse what it has read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from interviewer.content.prompts import fill
from interviewer.engines.base import JudgeTask, TurnContext
from interviewer.engines.llm.choices import Choice, choices
from interviewer.engines.llm.client import Message
from interviewer.models.base import AnswerKind, Move
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Turn
from interviewer.text import sanitise


def turn_messages(turn: TurnContext) -> list[Message]:
    """System, then this round as it was spoken with each sheet before it was opened, then what is open now.

    All but the last message stay as they are for the rest of the round.
    """
    fence = _fence(turn)
    messages = [{"role": "system", "content": _system(turn, fence)}]
    sheets = {s.id: s for s in (*turn.earlier, turn.sheet) if s is not None}
    for said in turn.turns:
        if said.move in (Move.ASK, Move.NEXT) and said.question in sheets:
            messages.append({"role": "user", "content": _sheet(sheets[said.question])})
        messages.append(_spoken(said, fence))
    return [*messages, {"role": "user", "content": _now(turn)}]


def judge_messages(task: JudgeTask, criterion: str, items: Mapping[str, CheckVerdict]) -> list[Message]:
    """One criterion's statements over one round."""
    turns = "\n".join(
        f'{{"turn": {t.index}, "speaker": "{t.role}", "text": {_quoted(t.text)}}}' for t in task.transcript.turns
    )
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


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "- none"


def _spoken(said: Turn, fence: str) -> Message:
    if said.role == "interviewer":
        # As it was answered, so that the history shows the form that is asked for.
        move = ":".join(filter(None, (said.move, said.target)))
        spoken = {"move": move, "reason": said.reason, "say": said.text}
        return {"role": "assistant", "content": json.dumps(spoken, ensure_ascii=False)}
    return {"role": "user", "content": f"<{fence}>{_quoted(said.text)}</{fence}>"}


def _quoted(text: str) -> str:
    """Text as one JSON string that can't close the fence it stands in."""
    return json.dumps(sanitise(text), ensure_ascii=False).replace("</", "<\\/")


def _now(turn: TurnContext) -> str:
    open = choices(turn)
    opens = turn.upcoming is not None and any(c.move in (Move.ASK, Move.NEXT) for c in open.values())
    minutes = max(0, round(turn.progress.seconds_left / 60))
    return fill(
        "turn", sheet=_sheet(turn.upcoming) + "\n\n" if opens and turn.upcoming else "",
        open="\n".join(_choice(turn, c) for c in open.values()), about_the_answer=_about(turn),
        clock=f"About {minutes} minutes of the round are left.", follower=_follower(turn, open),
    )  # fmt: skip


def _choice(turn: TurnContext, choice: Choice) -> str:
    """A choice with the sheet's own words for it, so that nothing has to be looked up."""
    sheet, target = turn.sheet, choice.target or ""
    words = ""
    if sheet is not None and choice.move is Move.PUSH_BACK:
        challenge = sheet.misconception(target)
        push_back = sheet.push_back(target)
        words = challenge.challenge if challenge else push_back.say if push_back else ""
    elif sheet is not None and (expectation := sheet.expectation(target)):
        words = expectation.hints[choice.rung - 1] if choice.rung else expectation.probe
    elif choice.move is Move.DECIDE and sheet is not None:
        words = sheet.decide or ""
    said = f' — "{words}"' if words else ""
    rung = f", rung {choice.rung}" if choice.rung else ""
    return f"- {choice.name} ({choice.why}{rung}){said}"


def _follower(turn: TurnContext, open: Mapping[str, Choice]) -> str:
    if "close:farewell" not in open:
        return ""
    return f" {turn.next_persona.name} takes over after you." if turn.next_persona else " Yours is the last round."


def _about(turn: TurnContext) -> str:
    answer = turn.answer
    if answer is None:
        return "Nothing has been said in this round yet."
    met = [id for id, f in (turn.question.found.items() if turn.question else ()) if f.verdict == "met"]
    lines = [f"Met in earlier answers: {', '.join(met)}."] if met else []
    if answer.kind not in (AnswerKind.SUBSTANTIVE, AnswerKind.THIN):
        lines.append(f"A simple reader without a model takes the last turn for: {answer.kind.value}.")
    if answer.facts:
        lines.append(f"It seems to ask for the facts {', '.join(answer.facts)}.")
    return " ".join(lines) or "The last turn is an answer."
