"""Fits a calibration: for each criterion a rising map from our levels to people's, by isotonic regression.

A map is used only where maps fitted on other transcripts come nearer to people than our levels do; a criterion of
which there is little, or that a map doesn't help, stays as it is.

# source: GRADING.md, step 8 (identity until 100 levels by people; one monotone map a criterion, cross-fitted)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from interviewer.errors import UsageError
from interviewer.grading import levels
from interviewer.grading.ratings import Compared
from interviewer.models.agreement import Pair
from interviewer.models.calibration import Calibration, LevelMap
from interviewer.storage.calibrations import FIRST

FEWEST = 100  # levels in all
FEWEST_OF_ONE = 10  # of a criterion
FOLDS = 5  # and as many transcripts at least


def fit(found: Compared, *, engine: str, model: str | None, at: str) -> Calibration:
    """The calibration over what was compared. Raises UsageError where there is too little, or it helps nowhere."""
    pairs = found.single
    if len(pairs) < FEWEST:
        raise UsageError(
            f"A map needs {FEWEST} criteria with a level by a person and one of ours, and there are {len(pairs)}.",
            next_step="Mark more transcripts: interviewer mark FILE.",
        )
    maps = {of: fitted([p for p in pairs if p.of == of]) for of in sorted({p.of for p in pairs})}
    if not any(m.used for m in maps.values()):
        raise UsageError(
            f"Over {len(pairs)} levels no criterion comes nearer to people by a map, so none is kept.",
            next_step="Use the levels as they are.",
        )
    rounds = {of.partition("/")[0] for of in maps}
    return Calibration(
        version=FIRST, n=len(pairs), transcripts=len({p.cluster for p in pairs}), raters=tuple(found.raters),
        fitted=at, engine=engine, model=model, rule=levels.RULE,
        rubrics={round: sha for round, sha in sorted(found.rubrics.items()) if round in rounds}, maps=maps,
    )  # fmt: skip


def fitted(pairs: Sequence[Pair]) -> LevelMap:
    """The map of one criterion, with what it is worth on transcripts it wasn't fitted on."""
    clusters = sorted({p.cluster for p in pairs}, key=lambda c: hashlib.sha256(c.encode()).hexdigest())
    mae = _off(pairs, [p.ours for p in pairs])
    if len(pairs) < FEWEST_OF_ONE or len(clusters) < FOLDS:
        return LevelMap(n=len(pairs), transcripts=len(clusters), mae=mae, mae_fitted=None, used=False)
    whole = LevelMap(
        n=len(pairs), transcripts=len(clusters), mae=mae, mae_fitted=None, used=True, knots=knots(pairs)
    )  # fmt: skip
    fold = {c: n % FOLDS for n, c in enumerate(clusters)}
    without = [whole.model_copy(update={"knots": knots([p for p in pairs if fold[p.cluster] != n])})
               for n in range(FOLDS)]  # fmt: skip
    crossed = _off(pairs, [without[fold[p.cluster]].of(p.ours) for p in pairs])
    return whole.model_copy(update={"mae_fitted": crossed, "used": crossed < mae})


def _off(pairs: Sequence[Pair], given: Sequence[float]) -> float:
    return round(sum(abs(p.theirs - g) for p, g in zip(pairs, given, strict=True)) / len(pairs), 3)


def knots(pairs: Sequence[Pair]) -> tuple[tuple[float, float], ...]:
    """Isotonic regression of people's levels on ours: the ends of each step."""
    from scipy.optimize import isotonic_regression

    groups: dict[float, list[float]] = {}
    for p in sorted(pairs, key=lambda p: (p.ours, p.theirs)):
        groups.setdefault(p.ours, []).append(p.theirs)
    means = [sum(own) / len(own) for own in groups.values()]
    result = isotonic_regression(means, weights=[float(len(own)) for own in groups.values()])
    points = [(ours, round(float(theirs), 4)) for ours, theirs in zip(groups, result.x, strict=True)]
    inner = range(1, len(points) - 1)
    flat = {i for i in inner if points[i - 1][1] == points[i][1] == points[i + 1][1]}
    return tuple(point for i, point in enumerate(points) if i not in flat)
