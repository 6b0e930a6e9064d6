"""What a candidate's questions are after: which facts, and what no fact tells."""

from __future__ import annotations

import pytest

from interviewer.models.base import AnswerKind
from interviewer.models.interview import Phase, QuestionProgress
from interviewer.models.transcript import Turn
from interviewer.reading.answer import Answer, read_answer
from interviewer.reading.decisions import decision
from interviewer.reading.questions import asking, inquiries
from interviewer.reading.quotes import bordered
from tests.reading.bikes import BIKES

REASONED = "Riders who opt in are keener anyway, so the gap is mostly who they are and I'd withhold it from a share."


def read(text: str, *heard: Turn, phase: Phase = Phase.ASKING) -> Answer:
    return read_answer(text, BIKES, QuestionProgress(BIKES.id), heard, phase)


def test_each_question_of_a_turn_gets_its_own_fact_in_the_order_asked() -> None:
    answer = read("How many riders start? And what's the baseline? Who gets one, did they opt in?")
    assert answer.facts == ("riders", "baseline", "opt-in")
    assert not answer.unknown


def test_a_question_amid_reasoning_is_answered() -> None:
    answer = read(
        f"{REASONED} How many riders start each week? If it's few, a test would take long and I'd wait for it."
    )
    assert answer.kind is AnswerKind.SUBSTANTIVE
    assert answer.facts == ("riders",)


def test_a_question_the_candidate_answers_waits_for_nobody() -> None:
    assert not read(f"What's the baseline? It is what the others do. {REASONED}").asks


def test_a_question_in_a_story_is_not_put_to_the_interviewer() -> None:
    assert not read(f'{REASONED} He asked me, "How many riders is that?"').asks


def test_what_no_fact_tells_is_noticed_beside_what_one_does() -> None:
    answer = read("What's the baseline, and what is its confidence interval?")
    assert (answer.facts, answer.unknown) == (("baseline",), True)
    answer = read("How many riders are there? And what do the bikes weigh?")
    assert (answer.facts, answer.unknown) == (("riders",), True)


@pytest.mark.parametrize(
    "text",
    ["Do you mean the current rate, or the one we hope for?", "Can I assume it's one city?", "What do you mean?"],
)
def test_a_question_about_the_interviewers_words_asks_for_no_fact(text: str) -> None:
    answer = read(text)
    assert answer.meant and not answer.facts and not answer.unknown


def test_asking_to_hear_it_again_is_known() -> None:
    assert read("Could you repeat the question?").again


def test_a_point_made_over_two_turns_is_found_in_the_second() -> None:
    before = Turn(index=1, role="candidate", text="I'd keep a holdout", question=BIKES.id)
    answer = read("about ten percent of them", before)
    assert [(f.id, f.quote in "about ten percent of them") for f in answer.found] == [("holdout", True)]


def test_what_is_asked_is_not_stated() -> None:
    asked = "How many percent are in the holdout?"
    assert [asked[a:b] for a, b in inquiries(asked)] == [asked]
    assert read(asked).found == ()
    assert inquiries("Should I go on to the holdout?") != []
    assert inquiries("Could we keep a holdout of ten percent?") == []


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("It hardly pays. I'd give it to everybody from Monday.", "I'd give it to everybody from Monday."),
        ("My call is no.", "My call is no."),
        ("If the holdout agreed I'd ship it.", None),
        ("The groups differ and the gap is mostly that.", None),
        ("Should we ship it?", None),
    ],
)
def test_a_decision_is_heard_when_it_is_one(text: str, call: str | None) -> None:
    assert decision(text) == call


@pytest.mark.parametrize(
    "text",
    [
        "That was my only question, thanks Ines.",
        "All good from my side.",
        "Nothing else, thank you.",
        "I have no further questions.",
        "Thanks, I enjoyed this and I'll keep it in mind.",
    ],
)
def test_a_goodbye_at_the_close_is_understood(text: str) -> None:
    assert read(text, phase=Phase.CLOSING).kind is AnswerKind.DONE


@pytest.mark.parametrize("text", ["Thanks! How big is the team?", "Thank you. I have one more about the team."])
def test_thanks_with_a_question_is_no_goodbye(text: str) -> None:
    assert read(text, phase=Phase.CLOSING).kind is not AnswerKind.DONE


def test_a_quote_is_widened_to_its_sentence_or_where_that_is_long_to_its_clause() -> None:
    text = "We start. If churn goes up by two percent, we go back. To the content people I say no."
    a, b = bordered(text, text.index("percent"), text.index("we go") + 5)
    assert text[a:b] == "If churn goes up by two percent, we go back"
    long = "first " * 40 + "thing, we go back if it falls, " + "and then " * 30
    a, b = bordered(long, long.index("go back"), long.index("if it"))
    assert long[a:b].strip() == "we go back if it falls"


@pytest.mark.parametrize(
    "text",
    [
        "And since they're quiet, I'd not ask \"is it going well?\", I'd ask \"show me the line you don't get\".",
        "Give me three weeks, only C against the old screen, and the same day I give you yes or no.",
        "And I'd ask how they like being told that they're wrong, in writing or in front of people.",
    ],
)
def test_a_question_in_quotation_marks_a_demand_for_time_and_a_plan_to_ask_somebody_wait_for_nobody(text: str) -> None:
    assert not asking(text).direct


@pytest.mark.parametrize(
    "text",
    [
        "Three numbers to start: how many accounts watched it, what a member brings and how long they stay.",
        "Then I need the figures I asked for: how many finished, and what's the margin? If you've none I'll assume.",
        "That's the ruler. Now, accounts, finishers and margin for the show, please.",
    ],
)
def test_figures_listed_after_a_colon_or_with_a_please_are_asked_for(text: str) -> None:
    assert asking(text).direct


@pytest.mark.parametrize(
    "text",
    [
        "I don't know how to do that for staying, because they can only cancel once a month, I guess?",
        "I'd launch it with a group held back. Or is that a trick question?",
    ],
)
def test_a_guess_or_a_jab_at_the_end_waits_for_no_answer(text: str) -> None:
    assert not asking(text).direct
