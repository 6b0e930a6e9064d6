"""A question finds its fact by likeness to the questions a sheet lists, and none where it is after something else."""

from __future__ import annotations

import pytest

from interviewer.models.question import Fact, QuestionSheet
from interviewer.reading.answer import read_answer
from interviewer.reading.facts import asked
from interviewer.reading.nearest import NONE, learned
from tests.reading.bikes import BIKES

SHEET = BIKES.model_copy(
    update={
        "facts": (
            Fact(id="riders", about=("riders a week", "volume"), say="About 12,000 first rides a week.",
                 asked=("How many riders are there?", "what's the volume per week?", "How big is the sample?",
                        "how many people take a first ride", "Is it a lot of riders?")),
            Fact(id="weather", about=("rain", "season", "winter"), say="It ran in a dry May.",
                 asked=("Was the weather normal?", "which time of year was it?", "Did it rain a lot in those weeks?",
                        "any seasonality I should know of?", "When did the test run?")),
        ),
        "unknown": ("What does a ride cost?", "Who built the app?", "How old are the riders?", "Is the app any good?"),
    }
)  # fmt: skip


def after(question: str, sheet: QuestionSheet = SHEET) -> tuple[str, ...]:
    return asked(question, [(0, len(question))], sheet).facts


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("roughly how many riders do we have in a week?", "riders"),
        ("And how big a sample is that?", "riders"),
        ("Was there any rain in that time of year?", "weather"),
        ("is seasonality a thing here?", "weather"),
    ],
)
def test_a_question_in_other_words_finds_its_fact(question: str, fact: str) -> None:
    assert after(question) == (fact,)


@pytest.mark.parametrize(
    "question", ["What does one ride cost them?", "Who built this app?", "Two more:", "Could I ask a few things?"]
)
def test_a_question_after_something_else_finds_none(question: str) -> None:
    assert after(question) == ()


def test_a_question_for_two_things_is_answered_with_both() -> None:
    assert set(after("How many riders are there, and which time of year was it?")) == {"riders", "weather"}


def test_the_scores_are_the_same_each_time_and_highest_at_an_example() -> None:
    taught = learned(SHEET)
    assert taught is not None
    scores = taught.scores("Was the weather normal?")
    assert scores == taught.scores("Was the weather normal?")
    assert max(scores, key=scores.__getitem__) == "weather" and scores["weather"] > 0.6 > scores[NONE]


def test_without_example_questions_the_names_decide() -> None:
    assert learned(BIKES) is None
    assert after("What is the come back rate?", BIKES) == ("baseline",)


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        ("I'd stop the test, since the two groups differ from the start. That supports my view, right?", True),
        ("I'd stop the test, since the two groups differ from the start. Would that be acceptable?", True),
        ("I'd stop the test, since the two groups differ from the start.", False),
    ],
)
def test_who_wants_an_inference_judged_is_heard(text: str, weighed: bool) -> None:
    assert read_answer(text, SHEET).weighed is weighed
