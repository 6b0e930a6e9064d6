"""Keywords heaped up are told from terse speech."""

from __future__ import annotations

import pytest

from interviewer.reading.flags import bags


@pytest.mark.parametrize(
    "text",
    [
        "holdout, guardrails, novelty, power, n is one, variance, intention to treat, renewals, final, season",
        "- holdout\n- guardrail\n- novelty\n- seed\n- power\n- variance\n- spillover\n- placebo\n- alpha\n- prior",
        "on the brink average bonferroni twenty interval finance lower biased upwards large novelty still open hours",
        "already customer synthetic poland big title isolating czech republic excluded fitted in space hungary break "
        "even twenty ten on regional anywhere",
    ],
)
def test_a_heap_is_a_bag_whatever_stands_between_its_words(text: str) -> None:
    assert bags(text)


@pytest.mark.parametrize(
    "text",
    [
        "By device, by tenure, by plan, payment method, content watched, app ratings, and then the exit survey.",
        "Before: 11.5, 11.5. After: 12.0, 11.0. Sum unchanged. Nine isn't gain. Four on, four off. Half each.",
        "At 12 dollars 600 stay, times 24, less 3 percent, so 9,700, against 4,800, twice that, and half by June.",
        "Choose tenure because new people usually watch less, and open accounts means kept light viewers drag it down.",
    ],
)
def test_terse_speech_is_none(text: str) -> None:
    assert bags(text) == []
