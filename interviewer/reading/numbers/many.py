"""Thresholds for many tests at once, and how often something lights up by chance, worked out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from interviewer.models.numbers import NumberFinding, NumberInput
from interviewer.reading.numbers import formulas
from interviewer.reading.numbers.agreement import differ, in_words, points_apart
from interviewer.reading.numbers.checked import Claim, Given, assumption
from interviewer.reading.numbers.numerals import PERCENT, Quantity
from interviewer.reading.numbers.patterns import hits, inputs, phrase, phrases
from interviewer.reading.numbers.scope import Scope
from interviewer.reading.numbers.sentences import Sentence

USUAL = (0.05, 0.1, 0.01)
NEAR = 1.15  # times
CHANCE_OFF = 0.04  # by which a chance may be rounded
HIGHEST = 0.1  # what a corrected threshold may be; above it is a p-value times the number of tests
TESTS = "the number of tests"


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """Findings for corrected thresholds, family-wise errors and false positives to be expected."""
    scope = Scope(sentence, sentences)
    if phrase("correcting").search(sentence.marked):
        yield from _threshold(scope)
    yield from _any_of(scope)
    yield from _by_chance(scope)


def _first(name: str, s: Sentence, low: float, high: float) -> Quantity | None:
    """The number a claim captures, if it can be one."""
    for _, numbers in hits(phrases(name), s):
        if low < numbers[-1].fraction <= high and not numbers[-1].loose:
            return numbers[-1]
    return None


def _tests(scope: Scope, not_: Quantity) -> list[Given]:
    return [g for g in scope.find("tests") if g.number is not not_]


def _alphas(scope: Scope, not_: Quantity) -> tuple[list[float], list[Given], tuple[NumberInput, ...]]:
    """The level in use: as said, else the usual ones, of which the first is named."""
    said = [g for g in scope.find("alpha", far="far_test") if g.number is not not_]
    said = said or [
        Given("alpha", q.fraction, q, scope.at) for q in scope.at.numbers if q is not not_ and q.fraction in USUAL
    ]  # fmt: skip
    if said:
        return [g.value for g in said], said, ()
    return list(USUAL), [], (assumption("alpha", f"{USUAL[0]:g}"),)


def _threshold(scope: Scope) -> Iterator[NumberFinding]:
    stated = _first("threshold", scope.at, 0, 0.999)
    if stated is None or (stated.unit and stated.unit != PERCENT):
        return
    claim, tests = Claim("threshold", scope.at, (stated,)), _tests(scope, stated)
    if not tests:
        yield claim.found("not_checkable", missing=(TESTS,))
        return
    alphas, given, assumed = _alphas(scope, stated)
    rules = (formulas.bonferroni, formulas.sidak)
    right = [rule(a, k.value) for a, k, rule in product(alphas, tests, rules)]
    inputs_ = (*tests, *given)
    if any(r / NEAR <= stated.fraction <= r * NEAR for r in (*right, *_p_values(scope, stated, tests))):
        yield claim.found("right", inputs_, assumed=assumed)
        return
    if _is_level(stated):
        return
    if len(tests) > 1:
        yield claim.found("not_checkable", inputs_, assumed=assumed, note="More than one number of tests was said.")
        return
    main = (formulas.sidak if phrase("sidak").search(scope.at.marked) else formulas.bonferroni)(
        alphas[0], tests[0].value
    )
    if stated.fraction <= HIGHEST:
        yield claim.wrong(inputs_, stated.fraction, main, in_words(main), assumed=assumed)


def _is_level(q: Quantity) -> bool:
    return any(abs(q.fraction - a) < 1e-9 for a in USUAL)


def _p_values(scope: Scope, stated: Quantity, tests: Sequence[Given]) -> list[float]:
    """p-values multiplied by the number of tests, which is as good as a threshold divided by it."""
    others = [q.fraction for q in scope.at.numbers if q is not stated and 0 < q.fraction < 0.2]
    return [p * k.value for p in others for k in tests] + others


def _any_of(scope: Scope) -> Iterator[NumberFinding]:
    stated = _first("any_of", scope.at, 0.01, 1)
    if stated is None or (stated.unit != PERCENT and stated.value >= 1) or phrase("keeps_to").search(scope.at.marked):
        return
    claim, tests = Claim("family_wise_error", scope.at, (stated,)), _tests(scope, stated)
    if not tests:
        return
    alphas, given, assumed = _alphas(scope, stated)
    right = [formulas.any_of(a, k.value) for a, k in product(alphas, tests)]
    inputs_, said = (*tests, *given), stated.fraction
    if any(abs(r - said) <= CHANCE_OFF or abs(r - (1 - said)) <= 0.01 for r in right):
        yield claim.found("right", inputs_, assumed=assumed, note="If the tests are independent.")
    elif len(tests) > 1 or "at most" in scope.at.marked or "up to" in scope.at.marked:
        yield claim.found(
            "not_checkable", inputs_, assumed=assumed, note="An upper bound, or more than one number of tests."
        )
    else:
        yield claim.wrong(
            inputs_, said, right[0], f"about {in_words(right[0] * 100, PERCENT)}", assumed=assumed,
            off_by=points_apart(said, right[0]), note="If the tests are independent.",
        )  # fmt: skip


def _by_chance(scope: Scope) -> Iterator[NumberFinding]:
    """ "Of twenty at five percent you expect one by luck"."""
    s = scope.at
    stated = next((n[-1] for _, n in hits(phrases("by_chance"), s) if not n[-1].unit), None)
    if stated is None:
        return
    tests = _tests(scope, stated)
    alphas, given, assumed = _alphas(scope, stated)
    if not tests:
        return
    right = [a * k.value for a, k in product(alphas, tests)]
    claim, inputs_ = Claim("family_wise_error", s, (stated,)), (*tests, *given)
    if any(abs(r - stated.value) <= max(0.5, 0.3 * r) for r in right):
        yield claim.found("right", inputs_, assumed=assumed)
    elif not differ([a * k.value for a, k in product(alphas[:1], tests)]) and not any(
        inputs("power", c) for c in scope.turn
    ):
        yield claim.wrong(inputs_, stated.value, right[0], f"about {in_words(right[0])}", assumed=assumed)
