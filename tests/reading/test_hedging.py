"""An answer that weighs everything and chooses nothing is told from one that weighs and then decides."""

from __future__ import annotations

import pytest

from interviewer.reading.hedging import hedged

WEIGHS = (
    "It depends. One could randomise by country, which might capture the talk, although there are few of them and "
    "power may be poor. Perhaps by title instead, but then titles compete. Either way it could be right or wrong, and "
    "one might argue for both; it's hard to say which."
)


def test_weighing_without_choosing_is_hedging() -> None:
    assert hedged(WEIGHS)


@pytest.mark.parametrize(
    "text",
    [
        WEIGHS + " Still, I'd launch it in two countries.",
        "It depends on the traffic, maybe.",
        "I'd randomise by country, since talk crosses accounts within one. Few countries means little power, so I "
        "would pair them by size, run eight weeks, and accept that we only see a gain of two percent or more. It "
        "might miss less than that, which wouldn't pay for itself anyway.",
    ],
)
def test_choosing_is_not_nor_is_a_word_of_caution(text: str) -> None:
    assert not hedged(text)
