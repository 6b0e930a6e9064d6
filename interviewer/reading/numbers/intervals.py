"""Confidence intervals, worked out again: of one proportion, of a difference, or from a standard error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import isnan, nan

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers import formulas
from interviewer.reading.numbers.agreement import apart, in_words
from interviewer.reading.numbers.checked import Claim, Given, assumption
from interviewer.reading.numbers.effects import doubt
from interviewer.reading.numbers.numerals import PERCENT, POINTS, Quantity
from interviewer.reading.numbers.patterns import hits, inputs, phrase, phrases
from interviewer.reading.numbers.scope import Scope
from interviewer.reading.numbers.sentences import Sentence

LEVELS = (0.95, 0.9, 0.99)  # of what is called an interval without a number
FARTHEST = 25  # times a half width from one that is about the same thing
MARGINS = (*LEVELS, 0.8, 0.6827)  # "give or take" may be one standard error
NEAR = 1.3  # times: how far a half width may lie from a reading
SAME_MIDDLE = 0.12  # of the estimate: how far the middle of an interval may lie from it


@dataclass(frozen=True)
class Stated:
    """An interval as said: its middle (nan where only a margin was) and half of its width, in one unit, and what the
    rounding of its ends is."""

    middle: float
    half: float
    slack: float
    unit: str
    ends: tuple[Quantity, ...]
    loose: bool  # "give or take", of which nobody says how sure it is


@dataclass(frozen=True)
class Basis:
    """What an interval can be worked out from: a half width for a level of 95 percent, in the interval's unit."""

    half_at_95: float
    from_: tuple[Given, ...]


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """A finding for each interval a sentence of the candidate's gives."""
    scope = Scope(sentence, sentences)
    for stated in _stated(sentence):
        claim = Claim("interval", sentence, stated.ends)
        bases = list(_bases(stated, scope))
        finding = _compared(claim, stated, bases, scope) if bases else None
        if finding and (finding.verdict != "not_checkable" or not stated.loose):
            yield finding
        elif not bases and not stated.loose:
            yield claim.found(
                "not_checkable", missing=("the standard error, or the sizes of the groups and their rates",)
            )


def _stated(s: Sentence) -> Iterator[Stated]:
    found: dict[int, Stated] = {}
    for _, (low, high) in hits(phrases("interval"), s):
        if high.value > low.value or low.value - high.value < 0:
            unit = high.unit or low.unit
            slack = low.step + high.step
            made = Stated((low.value + high.value) / 2, (high.value - low.value) / 2, slack, unit, (low, high), False)
            found.setdefault(low.start, made)
    if not found:
        levels = {g.number for g in inputs("confidence", s)}
        for _, (middle, half) in hits((phrase("plus_minus"),), s):
            if middle in levels:
                continue
            unit = half.unit or middle.unit
            found.setdefault(half.start, Stated(middle.value, half.value, half.step, unit, (middle, half), True))
        for _, (half,) in hits((phrase("margin"),), s):
            found.setdefault(half.start, Stated(nan, half.value, half.step, half.unit, (half,), True))
    yield from found.values()


def _bases(stated: Stated, scope: Scope) -> Iterator[Basis]:
    """Standard errors said near, counts out of a number, rates with sizes: those whose estimate is this one's."""
    bare = isnan(stated.middle)  # without an estimate only its own sentence tells what it is the margin of
    for s in (scope.at,) if bare else (scope.at, *scope.close, *scope.asked):
        for given in inputs("error", s):
            # So far apart, one is in other units, or "one standard error" is a distance and no error's size.
            near = 1 / FARTHEST <= 1.96 * given.number.value / stated.half <= FARTHEST if stated.half else False
            if near and given.number not in stated.ends:
                yield Basis(1.96 * given.number.value, (given,))
    yield from _from_one_rate(stated, scope)
    if not bare:
        yield from _from_counts(stated, scope)
        yield from _from_rates(stated, scope)


def _from_counts(stated: Stated, scope: Scope) -> Iterator[Basis]:
    """ "16 in control and 27 in the offer group, out of 800 each"."""
    for s in (scope.at, *scope.close, *scope.asked):
        for _, (a, b, n) in hits((phrase("counts"),), s):
            if a.value < n.value and b.value < n.value and not n.unit:
                given = tuple(Given(name, q.value, q, s) for name, q in (("count", a), ("count", b), ("size", n)))
                yield from _difference(stated, a.value / n.value, b.value / n.value, n.value, given)


def _from_rates(stated: Stated, scope: Scope) -> Iterator[Basis]:
    sizes = scope.find("size")
    for s in (scope.at, *scope.close, *scope.asked):
        for n in sizes:
            for _, (a, b) in hits((phrase("two_rates"),), s):
                if a.rate and b.rate and PERCENT in (a.unit, b.unit) and not set(stated.ends) & {a, b}:
                    rates = (Given("rate", a.rate, a, s), Given("rate", b.rate, b, s), n)
                    yield from _difference(stated, a.rate, b.rate, n.value, rates)
        for _, (k, n_) in hits((phrase("count_of"),), s) if s.turn == scope.at.turn else ():
            if 0 < k.value < n_.value and not k.unit and not n_.unit and k.whole and n_.value >= 10:
                given = (Given("count", k.value, k, s), Given("size", n_.value, n_, s))
                yield from _one(stated, k.value / n_.value, n_.value, given)


def _from_one_rate(stated: Stated, scope: Scope) -> Iterator[Basis]:
    """ "with n = 1,000 and p = 0.5"."""
    for p, n in product(inputs("baseline", scope.at), inputs("size", scope.at)):
        if p.number not in stated.ends:
            yield from _one(stated, p.value, n.value, (p, n))


def _difference(stated: Stated, p: float, q: float, n: float, given: tuple[Given, ...]) -> Iterator[Basis]:
    variance = (p * (1 - p) + q * (1 - q)) / 2
    half = formulas.half_width(variance, n)
    for estimate, scale in ((abs(q - p), 1.0), (abs(q - p) / p, 1 / p)):
        if _same(abs(stated.middle) / 100, estimate) or (
            stated.unit not in (PERCENT, POINTS) and _same(abs(stated.middle), estimate)
        ):
            in_hundreds = 100 if _same(abs(stated.middle) / 100, estimate) else 1
            yield Basis(half * scale * in_hundreds, given)


def _one(stated: Stated, p: float, n: float, given: tuple[Given, ...]) -> Iterator[Basis]:
    low, high = formulas.wilson(p, n)
    for half in (formulas.half_width(p * (1 - p), n, groups=1), (high - low) / 2):
        shares = stated.unit in (PERCENT, POINTS) or stated.half >= 1
        if _same(stated.middle / 100, p) and (shares or not isnan(stated.middle)):
            yield Basis(half * 100, given)
        elif _same(stated.middle, p):
            yield Basis(half, given)


def _same(a: float, b: float) -> bool:
    return isnan(a) or abs(a - b) <= SAME_MIDDLE * max(abs(a), abs(b))


def _compared(claim: Claim, stated: Stated, bases: Sequence[Basis], scope: Scope) -> NumberFinding:
    confidences = scope.find("confidence")
    levels = [c.value for c in confidences] or list(MARGINS if stated.loose else LEVELS)
    z95 = formulas.quantile(0.975)
    halves = [b.half_at_95 * formulas.quantile(0.5 + level / 2) / z95 for b in bases for level in levels]
    for basis in bases:
        for level in levels:
            right = basis.half_at_95 * formulas.quantile(0.5 + level / 2) / z95
            if right / NEAR - stated.slack <= stated.half <= right * NEAR + stated.slack:
                return claim.found("right", (*basis.from_, *confidences))
    inputs_ = (*dict.fromkeys(g for b in bases for g in b.from_), *confidences)
    assumed = () if confidences else (assumption("level", "95 percent"),)
    if max(halves) > 4 * min(halves):
        return claim.found(
            "not_checkable", inputs_, note="More than one reading of what it was worked out from; they disagree."
        )
    if why := doubt(scope):
        return claim.found("not_checkable", inputs_, note=why)
    half = halves[0]
    off_by = f"half its width is {apart(stated.half, half)}"
    return claim.wrong(inputs_, stated.half, half, _written(stated, half), assumed=assumed, off_by=off_by)


def _written(stated: Stated, half: float) -> str:
    if isnan(stated.middle):
        return f"± {in_words(half, stated.unit)}"
    low, high = stated.middle - half, stated.middle + half
    ends = f"from {in_words(low)} to {in_words(high, stated.unit)}"
    return f"{in_words(stated.middle)} ± {in_words(half, stated.unit)}, {ends}"
