"""Sample sizes, powers and detectable effects, worked out again from what was said.

Every reasonable reading is tried: lifts relative or in points, one side or two, pooled variance or not, arcsine, the
rule of 16. Where one of them gives what was said, it is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers import formulas, powers
from interviewer.reading.numbers.agreement import differ, in_words
from interviewer.reading.numbers.checked import Claim
from interviewer.reading.numbers.effects import NEAR, SAME, Effect, Trial, disagree, doubt, effects, trial_of
from interviewer.reading.numbers.patterns import inputs, phrase, place
from interviewer.reading.numbers.scope import Scope
from interviewer.reading.numbers.sentences import Sentence


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """Findings for the sizes, powers and detectable effects that a sentence of the candidate's claims."""
    scope = Scope(sentence, sentences)
    claimed = list(_sizes_claimed(scope))
    for claim, per_group in claimed:
        yield _size(claim, per_group, scope)
    if not claimed:
        yield from powers.check(scope)


def _sizes_claimed(scope: Scope) -> Iterator[tuple[Claim, bool]]:
    """Sizes that are asked for, not those there are."""
    s = scope.at
    beside = [c.marked for c in scope.close if c.place == s.place - 1]
    planned = phrase("designing").search(" ".join([s.marked, *beside]))
    planned = planned or phrase("asks_size").search(" ".join(a.marked for a in scope.asked))
    totals = [(g, False) for g in inputs("total", s)]
    for given, per_group in [*((g, True) for g in inputs("size", s)), *totals]:
        before = s.marked[: place(given.number, s)].rstrip()
        asked = (per_group and phrase("must").search(before)) or (planned and phrase("needs").search(before[-70:]))
        if asked and not phrase("has").search(before):
            yield Claim("sample_size", s, (given.number,)), per_group


def _sizes(effect: Effect, trial: Trial) -> list[float]:
    """What every formula says, the main one first."""
    found: list[float] = []
    for power, sides in product((trial.power, *trial.other_powers), trial.sides):
        how = (trial.alpha, power, sides)
        if effect.rates:
            p, q = effect.rates
            found += [
                f(p, q, *how) for f in (formulas.size_for_proportions, formulas.size_pooled, formulas.size_by_arcsine)
            ]
        found.append(formulas.size_for_means(sqrt(effect.variance), effect.delta, *how))
    return [*found, formulas.size_by_rule(effect.variance, effect.delta)]


def _size(claim: Claim, per_group: bool, scope: Scope) -> NumberFinding:
    made, missing = effects(scope)
    if not made:
        return claim.found("not_checkable", missing=missing)
    trial, stated = trial_of(scope), claim.result[0].value
    for effect in made:
        sizes = [n * k for n in _sizes(effect, trial) for k in ((1,) if per_group else (1, 2))]
        if min(sizes) / NEAR <= stated <= max(sizes) * NEAR:
            return claim.found("right", (*effect.from_, *trial.from_), assumed=trial.assumed)
    mains = [_sizes(e, trial)[0] for e in made]
    inputs_ = tuple(dict.fromkeys(g for e in made for g in e.from_)) + trial.from_
    if differ(mains, SAME):
        return claim.found("not_checkable", inputs_, assumed=trial.assumed, note=disagree(made))
    if why := doubt(scope, lambda p, d: _any_size(p, d, trial, stated)):
        return claim.found("not_checkable", inputs_, assumed=trial.assumed, note=why)
    right = mains[0] if per_group else 2 * mains[0]
    should_be = f"about {in_words(right)} {'per group' if per_group else 'in total'}"
    return claim.wrong(inputs_, stated, right, should_be, assumed=trial.assumed)


def _any_size(p: float, d: float, trial: Trial, stated: float) -> bool:
    sizes = _sizes(Effect(d, p * (1 - p), ()), trial)
    return min(sizes) / NEAR <= stated <= max(sizes) * NEAR
