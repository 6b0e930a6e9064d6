"""What a given size of the groups can show: powers and detectable effects, worked out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers import formulas
from interviewer.reading.numbers.agreement import differ, in_words, points_apart
from interviewer.reading.numbers.checked import Claim, Given
from interviewer.reading.numbers.effects import NEAR, SAME, Effect, Trial, disagree, doubt, effects, trial_of, variances
from interviewer.reading.numbers.numerals import PERCENT
from interviewer.reading.numbers.patterns import inputs, phrase
from interviewer.reading.numbers.scope import Scope

POWER_OFF = 0.08  # by which a power may be rounded or guessed


def check(scope: Scope) -> Iterator[NumberFinding]:
    """A finding for the power or the detectable effect that a sentence claims for a size that is given."""
    s, sizes = scope.at, _given_size(scope)
    shown = inputs("effect", s)
    if not sizes or not shown:
        return
    only = bool(phrase("only_see").search(s.marked))
    if stated := inputs("power", s):
        yield _power(Claim("power", s, (stated[0].number,)), stated[0].value, sizes, scope, only=only)
    elif only or phrase("can_see").search(s.marked):
        yield _seen(Claim("detectable_effect", s, (shown[0].number,)), sizes, scope, only=only)


def _given_size(scope: Scope) -> list[Given]:
    """How many there are: in the sentence, the one before it or what was asked, else nowhere."""
    before = [s for s in scope.close if s.place == scope.at.place - 1]
    for s in (scope.at, *before, *scope.asked):
        if found := inputs("size", s):
            return list(found)
        if totals := inputs("total", s):
            return [Given("size", g.value / 2, g.number, g.sentence) for g in totals]
    return []


def _used(made: Sequence[Effect], sizes: Sequence[Given]) -> tuple[Given, ...]:
    return (*sizes, *dict.fromkeys(g for e in made for g in e.from_))


def _power(claim: Claim, said: float, sizes: list[Given], scope: Scope, *, only: bool) -> NumberFinding:
    """More than was said is enough, unless it was said to be only so much."""
    made, missing = effects(scope)
    if not made:
        return claim.found("not_checkable", sizes, missing=missing)
    trial = trial_of(scope)
    assumed = tuple(a for a in trial.assumed if a.name != "power")
    levels = tuple(g for g in trial.from_ if g.name != "power")
    every: list[float] = []
    for e, n in product(made, sizes):
        found = [formulas.power_of(v, e.delta, n.value, trial.alpha, k) for v, k in product(variances(e), trial.sides)]
        if any(abs(f - said) <= POWER_OFF or (f > said and not only) for f in found):
            return claim.found("right", (*_used([e], [n]), *levels), assumed=assumed)
        every += found
    used = (*_used(made, sizes), *levels)
    if why := disagree(made) if max(every) - min(every) > 2 * POWER_OFF else doubt(scope):
        return claim.found("not_checkable", used, assumed=assumed, note=why)
    should_be = f"about {in_words(every[0] * 100, PERCENT)}"
    return claim.wrong(used, said, every[0], should_be, assumed=assumed, off_by=points_apart(said, every[0]))


def _seen(claim: Claim, sizes: list[Given], scope: Scope, *, only: bool) -> NumberFinding:
    """ "With 10,000 a side we can see half a point"; with ``only``, "the smallest we can see is half a point"."""
    made, missing = effects(scope)
    if not made:
        return claim.found("not_checkable", sizes, missing=missing)
    trial = trial_of(scope)
    every: list[float] = []
    for e, n in product(made, sizes):
        ratios = _over_detectable(e, n.value, trial)
        if any(r >= 1 / NEAR and (r <= NEAR or not only) for r in ratios):
            return claim.found("right", (*_used([e], [n]), *trial.from_), assumed=trial.assumed)
        every += ratios
    used = (*_used(made, sizes), *trial.from_)
    if why := disagree(made) if differ(every, SAME) else doubt(scope):
        return claim.found("not_checkable", used, assumed=trial.assumed, note=why)
    q = claim.result[0]
    return claim.wrong(used, every[0], 1.0, f"about {in_words(q.value / every[0], q.unit)}", assumed=trial.assumed)


def _over_detectable(effect: Effect, n: float, trial: Trial) -> list[float]:
    powers = (trial.power, *trial.other_powers)
    return [
        effect.delta / formulas.detectable(v, n, trial.alpha, power, sides)
        for power, sides, v in product(powers, trial.sides, variances(effect))
    ]
