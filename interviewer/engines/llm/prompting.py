"""What a model is sent. Messages only ever grow at their end, so that an endpoint can reuse what it has read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import groupby

from interviewer.content.prompts import fill
from interviewer.engines.base import JudgeTask, TurnContext
from interviewer.engines.llm.choices import Choice, choices
from interviewer.engines.llm.client import Message
from interviewer.engines.llm.opening import OPENS
from interviewer.models.base import AnswerKind, Move
from interviewer.models.interview import Phase
from interviewer.models.numbers import NumberFinding
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.targets import NUMBER
from interviewer.models.transcript import Turn
from interviewer.reading.conduct import own_words
from interviewer.text import sanitise

SHEETS_WORDS = (
    "The words in quotation marks are the sheet's: keep their meaning, give no more away than they do, and tie them to "
    "what the candidate said."
)


def turn_messages(turn: TurnContext) -> list[Message]:
    """System, then this round as it was spoken with each sheet before it was opened, then what is open now.

    All but the last message stay as they are for the rest of the round.
    """
    fence = _fence(turn)
    messages = [{"role": "system", "content": _system(turn, fence)}]
    sheets = {s.id: s for s in (*turn.earlier, turn.sheet) if s is not None}
    for said in turn.turns:
        if said.move in OPENS and said.question in sheets:
            messages.append({"role": "user", "content": _sheet(sheets[said.question])})
        messages.append(_spoken(said, fence))
    return [*messages, {"role": "user", "content": _now(turn)}]


def spoken_lines(task: JudgeTask) -> str:
    """The round as the judge reads it, a turn a line."""
    return "\n".join(
        f'{{"turn": {t.index}, "speaker": "{t.role}", "text": {_quoted(t.text)}}}' for t in task.transcript.turns
    )


def judge_messages(
    turns: str, criterion: str, items: Mapping[str, CheckVerdict], *, again: bool = False
) -> list[Message]:
    """One criterion's statements over one round, given as ``spoken_lines``; ``again``: no quote stood up before."""
    fence = "transcript-" + hashlib.sha256((turns + criterion).encode()).hexdigest()[:10]
    statements = "\n".join(
        f"- {label}{' (misconception)' if item.kind == 'misconception' else ''}: {item.says}"
        for label, item in items.items()
    )
    user = fill(
        "judge_task", fence=fence, turns=turns, criterion=criterion, statements=statements, ids=", ".join(items)
    )
    user = f"{user}\n{fill('judge_again')}" if again else user
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
        move = ":".join(filter(None, (said.move, said.target if said.move is not Move.CLARIFY else None)))
        spoken = {"move": move, "reason": said.reason, "say": said.text, "told": list(said.told)}
        return {"role": "assistant", "content": json.dumps(spoken, ensure_ascii=False)}
    return {"role": "user", "content": f"<{fence}>{_quoted(said.text)}</{fence}>"}


def _quoted(text: str) -> str:
    """Text as one JSON string that can't close the fence it stands in."""
    return json.dumps(sanitise(text), ensure_ascii=False).replace("</", "<\\/")


def _now(turn: TurnContext) -> str:
    open = choices(turn)
    opens = turn.upcoming is not None and any(c.move in OPENS for c in open.values())
    return fill(
        "turn", sheet=_sheet(turn.upcoming) + "\n\n" if opens and turn.upcoming else "",
        open=_open(turn, open.values()), about_the_answer=_about(turn),
        clock=f"{_clock(turn)}{_follower(turn, open)}",
    )  # fmt: skip


def _clock(turn: TurnContext) -> str:
    left = turn.progress.seconds_left
    if left <= 0:
        return "The round's time is up; say so when you close."
    return f"About {round(left / 60)} minutes of the round are left."


def _open(turn: TurnContext, open: Iterable[Choice]) -> str:
    """The choices by why they are open, each with the sheet's words for it, so that nothing has to be looked up."""
    lines, any_words = [], False
    for why, group in groupby(open, key=lambda c: c.why):
        lines.append(f"({why})")
        for choice in group:
            words = "" if choice.move in OPENS else own_words(
                turn.sheet, choice.move, choice.target, choice.rung, turn.heard
            )  # fmt: skip
            any_words = any_words or bool(words)
            lines.append(f'- {choice.name}: "{words}"' if words else f"- {choice.name}")
    if any_words:
        lines.append(SHEETS_WORDS)
    return "\n".join(lines)


def _follower(turn: TurnContext, open: Mapping[str, Choice]) -> str:
    if "close:farewell" not in open:
        return ""
    return f" {turn.next_persona.name} takes over after you." if turn.next_persona else " Yours is the last round."


def _about(turn: TurnContext) -> str:
    answer = turn.answer
    if answer is None:
        return "Nothing has been said in this round yet."
    asking = turn.progress.phase is Phase.ASKING
    met = [id for id, f in (turn.question.found.items() if turn.question else ()) if f.verdict == "met"]
    lines = [f"Met in earlier answers: {', '.join(met)}."] if met and asking else []
    if answer.kind not in (AnswerKind.SUBSTANTIVE, AnswerKind.THIN):
        lines.append(f"A simple reader without a model takes the last turn for: {answer.kind.value}.")
    if answer.doubt and any(NUMBER in m.targets for m in turn.legal if m.move is Move.PUSH_BACK):
        lines.append(_doubted(answer.doubt))
    return " ".join(lines) or "The last turn is an answer."


def _doubted(found: NumberFinding) -> str:
    """A number that doesn't come out, as data."""
    inputs = [f"{i.name} {_quoted(i.said)}{' (assumed)' if i.assumed else ''}" for i in found.inputs]
    stated = f"{_quoted(found.said)} ({found.kind.replace('_', ' ')})"
    return f"Worked out by the programme: from {', '.join(inputs)}, {stated} should be {_quoted(found.should_be)}."
