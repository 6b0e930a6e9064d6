"""How far grades agree with those of people: the usual figures, each with an interval and beside what needs no grader.

Intervals are percentile bootstraps that draw whole transcripts, or whole questions, since what belongs to one hangs
together (Davison & Hinkley 1997, ch. 3). Weighted kappa is Cohen's with quadratic weights (1968). Macro-F1 is the mean
of the F1 of every label that people or we gave.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random

from interviewer.models.agreement import LEVELS, Agreement, Interval, Pair, Scale

DRAWS, FEWEST_DRAWS = 2000, 400
MOST_PARTS = 2_000_000  # drawn in all: beyond a thousand clusters there are fewer draws, which then differ less
COVERS = 0.90  # of the interval


def agreement(pairs: Sequence[Pair], *, scale: Scale = LEVELS, draws: int = DRAWS, seed: int = 0) -> Agreement:
    """All figures over ``pairs``."""
    ours, theirs = [p.ours for p in pairs], [p.theirs for p in pairs]
    labelled = [(p.label, p.given) for p in pairs if p.given]
    return Agreement(
        n=len(pairs), clusters=len({p.cluster for p in pairs}), pearson=pearson(ours, theirs),
        spearman=pearson(ranks(ours), ranks(theirs)), qwk=qwk(ours, theirs, scale), mae=mae(ours, theirs),
        bias=sum(a - b for a, b in zip(ours, theirs, strict=True)) / len(pairs) if pairs else None,
        within=within(pairs), accuracy=accuracy(labelled), macro_f1=macro_f1(labelled),
        intervals=intervals(pairs, scale, draws=draws, seed=seed), baselines=baselines(pairs),
    )  # fmt: skip


def baselines(pairs: Sequence[Pair]) -> dict[str, float | None]:
    """What the number of words alone reaches, and what the mean grade (or the commonest label) alone does."""
    theirs, sizes = [p.theirs for p in pairs], [float(p.size) for p in pairs]
    middle = sum(theirs) / len(theirs) if theirs else 0.0
    by_size = [Pair(p.cluster, p.of, float(p.size), p.theirs) for p in pairs]
    found = {
        "length_pearson": pearson(sizes, theirs), "length_spearman": pearson(ranks(sizes), ranks(theirs)),
        "length_within": within(by_size), "constant_mae": mae([middle] * len(theirs), theirs),
    }  # fmt: skip
    if given := [p.given for p in pairs if p.given]:
        counted = Counter(given)
        common = min(counted, key=lambda label: (-counted[label], label))
        found |= {
            "constant_accuracy": counted[common] / len(given),
            "constant_macro_f1": macro_f1([(common, label) for label in given]),
        }
    return found


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


def qwk(a: Sequence[float], b: Sequence[float], scale: Scale = LEVELS) -> float | None:
    """Quadratically weighted kappa over the steps of a scale; None below two pairs or without spread."""
    return _qwk(_sums([scale.place(v) for v in a], [scale.place(v) for v in b])) if len(a) > 1 else None


def mae(a: Sequence[float], b: Sequence[float]) -> float | None:
    """The mean absolute difference."""
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a) if a else None


def within(pairs: Sequence[Pair]) -> float | None:
    """The correlation after the means of each criterion, or question, are taken out, so that hard ones don't help."""
    groups: dict[str, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda p: (p.of, p.ours, p.theirs)):  # sums of floats have an order
        groups.setdefault(pair.of, []).append(pair)
    left: list[tuple[float, float]] = []
    for own in groups.values():
        mean_o, mean_t = sum(p.ours for p in own) / len(own), sum(p.theirs for p in own) / len(own)
        left += [(p.ours - mean_o, p.theirs - mean_t) for p in own]
    return pearson([a for a, _ in left], [b for _, b in left])


def accuracy(labels: Sequence[tuple[str, str]]) -> float | None:
    """The share of (ours, theirs) that are the same."""
    return sum(a == b for a, b in labels) / len(labels) if labels else None


def macro_f1(labels: Sequence[tuple[str, str]]) -> float | None:
    """The mean F1 over the labels of (ours, theirs)."""
    return _macro_f1(list(counted.items())) if (counted := Counter(labels)) else None


def _macro_f1(counted: Sequence[tuple[tuple[str, str], float]]) -> float | None:
    hits: dict[str, float] = {}
    named: dict[str, float] = {}
    for (ours, theirs), count in counted:
        for label in (ours, theirs):
            named[label] = named.get(label, 0) + count
            hits[label] = hits.get(label, 0) + (count if ours == theirs else 0)
    shares = [hits[label] / named[label] for label in named if named[label]]
    return sum(shares) / len(shares) if shares else None


def intervals(pairs: Sequence[Pair], scale: Scale, *, draws: int = DRAWS, seed: int = 0) -> dict[str, Interval]:
    """The bootstrap intervals of pearson, qwk and macro-F1; each is a figure of sums, so a draw only adds these up."""
    confused = sorted({(p.label, p.given) for p in pairs if p.given})
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.cluster, []).append(pair)
    middle = sum(p.theirs for p in pairs) / len(pairs) if pairs else 0.0  # keeps the sums of squares small
    parts = []
    for name in sorted(groups):
        own = groups[name]
        counted = Counter((p.label, p.given) for p in own)
        parts.append((
            *_sums([p.ours - middle for p in own], [p.theirs - middle for p in own]),
            *_sums([scale.place(p.ours) for p in own], [scale.place(p.theirs) for p in own]),
            *(float(counted[c]) for c in confused),
        ))  # fmt: skip
    figures: dict[str, Callable[[Sequence[float]], float | None]] = {
        "pearson": lambda sums: _pearson(sums[:6]),
        "qwk": lambda sums: _qwk(sums[6:12]),
    }
    if confused:
        figures["macro_f1"] = lambda sums: _macro_f1(list(zip(confused, sums[12:], strict=True)))
    return bootstrap(parts, figures, draws=draws, seed=seed)


Sums = tuple[float, float, float, float, float, float]


def _sums(a: Sequence[float], b: Sequence[float]) -> Sums:
    """How many, the sums of both, of their squares and of their product."""
    squares, others = sum(x * x for x in a), sum(y * y for y in b)
    return len(a), sum(a), sum(b), squares, others, sum(x * y for x, y in zip(a, b, strict=True))


def _pearson(sums: Sequence[float]) -> float | None:
    n, a, b, aa, bb, ab = sums
    spread = (n * aa - a * a) * (n * bb - b * b)
    return (n * ab - a * b) / math.sqrt(spread) if n > 2 and spread > 1e-9 else None


def _qwk(sums: Sequence[float]) -> float | None:
    """One less the squared distance seen over the one expected of these margins."""
    n, a, b, aa, bb, ab = sums
    seen, chance = (aa + bb - 2 * ab) / n, (aa + bb) / n - 2 * a * b / (n * n)
    return 1 - seen / chance if chance > 1e-12 else None


def bootstrap(
    parts: Sequence[Sequence[float]],
    figures: Mapping[str, Callable[[Sequence[float]], float | None]],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, Interval]:
    """Intervals of figures of the sums over drawn ``parts``, one of which is a cluster; none below three of them."""
    if len(parts) < 3:
        return {}
    random = Random(seed)
    found: dict[str, list[float]] = {name: [] for name in figures}
    for _ in range(min(draws, max(FEWEST_DRAWS, MOST_PARTS // len(parts)))):
        sums = [sum(column) for column in zip(*random.choices(parts, k=len(parts)), strict=True)]
        for name, figure in figures.items():
            if (value := figure(sums)) is not None:
                found[name].append(value)
    low = (1 - COVERS) / 2
    return {
        name: (values[int(low * len(values))], values[min(len(values) - 1, int((1 - low) * len(values)))])
        for name, values in ((name, sorted(values)) for name, values in found.items())
        if values
    }
