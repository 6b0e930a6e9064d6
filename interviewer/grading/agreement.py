"""How far levels agree with those of people: the usual figures, each with an interval and beside what needs no grader.

Levels run from 1 to 5 in halves. Intervals are percentile bootstraps that draw whole transcripts, since the levels of
one transcript hang together (Davison & Hinkley 1997, ch. 3). Weighted kappa is Cohen's with quadratic weights (1968).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

DRAWS = 2000
COVERS = 0.90  # of the interval
STEPS = 9  # half levels from 1 to 5


@dataclass(frozen=True)
class Pair:
    """One level, ours and a person's. ``size``: words the candidate said, for the baseline of length alone."""

    cluster: str  # the transcript
    of: str  # the criterion, or "overall"
    ours: float
    theirs: float
    size: int = 0


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
    within: float | None  # correlation within each criterion, its mean taken out
    interval: tuple[float, float] | None  # of the weighted kappa
    baselines: dict[str, float | None]


def agreement(pairs: Sequence[Pair], *, draws: int = DRAWS, seed: int = 0) -> Agreement:
    """All figures over ``pairs``."""
    ours, theirs = [p.ours for p in pairs], [p.theirs for p in pairs]
    sizes = [float(p.size) for p in pairs]
    middle = sum(theirs) / len(theirs) if theirs else 3.0
    return Agreement(
        n=len(pairs), clusters=len({p.cluster for p in pairs}), pearson=pearson(ours, theirs),
        spearman=pearson(ranks(ours), ranks(theirs)), qwk=qwk(ours, theirs), mae=mae(ours, theirs),
        bias=sum(a - b for a, b in zip(ours, theirs, strict=True)) / len(pairs) if pairs else None,
        within=within(pairs), interval=interval(pairs, _qwk, draws=draws, seed=seed),
        baselines={
            "length_pearson": pearson(sizes, theirs), "length_spearman": pearson(ranks(sizes), ranks(theirs)),
            "constant_mae": mae([middle] * len(theirs), theirs),
        },
    )  # fmt: skip


def _qwk(pairs: Sequence[Pair]) -> float | None:
    return qwk([p.ours for p in pairs], [p.theirs for p in pairs])


def pearson(a: Sequence[float], b: Sequence[float]) -> float | None:
    """The product-moment correlation; None below three pairs or without spread."""
    if len(a) < 3:
        return None
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return both / spread if spread > 1e-12 else None


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties sharing their mean."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranked = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for i in order[start : end + 1]:
            ranked[i] = (start + end) / 2 + 1
        start = end + 1
    return ranked


def qwk(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Quadratically weighted kappa over half levels; None below two pairs or without spread."""
    if len(a) < 2:
        return None
    x, y = [_step(v) for v in a], [_step(v) for v in b]
    seen = sum((i - j) ** 2 for i, j in zip(x, y, strict=True)) / len(x)
    chance = sum((i - j) ** 2 for i in x for j in y) / (len(x) * len(y))
    return 1 - seen / chance if chance > 1e-12 else None


def _step(level: float) -> int:
    return max(0, min(STEPS - 1, math.floor((level - 1) * 2 + 0.5)))


def mae(a: Sequence[float], b: Sequence[float]) -> float | None:
    """The mean absolute difference, in levels."""
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a) if a else None


def within(pairs: Sequence[Pair]) -> float | None:
    """The correlation after each criterion's own means are taken out, so that hard criteria don't help."""
    left: list[tuple[float, float]] = []
    for name in {p.of for p in pairs}:
        own = [p for p in pairs if p.of == name]
        mean_o, mean_t = sum(p.ours for p in own) / len(own), sum(p.theirs for p in own) / len(own)
        left += [(p.ours - mean_o, p.theirs - mean_t) for p in own]
    left.sort()  # the set above has no order, and sums of floats do
    return pearson([a for a, _ in left], [b for _, b in left])


def interval(
    pairs: Sequence[Pair], figure: Callable[[Sequence[Pair]], float | None], *, draws: int = DRAWS, seed: int = 0
) -> tuple[float, float] | None:
    """A figure's bootstrap interval over whole transcripts; None below three of them."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.cluster, []).append(pair)
    if len(groups) < 3:
        return None
    random, names = Random(seed), sorted(groups)
    found = []
    for _ in range(draws):
        drawn = [pair for name in random.choices(names, k=len(names)) for pair in groups[name]]
        if (value := figure(drawn)) is not None:
            found.append(value)
    found.sort()
    low = (1 - COVERS) / 2
    return (found[int(low * len(found))], found[min(len(found) - 1, int((1 - low) * len(found)))]) if found else None
