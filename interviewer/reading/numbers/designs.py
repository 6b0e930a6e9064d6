"""Sample sizes, powers and detectable effects, worked out again from what was said.

Every reasonable reading is tried: lifts relative or in points, one side or two, pooled variance or not, arcsine, the
rule of 16. Where one of them gives what was said, it is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers import formulas
from interviewer.reading.numbers.agreement import differ, in_words, points_apart
from interviewer.reading.numbers.checked import Claim, Given
from interviewer.reading.numbers.effects import Effect, Trial, doubt, effects, trial_of, variances
from interviewer.reading.numbers.numerals import PERCENT
from interviewer.reading.numbers.patterns import inputs, phrase, place
from interviewer.reading.numbers.scope import Scope
from interviewer.reading.numbers.sentences import Sentence

NEAR = 1.25  # times: how far a size may lie from a reading, more than formulas differ
SAME = 2.0  # times: readings further apart than this don't tell what would be right
POWER_OFF = 0.08  # by which a power may be rounded or guessed


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """Findings for the sizes, powers and detectable effects that a sentence of the candidate's claims."""
    scope = Scope(sentence, sentences)
    claimed = list(_sizes_claimed(scope))
    for claim, per_group in claimed:
        yield _size(claim, per_group, scope)
    if not claimed:
        yield from list(_power(scope)) or _seen(scope)


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
        return claim.found("not_checkable", inputs_, assumed=trial.assumed, note=_disagree(made))
    if why := doubt(scope, lambda p, d: _any_size(p, d, trial, stated)):
        return claim.found("not_checkable", inputs_, assumed=trial.assumed, note=why)
    right = mains[0] if per_group else 2 * mains[0]
    should_be = f"about {in_words(right)} {'per group' if per_group else 'in total'}"
    return claim.wrong(inputs_, stated, right, should_be, assumed=trial.assumed)


def _any_size(p: float, d: float, trial: Trial, stated: float) -> bool:
    sizes = _sizes(Effect(d, p * (1 - p), ()), trial)
    return min(sizes) / NEAR <= stated <= max(sizes) * NEAR


def _disagree(made: Sequence[Effect]) -> str:
    values = {g.value for e in made for g in e.from_ if g.name == "effect"}
    why = "The difference can be meant in points or relative" if len(values) == 1 else "More than one input was said"
    return f"{why}; the readings disagree, and none gives this."


def _given_size(scope: Scope) -> list[Given]:
    """How many there are: in the sentence or right beside it, else nowhere."""
    before = [s for s in scope.close if s.place == scope.at.place - 1]
    for s in (scope.at, *before, *scope.asked):
        if found := inputs("size", s):
            return list(found)
        if totals := inputs("total", s):
            return [Given("size", g.value / 2, g.number, g.sentence) for g in totals]
    return []


def _power(scope: Scope) -> Iterator[NumberFinding]:
    stated, sizes = inputs("power", scope.at), _given_size(scope)
    if not stated or not sizes or not inputs("effect", scope.at):
        return
    claim = Claim("power", scope.at, (stated[0].number,))
    made, missing = effects(scope)
    made = [e for e in made if all(g.number is not stated[0].number for g in e.from_)]
    if not made:
        yield claim.found("not_checkable", sizes, missing=missing)
        return
    trial = trial_of(scope)
    found = [
        formulas.power_of(v, e.delta, n.value, trial.alpha, sides)
        for e, n, sides in product(made, sizes, trial.sides) for v in variances(e)
    ]  # fmt: skip
    said, only = stated[0].value, bool(phrase("only_see").search(scope.at.marked))
    inputs_ = (*sizes, *dict.fromkeys(g for e in made for g in e.from_), *(g for g in trial.from_ if g.name != "power"))
    assumed = tuple(a for a in trial.assumed if a.name != "power")
    if any(abs(f - said) <= POWER_OFF or (f > said and not only) for f in found):
        yield claim.found("right", inputs_, assumed=assumed)
        return
    why = _disagree(made) if max(found) - min(found) > 2 * POWER_OFF else doubt(scope)
    if why:
        yield claim.found("not_checkable", inputs_, assumed=assumed, note=why)
        return
    yield claim.wrong(
        inputs_, said, found[0], f"about {in_words(found[0] * 100, PERCENT)}", assumed=assumed,
        off_by=points_apart(said, found[0]),
    )  # fmt: skip


def _seen(scope: Scope) -> Iterator[NumberFinding]:
    """ "With 10,000 a side we can see half a point", "our MDE is half a point"."""
    s = scope.at
    only = bool(phrase("only_see").search(s.marked))
    found, sizes = inputs("effect", s), _given_size(scope)
    if not found or not sizes or not (only or phrase("can_see").search(s.marked)) or (inputs("power", s) and not only):
        return
    claim = Claim("detectable_effect", s, (found[0].number,))
    made, missing = effects(scope)
    if not made:
        yield claim.found("not_checkable", sizes, missing=missing)
        return
    trial = trial_of(scope)
    inputs_ = (*sizes, *dict.fromkeys(g for e in made for g in e.from_), *trial.from_)
    ratios = [
        e.delta / formulas.detectable(v, n.value, trial.alpha, power, sides)
        for e, n, power, sides in product(made, sizes, (trial.power, *trial.other_powers), trial.sides)
        for v in variances(e)
    ]  # fmt: skip
    if any(r >= 1 / NEAR and (r <= NEAR or not only) for r in ratios):
        yield claim.found("right", inputs_, assumed=trial.assumed)
        return
    if differ(ratios, SAME):
        yield claim.found("not_checkable", inputs_, assumed=trial.assumed, note=_disagree(made))
    elif why := doubt(scope):
        yield claim.found("not_checkable", inputs_, assumed=trial.assumed, note=why)
    else:
        q = found[0].number
        should_be = f"about {in_words(q.value / ratios[0], q.unit)}"
        yield claim.wrong(inputs_, ratios[0], 1.0, should_be, assumed=trial.assumed)
