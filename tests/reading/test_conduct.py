"""What an interviewer must not say: held against every sheet of the bank, and against ways of saying it."""

from __future__ import annotations

import pytest

from interviewer.content.library import Library
from interviewer.engines.offline.topics import topics
from interviewer.engines.offline.words import house
from interviewer.models.base import Move
from interviewer.models.question import QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.paths import Origin, built_in
from interviewer.reading.conduct import Breach, Room, asks, breaches, ended, room, sentences_of
from interviewer.reading.conduct.boundary import asks_boundary
from interviewer.reading.conduct.following import takes_up
from interviewer.reading.conduct.told import told

NOWHERE = Room(None, "", "", "")


@pytest.fixture(scope="module")
def content() -> Library:
    return Library([Origin("built-in", built_in())])


@pytest.fixture(scope="module")
def bank(content: Library) -> list[QuestionSheet]:
    return [content.question(q) for q in sorted(content.question_ids())]


def opened(sheet: QuestionSheet, *more: Turn) -> list[Turn]:
    return [Turn(index=0, role="interviewer", text=sheet.ask, question=sheet.id, move=Move.ASK), *more]


def said(
    sheet: QuestionSheet, text: str, move: Move, target: str | None = None, rung: int | None = None
) -> list[Breach]:
    """What is wrong with a text, the case just opened and nothing answered yet."""
    return breaches(text, room(sheet, opened(sheet), move, target, rung))


def test_the_words_that_a_sheet_has_for_a_move_may_be_said(bank: list[QuestionSheet]) -> None:
    wrong: list[object] = []
    for s in bank:
        wrong += said(s, s.ask, Move.ASK, s.id)
        wrong += [b for f in s.facts for b in said(s, f.say, Move.CLARIFY, f.id)]
        for e in s.expectations:
            wrong += said(s, e.probe, Move.PROBE, e.id)
            wrong += [b for rung, hint in enumerate(e.hints, 1) for b in said(s, hint, Move.HINT, e.id, rung)]
        wrong += [b for m in s.misconceptions for b in said(s, m.challenge, Move.PUSH_BACK, m.id)]
        wrong += [b for p in s.push_backs for b in said(s, p.say, Move.PUSH_BACK, p.id)]
        wrong += said(s, s.decide or "", Move.DECIDE)
    assert wrong == []


def test_points_and_third_hints_of_the_bank_are_caught_when_they_are_said_too_early(bank: list[QuestionSheet]) -> None:
    """Measured when this was written: points 213 of 214, third hints 205, what stands behind push-backs 68 of 68."""
    caught, whole = {"point": 0, "hint": 0, "because": 0}, {"point": 0, "hint": 0, "because": 0}
    for s in bank:
        for e in s.expectations:
            for kind, text in (("point", e.point), ("hint", e.hints[2])):
                whole[kind] += 1
                caught[kind] += bool(said(s, text, Move.PROBE, e.id))
        for p in s.push_backs:
            whole["because"] += 1
            caught["because"] += bool(said(s, p.because, Move.PUSH_BACK, p.id))
    assert caught["point"] >= 0.98 * whole["point"]
    assert caught["hint"] >= 0.93 * whole["hint"]
    assert caught["because"] == whole["because"]


def test_neutral_probes_are_hardly_ever_taken_for_a_leak(bank: list[QuestionSheet]) -> None:
    """Said out of place, where none of their words is open. Measured: 5 of 214."""
    probes = [(s, e.probe) for s in bank for e in s.expectations]
    taken = [text for s, text in probes if said(s, text, Move.PROBE, "more")]
    assert len(taken) <= 0.05 * len(probes), taken


def test_a_point_may_be_named_once_the_candidate_has_made_it(content: Library) -> None:
    sheet = content.question("price-rise-one-region")
    point = sheet.expectation("rival-hits-the-same-place")
    assert point is not None
    mine = Turn(index=1, role="candidate", text=f"I think this: {point.point}", question=sheet.id)
    assert said(sheet, point.point, Move.PROBE, "more")
    assert breaches(point.point, room(sheet, opened(sheet, mine), Move.PROBE, "more")) == []


def test_a_hint_may_say_its_own_rung_and_no_later_one(content: Library) -> None:
    sheet = content.question("price-rise-one-region")
    e = sheet.expectations[0]
    assert said(sheet, e.hints[1], Move.HINT, e.id, 2) == []
    assert [b.kind for b in said(sheet, e.hints[2], Move.HINT, e.id, 1)] == ["leak"]


@pytest.mark.parametrize(
    "text",
    [
        "Good.",
        "Great point, and what about the second month?", "That's a really good question.", "Exactly. And then?",
        "You're right, the rival opened too.", "Okay, nice. What would you check next?", "That is correct.",
        "I like that you started from the decision.", "Right. What else?", "What a thoughtful answer!", "Spot on.",
        "That's exactly what I was looking for.", "Excellent, so how would you size it?",
        "Fair point. What about churn?",
        "Solid reasoning. What's the next step?", "You've made a strong case.", "That makes sense.", "Impressive.",
        "Thanks, that's helpful.", "Correct, it was the rival.",
    ],
)  # fmt: skip
def test_praise_and_verdicts_are_caught(text: str) -> None:
    assert [b.kind for b in breaches(text, NOWHERE)] == ["praise"]


@pytest.mark.parametrize(
    "text",
    [
        "What does a good comparison look like here?", "Is that a good idea?", "How good is that estimate?",
        "Suppose your boss says that's a great result. What do you say?", "Right, so what happens in week two?",
        "What exactly would you measure?", "Exactly what would you tell finance?", "Good to meet you, I'm Dmitri.",
        "You can assume the data is clean.", "Which check could you run first?", "Who is right, then?",
        "Say you could run it once more. What would differ?", "True or false positives: which hurt more?",
        "What makes a strong candidate for the comparison?", "I hear you. Why there?",
    ],
)  # fmt: skip
def test_plain_talk_is_let_through(text: str) -> None:
    assert breaches(text, NOWHERE) == []


def test_what_is_quoted_of_the_candidate_is_no_praise() -> None:
    here = Room(None, "I told them that's a good point and left it.", "", "")
    assert breaches('You said "that\'s a good point". What came of it?', here) == []


def test_after_a_challenge_giving_way_to_a_reason_is_no_praise() -> None:
    assert breaches("Fair point. What about churn?", Room(None, "", "", "", challenged=True)) == []


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("You should use a difference-in-differences here.", "difference-in-differences"),
        ("Have you considered a synthetic control?", "synthetic control"), ("Would CUPED help?", "CUPED"),
        ("You could compare it with Italy.", ""), ("The right approach is to hold some accounts back.", ""),
        ("The answer is the rival.", ""), ("Consider splitting by tenure.", ""),
        ("I was hoping you'd name the price.", ""),
    ],
)  # fmt: skip
def test_methods_and_answers_that_the_candidate_has_not_brought_are_caught(text: str, of: str) -> None:
    assert [(b.kind, b.of) for b in breaches(text, NOWHERE)] == [("supplied", of)]


def test_a_method_that_the_candidate_named_may_be_asked_about() -> None:
    here = Room(None, "I'd run a diff-in-diff against Italy.", "", "")
    assert breaches("What does the difference-in-differences assume?", here) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("What is inside that number?", 1), ("Why? And how would you size it?", 2),
        ("Is that your call? What would undo it?", 1), ("Ready? Then here we go. How do you go about it?", 1),
        ("May I ask about another part? What came of it?", 1), ("You asked \"why now?\" at the time. Who heard it?", 1),
        ("How many weeks would it take? Which metric decides?", 2), ("I'd write it off as noise.", 0),
    ],
)  # fmt: skip
def test_questions_are_counted_as_they_are_heard(text: str, count: int) -> None:
    assert asks(text) == count
    assert ("second_question" in [b.kind for b in breaches(text, NOWHERE)]) == (count > 1)


def test_no_stock_line_of_house_or_personas_praises_asks_twice_or_supplies(content: Library) -> None:
    lines = [x for slot in house().values() for x in slot] + [x for t in topics().values() for x in t.lines]
    for name in content.persona_ids():
        lines += [x for slot in content.persona(name).phrases.model_dump().values() for x in slot]
    assert [(line, b.kind) for line in lines for b in breaches(line, NOWHERE)] == []


@pytest.mark.parametrize(
    "text", ["It rose 0.5 points. Why?", 'He asked "why?" Then what?', "E.g. Dr. Li, say. Go on!", ""]
)
def test_sentences_joined_are_the_turn(text: str) -> None:
    assert "".join(sentences_of(text)) == text


def test_a_sentence_that_may_go_on_is_not_ended() -> None:
    assert ended("It rose 0.") is None and ended("It rose by half") is None
    assert ended("It rose by half.") == len("It rose by half.")
    assert ended("How much?") == len("How much?")


def test_a_fact_is_known_by_its_words_and_figures(bank: list[QuestionSheet]) -> None:
    assert all(f.id in told(f.say, s) for s in bank for f in s.facts if len(f.say.split()) > 8)
    assert not any(told(e.probe, s) for s in bank for e in s.expectations)


def test_the_houses_boundary_questions_are_known_as_such() -> None:
    assert all(map(asks_boundary, house()["boundaries"] + house()["limits"]))
    assert not asks_boundary("What would you not measure?") and not asks_boundary("When will you know?")


ANSWER = "I'd subtract what Italy did, so 0.9 points are left, if they moved in parallel before."


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ('"So 0.9 points are left." What is inside?', True), ("What if Italy had news of its own that spring?", True),
        ("Noted. Another side of this: who pays by phone?", True), ("Such as?", True), ("What makes you say so?", True),
        ("Noted. Which months stand for normal among members?", False),
    ],
)  # fmt: skip
def test_a_follow_up_quotes_names_or_leaves_what_was_said(text: str, follows: bool) -> None:
    assert takes_up(text, ANSWER) is follows
