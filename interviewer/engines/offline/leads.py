"""What joins a question to what was just said: a quote of it, a word of having heard, or a word that it changes the
subject. Nothing here names a topic that the candidate didn't."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.engines.base import TurnContext
from interviewer.engines.offline.words import Words, size
from interviewer.models.question import Expectation, QuestionSheet
from interviewer.reading.answer import Answer
from interviewer.reading.attempts import PLAIN
from interviewer.reading.conduct.following import takes_up
from interviewer.reading.quotes import spoken
from interviewer.reading.results import result
from interviewer.reading.story import hurt
from interviewer.reading.tokens import content, stems

_ALREADY = re.compile(
    r"\b(?:i(?:'ve| have)? (?:already|just) (?:said|answered|told|explained|mentioned|covered)|"
    r"i(?:'ve| have)? (?:said|answered|told you|explained) (?:it|that|this|so) (?:already|before|above|partly))\b",
    re.I,
)
_TURNS = ("skips", "briefs")  # they say themselves that something else comes
LONG = 160  # words of an answer after a second of which a short one is asked for
RECKONED = 3  # times a round that one names the figure somebody has come to
FELT = 2  # times a round that one shows having felt something
LONGEST, FIGURES = 14, 4  # words and digits of a clause that is quoted


def lead_in(turn: TurnContext, target: Expectation | None, question: str, words: Words) -> str:
    """What is said before ``question``, which asks for ``target``; "" where it can stand alone."""
    sheet, answer = turn.sheet, turn.answer
    if answer is None or sheet is None:
        return words.line("acknowledgements", spare=False)
    for slot, fields in _called_for(turn, answer, sheet, words):
        if line := words.line(slot, spare=False, **fields):
            stays = takes_up(f"{line} {question}", answer.text, sheet.ask)
            return line if stays or slot in _TURNS else f"{line} {words.line('turns')}"
    if target and (line := _quoting(turn, sheet, target, words)):
        return line
    if not takes_up(question, answer.text, sheet.ask):
        return words.line("turns", spare=False)
    quiet = turn.question is not None and turn.question.answers % 2 == 1  # heard each time, it sounds like a form
    return "" if quiet else words.line("acknowledgements", spare=False)


def _called_for(
    turn: TurnContext, answer: Answer, sheet: QuestionSheet, words: Words
) -> Iterator[tuple[str, dict[str, str]]]:
    """The slots that this answer calls for with what fills them, the most pressing first."""
    if sheet.story and hurt(answer.text) and words.times("moved") < FELT:
        yield "moved", {}
    if not sheet.story and _long_again(turn, sheet):
        yield "briefs", {}
    if answer.corrected and not sheet.story:
        yield "corrections", {}
    if _ALREADY.search(answer.text.replace("’", "'")):
        yield "skips", {}
    if not sheet.story and (figure := result(answer.text)) and words.times("results") < RECKONED:
        yield "results", {"figure": figure}


def _long_again(turn: TurnContext, sheet: QuestionSheet) -> bool:
    """Whether this is the second long answer, or every third after it."""
    long = [size(t.text) >= LONG for t in turn.turns if t.role == "candidate" and t.question == sheet.id]
    return bool(long) and long[-1] and sum(long) % 3 == 2


def _quoting(turn: TurnContext, sheet: QuestionSheet, target: Expectation, words: Words) -> str:
    """A lead-in with a clause of the answer, or its topic, that the question stays with; "" where there is none."""
    for finding in turn.answer.found if turn.answer else ():
        if finding.verdict not in ("met", "partly", "corrected"):
            continue
        said, topic = quote(turn, {finding.id}), _topic(sheet, finding.id)
        if (
            said
            and belongs(finding.id, said, target, sheet)
            and (line := words.line("lead_ins", spare=False, quote=said))
        ):
            return line
        if topic and _named(turn, topic) and belongs(finding.id, topic, target, sheet):
            return words.line("lead_ins", spare=False, topic=topic)
    return ""


def _named(turn: TurnContext, topic: str) -> bool:
    """Whether the candidate used a word of it, so that they know what the name stands for."""
    return bool(turn.answer and stems(turn.answer.text) & (stems(topic) - PLAIN))


def belongs(found: str, said: str, target: Expectation, sheet: QuestionSheet) -> bool:
    """Whether a question for ``target`` stays with what was said: the same criterion and words of the question's own
    in common; or the belief that ``target`` corrects."""
    belief = sheet.misconception(found)
    if belief is not None:
        return target.id in belief.corrected_by
    expectation = sheet.expectation(found)
    if expectation is None or expectation.criterion != target.criterion:
        return False
    own = stems(said) - PLAIN - stems(sheet.ask)
    return len(own & stems(target.probe)) >= 2 or (
        bool(own & stems(target.probe)) and len(own & stems(f"{target.point} {target.topic or ''}")) >= 2
    )


def quote(turn: TurnContext, ids: set[str]) -> str | None:
    """One clause of the answer, never all of it, in which something of ``ids`` was found; the fullest there is."""
    answer = turn.answer
    found = [f.quote for f in answer.found if f.id in ids] if answer else []
    clauses = [c for q in found if answer and (c := spoken(q, answer.text)) and _quotable(c, answer.text)]
    return max(clauses, key=lambda c: len(content(c)), default=None)


def _quotable(clause: str, text: str) -> bool:
    """Whether a clause is short and in words, so that it can stand within a sentence of somebody else's."""
    return 3 <= size(clause) <= min(LONGEST, size(text) - 1) and sum(c.isdigit() for c in clause) <= FIGURES


def _topic(sheet: QuestionSheet, id: str) -> str | None:
    return next((e.topic for e in sheet.expectations if e.id == id and e.topic), None)
