"""An interviewer's turn in sentences, and the questions in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from interviewer.reading.quotes import verify

if TYPE_CHECKING:
    from interviewer.reading.conduct.room import Room

# A full stop after a digit or one letter may go on ("0.5", "e.g."), so it ends a sentence only before a blank.
_END = re.compile(r"(?:(?<=[^\W\d_]{2})\.|[?!]|\.(?=\s)|\n)[\"'”’)\]]*(?:\s+|$)?|$")
_TITLES = re.compile(r"\b(?:dr|mr|ms|mrs|prof|vs|approx|no|e\.g|i\.e)\.\s*$", re.I)
_OPEN = re.compile(r"\b(?:what|which|how|why|when|where|who|whose|whom)\b", re.I)
_MAY_I = re.compile(r"^\W*(?:may|can|could|shall|might) (?:i|we) (?:ask|turn|go|move|come|stay|stop|push|add)\b", re.I)
TAG = 2  # words of a question that asks nothing by itself
LEAD = 8  # words of a question that leads to another
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,400})[\"”]")


def sentences_of(text: str) -> list[str]:
    """The sentences of a turn, blanks at their ends included: joined they are the turn."""
    found, start = [], 0
    while start < len(text):
        end = ended(text, start)
        end = len(text) if end is None else end
        found.append(text[start:end])
        start = end
    return found


def ended(text: str, start: int = 0) -> int | None:
    """Where the sentence that begins at ``start`` ends; None while it may go on."""
    for match in _END.finditer(text, start):
        if match.start() == match.end() and match.end() == len(text):
            return None
        if text[start : match.end()].strip() and not _TITLES.search(text[start : match.end()]):
            return match.end()
    return None


def asks(text: str) -> int:
    """How many questions are put, those in quotation marks left out.

    A short yes-or-no that leads straight to the question is part of it: "Is that final? What would undo it?" One of a
    word or two ("Ready?") is none beside another, and asking to ask is none.
    """
    flat = _QUOTED.sub(lambda m: " " if "?" in m[1] else m[0], text)
    count, leads, tags = 0, False, False
    for sentence in sentences_of(flat):
        asked = re.search(r"\w[^?]*\?", sentence) is not None and not _MAY_I.search(sentence)
        shut = asked and not _OPEN.search(sentence)
        tag = shut and len(sentence.split()) <= TAG
        count += asked and not leads and not tag
        leads, tags = shut and len(sentence.split()) <= LEAD, tags or tag
    return count or int(tags)


def clean(sentence: str, place: Room) -> str:
    """The sentence without what it quotes of the candidate."""
    return _QUOTED.sub(lambda m: " … " if verify(m[1], place.candidate) else m[0], sentence)
