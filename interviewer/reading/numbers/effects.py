"""What a test is to see and how it is held, in every reasonable way to take what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interviewer.models.numbers import NumberInput
from interviewer.reading.numbers.checked import Given, assumption
from interviewer.reading.numbers.numerals import PERCENT, POINTS
from interviewer.reading.numbers.patterns import compiled, hits, phrase, place
from interviewer.reading.numbers.scope import Scope

NEAR = 1.25  # times: how far a size may lie from a reading, more than formulas differ
SAME = 2.0  # times: readings further apart than this don't tell what would be right
ALPHA, POWER = 0.05, 0.8  # the usual ones, where nothing was said
_PAIR = compiled(r"from(?: HEDGE)* {x}(?: WORD)? to(?: HEDGE)* {x}")


@dataclass(frozen=True)
class Effect:
    """A difference to be seen: two proportions, or a difference of means with the deviation of one observation."""

    delta: float
    variance: float
    from_: tuple[Given, ...]
    rates: tuple[float, float] | None = None


@dataclass(frozen=True)
class Trial:
    """How it is tested: said, or assumed as is usual."""

    alpha: float
    power: float
    sides: tuple[int, ...]
    from_: tuple[Given, ...]
    assumed: tuple[NumberInput, ...]
    other_powers: tuple[float, ...] = ()  # others that may have been meant where none was said


def effects(scope: Scope) -> tuple[list[Effect], list[str]]:
    """What is to be seen, in every way it can be taken, and what is missing."""
    if pairs := _pairs(scope):
        return pairs, []
    if standardised := scope.find("standardised"):
        return [Effect(g.value, 1.0, (g,)) for g in standardised], []
    found, bases, spread = (
        scope.find("effect", far="far_effect"),
        scope.find("baseline", far="far_rate"),
        _spread(scope),
    )
    missing = [] if found else ["the difference to be seen"]
    if not bases and not spread:
        missing.append("the baseline rate, or the standard deviation")
    made = [e for d in found for b in bases if d.number is not b.number for e in _of_rates(d, b)]
    made += [
        Effect(d.number.value, v, (d, g)) for d in found for v, g in spread
        if d.number is not g.number and d.number.unit not in (PERCENT, POINTS)
    ]  # fmt: skip
    if found and spread and not made:
        missing.append("the mean that the percentage is of")
    return made, missing


def _spread(scope: Scope) -> list[tuple[float, Given]]:
    found = [(g.number.value**2, g) for g in scope.find("deviation", far="far_spread")]
    return found + [(g.number.value, g) for g in scope.find("variance", far="far_spread")]


def _pairs(scope: Scope) -> list[Effect]:
    """ "from 10 to 11 percent", in the claim's sentence or the one beside it."""
    for s in (scope.at, *scope.close[:2]):
        for m, (a, b) in hits([_PAIR], s):
            if a.rate and b.rate and a.rate != b.rate and m:
                return [_rates(a.rate, b.rate, (Given("baseline", a.rate, a, s), Given("effect", b.rate, b, s)))]
    return []


def _rates(p: float, q: float, given: tuple[Given, ...]) -> Effect:
    return Effect(abs(q - p), p * (1 - p), given, (p, q))


def _of_rates(effect: Given, base: Given) -> Iterator[Effect]:
    """A lift on a rate: in points where it says so, relative where it says so, else both; up or down."""
    p, d, s = base.value, effect.number, effect.sentence
    after = s.marked[place(d, s) :][:60]
    relative = d.unit in (PERCENT, "")
    absolute = True
    if phrase("relative").search(after) or phrase("relative").search(s.marked):
        absolute = d.unit == POINTS
        relative = not absolute
    elif d.unit == POINTS or phrase("absolute").search(after):
        relative = False
    sizes = ([p * effect.value] if relative else []) + ([effect.value] if absolute else [])
    if absolute and d.unit == "" and d.value >= 0.01:
        sizes.append(d.value / 100)  # "80 percent power at 0.1": points go without saying
    for size in sizes:
        for q in (p + size, p - size):
            if 0 < q < 1:
                yield _rates(p, q, (base, effect))


def trial_of(scope: Scope) -> Trial:
    """Level, power and sides as said, or as is usual and then said so."""
    near = [scope.at, *scope.close, *scope.asked]
    alphas, powers = scope.find("alpha", far="far_test"), scope.find("power", far="far_test")
    confidence = scope.find("confidence", far="far_test")
    words = " ".join(s.marked for s in near)
    sides = (1,) if phrase("one_sided").search(words) else (2,) if phrase("two_sided").search(words) else (2, 1)
    alpha = alphas[0].value if alphas else 1 - confidence[0].value if confidence else ALPHA
    assumed = []
    if not alphas and not confidence:
        assumed.append(assumption("alpha", f"{ALPHA:g}, two-sided" if sides[0] == 2 else f"{ALPHA:g}"))
    if not powers:
        assumed.append(assumption("power", f"{POWER:g}"))
    said = (*(alphas or confidence)[:1], *powers[:1])
    power = powers[0].value if powers else POWER
    return Trial(alpha, power, sides, said, tuple(assumed), () if powers else (0.9,))


def doubt(scope: Scope, fits: Callable[[float, float], bool] | None = None) -> str:
    """Why a number that no reading gives may still be right; "" where nothing speaks for it.

    ``fits`` tells whether a rate and a difference would give it: other numbers beside it may have been meant.
    """
    for s in scope.turn:
        if m := phrase("beyond").search(s.marked):
            return f"“{m.group()}” is spoken of, which the plain formula leaves out."
    numbers = [q for s in (scope.at, *scope.close[:2]) for q in s.numbers]
    rates = [q for q in numbers if q.rate and q.unit != POINTS]
    pairs = [
        (r.fraction, d) for r in rates for q in numbers if q is not r
        for d in (q.fraction, q.fraction * r.fraction, q.value) if 0 < d < 1
    ]  # fmt: skip
    if fits and any(fits(p, d) for p, d in pairs):
        return "Other numbers said beside it would give this."
    return ""


def variances(effect: Effect) -> list[float]:
    if not effect.rates:
        return [effect.variance]
    p, q = effect.rates
    mean = (p + q) / 2
    return [(p * (1 - p) + q * (1 - q)) / 2, p * (1 - p), mean * (1 - mean)]


def disagree(made: Sequence[Effect]) -> str:
    values = {g.value for e in made for g in e.from_ if g.name == "effect"}
    why = "The difference can be meant in points or relative" if len(values) == 1 else "More than one input was said"
    return f"{why}; the readings disagree, and none gives this."
