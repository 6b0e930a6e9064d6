"""What the offline interviewer answers to a candidate's own questions at the close."""

from __future__ import annotations

import re

import pytest

from interviewer.content.library import Library
from interviewer.engines.base import LegalMove
from interviewer.engines.offline.topics import examples, nearest, topics, topics_of
from interviewer.engines.offline.words import house
from interviewer.models.base import Move
from interviewer.models.interview import Phase
from interviewer.models.transcript import Turn
from interviewer.paths import Origin, built_in
from interviewer.reading.nearest import learn
from tests.engines.offline.rooms import OPENING, said

REPLY, FAREWELL = [LegalMove(Move.CLOSE, ("reply",))], [LegalMove(Move.CLOSE, ("farewell",))]
PRACTICE = re.compile(r"\bpractice\b|\bno (?:company|employer|firm|team)\b", re.I)
AN_EMPLOYER = re.compile(r"\b(?:we|us|our|ours|my (?:team|group|company|boss|people))\b", re.I)


def asked(text: str, *before: Turn, seed: int = 7) -> str:
    return said(text, REPLY, phase=Phase.CLOSING, before=(OPENING, *before), seed=seed).text


def replied(text: str) -> Turn:
    """An earlier reply of the interviewer's."""
    return Turn(
        index=1, role="interviewer", text=text, round="experimentation", question=OPENING.question, move=Move.CLOSE,
        target="reply",
    )  # fmt: skip


def notes(text: str) -> list[str]:
    return [note for note in house()["practice_notes"] if note in text]


def about(text: str) -> set[str]:
    """The topics a reply has a line of."""
    return {name for name, topic in topics().items() if any(line in text for line in topic.lines)}


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How big is the team?", "team"),
        ("What does a typical day look like?", "days"),
        ("What would success in this role look like?", "success"),
        ("How could I grow here?", "growth"),
        ("How do people disagree with a director?", "objecting"),
        ("What is the culture like?", "culture"),
        ("What do you like most about your role?", "enjoyment"),
        ("What's your background?", "interviewer"),
        ("What happened to the last person on your team who owned up to something?", "mistakes"),
        ("Do you hold the 'we' against people?", "we_word"),
        ("Would the person in this job have been asked before the test was set up, or only after?", "early"),
        ("Is power the one where you don't miss a real effect?", "power"),
        ("What should I have said about the stutter?", "answers"),
        ("When did you last lose such an argument?", "own_story"),
        ("What would you have done?", "opinion"),
        ("What tempts you, the fraud or the money?", "opinion"),
    ],
)
def test_a_question_at_the_close_is_met_by_its_topic(question: str, topic: str) -> None:
    assert about(asked(question)) == {topic}


def test_being_for_practice_is_said_before_the_first_answer_of_a_round_and_not_again() -> None:
    first = asked("How big is the team?")
    assert len(notes(first)) == 1 and first.startswith(notes(first)[0])
    second = asked("What is the culture like?", replied(first))
    assert about(second) == {"culture"} and not notes(second)


def test_an_answer_about_this_practice_needs_no_word_on_a_company() -> None:
    for question in ("How did I do?", "What would you recommend I read?", "Are we done?"):
        assert about(asked(question)) and not notes(asked(question))


def test_two_questions_on_different_topics_are_both_answered_briefly() -> None:
    for seed in range(12):
        reply = asked("How big is the team? And is there mentoring?", seed=seed)
        assert about(reply) == {"team", "mentoring"}
        assert len(notes(reply)) == 1 and len(reply.split()) <= 45


def test_of_several_questions_the_one_that_is_known_is_answered() -> None:
    assert about(asked("Which of your buildings has the nicest stairs? And how big is the team?")) == {"team"}


def test_the_parts_of_one_long_question_are_told_apart() -> None:
    assert set(topics_of("I wondered how big is the team, and do you sit together with product?")) == {
        "team",
        "seating",
    }


@pytest.mark.parametrize(
    "question",
    [
        "Which of your buildings has the nicest stairs?",
        "What would the founder say about moles?",
        "Does the ferry still run to the island in winter?",
    ],
)
def test_a_question_that_is_near_no_topic_gets_an_honest_general_reply(question: str) -> None:
    reply = asked(question)
    assert not about(reply) and any(line in reply for line in house()["practice_only"])


def test_no_listed_question_is_taken_for_another_topic() -> None:
    taken = {q: set(topics_of(q)) for topic in topics().values() for q in topic.asked}
    wrong = [(name, q, taken[q]) for name, topic in topics().items() for q in topic.asked if taken[q] - {name}]
    assert wrong == []


def test_of_questions_that_were_left_out_hardly_any_is_taken_for_another_topic() -> None:
    shown = examples()
    whole = sum(len(t.asked) for t in topics().values())
    named = right = 0
    for fold in range(10):
        taught = learn([x for i, x in enumerate(shown) if i >= whole or i % 10 != fold])
        for name, text, _ in shown[fold:whole:10]:
            if found := nearest(taught.scores(text)):
                named, right = named + 1, right + (found[0] == name)
    assert named >= 0.45 * whole
    assert right >= 0.94 * named


def test_a_topic_that_has_been_talked_through_gets_a_general_reply() -> None:
    heard = replied(" ".join((house()["practice_notes"][0], *topics()["team"].lines)))
    assert not about(asked("How big is the team?", heard))


def test_lines_stand_alone_claim_no_employer_and_leave_room_for_the_note() -> None:
    longest = max(len(note.split()) for note in house()["practice_notes"])
    for topic in topics().values():
        assert 2 * min(len(line.split()) for line in topic.lines) + longest <= 45
        for line in topic.lines:
            assert longest + len(line.split()) <= 40
            assert topic.here or not (PRACTICE.search(line) or AN_EMPLOYER.search(line)), line


def test_general_replies_do_not_say_once_more_that_this_is_practice() -> None:
    library = Library((Origin("built-in", built_in()),))
    personas = [library.persona(p).phrases.replies for p in library.persona_ids()]
    assert not [line for lines in (house()["replies"], *personas) for line in lines if PRACTICE.search(line)]


def test_who_was_answered_something_else_is_told_sorry() -> None:
    earlier = replied("Commonly it takes two to four years to the next level.")
    reply = asked("I think you misunderstood me. I meant how big the team is.", earlier)
    assert any(reply.startswith(line) for line in house()["missed"]) and "team" in about(reply)
    text = "No. Not what I asked, but fine. Thanks."
    before = (OPENING, earlier)
    assert any(said(text, FAREWELL, phase=Phase.CLOSING, before=before).text.startswith(x) for x in house()["missed"])
    assert not any(said(text, FAREWELL, phase=Phase.CLOSING).text.startswith(x) for x in house()["missed"])
