"""Whether somebody has come out where a point would have led them: at its own figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from interviewer.models.question import Expectation, QuestionSheet
from interviewer.reading.numbers.numerals import Quantity, quantities

ENOUGH = 2  # figures of a point, both of them said, that show that it has been worked out
FULL = 10  # figures below are counts and days, and say little


def worked_out(answers: Sequence[str], sheet: QuestionSheet) -> tuple[str, ...]:
    """The points whose figures, which neither the question nor its facts give, stand in ``answers``."""
    said = [q for text in answers for q in quantities(text)]
    return tuple(
        e.id for e in sheet.expectations
        if len(own := _own(e, sheet)) >= ENOUGH and sum(any(_same(q, o) for q in said) for o in own) >= ENOUGH
    )  # fmt: skip


@lru_cache(maxsize=64)
def _own(point: Expectation, sheet: QuestionSheet) -> tuple[Quantity, ...]:
    """The figures of a point and of its last hint that have to be worked out."""
    given = quantities("\n".join([sheet.ask, *(f.say for f in sheet.facts)]))
    named = quantities(f"{point.point}\n{point.hints[-1]}")
    fresh = [q for q in named if not any(_same(q, g) for g in given) and not (q.whole and q.value <= FULL)]
    return tuple({(q.value, q.unit): q for q in fresh}.values())


def _same(a: Quantity, b: Quantity) -> bool:
    return abs(a.value - b.value) <= max(a.step, b.step, 0.005 * abs(b.value))
