"""How an answer is worded, and what that says of its level."""

from __future__ import annotations

import pytest

from interviewer.reading.manner import FEWEST, estimated, manner, measures
from tests.bench.manner import fitted

WORKED = (
    "Of 400,000 members 2.1 percent cancel a month, so 8,400 people; a tenth fewer is 840, at 12 dollars 10,080. "
    "If the interval runs from 300 to 1,300 it still pays, unless the 9,000 dollars of running cost double. "
)
STOCK = (
    "I would leverage data-driven insights and align all the stakeholders around actionable dashboards and key "
    "metrics, because a holistic deep dive into the various factors always gives us robust best practices for that. "
)


def test_the_committed_weights_are_what_the_committed_answers_give() -> None:
    fit, known = fitted(), manner()
    assert fit.answers == known.answers and fit.questions == 16
    assert fit.level == pytest.approx(known.level, abs=0.01) and fit.error == pytest.approx(known.error, abs=0.01)
    for name, (mean, deviation, weight) in fit.scale.items():
        assert known.scale[name] == pytest.approx((mean, deviation, weight), abs=0.01)
    assert fit.r > 0.6  # over questions that were left out


def test_figures_and_conditions_stand_above_stock_phrases() -> None:
    worked, stock = estimated([WORKED * 4] * 2), estimated([STOCK * 4] * 2)
    assert worked is not None and stock is not None and worked > stock + 1


def test_saying_nothing_at_length_stays_near_the_bottom() -> None:
    said = estimated(["I do not know, I really do not know what to say about it, so I would rather not say it. " * 10])
    assert said is not None and said < 2.5


def test_no_measure_counts_without_end() -> None:
    figures = " ".join(str(n) for n in range(1000, 1400))
    level, known = estimated([figures]), manner()
    assert level is not None
    assert level <= known.level + 2 * sum(abs(weight) for _, _, weight in known.scale.values())
    assert measures(figures, known.words)["figures"] > 10 * known.scale["figures"][0] / 2


def test_of_little_nothing_is_said() -> None:
    assert estimated(["Only this and that. " * (FEWEST // 8)]) is None
    assert estimated([]) is None and estimated(["Yes."] * 200) is None
