"""The rubric's and the sheet's own words earn nothing, a candidate's words near them stay."""

from __future__ import annotations

import pytest

from interviewer.reading.match import find
from interviewer.reading.recitals import copied, recitals
from tests.engines.offline.rooms import BIKES, RUBRIC


def left(text: str) -> str:
    for start, end in reversed(recitals(text, RUBRIC, (BIKES,))):
        text = text[:start] + text[end:]
    return text.strip(" .")


def test_every_statement_and_every_point_is_known_again_alone_and_in_a_heap() -> None:
    says = [c.says for criterion in RUBRIC.criteria for c in criterion.checks] + [e.point for e in BIKES.expectations]
    long_enough = [s for s in says if len(s.split()) >= 6]
    assert long_enough and not any(left(s) for s in long_enough)
    assert left(" ".join(long_enough)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "I'd flip a coin for each rider and keep a tenth without it.",
        "Whoever opts in is keener to begin with, so they'd ride more in any case.",
        "A daily mail gets on people's nerves after a week or two.",
    ],
)
def test_saying_it_in_words_of_ones_own_is_no_recital(text: str) -> None:
    assert recitals(text, RUBRIC, (BIKES,)) == []


def test_six_words_in_a_row_are_copied_and_five_are_not() -> None:
    source = "Names a harm that is monitored while the study runs."
    assert copied("I named a harm that is monitored while it goes on.", [source])
    assert not copied("I named a harm that is watched while the study runs.", [source])


@pytest.mark.parametrize("cue", [e.cues for e in BIKES.expectations], ids=[e.id for e in BIKES.expectations])
def test_what_is_said_not_to_be_true_is_denied_word_for_word(cue) -> None:
    said = "Riders who opt in are keener anyway, and I'd keep a random ten percent without it, a holdout"
    assert find(cue, f"It isn't true that {said[0].lower()}{said[1:]}.") is None
