"""How well the offline reader hears: what it finds in marked answers, against what the people who marked them found.

# source: docs/offline.md (how the answers were written and marked); the floors are the project's own
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from interviewer.grading.estimate import estimate
from interviewer.models.question import Example, QuestionSheet
from interviewer.reading.answer import read_answer

STRONG = 4.0  # from this level on, a challenge of what was said is more likely ours to misread
APART = 1.0  # levels; half a level is within what one rater differs from another
FLOORS = {"recall": 0.80, "precision": 0.85, "in order": 0.90}
MOST_CHALLENGED = 0.03  # of the strong answers


class Slip(NamedTuple):
    """One thing the reader got wrong in one answer: ``missed``, ``imagined`` or ``challenged`` without cause."""

    kind: str
    answer: int  # 1-based
    target: str
    quote: str


@dataclass(frozen=True)
class Measured:
    """Counts over marked answers; they add up over sheets."""

    answers: int = 0
    said: int = 0  # points made, by the marks
    heard: int = 0  # of these, found by the reader
    imagined: int = 0  # found, though neither made nor come near
    strong: int = 0  # answers from level 4 on
    challenged: int = 0  # of these, those with a misconception found that isn't held
    pairs: int = 0  # of answers a level or more apart
    ordered: int = 0  # of these, those the estimates put the right way round
    slips: tuple[Slip, ...] = ()

    def __add__(self, other: Measured) -> Measured:
        return Measured(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def recall(self) -> float | None:
        return _share(self.heard, self.said)

    @property
    def precision(self) -> float | None:
        return _share(self.heard, self.heard + self.imagined)

    @property
    def false_challenges(self) -> float | None:
        return _share(self.challenged, self.strong)

    @property
    def in_order(self) -> float | None:
        return _share(self.ordered, self.pairs)

    def short_of(self) -> list[str]:
        """What lies below its floor, in words; nothing where there was nothing to measure."""
        shares = {"recall": self.recall, "precision": self.precision, "in order": self.in_order}
        found = [f"{n} {v:.3f} < {FLOORS[n]:.2f}" for n, v in shares.items() if v is not None and v < FLOORS[n]]
        wrong = self.false_challenges
        if wrong is not None and wrong > MOST_CHALLENGED:
            found.append(f"false challenges {wrong:.3f} > {MOST_CHALLENGED:.2f}")
        return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def measure(sheet: QuestionSheet, more: Sequence[Example] = (), *, own: bool = True) -> Measured:
    """The reader on a sheet's ``own`` graded answers and on ``more``."""
    answers = (*(sheet.examples if own else ()), *more)
    heard = sum((_heard(sheet, n, a) for n, a in enumerate(answers, 1) if a.reaches is not None), Measured())
    return heard + _order(sheet, answers)


def total(measured: Iterable[Measured]) -> Measured:
    return sum(measured, Measured())


def _heard(sheet: QuestionSheet, number: int, answer: Example) -> Measured:
    found = read_answer(answer.answer, sheet).found
    met = {f.id: f.quote for f in found if f.verdict == "met" and sheet.expectation(f.id)}
    held = {f.id: f.quote for f in found if f.verdict == "held"}
    said = set(answer.reaches or ())
    imagined = sorted(met.keys() - said - set(answer.near))
    unfounded = sorted(held.keys() - set(answer.holds))
    slips = [Slip("missed", number, id, "") for id in sorted(said - met.keys())]
    slips += [Slip("imagined", number, id, met[id]) for id in imagined]
    slips += [Slip("challenged", number, id, held[id]) for id in unfounded]
    strong = answer.level >= STRONG
    return Measured(
        answers=1, said=len(said), heard=len(said & met.keys()), imagined=len(imagined), strong=int(strong),
        challenged=int(strong and bool(unfounded)), slips=tuple(slips),
    )  # fmt: skip


def _order(sheet: QuestionSheet, answers: Sequence[Example]) -> Measured:
    """Each answer is estimated by itself, and held against the others' grades."""
    graded = [(a.level, estimate(sheet, a.answer)) for a in answers]
    pairs = [(a, b) for a, b in combinations(graded, 2) if abs(a[0] - b[0]) >= APART]
    ordered = sum((a[0] < b[0]) == (a[1] < b[1]) and a[1] != b[1] for a, b in pairs)
    return Measured(pairs=len(pairs), ordered=ordered)
