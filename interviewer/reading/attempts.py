"""Whether what a question asks for has been tried already, in words that its cues don't know."""

from __future__ import annotations

import re

from interviewer.models.question import QuestionSheet
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


def attempts(sheet: QuestionSheet, said: str) -> frozenset[str]:
    """The points whose question ``said`` may have answered: most of the question's own words were used, or what it asks
    for has the shape of something that was said."""
    used, asked = stems(said), stems(sheet.ask) | PLAIN
    return frozenset(
        e.id for e in sheet.expectations if _shaped(e.probe, said) or _worded(stems(e.probe) - asked, used)
    )


def _shaped(question: str, said: str) -> bool:
    return any(asks.search(question) and shape.search(said) for asks, shape in _SHAPES)


def _worded(own: frozenset[str], used: frozenset[str]) -> bool:
    return len(own) >= FEWEST and len(own & used) >= TOUCHED * len(own)
