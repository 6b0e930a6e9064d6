"""What is said for a move: the sheet's own words, joined by the persona's or the house's lines.

Never praises, never says what hasn't come up, quotes one clause at most, and only one that was found in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from interviewer.engines.base import TurnContext
from interviewer.engines.offline.policy import FAREWELL, INVITE, MORE, REPLY, WAIT, Choice
from interviewer.engines.offline.words import Words, joined, size
from interviewer.models.base import AnswerKind, Move
from interviewer.models.question import QuestionSheet
from interviewer.reading.quotes import spoken
from interviewer.reading.tokens import content

LONGEST = 45  # words of a turn that doesn't open a question
_REPLIES = {AnswerKind.CLARIFYING: "replies", AnswerKind.ORDER: "refusals", AnswerKind.THINKING: "waits"}
SHORT_ASK = 25  # words of a question when it is named again


def utterance(turn: TurnContext, choice: Choice, seed: int) -> str:
    """The words for ``choice``; never empty."""
    words = Words(turn, seed)
    return _SPEAKERS[choice.move](turn, choice, words)


def _open(turn: TurnContext, choice: Choice, words: Words) -> str:
    sheet = turn.upcoming or turn.sheet
    ask = sheet.ask if sheet else ""
    if turn.turns:
        return joined([words.line("bridges"), ask], 10_000, lambda i: True)
    opening = words.line(
        "openings", name=turn.persona.name, title=turn.persona.title, minutes=str(turn.progress.minutes),
        looks_for=turn.rubric.looks_for.rstrip(" ."),
    )  # fmt: skip
    return f"{opening}\n\n{ask}".strip()


def _clarify(turn: TurnContext, choice: Choice, words: Words) -> str:
    facts = [f for id in (choice.target or "").split(",") if turn.sheet and (f := turn.sheet.fact(id))]
    if not facts:
        return words.line("assumptions")
    new = [f.say for f in facts if words.fresh(f.say)]
    return joined(new[:1] + new[1:], LONGEST, lambda i: i == 0) if new else words.line("told_already")


def _probe(turn: TurnContext, choice: Choice, words: Words) -> str:
    if choice.target == MORE:
        return words.line("pumps")
    target = turn.sheet.expectation(choice.target) if turn.sheet and choice.target else None
    question = target.probe if target and words.fresh(target.probe) else words.line("follow_ups")
    return joined([_lead_in(turn, words), question], LONGEST, lambda i: i == 1)


def _push_back(turn: TurnContext, choice: Choice, words: Words) -> str:
    sheet, target = turn.sheet, choice.target or ""
    belief = sheet.misconception(target) if sheet else None
    planned = sheet.push_back(target) if sheet else None
    said = belief.challenge if belief else planned.say if planned else words.line("follow_ups")
    quote = _quote(turn, {target}) if belief else None
    lead = words.line("lead_ins", spare=False, quote=quote) if quote else words.line("challenges", spare=False)
    return joined([lead, said], LONGEST, lambda i: i == 1)


def _hint(turn: TurnContext, choice: Choice, words: Words) -> str:
    target = turn.sheet.expectation(choice.target) if turn.sheet and choice.target else None
    hint = target.hints[(choice.rung or 1) - 1] if target else words.line("follow_ups")
    return joined([words.line("hint_leads", spare=False), hint], LONGEST, lambda i: i == 1)


def _redirect(turn: TurnContext, choice: Choice, words: Words) -> str:
    return words.line("redirects", question=_pending(turn))


def _decide(turn: TurnContext, choice: Choice, words: Words) -> str:
    own = turn.sheet.decide if turn.sheet else None
    return own if own and words.fresh(own) else words.line("decides")


def _repair(turn: TurnContext, choice: Choice, words: Words) -> str:
    kind = turn.answer.kind if turn.answer else AnswerKind.EMPTY
    if choice.target == WAIT or kind is AnswerKind.THINKING:
        return words.line("waits")
    return words.line("refusals" if kind is AnswerKind.ORDER else "repairs")


def _close(turn: TurnContext, choice: Choice, words: Words) -> str:
    if choice.target == FAREWELL:
        taker = turn.next_persona
        return joined(
            [words.line("farewells"), words.line("handovers", name=taker.name) if taker else ""],
            LONGEST,
            lambda i: True,
        )
    if choice.target == REPLY:
        return _reply(turn, words)
    return words.line("closings") if choice.target in (INVITE, None) else words.line("more_questions")


def _reply(turn: TurnContext, words: Words) -> str:
    """An answer to the candidate's own question; where nothing was asked, room to ask."""
    kind = turn.answer.kind if turn.answer else AnswerKind.EMPTY
    slot = _REPLIES.get(kind, "go_aheads")
    if slot in ("waits", "go_aheads"):
        return words.line(slot)
    return joined([words.line(slot), words.line("more_questions", spare=False)], LONGEST, lambda i: i == 0)


def _lead_in(turn: TurnContext, words: Words) -> str:
    """Takes up what was just said: a clause of it where one was found, else its topic, else only that it was heard."""
    met = {f.id for f in turn.answer.found if f.verdict in ("met", "partly", "corrected")} if turn.answer else set()
    quote, topic = _quote(turn, met), _topic(turn.sheet, met)
    for fields in ({"quote": quote}, {"topic": topic}):
        given = {k: v for k, v in fields.items() if v}
        if given and (line := words.line("lead_ins", spare=False, **given)):
            return line
    return words.line("acknowledgements", spare=False)


def _quote(turn: TurnContext, ids: set[str]) -> str | None:
    """One clause of the answer in which something of ``ids`` was found, the fullest there is."""
    answer = turn.answer
    found = [f.quote for f in answer.found if f.id in ids] if answer else []
    clauses = [c for q in found if answer and (c := spoken(q, answer.text)) and size(c) >= 3]
    return max(clauses, key=lambda c: len(content(c)), default=None)


def _topic(sheet: QuestionSheet | None, ids: set[str]) -> str | None:
    if sheet is None:
        return None
    return next((e.topic for e in sheet.expectations if e.id in ids and e.topic), None)


def _pending(turn: TurnContext) -> str:
    """The question on the table in few words: the last one the interviewer put, else the end of the sheet's."""
    texts = [t.text for t in reversed(turn.turns) if t.role == "interviewer"] + ([turn.sheet.ask] if turn.sheet else [])
    for text in texts:
        asked: list[str] = [s.strip() for s in re.findall(r"[^.?!\n:]+\?", text)]
        if asked and size(asked[-1]) <= SHORT_ASK:
            return asked[-1][0].upper() + asked[-1][1:]
    return "What would you do here?"


_SPEAKERS: dict[Move, Callable[[TurnContext, Choice, Words], str]] = {
    Move.ASK: _open, Move.NEXT: _open, Move.CLARIFY: _clarify, Move.PROBE: _probe, Move.PUSH_BACK: _push_back,
    Move.HINT: _hint, Move.REDIRECT: _redirect, Move.REPAIR: _repair, Move.DECIDE: _decide, Move.CLOSE: _close,
}  # fmt: skip
