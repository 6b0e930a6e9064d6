"""What is said to what the candidate asks during a case: facts, an honest "I don't know", the question once more."""

from __future__ import annotations

import re

from interviewer.engines.base import TurnContext
from interviewer.engines.offline.policy import Choice
from interviewer.engines.offline.words import Words, joined, size
from interviewer.models.base import AnswerKind, Move
from interviewer.models.targets import FAREWELL, REPLY
from interviewer.reading.answer import Answer
from interviewer.reading.tokens import sentences, stems

_HOW_LONG = re.compile(
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
_REFERS = re.compile(r"\b(?:they|them|their|it|its|that|those|these|this)\b", re.I)
_EITHER = re.compile(r"\bor\b", re.I)
_ASIDES = (Move.CLARIFY, Move.REPAIR, Move.REDIRECT)
_ASKED = re.compile(r"(?:[^.?!\n:]|[.:](?=\d))+\?")  # a figure's point ends no sentence
NOTHING_PENDING = "What would you do here?"
SHORT_ASK = 25  # words of a question when it is named again


def along(turn: TurnContext, choice: Choice, words: Words) -> str:
    """What was asked in passing, answered before anything else."""
    if choice.move in (Move.CLARIFY, Move.ASK) or choice.target in (REPLY, FAREWELL):
        return ""
    facts = [f.say for id in choice.told if turn.sheet and (f := turn.sheet.fact(id)) and words.fresh(f.say)]
    answer = turn.answer
    if answer is None or choice.move in (Move.REPAIR, Move.HINT):
        return " ".join(facts)
    if facts:
        told = " ".join(facts)
        return f"{told} {_beside(answer, words, told)}".strip()
    if _HOW_LONG.search(answer.text.replace("’", "'")):
        return _time_left(turn, words)
    return _no_answer(answer, words, story=turn.sheet is not None and turn.sheet.story)


def _no_answer(answer: Answer, words: Words, *, story: bool) -> str:
    """In passing, to what no fact answers."""
    if answer.weighed:
        return words.line("judgements")
    if story:  # within a telling a question is hardly ever one; put last, with its mark, it may be
        return words.line("passes") if answer.unknown and answer.text.rstrip().endswith("?") else ""
    if answer.unknown and _ASSUMES.search(answer.text.replace("’", "'")):
        return words.line("assumed")
    if answer.unknown:
        return words.line(_lacking(answer))
    return words.line("exhausted") if answer.facts and answer.waits_for and not answer.meant else ""


def _lacking(answer: Answer) -> str:
    """The slot that says that nothing answers what was asked, one thing or several."""
    return "lacks_all" if len(answer.open) > 1 else "lacks"


def _time_left(turn: TurnContext, words: Words) -> str:
    """What the clock says, to somebody who wants to know how much longer."""
    minutes = round(turn.progress.seconds_left / 60)
    return words.line("time_left", minutes=str(minutes)) if minutes > 1 else words.line("nearly")


def told(turn: TurnContext, choice: Choice, words: Words) -> str:
    """Every fact asked for, then an honest word on what else was asked."""
    facts = [f for id in (choice.target or "").split(",") if turn.sheet and (f := turn.sheet.fact(id))]
    kept = [f.say for f in facts if words.fresh(f.say)]
    rest = _rest(turn, words, told=" ".join(f.say for f in facts))
    if kept:
        answered = turn.answer is not None and turn.answer.kind is AnswerKind.SUBSTANTIVE
        back = words.line("hand_backs", spare=False) if answered and not rest else ""
        return joined([*kept, rest or back], 10_000, lambda i: True)
    again = [f.say for f in facts[:2] if words.count(f.say) < 2]
    if again and not rest:
        return joined([words.line("told_already"), *again], 10_000, lambda i: True)
    return rest or words.line("exhausted" if facts else "assumptions")


def _rest(turn: TurnContext, words: Words, *, told: str) -> str:
    """What is said to the part of a question that no fact answers, beside what is told."""
    answer = turn.answer
    if answer is None:
        return ""
    if answer.again:
        return words.line("agains", question=once_more(turn))
    if answer.meant:
        said = answer.text.replace("’", "'")
        slot = "meanings" if _WORD.search(said) else "either" if _EITHER.search(said) else "readings"
        return words.line(slot)
    if answer.weighed and not told:
        return words.line("judgements")
    return _beside(answer, words, told) if told else _alone(turn, answer, words)


def _alone(turn: TurnContext, answer: Answer, words: Words) -> str:
    """Where there is nothing to tell."""
    if answer.unknown and turn.sheet is not None and turn.sheet.story:
        return words.line("own_stories")
    if not answer.unknown:
        return ""
    several = len(answer.open) > 1
    return f"{words.line('lacks_all')} {words.line('supposes')}" if several else words.line("assumptions")


def _beside(answer: Answer, words: Words, told: str) -> str:
    """Beside facts: what they may tell in other words isn't called unanswered, nor "did they?", which may speak of what
    has just been told."""
    left = [q for q in answer.open if not stems(q) & stems(told) and not _REFERS.search(q)]
    return words.line("rests") if left else ""


def once_more(turn: TurnContext) -> str:
    """The interviewer's last question, with what leads to it where that is short."""
    last = next((t for t in reversed(turn.turns) if t.role == "interviewer" and t.move is not Move.CLARIFY), None)
    sheet, target = turn.sheet, last.target if last else None
    if sheet and last and target and last.move is Move.PROBE and (asked := sheet.expectation(target)):
        return asked.probe
    if sheet and last and target and last.move is Move.PUSH_BACK:
        belief, planned = sheet.misconception(target), sheet.push_back(target)
        return belief.challenge if belief else planned.put(turn.heard) if planned else pending(turn)
    return pending(turn)


def pending(turn: TurnContext) -> str:
    """The question on the table in few words: the one the interviewer put last, asides left out."""
    last = next((t for t in reversed(turn.turns) if t.role == "interviewer" and t.move not in _ASIDES), None)
    for text in [last.text] if last else []:
        asked: list[str] = [s.strip() for s in _ASKED.findall(text)]
        said = asked or [text[a:b].strip() for a, b in sentences(text)] if text.strip() else []
        if said and size(said[-1]) <= SHORT_ASK:
            return said[-1][0].upper() + said[-1][1:]
    return NOTHING_PENDING
