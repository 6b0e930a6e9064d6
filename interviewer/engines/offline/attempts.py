"""Whether what a question asks for has been tried already, in words that its cues don't know."""

from __future__ import annotations

import re

from interviewer.engines.base import TurnContext
from interviewer.models.question import Expectation
from interviewer.reading.tokens import stems

PLAIN = stems("number figure people time day week month year question case thing part story work candidate point")
TOUCHED = 0.75  # of a question's own words that were used before it, from which it may have been answered
FEWEST = 4  # words of its own that a question needs for that to say anything
# Questions for a sum and for words as they were spoken, each with what an answer to it looks like.
_SHAPES = (
    (
        re.compile(r"\b(?:figures? on|into (?:euros|dollars|money)|what is it worth|a figure beside)\b", re.I),
        re.compile(r"(?:\btimes|×|\bx)\b[^.?!]{0,60}\d|\d[\d.,]*\s*(?:million|thousand|k|m)?\s*=\s*\d", re.I),
    ),
    (
        re.compile(
            r"\b(?:what did you say to (?:them|her|him)\b|line by line|as near as you|what did you say, and)", re.I
        ),
        re.compile(r"[\"“][^\"”“]{12,}[\"”]"),
    ),
)


def spoken_so_far(turn: TurnContext) -> str:
    """All that the candidate has said on this question."""
    id = turn.sheet.id if turn.sheet else None
    return "\n\n".join(t.text for t in turn.turns if t.role == "candidate" and t.question == id)


def attempted(turn: TurnContext, target: Expectation) -> bool:
    """Whether the question for ``target`` may have been answered: most of its own words were used, or what it asks for
    has the shape of something that was said."""
    said = spoken_so_far(turn)
    if any(asks.search(target.probe) and shape.search(said) for asks, shape in _SHAPES):
        return True
    own = stems(target.probe) - (stems(turn.sheet.ask) if turn.sheet else frozenset()) - PLAIN
    return len(own) >= FEWEST and len(own & stems(said)) >= TOUCHED * len(own)
