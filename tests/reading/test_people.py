"""Whom a story mentions, named as an interviewer would name them."""

from __future__ import annotations

import pytest

from interviewer.reading.people import hero, people


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("I told Karin before lunch and Karin hung up on me.", ("Karin",)),
        ("My boss, Anders, came by on Thursday. I asked Anders why.", ("Anders", "your boss")),
        ("The depot managers heard it from a driver.", ("the depot managers",)),
        ("A colleague had warned us, and our head of supply laughed.", ("that colleague", "your head of supply")),
        ("In October we moved the model to Ghent. Excel was all we had.", ()),
        ("I told Łukasz no, and Łukasz asked Jean-Luc. I asked O'Brien.", ("Łukasz", "Jean-Luc", "O'Brien")),
        ("I told Legal so. Legal said fine, and God said nothing.", ()),
        ("Our own team was small. The same engineer stayed.", ()),
    ],
)
def test_names_come_first_and_places_times_and_tools_are_nobody(said: str, who: tuple[str, ...]) -> None:
    assert set(people(said)) == set(who)
    assert people(said)[:1] == who[:1]


def test_a_story_is_about_somebody_named_often_and_twice_as_often_as_anybody_else() -> None:
    told = "I told Marit first. I asked Marit again. Then I met Marit and Emil. I told Emil nothing."
    assert hero(told) is None
    assert hero(told + " In the end I thanked Marit, and I hired Marit.") == "Marit"
