"""What somebody has worked out is heard in their own words."""

from __future__ import annotations

import pytest

from interviewer.reading.results import result


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("140 thousand times 150, that's 21 million. Against 250.", "21 million"),
        ("The loss is 343 - 322 = 21 minutes more.", "21 minutes"),
        ("At 9 a month each, call it 35 thousand dollars a month, accumulating.", "35 thousand dollars a month"),
        ("First that's 4 percent. Then that leaves about 3.3 thousand for the price.", "about 3.3 thousand"),
    ],
)
def test_the_last_figure_that_is_come_to_is_named(said: str, figure: str) -> None:
    assert result(said) == figure


@pytest.mark.parametrize(
    "said",
    [
        "We have 20 million accounts and 4 percent leave.",
        "If the page gives 0.3 points we keep it.",
        "That's not 21 million.",
        "So that's 21 million?",
        "That's number 4 on my list.",
    ],
)
def test_what_is_given_supposed_doubted_or_asked_is_no_result(said: str) -> None:
    assert result(said) is None
