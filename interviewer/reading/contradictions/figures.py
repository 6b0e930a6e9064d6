"""The same figure of the same thing, told twice with another value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from interviewer.models.contradiction import Contradiction, Telling
from interviewer.models.transcript import Transcript
from interviewer.reading.contradictions.passages import Passage, Rarity, alike
from interviewer.reading.numbers.numerals import MONEY, Quantity, quantities
from interviewer.reading.story import past
from interviewer.reading.tokens import STOP, listed, tokens

APART, APART_ABOUT = 1.25, 1.5  # times; nearer ones may be rounded
_BOUND = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower|larger|smaller) than\b|\b(?:over|under|above|below|up to|at least|"
    r"at most|past|beyond|within|between|from|to|by now|another|some|top|phase|step|round|version|level|week|"
    r"month|day|year|q)\s*$",
    re.I,
)
_GOES_ON = listed("and but so which that who while")
_YEAR = range(1900, 2101)
_MONEY_WORDS = listed("euro euros dollar dollars pound pounds francs usd eur gbp bucks")


@dataclass(frozen=True, eq=False)
class Figure:
    """One number that a passage tells, what it counts and what was done."""

    passage: Passage
    number: Quantity
    kind: str  # percent, points, money, "" for a bare number, else the noun that is counted, by its stem
    verbs: frozenset[str]
    tail: frozenset[str]  # the stems after it in its clause: what it is of

    @property
    def said(self) -> str:
        return self.passage.sentence.words(self.number)


def contradictions(talk: Transcript, passages: Sequence[Passage], rarity: Rarity) -> Iterator[Contradiction]:
    """Pairs in different rounds, the earlier telling first."""
    figures = [f for p in passages for f in _figures(p)]
    told = _told(talk)
    for i, a in enumerate(figures):
        for b in figures[i + 1 :]:
            if a.passage.round == b.passage.round or not _differ(a, b):
                continue
            about = rarity.shared(a.passage.about, b.passage.about)
            if not about or any(_is(v, f.number) for v in told for f in (a, b)):
                continue
            if not _both_said(talk, a, b):
                yield Contradiction(kind="figure", about=about, first=_telling(a), second=_telling(b))


def _told(talk: Transcript) -> list[float]:
    """The numbers of the case: an interviewer's, that the candidate hadn't said before in that round."""
    told: list[float] = []
    for round in talk.rounds:
        own: list[float] = []
        for turn in talk.of_round(round).turns:
            values = [q.value for q in quantities(turn.text)]
            if turn.role == "candidate":
                own += values
            else:
                told += [v for v in values if v not in own]
    return told


def _figures(passage: Passage) -> Iterator[Figure]:
    """The numbers of a passage that stand alone of their kind."""
    found = [f for q in passage.sentence.numbers if (f := _figure(passage, q)) is not None]
    for f in found:
        if sum(_same_kind(f.kind, other.kind) for other in found) == 1:
            yield f


def _figure(passage: Passage, number: Quantity) -> Figure | None:
    sentence = passage.sentence
    text = sentence.text
    if _BOUND.search(text[sentence.start : number.start]) or number.value == 0 or number.loose:
        return None
    if not number.unit and number.whole and (number.value in _YEAR or number.value < 2):
        return None
    words = tokens(text[sentence.start : sentence.end])
    start, end = number.start - sentence.start, number.end - sentence.start
    clause = next((t.clause for t in words if start <= t.start < end), None)
    own = [t for t in words if t.clause == clause]
    after = [t for t in own if t.start >= end]
    counted = after[0] if after and after[0].word.isalpha() and after[0].word not in STOP else None
    kind = number.unit or (counted.stem if counted else "")
    if counted and counted.word in _MONEY_WORDS:
        kind = MONEY
    verbs = frozenset(t.stem for t in own if past(t.word))
    of = takewhile(lambda t: t.word not in _GOES_ON and not past(t.word), after)
    tail = frozenset(t.stem for t in of if t.word.isalpha() and t.word not in STOP | _MONEY_WORDS) - {kind}
    return Figure(passage, number, kind, verbs, tail) if verbs else None


def _same_kind(a: str, b: str) -> bool:
    return a == b or {a, b} == {MONEY, ""}


def _differ(a: Figure, b: Figure) -> bool:
    """Whether two figures are of the same kind, done in the same way, and too far apart for rounding."""
    if not _same_kind(a.kind, b.kind) or not a.verbs & b.verbs or not alike(a.passage, b.passage):
        return False
    if bool(a.tail) != bool(b.tail) or (a.tail and not a.tail & b.tail):
        return False
    low, high = sorted((a.number.value, b.number.value))
    least = APART_ABOUT if a.number.about or b.number.about else APART
    return high > low * least and high - low > a.number.step + b.number.step


def _is(value: float, number: Quantity) -> bool:
    return abs(value - number.value) <= max(number.step, 1e-9)


def _both_said(talk: Transcript, a: Figure, b: Figure) -> bool:
    """Whether the candidate named the one figure in the round of the other, too: then there are two."""
    for own, other in ((a, b), (b, a)):
        for turn in talk.of_round(own.passage.round).turns:
            if turn.role == "candidate" and any(_is(q.value, other.number) for q in quantities(turn.text)):
                return True
    return False


def _telling(figure: Figure) -> Telling:
    sentence = figure.passage.sentence
    return Telling(
        round=figure.passage.round, turn=sentence.turn, quote=sentence.quote(figure.number).quote, said=figure.said
    )
