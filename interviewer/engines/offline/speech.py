"""What is said for a move: the sheet's own words, joined by the persona's or the house's lines.

Never praises, never says what hasn't come up, quotes one clause at most, and only one that was found in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from interviewer.engines.base import TurnContext
from interviewer.engines.offline.closing import closing
from interviewer.engines.offline.leads import lead_in, quote
from interviewer.engines.offline.policy import Choice
from interviewer.engines.offline.words import ROOM, Words, joined, size
from interviewer.models.base import AnswerKind, Move
from interviewer.models.targets import (
    BOUNDARY,
    FAREWELL,
    GROUNDS,
    LEAN,
    MORE,
    NUMBER,
    OCCASION,
    OWN_PART,
    REPLY,
    WAIT,
)
from interviewer.reading.conduct.following import takes_up
from interviewer.reading.decisions import decision
from interviewer.reading.quotes import spoken

HOW_LONG = re.compile(
    r"\b(?:are we (?:nearly |almost )?(?:done|there|finished)|is (?:this|it) (?:nearly |almost )?(?:over|done)|"
    r"how (?:much longer|many more (?:of these|questions))|how much time (?:is|do we have) left)\b",
    re.I,
)
_ASSUMES = re.compile(
    r"\b(?:i(?:'ll| will|'d| would)? (?:just |simply )?(?:assume|suppose|take it)|assuming|"
    r"if you don't (?:know|have)|if not,|if (?:that|it|this)(?:'s| is) so|if (?:yes|so)\b|for now|let's say)\b",
    re.I,
)
_WORD = re.compile(
    r"\bwhat (?:does|do you mean by|is meant by|exactly is)\b|\bmeaning of\b|\bdefine\b|\bmeans?\?", re.I
)
_EITHER = re.compile(r"\bor\b", re.I)
_ASIDES = (Move.CLARIFY, Move.REPAIR, Move.REDIRECT)
_ASKED = re.compile(r"(?:[^.?!\n:]|[.:](?=\d))+\?")  # a figure's point ends no sentence
_PRESSING = {
    MORE: "pumps", OCCASION: "occasions", OWN_PART: "own_parts", GROUNDS: "grounds", BOUNDARY: "boundaries",
    LEAN: "leans",
}  # fmt: skip
NOTHING_PENDING = "What would you do here?"
SHORT_ASK = 25  # words of a question when it is named again


def utterance(turn: TurnContext, choice: Choice, seed: int) -> str:
    """The words for ``choice``; never empty."""
    words = Words(turn, seed)
    before = _along(turn, choice, words)
    words.room = ROOM - size(before)
    words.told = bool(before)
    return f"{before} {_SPEAKERS[choice.move](turn, choice, words)}".strip()


def _along(turn: TurnContext, choice: Choice, words: Words) -> str:
    """What was asked in passing, answered before anything else."""
    if choice.move in (Move.CLARIFY, Move.ASK) or choice.target in (REPLY, FAREWELL):
        return ""
    facts = [f.say for id in choice.told if turn.sheet and (f := turn.sheet.fact(id)) and words.fresh(f.say)]
    answer = turn.answer
    if facts or answer is None or choice.move in (Move.REPAIR, Move.HINT):
        return " ".join(facts)
    if HOW_LONG.search(answer.text.replace("’", "'")):
        return _time_left(turn, words)
    if answer.weighed:
        return words.line("judgements")
    if _ASSUMES.search(answer.text.replace("’", "'")):
        return ""  # they have helped themselves
    return words.line("lacks") if answer.unknown or (answer.waits_for and not answer.meant) else ""


def _time_left(turn: TurnContext, words: Words) -> str:
    """What the clock says, to somebody who wants to know how much longer."""
    minutes = round(turn.progress.seconds_left / 60)
    return words.line("time_left", minutes=str(minutes)) if minutes > 1 else words.line("nearly")


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
    """Every fact asked for, then an honest word on what else was asked."""
    facts = [f for id in (choice.target or "").split(",") if turn.sheet and (f := turn.sheet.fact(id))]
    kept = [f.say for f in facts if words.fresh(f.say)]
    rest = _rest(turn, words, alone=not facts)
    if kept:
        answered = turn.answer is not None and turn.answer.kind is AnswerKind.SUBSTANTIVE
        back = words.line("hand_backs", spare=False) if answered and not rest else ""
        return joined([*kept, rest or back], 10_000, lambda i: True)
    again = [f.say for f in facts[:2] if words.count(f.say) < 2]
    if again and not rest:
        return joined([words.line("told_already"), *again], 10_000, lambda i: True)
    return rest or words.line("exhausted" if facts else "assumptions")


def _rest(turn: TurnContext, words: Words, *, alone: bool) -> str:
    """What is said to the part of a question that no fact answers."""
    answer = turn.answer
    if answer is None:
        return ""
    if answer.again:
        return words.line("agains", question=_once_more(turn))
    if answer.meant:
        said = answer.text.replace("’", "'")
        slot = "meanings" if _WORD.search(said) else "either" if _EITHER.search(said) else "readings"
        return words.line(slot)
    if answer.weighed:
        return words.line("judgements")
    if answer.unknown:
        return words.line("assumptions" if alone else "rests")
    return ""


def _once_more(turn: TurnContext) -> str:
    """The interviewer's last question, with what leads to it where that is short."""
    last = next((t for t in reversed(turn.turns) if t.role == "interviewer" and t.move is not Move.CLARIFY), None)
    sheet, target = turn.sheet, last.target if last else None
    if sheet and last and target and last.move is Move.PROBE and (asked := sheet.expectation(target)):
        return asked.probe
    if sheet and last and target and last.move is Move.PUSH_BACK:
        belief, planned = sheet.misconception(target), sheet.push_back(target)
        return belief.challenge if belief else planned.put(turn.heard) if planned else _pending(turn)
    return _pending(turn)


def _probe(turn: TurnContext, choice: Choice, words: Words) -> str:
    if choice.target in _PRESSING:
        return words.line(_PRESSING[choice.target])
    target = turn.sheet.expectation(choice.target) if turn.sheet and choice.target else None
    question = target.probe if target and words.fresh(target.probe) else words.line("follow_ups")
    if words.told:  # a word of having heard would be of the interviewer's own words
        return question
    said = joined([lead_in(turn, target, question, words), question], words.room, lambda i: i == 1)
    if turn.answer and turn.sheet and not takes_up(said, turn.answer.text, turn.sheet.ask):
        return f"{words.line('turns')} {question}"
    return said


def _push_back(turn: TurnContext, choice: Choice, words: Words) -> str:
    sheet, target = turn.sheet, choice.target or ""
    if target == NUMBER:
        return number_doubted(turn, words)
    belief = sheet.misconception(target) if sheet else None
    planned = sheet.push_back(target) if sheet else None
    said = belief.challenge if belief else planned.put(turn.heard) if planned else words.line("follow_ups")
    quoted = quote(turn, {target}) if belief else None
    slot, fields = ("lead_ins", {"quote": quoted}) if quoted else ("challenges", {})
    lead = words.line(slot, spare=False, **fields)
    return joined([lead, said], words.room, lambda i: i == 1)


def number_doubted(turn: TurnContext, words: Words) -> str:
    """Both numbers, the candidate's and the one their inputs give; which of them is off is theirs to say."""
    doubt = turn.answer.doubt if turn.answer else None
    if doubt is None:
        return words.line("follow_ups")
    return words.line("numbers", said=doubt.said, should=doubt.should_be)


def _hint(turn: TurnContext, choice: Choice, words: Words) -> str:
    target = turn.sheet.expectation(choice.target) if turn.sheet and choice.target else None
    hint = target.hints[(choice.rung or 1) - 1] if target else words.line("follow_ups")
    return joined([words.line("hint_leads", spare=False), hint], ROOM, lambda i: i == 1)


def _redirect(turn: TurnContext, choice: Choice, words: Words) -> str:
    return words.line("redirects", question=_once_more(turn))


def _decide(turn: TurnContext, choice: Choice, words: Words) -> str:
    if turn.sheet and not turn.sheet.story and (line := _committed(turn, words)):
        return line
    own = turn.sheet.decide if turn.sheet else None
    return own if own and words.fresh(own) else words.line("decides")


def _committed(turn: TurnContext, words: Words) -> str | None:
    """Takes up a decision the candidate has just voiced."""
    mine = [t.text for t in turn.turns if t.role == "candidate" and turn.sheet and t.question == turn.sheet.id]
    text = mine[-1] if mine else ""
    if call := decision(text):
        said = spoken(call, text)
        fields = {"quote": said} if said and call.startswith(said[:8]) else {}
        return words.line("commits", spare=False, **fields) or None
    return None


def _repair(turn: TurnContext, choice: Choice, words: Words) -> str:
    kind = turn.answer.kind if turn.answer else AnswerKind.EMPTY
    if choice.target == WAIT or kind is AnswerKind.THINKING:
        return words.line("waits")
    question = _pending(turn)
    if kind is AnswerKind.SKIP and question != NOTHING_PENDING:
        return words.line("not_yets", question=question)
    line = words.line("refusals" if kind is AnswerKind.ORDER else "repairs")
    again = "" if "?" in line or question == NOTHING_PENDING else question  # one question a turn, and only a real one
    return joined([line, again], ROOM, lambda i: i == 0)


def _close(turn: TurnContext, choice: Choice, words: Words) -> str:
    return closing(turn, choice.target, words)


def _pending(turn: TurnContext) -> str:
    """The question on the table in few words: the one the interviewer put last, asides left out."""
    last = next((t for t in reversed(turn.turns) if t.role == "interviewer" and t.move not in _ASIDES), None)
    for text in [last.text] if last else []:
        asked: list[str] = [s.strip() for s in _ASKED.findall(text)]
        if asked and size(asked[-1]) <= SHORT_ASK:
            return asked[-1][0].upper() + asked[-1][1:]
    return NOTHING_PENDING


_SPEAKERS: dict[Move, Callable[[TurnContext, Choice, Words], str]] = {
    Move.ASK: _open, Move.NEXT: _open, Move.CLARIFY: _clarify, Move.PROBE: _probe, Move.PUSH_BACK: _push_back,
    Move.HINT: _hint, Move.REDIRECT: _redirect, Move.REPAIR: _repair, Move.DECIDE: _decide, Move.CLOSE: _close,
}  # fmt: skip
