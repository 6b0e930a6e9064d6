"""What was said, sentence by sentence, with a mark in place of each number so that patterns can name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.models.numbers import Spoken
from interviewer.models.transcript import Turn
from interviewer.reading.flags import injection_spans
from interviewer.reading.numbers.numerals import Quantity, quantities
from interviewer.reading.quotes import bordered
from interviewer.reading.tokens import sentences

LONGEST = 20_000  # characters of a turn that are read


@dataclass(frozen=True, eq=False)  # one is itself only: what was read in it is kept by it
class Sentence:
    """One sentence of a turn. ``marked`` is it in lower case, every number a mark: "need ⟨0⟩ users an arm"."""

    turn: int
    mine: bool  # the candidate's
    place: int  # of all sentences of the round
    text: str  # the whole turn's
    start: int
    end: int
    marked: str
    numbers: tuple[Quantity, ...]

    @property
    def asks(self) -> bool:
        """A question states nothing."""
        return self.text[self.start : self.end].rstrip(" \"'”’)\n").endswith("?")

    def words(self, *numbers: Quantity) -> str:
        """The exact words from the first to the last of ``numbers``."""
        return self.text[min(n.start for n in numbers) : max(n.end for n in numbers)]

    def quote(self, *numbers: Quantity) -> Spoken:
        """The sentence or clause in which ``numbers`` stand."""
        start, end = bordered(self.text, min(n.start for n in numbers), max(n.end for n in numbers))
        return Spoken(turn=self.turn, quote=self.text[start:end].strip())


def said(turns: Sequence[Turn]) -> tuple[Sentence, ...]:
    """Every sentence of ``turns``; what is aimed at the grader is left out."""
    return tuple(
        Sentence(t.index, t.role == "candidate", place, text, start, end, marked, numbers)
        for place, (t, text, start, end, marked, numbers) in enumerate(_all(turns))
    )


def _all(turns: Sequence[Turn]) -> Iterator[tuple[Turn, str, int, int, str, tuple[Quantity, ...]]]:
    for turn in turns:
        aimed = injection_spans(turn.text[:LONGEST]) if turn.role == "candidate" else ()
        for start, end, marked, numbers in _sentences(turn.text[:LONGEST]):
            if not any(a < end and start < b for a, b in aimed):
                yield turn, turn.text, start, end, marked, numbers


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[int, int, str, tuple[Quantity, ...]], ...]:
    found = quantities(text)
    made = []
    spans = sentences(text)
    if spans:  # a sign or a currency before the first word belongs to it
        spans[0] = (0, spans[0][1])
    for start, end in spans:
        inside = tuple(q for q in found if start <= q.start < end)
        made.append((start, end, _marked(text, start, end, inside), inside))
    return tuple(made)


def _marked(text: str, start: int, end: int, inside: Sequence[Quantity]) -> str:
    parts, at = [], start
    for i, q in enumerate(inside):
        parts += [text[at : q.start], f"⟨{i}⟩"]
        at = q.end
    parts.append(text[at:end])
    return re.sub(r"\s+", " ", "".join(parts).replace("’", "'").casefold()).strip()
