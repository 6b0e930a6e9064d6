"""The arithmetic of designs, intervals and many tests. Proportions are between 0 and 1, sizes are per group.

scipy is loaded where a quantile is needed, not before.
"""

from __future__ import annotations

from math import asin, sqrt


def quantile(p: float) -> float:
    """The standard normal's quantile of ``p``, between 0 and 1."""
    from scipy.special import ndtri

    return float(ndtri(p))


def below(z: float) -> float:
    """The share of a standard normal below ``z``."""
    from scipy.special import ndtr

    return float(ndtr(z))


def _sum_of_quantiles(alpha: float, power: float, sides: int) -> float:
    return quantile(1 - alpha / sides) + quantile(power)


def size_for_proportions(p1: float, p2: float, alpha: float = 0.05, power: float = 0.8, sides: int = 2) -> float:
    """Sample size per group to tell ``p1`` from ``p2``, unpooled variances.

    # source: Chow, Shao, Wang & Lokhnygina, Sample Size Calculations in Clinical Research (2018), 4.2
    """
    variance = p1 * (1 - p1) + p2 * (1 - p2)
    return _sum_of_quantiles(alpha, power, sides) ** 2 * variance / (p1 - p2) ** 2


def size_pooled(p1: float, p2: float, alpha: float = 0.05, power: float = 0.8, sides: int = 2) -> float:
    """The same with the pooled variance under the null.

    # source: Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions (2003), 4.2, without the correction
    """
    mean = (p1 + p2) / 2
    null = quantile(1 - alpha / sides) * sqrt(2 * mean * (1 - mean))
    other = quantile(power) * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return ((null + other) / (p1 - p2)) ** 2


def size_by_arcsine(p1: float, p2: float, alpha: float = 0.05, power: float = 0.8, sides: int = 2) -> float:
    """The same with Cohen's h, as many packages have it.

    # source: Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), 6.2
    """
    h = 2 * asin(sqrt(p1)) - 2 * asin(sqrt(p2))
    return 2 * (_sum_of_quantiles(alpha, power, sides) / h) ** 2


def size_for_means(sd: float, delta: float, alpha: float = 0.05, power: float = 0.8, sides: int = 2) -> float:
    """Sample size per group to see a difference of ``delta`` between means, both in the measure's unit.

    # source: Chow et al. (2018), 3.2, by the normal distribution
    """
    return 2 * (_sum_of_quantiles(alpha, power, sides) * sd / delta) ** 2


def size_by_rule(variance: float, delta: float, multiple: float = 16) -> float:
    """Lehr's rule, 16 times the variance over the squared difference (21 for 90 percent power).

    # source: van Belle, Statistical Rules of Thumb (2008), 2.1
    """
    return multiple * variance / delta**2


def power_of(variance: float, delta: float, n: float, alpha: float = 0.05, sides: int = 2) -> float:
    """Power of a z-test for a difference of ``delta`` with ``n`` per group; ``variance`` is one observation's.

    # source: Chow et al. (2018), 3.2; both tails where two-sided
    """
    z, shift = quantile(1 - alpha / sides), abs(delta) / sqrt(2 * variance / n)
    return below(shift - z) + (below(-shift - z) if sides == 2 else 0.0)


def detectable(variance: float, n: float, alpha: float = 0.05, power: float = 0.8, sides: int = 2) -> float:
    """The smallest difference found with ``power``, ``n`` per group, in the measure's unit.

    # source: Bloom, Minimum Detectable Effects, Evaluation Review 19 (1995)
    """
    return _sum_of_quantiles(alpha, power, sides) * sqrt(2 * variance / n)


def half_width(variance: float, n: float, level: float = 0.95, groups: int = 2) -> float:
    """Half of an interval for a mean or proportion (one group) or for a difference of two, ``n`` per group.

    # source: Agresti, Categorical Data Analysis (2013), 3.1 (Wald)
    """
    return quantile(0.5 + level / 2) * sqrt(groups * variance / n)


def wilson(p: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """An interval for one proportion that holds for small counts as well.

    # source: Wilson, Journal of the American Statistical Association 22 (1927)
    """
    z2 = quantile(0.5 + level / 2) ** 2
    middle, spread = (p + z2 / (2 * n)) / (1 + z2 / n), sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    reach = sqrt(z2) * spread / (1 + z2 / n)
    return middle - reach, middle + reach


def bonferroni(alpha: float, tests: float) -> float:
    """The threshold for each of ``tests``.

    # source: Dunn, Journal of the American Statistical Association 56 (1961)
    """
    return alpha / tests


def sidak(alpha: float, tests: float) -> float:
    """The threshold for each of ``tests`` that are independent.

    # source: Šidák, Journal of the American Statistical Association 62 (1967)
    """
    return float(1 - (1 - alpha) ** (1 / tests))


def any_of(alpha: float, tests: float) -> float:
    """The chance of at least one false positive in ``tests`` independent ones: the family-wise error.

    # source: Hochberg & Tamhane, Multiple Comparison Procedures (1987), 1.2
    """
    return float(1 - (1 - alpha) ** tests)
