"""What says nothing is read over, and what only looks like it isn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.selftest.texts import benign
from interviewer.reading.asides import plainly, squeezed


def said(text: str) -> str:
    return squeezed(plainly(text))[0].strip()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I'd um randomise, uh, by household.", "I'd randomise by household."),
        ("The agency's doubling, you know, can't be read.", "The agency's doubling can't be read."),
        ("We need twenty thousand I mean a year.", "We need twenty thousand a year."),
        ("Thanks for the question. I'd keep a holdout.", "I'd keep a holdout."),
        ("Give me a moment to think. Okay, so that's how I see it.", ""),
    ],
)
def test_what_says_nothing_is_blanked(text: str, left: str) -> None:
    assert said(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "How do you know the split was random?",
        "If you know what a cancellation costs, the rest follows.",
        "What I mean by retention is a paid second month.",
        "It depends on what kind of member it is, and on this sort of title.",
        "Let me take a look at the split first.",
        "The holdout did as well, so I'd stop.",
        "That's a good metric for the launch.",
        "One minute more an evening is what finance needs.",
        "I'm sorry for whoever has to explain that the interval spans zero.",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert said(text) == text


def test_the_self_tests_padding_is_known_for_what_it_is() -> None:
    left = [line for line in benign("padding") if said(line)]
    assert left == ["Does the light bother you? I can close the curtain.", "My dog is barking, please excuse that."]


@given(st.text(alphabet="um, uhyokniwIeasrtf.'\n", max_size=200))
def test_every_character_that_stays_stays_in_its_place(text: str) -> None:
    plain = plainly(text)
    assert len(plain) == len(text)
    assert all(p in (c, " ") for p, c in zip(plain, text, strict=True))
