"""What is said at the close: to a candidate's own questions, to what they only remark, and as a farewell."""

from __future__ import annotations

import re

from interviewer.engines.base import TurnContext
from interviewer.engines.offline.topics import topics, topics_of
from interviewer.engines.offline.words import Words, house, joined, size
from interviewer.models.base import AnswerKind
from interviewer.models.targets import FAREWELL, INVITE, REPLY
from interviewer.reading.facts import clauses
from interviewer.reading.questions import asking, interrogative

ANSWERED = 2  # questions of a candidate's in one turn
_REPLIES = {AnswerKind.CLARIFYING: "replies", AnswerKind.ORDER: "refusals", AnswerKind.THINKING: "waits"}
_LAST_ONE = re.compile(r"\b(?:only|just|last|final|one more|one (?:small|quick)|one\.)(?: \w+)?(?=[ .:,])", re.I)
_MISSED = re.compile(
    r"\b(?:not|n't) (?:\w+ )?what i (?:asked|meant|wanted to know)\b|"
    r"\bi (?:didn't|did not|wasn't|was not) (?:\w+ )?ask|"
    r"\bi (?:was (?:\w+ )?asking|asked|meant) (?:about|where|who|how|what|a|the)\b|"
    r"\b(?:under|mis)\w*stood me wrong|\bmisunderstood me\b|\b(?:an?|the) answer to (?:what i asked|my question)\b",
    re.I,
)


def closing(turn: TurnContext, target: str | None, words: Words) -> str:
    """The words for ``target`` of a closing move; never empty."""
    if target == FAREWELL:
        taker = turn.next_persona
        over = words.line("handovers", name=taker.name) if taker else ""
        return joined([_sorry(turn, words), words.line("farewells"), over], words.room, lambda i: i > 0)
    if target == REPLY:
        return _reply(turn, words)
    if target in (INVITE, None):
        return words.line("time_up" if turn.progress.seconds_left <= 0 else "closings")
    return words.line("more_questions")


def _reply(turn: TurnContext, words: Words) -> str:
    """An answer to the candidate's own question; where nothing was asked, room to ask."""
    kind = turn.answer.kind if turn.answer else AnswerKind.EMPTY
    slot = _REPLIES.get(kind, "go_aheads")
    if slot == "waits":
        return words.line(slot)
    sorry = _sorry(turn, words) if slot != "refusals" else ""
    if slot == "go_aheads":  # what was missed may be said again, without asking
        said = _answers(turn, words) if sorry else ""
        return joined(
            [sorry, said or (_general(turn, words) if sorry else words.line(slot))], words.room, lambda i: i == 1
        )
    said = (_answers(turn, words) or _general(turn, words)) if slot == "replies" else words.line(slot)
    more = "" if _LAST_ONE.match(_text(turn).lstrip()) else words.line("more_questions", spare=False)
    return joined([sorry, said, more], words.room, lambda i: i == 1)


def _answers(turn: TurnContext, words: Words) -> str:
    """How what was asked about commonly is: of several questions the two that are nearest to something known."""
    note, known = "" if _noted(turn) else words.line("practice_notes"), topics()
    room, near = words.room - size(note), topics_of(_text(turn))
    fresh = [name for name in near if not all(map(words.said, known[name].lines))]
    best = sorted(fresh, key=near.__getitem__, reverse=True)[:ANSWERED]
    said: list[str] = []
    for left, name in zip((len(best), 1), [x for x in fresh if x in best], strict=False):
        lines = known[name].lines
        short = [x for x in lines if size(x) <= room // left]
        if line := words.pick((short, () if said else lines), name, spare=False):
            room -= size(line)
            lead, note = ("", note) if known[name].here else (note, "")
            said.append(f"{lead} {line}".strip())
    rest = bool(said) and _several(_text(turn)) > len(said)
    return " ".join([*said, words.line("others_open", spare=False)] if rest else said)


def _several(text: str) -> int:
    """How many sentences of a text ask something."""
    return sum(any(map(interrogative, clauses(text[a:b]))) for a, b in asking(text).spans)


def _general(turn: TurnContext, words: Words) -> str:
    return words.line("replies" if _noted(turn) else "practice_only")


def _noted(turn: TurnContext) -> bool:
    """Whether this round has heard that no company stands behind it."""
    heard = [t.text for t in turn.turns if t.role == "interviewer"]
    notes = [*house()["practice_notes"], *house()["practice_only"]]
    return any(note in text for note in notes for text in heard)


def _sorry(turn: TurnContext, words: Words) -> str:
    """To somebody who says that something else was answered than they asked."""
    last = next((t for t in reversed(turn.turns) if t.role == "interviewer"), None)
    missed = last and last.target == REPLY and _MISSED.search(_text(turn).replace("’", "'"))
    return words.line("missed") if missed else ""


def _text(turn: TurnContext) -> str:
    return turn.answer.text if turn.answer else ""
