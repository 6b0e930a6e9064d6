"""Whether an answer tells something that happened, and who acts in it."""

from __future__ import annotations

import pytest

from interviewer.reading.story import happened, hurt, plural

TOLD = (
    "In March our billing lead wanted to drop the trial. I asked for two weeks, ran the numbers on 400 shops and "
    "showed him that half of the revenue came through it.",
    "it was at a bank. cut the report nobody read. my boss was angry, then wasn't",
    "Three years ago I am working for logistic company and one Friday the orders go down by 9 percent. I said we keep "
    "the drivers, and I told Henrik why.",
)
GENERAL = (
    "I always believe in open communication. With leadership it's important to bring data and to listen first, and "
    "then people usually come around.",
    "I'd say the culture matters most. You have to build trust, and I try to be transparent in everything.",
    "As a data scientist I would look at the facts, weigh the options and then decide quickly.",
)


@pytest.mark.parametrize("text", TOLD)
def test_an_occasion_is_heard_however_short_or_halting(text: str) -> None:
    assert happened(text)


@pytest.mark.parametrize("text", GENERAL)
def test_principles_and_habits_are_no_occasion(text: str) -> None:
    assert not happened(text)


def test_a_team_that_does_everything_is_plural_and_a_shared_story_is_not() -> None:
    assert plural("We noticed it late. We raised it with product, then the team built a fix and we shipped it in May.")
    assert not plural("We noticed it late. I raised it with product, I built the fix, and we shipped it in May.")
    assert not plural("I asked for two weeks and got one.")


@pytest.mark.parametrize(
    "text", ["Karin hung up on me.", "He was fired that week.", "I couldn't sleep.", "I let her down."]
)
def test_harm_to_somebody_is_heard(text: str) -> None:
    assert hurt(text)


@pytest.mark.parametrize("text", ["The sample was small.", "An alert was fired and a server died.", "Nobody cried."])
def test_harm_to_nobody_is_none(text: str) -> None:
    assert not hurt(text)
