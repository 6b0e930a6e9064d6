"""Verdicts to levels: the published rule as pure functions, all arithmetic in exact fractions.

# source: DESIGN.md section 6 (shares, hint caps, gates), docs/grading.md (bands and cuts, our own)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt

from interviewer.grading.spread import Spread, spread, uncertain
from interviewer.models.rubric import Criterion
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Recommendation, Status, Verdict

RULE = "levels-2"  # names this rule in every grade; changes whenever a figure below does

CREDIT: dict[Verdict, Fraction] = {"met": Fraction(1), "partly": Fraction(1, 2), "not_met": Fraction(0)}
HINT_CAP = {1: Fraction(8, 10), 2: Fraction(6, 10), 3: Fraction(3, 10)}
ESSENTIAL_CAP = Fraction(5, 2)
MISCONCEPTION_CAP = Fraction(3)
LOWEST, HIGHEST = Fraction(1), Fraction(5)
FEWEST = 3  # opportunities a criterion needs
MOST_FAILED = Fraction(1, 4)
ABOVE_LOWEST = Fraction(1)  # how far a round may lie above its lowest essential criterion
CUTS: tuple[tuple[float, Recommendation], ...] = (
    (4.5, "strong_yes"), (3.8, "yes"), (3.3, "lean_yes"), (2.7, "lean_no"), (1.8, "no"), (1.0, "strong_no"),
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One criterion's outcome: ``value`` 1-5 in tenths with its band, or none and the reason why."""

    value: float | None
    band: tuple[float, float] | None
    status: Status
    reason: str
    expected: float | None = None  # the mean of its distribution, where the verdicts come with chances


def tenths(value: Fraction) -> float:
    """Rounded to tenths, halves up."""
    return floor(value * 10 + Fraction(1, 2)) / 10


def credit(item: CheckVerdict) -> Fraction:
    """What one verdict earns, 0-1; less when it took a hint."""
    earned = CREDIT.get(item.verdict, Fraction(0))
    return min(earned, HINT_CAP.get(item.rung, Fraction(1))) if item.rung else earned


def _weight(item: CheckVerdict) -> int:
    """1-3; anything else in a stored card is pulled back into that range."""
    return min(3, max(1, item.weight))


def _earned(items: Sequence[CheckVerdict]) -> Fraction:
    """The level the share of what was met earns; failed and unasked items are left out."""
    earning = _earning(items)
    total = sum(_weight(i) for i in earning)
    if not total:
        return LOWEST
    return LOWEST + 4 * sum((_weight(i) * credit(i) for i in earning), Fraction(0)) / total


def _earning(items: Sequence[CheckVerdict]) -> list[CheckVerdict]:
    return [i for i in items if i.kind != "misconception" and i.verdict in CREDIT]


def _raw(items: Sequence[CheckVerdict]) -> Fraction:
    """What was earned, held down by what is missed and believed; not rounded."""
    level = _earned(items)
    if _missed(items):
        level = min(level, ESSENTIAL_CAP)
    if _believed(items):
        level = min(level, MISCONCEPTION_CAP)
    return level


def _missed(items: Sequence[CheckVerdict]) -> list[str]:
    """The essentials that are missed, in words."""
    return [i.says for i in _earning(items) if i.essential and i.verdict == "not_met"]


def _believed(items: Sequence[CheckVerdict]) -> list[str]:
    """The misconceptions that stand, in words."""
    return [i.says for i in items if i.kind == "misconception" and i.verdict == "met"]


def _resolved(items: Sequence[CheckVerdict], *, kindly: bool) -> list[CheckVerdict]:
    """The same with failed judgements taken as the best, or the worst, they could have been."""
    good: dict[bool, Verdict] = {True: "met", False: "not_met"}
    return [
        i if i.verdict != "failed" else i.model_copy(update={"verdict": good[kindly == (i.kind != "misconception")]})
        for i in items
    ]


def _band(items: Sequence[CheckVerdict], level: Fraction, judged: int, margin: Fraction) -> tuple[float, float]:
    """By how few statements it rests on; where their verdicts come with chances, the middle 80 % of what they make."""
    least = Fraction(3, 10)
    worst, best = (_resolved(items, kindly=kindly) for kindly in (False, True))
    if uncertain(items):
        low, high = min(level - least, _spread(worst).low), max(level + least, _spread(best).high)
    else:
        half = max(least, Fraction(round(15 / sqrt(judged)), 10))
        low, high = min(level, _raw(worst)) - half, max(level, _raw(best)) + half
    return tenths(max(LOWEST, low - margin)), tenths(min(HIGHEST, high + margin))


def _spread(items: Sequence[CheckVerdict]) -> Spread:
    """The distribution over levels that the chances of the verdicts make."""
    asked = [i for i in items if i.verdict in CREDIT]
    total = sum(_weight(i) for i in _earning(asked)) or 1

    def reached(earned: Fraction, missed: bool, held: bool) -> Fraction:
        cap = min(HIGHEST, ESSENTIAL_CAP if missed else HIGHEST, MISCONCEPTION_CAP if held else HIGHEST)
        return min(cap, LOWEST + (HIGHEST - LOWEST) * earned / total)

    return spread(asked, lambda i: _weight(i) * credit(i), reached)


def level(items: Sequence[CheckVerdict], *, margin: float = 0.0) -> Level:
    """The level the verdicts of one criterion earn. ``margin`` (in levels) widens the band on both sides."""
    chances = [i for i in items if i.kind != "misconception" and i.verdict != "not_asked"]
    if len(chances) < FEWEST:
        return Level(
            None, None, "not_assessed", f"Only {_count(len(chances), 'opportunity')} to show it; {FEWEST} are needed."
        )
    asked = [i for i in items if i.verdict != "not_asked"]
    failed = sum(i.verdict == "failed" for i in asked)
    if Fraction(failed, len(asked)) > MOST_FAILED:
        return Level(None, None, "failed", f"{failed} of {len(asked)} judgements did not come back.")
    value = _raw(items)
    judged = sum(i.verdict != "failed" for i in chances)
    band = _band(items, value, judged, Fraction(str(margin)))
    expected = tenths(_spread(items).mean) if uncertain(items) else None
    return Level(tenths(value), band, "scored", _why(items), expected)


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _why(items: Sequence[CheckVerdict]) -> str:
    """The level in words: what was counted and what held it down."""
    earning, earned = _earning(items), _earned(items)
    met, partly = (sum(i.verdict == v for i in earning) for v in ("met", "partly"))
    parts = [f"{met} of {len(earning)} met" + (f", {partly} partly" if partly else "")]
    if hinted := sum(1 for i in earning if i.rung and i.verdict in ("met", "partly")):
        parts.append(f"{hinted} after a hint")
    if missed := _missed(items):
        limit = f"held at {float(ESSENTIAL_CAP)} because " if earned > ESSENTIAL_CAP else ""
        parts.append(f"{limit}an essential is missed: {_shorten(missed)}")
    if believed := _believed(items):
        limit = f"held at {float(MISCONCEPTION_CAP)} because " if earned > MISCONCEPTION_CAP and not missed else ""
        parts.append(f"{limit}a misconception stands: {_shorten(believed)}")
    if disputed := sum("conflict" in i.flags for i in items):
        parts.append(f"the votes differ on {disputed}")
    if failed := sum(i.verdict == "failed" for i in items):
        parts.append(f"{_count(failed, 'judgement')} did not come back")
    return "; ".join(parts) + "."


def _shorten(statements: Sequence[str]) -> str:
    more = f" (and {len(statements) - 1} more)" if len(statements) > 1 else ""
    return statements[0].rstrip(".") + more


def overall(criteria: Iterable[tuple[Criterion, CriterionScore]]) -> float | None:
    """The round's level in tenths: the weighted mean of its scored criteria, at most 1 above the lowest essential one.

    None while a criterion failed, or when what could be assessed holds less than half of the weight.
    """
    pairs = list(criteria)
    if any(score.status == "failed" for _, score in pairs):
        return None
    scored = [(c, Fraction(str(s.level))) for c, s in pairs if s.status == "scored" and s.level is not None]
    weight = sum(c.weight for c, _ in scored)
    if not weight or 2 * weight < sum(c.weight for c, _ in pairs):
        return None
    mean = sum((c.weight * value for c, value in scored), Fraction(0)) / weight
    essential = [value for c, value in scored if c.essential]
    return tenths(min(mean, min(essential) + ABOVE_LOWEST) if essential else mean)


def recommendation(overall: float | None) -> Recommendation | None:
    """The published cut an overall level reaches; None without one."""
    if overall is None:
        return None
    return next((name for cut, name in CUTS if overall >= cut), "strong_no")
