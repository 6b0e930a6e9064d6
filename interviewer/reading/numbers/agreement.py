"""Whether a stated number and a recomputed one are the same but for rounding, and how to say that they aren't."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import floor, log10

from interviewer.reading.numbers.numerals import MONEY, PERCENT, POINTS, Quantity

CLOSE = 0.04  # of the value: what people round to when they speak
CLOSE_ABOUT = 0.08  # where they say "about"
COARSE = 0.12  # the most that rounding to one digit may account for
INPUT_STEP = 0.5  # of the rounding of an input: people work with the numbers they say, if not always
ROUGH_INPUT = 0.05  # of an input that was itself said with "about"
MOST_CORNERS = 7


def agrees(said: Quantity, value: float, computed: Iterable[float]) -> bool:
    """Whether ``value``, as ``said``, lies in the range of ``computed`` widened by what rounding explains.

    Signs are left out: "we lose 8,000" is minus 8,000.
    """
    sizes = [abs(c) for c in computed]
    low, high, stated = min(sizes), max(sizes), abs(value)
    scale = stated / said.value if said.value else 1.0
    step = min(said.step * abs(scale), COARSE * stated)
    slack = step + (CLOSE_ABOUT if said.about or said.loose else CLOSE) * max(high, stated)
    return low - slack <= stated <= high + slack


def within(
    numbers: Sequence[Quantity], values: Sequence[float], compute: Callable[[Sequence[float]], float]
) -> list[float]:
    """What ``compute`` gives for ``values`` and for all they may have been before they were rounded."""
    ends = [_ends(n, v) for n, v in zip(numbers, values, strict=True)]
    found = [compute(values)]
    if len(ends) <= MOST_CORNERS:
        for corner in product(*ends):
            try:
                found.append(compute(corner))
            except (ZeroDivisionError, ValueError, OverflowError):
                continue
    return found


def _ends(number: Quantity, value: float) -> tuple[float, ...]:
    scale = value / number.value if number.value else 1.0
    step = 0.0 if number.whole else min(INPUT_STEP * abs(number.step * scale), ROUGH_INPUT * abs(value))
    if number.about:
        step = max(step, ROUGH_INPUT * abs(value))
    return (value - step, value + step) if step else (value,)


def differ(values: Sequence[float], factor: float = 1.25) -> bool:
    """Whether recomputed values disagree with each other by more than ``factor``."""
    sizes = [abs(v) for v in values]
    return max(sizes) > factor * min(sizes)


def in_words(value: float, unit: str = "") -> str:
    """A number in a few digits: "16,000", "1.2 million", "0.0025", "2.4 percent"."""
    size = abs(value)
    if unit in (PERCENT, POINTS):
        return f"{_short(value)} {unit}"
    text = (
        f"{_short(value / 1e6)} million"
        if size >= 1e6
        else f"{_rounded(value):,.0f}"
        if size >= 1000
        else _short(value)
    )
    return text if unit in ("", MONEY) else f"{text} {unit}"


def _rounded(value: float, digits: int = 3) -> float:
    if value == 0:
        return 0.0
    return round(value, digits - 1 - floor(log10(abs(value))))


def _short(value: float) -> str:
    rounded = _rounded(value)
    text = f"{rounded:.10f}".rstrip("0").rstrip(".") if abs(rounded) < 1e9 else f"{rounded:g}"
    return text or "0"


def apart(said: float, right: float) -> str:
    """How far a number is off: "10 times too small", "20 percent too big"."""
    if not said or not right:
        return f"{in_words(abs(said - right))} off"
    ratio = abs(said) / abs(right)
    word = "big" if ratio > 1 else "small"
    times = max(ratio, 1 / ratio)
    if times >= 1.95:
        return f"{_short(_rounded(times, 2))} times too {word}"
    return f"{_short(_rounded(abs(ratio - 1) * 100, 2))} percent too {word}"


def points_apart(said: float, right: float) -> str:
    """The same for two chances between 0 and 1: "31 points too high"."""
    return f"{_short(_rounded(abs(said - right) * 100, 2))} points too {'high' if said > right else 'low'}"
