"""How far grades agree with those of people: the figures, and what a report of them is made from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

Interval = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """The scale people graded on, and the ``step`` to which grades are rounded where kappa counts them."""

    low: float
    high: float
    step: float

    def place(self, grade: float) -> int:
        """The number of the step a grade falls on, halves up."""
        return math.floor((min(self.high, max(self.low, grade)) - self.low) / self.step + 0.5)

    @property
    def steps(self) -> list[float]:
        """Every step, from the lowest."""
        return [self.low + n * self.step for n in range(self.place(self.high) + 1)]


LEVELS = Scale(1, 5, 0.5)


@dataclass(frozen=True)
class Pair:
    """One grade, ours and a person's. ``size``: words that were said, for the baseline of length alone."""

    cluster: str  # what hangs together: the transcript, or the question
    of: str  # within which grades compare: the criterion or "overall", or the question
    ours: float
    theirs: float
    size: int = 0
    label: str = ""  # ours, where people gave labels
    given: str = ""  # theirs


@dataclass(frozen=True)
class Agreement:
    """Figures over some pairs; None where they aren't defined (too few, or no spread)."""

    n: int
    clusters: int
    pearson: float | None
    spearman: float | None
    qwk: float | None
    mae: float | None
    bias: float | None  # ours less theirs
    within: float | None  # correlation with each criterion's, or question's, own mean taken out
    accuracy: float | None  # of labels, where there are any
    macro_f1: float | None
    intervals: Mapping[str, Interval]  # of pearson, qwk and macro_f1; empty below three clusters
    baselines: Mapping[str, float | None]

    @property
    def interval(self) -> Interval | None:
        """That of the weighted kappa."""
        return self.intervals.get("qwk")


@dataclass(frozen=True)
class Comparison:
    """Everything a report of agreement shows; the first of ``groups`` is all there is."""

    source: str
    engine: str
    model: str | None
    unit: str  # what a cluster is, in the plural
    scale: Scale
    groups: Mapping[str, Agreement]
    pairs: tuple[Pair, ...]
    without: tuple[str, ...] = ()  # what people graded and we didn't
    human: Agreement | None = None  # a second person against the first
    labels: Mapping[str, float] = field(default_factory=dict)
    exemplars: Mapping[str, int] = field(default_factory=dict)  # per question, seed, left out
    notes: tuple[str, ...] = ()
