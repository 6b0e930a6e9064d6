"""From how likely each verdict is to how likely each level is: a convolution through the published gates, exact.

# source: GRADING.md ("The LLM judge" 6). Statements are taken as independent, which makes the spread somewhat too
# narrow where one story decides several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interviewer.models.scorecard import CheckVerdict, Verdict

LOW, HIGH = Fraction(1, 10), Fraction(9, 10)  # the quantiles of an 80 % interval
HALF = Fraction(1, 2)

Chances = Mapping[Verdict, Fraction]
State = tuple[Fraction, bool, bool]  # credit earned, an essential missed, a misconception held


@dataclass(frozen=True)
class Spread:
    """A distribution over levels: its mean and the levels at its tenth and ninetieth percent."""

    mean: Fraction
    low: Fraction
    high: Fraction


def uncertain(items: Iterable[CheckVerdict]) -> bool:
    """Whether more is known of some verdict than the verdict itself."""
    return any(i.p_met is not None for i in items)


def chances(item: CheckVerdict) -> Chances:
    """How likely each verdict on ``item`` is. Together they are worth ``p_met``, "partly" being worth half.

    By votes: their shares, with half a vote for "met" and half a one against, so that few votes never make certain.
    By token probabilities: all that isn't the verdict given lies beside it.
    """
    votes = [v for v in item.votes if v != "failed"]
    if item.p_met is None or item.verdict not in ("met", "partly", "not_met"):
        return {item.verdict: Fraction(1)}
    counted = (votes.count("met") + HALF * votes.count("partly") + HALF) / (len(votes) + 1)
    p = Fraction(str(item.p_met))
    if votes and abs(counted - p) < Fraction(1, 1000):
        each = Fraction(1, len(votes) + 1)
        return {
            "met": (votes.count("met") + HALF) * each, "partly": votes.count("partly") * each,
            "not_met": (votes.count("not_met") + HALF) * each,
        }  # fmt: skip
    if item.verdict == "partly":
        beside = 2 * abs(p - HALF)
        return {"partly": 1 - beside, ("met" if p > HALF else "not_met"): beside}
    return {"met": p, "not_met": 1 - p}


def spread(
    items: Sequence[CheckVerdict], worth: Callable[[CheckVerdict], Fraction],
    level: Callable[[Fraction, bool, bool], Fraction],
) -> Spread:  # fmt: skip
    """The distribution of the level over all ways the verdicts can come out.

    ``worth`` is what an item with its verdict adds to the credit earned, ``level`` the level of a credit, given whether
    an essential is missed and a misconception held. Exact fractions: the order of ``items`` changes nothing.
    """
    states: dict[State, Fraction] = {(Fraction(0), False, False): Fraction(1)}
    for item in items:
        outcomes = [(_outcome(item, verdict, worth), chance) for verdict, chance in chances(item).items() if chance]
        after: dict[State, Fraction] = {}
        for (earned, missed, held), before in states.items():
            for (more, misses, holds), chance in outcomes:
                state = (earned + more, missed or misses, held or holds)
                after[state] = after.get(state, Fraction(0)) + before * chance
        states = after
    levels: dict[Fraction, Fraction] = {}
    for (earned, missed, held), chance in states.items():
        reached = level(earned, missed, held)
        levels[reached] = levels.get(reached, Fraction(0)) + chance
    mean = sum((value * chance for value, chance in levels.items()), Fraction(0))
    return Spread(mean, _quantile(levels, LOW), _quantile(levels, HIGH))


def _outcome(item: CheckVerdict, verdict: Verdict, worth: Callable[[CheckVerdict], Fraction]) -> State:
    """What one verdict on an item adds to a state."""
    if item.kind == "misconception":
        return Fraction(0), False, verdict == "met"
    return worth(item.model_copy(update={"verdict": verdict})), item.essential and verdict == "not_met", False


def _quantile(levels: Mapping[Fraction, Fraction], share: Fraction) -> Fraction:
    """The lowest level that at least ``share`` of the distribution reaches."""
    below = Fraction(0)
    for value in sorted(levels):
        below += levels[value]
        if below >= share:
            return value
    return max(levels)
