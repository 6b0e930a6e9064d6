"""What is said for a move: the sheet's own words, joined by the persona's or the house's lines.

Never praises, never says what hasn't come up, quotes one clause at most, and only one that was found in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from interviewer.engines.base import TurnContext
from interviewer.engines.offline.asked import NOTHING_PENDING, along, once_more, pending, told
from interviewer.engines.offline.closing import closing
from interviewer.engines.offline.leads import lead_in, quote
from interviewer.engines.offline.policy import Choice
from interviewer.engines.offline.words import ROOM, Words, joined, size
from interviewer.models.base import AnswerKind, Move
from interviewer.models.targets import (
    BOUNDARY,
    GROUNDS,
    LEAN,
    MORE,
    NUMBER,
    OCCASION,
    OWN_PART,
    OWNED,
    SIDE,
    WAIT,
)
from interviewer.reading.conduct.following import takes_up
from interviewer.reading.decisions import decision
from interviewer.reading.people import hero
from interviewer.reading.quotes import spoken
from interviewer.reading.tokens import listed

_THEM = re.compile(
    r"\b(?:this|the|the other) person(?: your story is about| you disagreed with| you opposed)?(?!s)\b", re.I
)
# Ways of finding out by how they are written, and as they are spoken of.
_METHODS = {
    r"switch-?backs?": "the switchback",
    r"hold-?(?:outs?|backs?)": "the holdout",
    r"a/b[- ]tests?": "the A/B test",
    r"synthetic controls?": "the synthetic control",
    r"difference[- ]in[- ]differences?|diff-in-diff|(?-i:D[iI]D)": "the difference in differences",
    r"regression discontinuity": "the regression discontinuity",
    r"geo[- ](?:tests?|experiments?)|regional (?:test|experiment)s?": "the regional test",
    r"sequential (?:tests?|testing|experiments?)": "sequential testing",
    r"cross-?over (?:test|experiment)s?": "the crossover",
    r"instrumental variables?": "the instrumental variable",
}
_SMALL = listed("""what how which who whom whose where when why if of in on at for from with suppose imagine let's take
    think pick say looking once before after as and but so is are was were do does did can could would should your you
    we they there this that these those the a an another any some more most each""")
_PRESSING = {
    MORE: "pumps", OCCASION: "occasions", OWN_PART: "own_parts", GROUNDS: "grounds", BOUNDARY: "boundaries",
    LEAN: "leans", OWNED: "pumps", SIDE: "pumps",  # these two have a name or words to say, as a rule
}  # fmt: skip


def utterance(turn: TurnContext, choice: Choice, seed: int) -> str:
    """The words for ``choice``; never empty."""
    words = Words(turn, seed)
    before = along(turn, choice, words)
    words.room = ROOM - size(before)
    words.told = bool(before)
    return f"{before} {_by_name(_SPEAKERS[choice.move](turn, choice, words), turn)}".strip()


def _by_name(said: str, turn: TurnContext) -> str:
    """Of a story, the sheet's "this person" by the name that the candidate has given them."""
    if turn.sheet is None or not turn.sheet.story or not _THEM.search(said):
        return said
    name = hero(turn.spoken)
    return _THEM.sub(name, said) if name and name not in turn.persona.name.split() else said


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


def _probe(turn: TurnContext, choice: Choice, words: Words) -> str:
    if choice.target in _PRESSING:
        return _pressed(turn, choice.target, words)
    target = turn.sheet.expectation(choice.target) if turn.sheet and choice.target else None
    question = target.probe if target and words.fresh(target.probe) else words.line("follow_ups")
    if words.told:  # a word of having heard would be of the interviewer's own words
        return question
    said = _led(lead_in(turn, target, question, words), question, words.room)
    if turn.answer and turn.sheet and not takes_up(said, turn.answer.text, turn.sheet.ask):
        return _led(words.line("turns"), question, ROOM)
    return said


def _pressed(turn: TurnContext, target: str, words: Words) -> str:
    """A question for what a reply left open, naming what it is about where that has a name."""
    if target == OWNED and turn.answer and turn.answer.admits:
        return words.line("admissions", quote=turn.answer.admits)
    if target == SIDE and (others := _others(turn)):
        return words.line("sides", name=others[0])
    if target == BOUNDARY and (method := _method(turn)):
        return words.line("limits", method=method)
    return words.line(_PRESSING[target])


def _led(lead: str, question: str, room: int) -> str:
    """A question after what leads up to it, unless that is too much; after a colon it goes on in small letters."""
    if size(lead) + size(question) > room:
        return question
    small = lead.endswith(":") and question.split()[0].casefold().strip(",") in _SMALL
    return f"{lead} {question[0].lower() + question[1:] if small else question}".strip()


def _method(turn: TurnContext) -> str | None:
    """The way of finding out that the candidate has named last."""
    said = turn.spoken
    named = {name: m.start() for way, name in _METHODS.items() for m in re.finditer(rf"\b(?:{way})\b", said, re.I)}
    return max(named, key=named.__getitem__, default=None)


def _others(turn: TurnContext) -> list[str]:
    """Who was mentioned, whom the story is about last: the sheet asks about them. The interviewer is left out, whom
    some speak to by name."""
    named = [who for who in (turn.answer.people if turn.answer else ()) if who not in turn.persona.name.split()]
    about = hero(turn.spoken)
    return sorted(named, key=lambda who: who == about)


def _push_back(turn: TurnContext, choice: Choice, words: Words) -> str:
    sheet, target = turn.sheet, choice.target or ""
    if target == NUMBER:
        return number_doubted(turn, words)
    belief = sheet.misconception(target) if sheet else None
    planned = sheet.push_back(target) if sheet else None
    said = belief.challenge if belief else planned.put(turn.heard) if planned else words.line("follow_ups")
    quoted = quote(turn, {target}) if belief else None
    slot, fields = ("lead_ins", {"quote": quoted}) if quoted else ("challenges", {})
    lead = "" if said.startswith("Here's") else words.line(slot, spare=False, **fields)  # it announces itself
    return _led(lead, said, words.room)


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
    return words.line("redirects", question=once_more(turn))


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
    question = pending(turn)
    if kind is AnswerKind.SKIP and question != NOTHING_PENDING:
        return words.line("not_yets", question=question)
    line = words.line("refusals" if kind is AnswerKind.ORDER else "repairs")
    again = "" if "?" in line or question == NOTHING_PENDING else question  # one question a turn, and only a real one
    return joined([line, again], ROOM, lambda i: i == 0)


def _close(turn: TurnContext, choice: Choice, words: Words) -> str:
    return closing(turn, choice.target, words)


_SPEAKERS: dict[Move, Callable[[TurnContext, Choice, Words], str]] = {
    Move.ASK: _open, Move.NEXT: _open, Move.CLARIFY: told, Move.PROBE: _probe, Move.PUSH_BACK: _push_back,
    Move.HINT: _hint, Move.REDIRECT: _redirect, Move.REPAIR: _repair, Move.DECIDE: _decide, Move.CLOSE: _close,
}  # fmt: skip
