"""Which facts of a sheet a text tells, whatever it is declared to tell."""

from __future__ import annotations

import re
from functools import lru_cache

from interviewer.models.question import Fact, QuestionSheet
from interviewer.reading.tokens import stems

SHARE = 0.6  # of a fact's telling words that a text holds which tells it
FEWEST = 3
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def told(text: str, sheet: QuestionSheet | None) -> tuple[str, ...]:
    """The ids of the facts whose words ``text`` says, in the sheet's order."""
    return tuple(f.id for f in sheet.facts if _tells(text, f, sheet)) if sheet else ()


def _tells(text: str, fact: Fact, sheet: QuestionSheet) -> bool:
    """Most of its words, the question's own left out, and one of its figures where it has any; all of its figures where
    it has hardly a word of its own."""
    wanted = stems(fact.say) - _asked(sheet)
    figures = set(_FIGURE.findall(fact.say)) - set(_FIGURE.findall(sheet.ask))
    given = figures & set(_FIGURE.findall(text))
    if len(wanted) < FEWEST:
        return bool(figures) and given == figures
    return len(wanted & stems(text)) >= max(FEWEST, SHARE * len(wanted)) and (not figures or bool(given))


@lru_cache(maxsize=32)
def _asked(sheet: QuestionSheet) -> frozenset[str]:
    return stems(sheet.ask)


def share_of(words: str, text: str) -> float:
    """How many of the telling words of ``words`` are in ``text``, from 0 to 1; 1 where it has none."""
    wanted = stems(words)
    return len(wanted & stems(text)) / len(wanted) if wanted else 1.0
