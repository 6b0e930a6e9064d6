"""The formulas agree with statsmodels over a grid."""

from __future__ import annotations

from itertools import product
from math import sqrt

import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import (
    power_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
    samplesize_proportions_2indep_onetail,
)

from interviewer.reading.numbers import formulas

RATES = ((0.02, 0.022), (0.1, 0.11), (0.1, 0.15), (0.5, 0.45), (0.9, 0.92))
LEVELS = ((0.05, 0.8, 2), (0.05, 0.9, 2), (0.01, 0.8, 2), (0.05, 0.8, 1))
GRID = list(product(RATES, LEVELS))
TAIL = {1: "larger", 2: "two-sided"}


@pytest.mark.parametrize(("rates", "level"), GRID)
def test_sizes_for_proportions(rates: tuple[float, float], level: tuple[float, float, int]) -> None:
    (p, q), (alpha, power, sides) = rates, level
    # statsmodels has the pooled variance under the null; with two sides it takes one tail at half the level.
    theirs = samplesize_proportions_2indep_onetail(q - p, p, power, alpha=alpha / sides, alternative="larger")
    assert formulas.size_pooled(p, q, alpha, power, sides) == pytest.approx(theirs, rel=1e-6)
    assert formulas.size_for_proportions(p, q, alpha, power, sides) == pytest.approx(theirs, rel=0.02)


@pytest.mark.parametrize(("rates", "level"), GRID)
def test_sizes_by_arcsine(rates: tuple[float, float], level: tuple[float, float, int]) -> None:
    (p, q), (alpha, power, sides) = rates, level
    h = abs(proportion_effectsize(p, q))
    theirs = NormalIndPower().solve_power(h, alpha=alpha, power=power, alternative=TAIL[sides])
    assert formulas.size_by_arcsine(p, q, alpha, power, sides) == pytest.approx(theirs, rel=1e-4)


@pytest.mark.parametrize(("delta", "level"), list(product((0.05, 0.2, 0.8), LEVELS)))
def test_sizes_powers_and_detectable_effects_of_means(delta: float, level: tuple[float, float, int]) -> None:
    alpha, power, sides = level
    sd = 40.0
    theirs = NormalIndPower().solve_power(delta, alpha=alpha, power=power, alternative=TAIL[sides])
    n = formulas.size_for_means(sd, delta * sd, alpha, power, sides)
    assert n == pytest.approx(theirs, rel=1e-4)
    assert formulas.power_of(sd**2, delta * sd, n, alpha, sides) == pytest.approx(power, abs=1e-4)
    assert formulas.detectable(sd**2, n, alpha, power, sides) == pytest.approx(delta * sd, rel=1e-9)
    assert formulas.power_of(sd**2, delta * sd, n / 3, alpha, sides) == pytest.approx(
        NormalIndPower().power(delta, n / 3, alpha, alternative=TAIL[sides]), abs=1e-6
    )


@pytest.mark.parametrize("rates", RATES)
def test_power_of_proportions(rates: tuple[float, float]) -> None:
    p, q = rates
    n = formulas.size_for_proportions(p, q)
    variance = (p * (1 - p) + q * (1 - q)) / 2
    theirs = power_proportions_2indep(q - p, p, n).power
    assert formulas.power_of(variance, q - p, n) == pytest.approx(theirs, abs=0.01)


def test_the_rule_of_sixteen_is_near_the_formula() -> None:
    for sd, delta in product((1.0, 50.0), (0.1, 2.0)):
        assert formulas.size_by_rule(sd**2, delta) == pytest.approx(formulas.size_for_means(sd, delta), rel=0.02)


@pytest.mark.parametrize(("hits", "n", "level"), [(45, 300, 0.95), (16, 800, 0.95), (400, 20_000, 0.99), (3, 40, 0.9)])
def test_intervals_of_a_proportion(hits: int, n: int, level: float) -> None:
    p = hits / n
    low, high = proportion_confint(hits, n, alpha=1 - level)
    assert formulas.half_width(p * (1 - p), n, level, groups=1) == pytest.approx(high - p)
    assert formulas.wilson(p, n, level) == pytest.approx(proportion_confint(hits, n, alpha=1 - level, method="wilson"))
    assert low == pytest.approx(max(0.0, p - formulas.half_width(p * (1 - p), n, level, groups=1)))


def test_intervals_of_a_difference() -> None:
    p, q, n = 0.05, 0.055, 20_000
    error = sqrt(p * (1 - p) / n + q * (1 - q) / n)
    assert formulas.half_width((p * (1 - p) + q * (1 - q)) / 2, n) == pytest.approx(1.959964 * error, rel=1e-6)


@pytest.mark.parametrize("tests", [2, 5, 20, 100])
def test_corrected_thresholds_and_the_family_wise_error(tests: int) -> None:
    _, _, sidak, bonferroni = multipletests([0.01] * tests, alpha=0.05)
    assert formulas.sidak(0.05, tests) == pytest.approx(sidak)
    assert formulas.bonferroni(0.05, tests) == pytest.approx(bonferroni)
    assert formulas.any_of(formulas.sidak(0.05, tests), tests) == pytest.approx(0.05)
