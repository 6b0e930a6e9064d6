"""What an interviewer must not say, sentence by sentence: before it is shown, and when a round is looked back on.

Four things: a part of the sheet that is still hidden, a second question, praise, an answer or a method of their own.
They are read by wording, so a leak in quite other words passes; what is held off is measured in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interviewer.reading.conduct.leaks import leak
from interviewer.reading.conduct.praise import praise
from interviewer.reading.conduct.room import Room, own_words, room
from interviewer.reading.conduct.speech import asks, clean, ended, sentences_of
from interviewer.reading.conduct.supplied import supplied
from interviewer.reading.conduct.told import share_of, told

__all__ = [
    "KINDS", "Breach", "Kind", "Room", "asks", "breach", "breaches", "ended", "own_words", "room", "sentences_of",
    "share_of", "told",
]  # fmt: skip

Kind = Literal["praise", "second_question", "leak", "supplied"]
KINDS: dict[Kind, str] = {
    "praise": "praised or judged the answer",
    "second_question": "asked a second question",
    "leak": "gave away what the sheet still hides",
    "supplied": "supplied a method or an answer",
}


@dataclass(frozen=True)
class Breach:
    """``words`` are the interviewer's own; ``of`` the id on the sheet that they give away, or the method they name."""

    kind: Kind
    words: str
    of: str = ""


def breach(sentence: str, before: str, place: Room) -> Breach | None:
    """What is wrong with ``sentence``, after ``before`` of the same turn was said; None when it may be said."""
    if said := praise(clean(sentence, place), place):
        return Breach("praise", said)
    if asks(sentence) and asks(f"{before} {sentence}") > place.questions:
        return Breach("second_question", sentence.strip())
    if told := leak(f"{before} {sentence}", len(before) + 1, place):
        return Breach("leak", told.words, told.of)
    if named := supplied(sentence, place):
        return Breach("supplied", named.words, named.of)
    return None


def breaches(text: str, place: Room) -> list[Breach]:
    """Everything that is wrong with a whole turn, in order; a sentence is named for the first thing only."""
    found, before = [], ""
    for sentence in sentences_of(text):
        if wrong := breach(sentence, before, place):
            found.append(wrong)
        before = f"{before} {sentence}".strip()
    return found
