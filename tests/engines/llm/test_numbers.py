"""A model is told, as data, which number of the last answer doesn't come out."""

from __future__ import annotations

from dataclasses import replace

from interviewer.engines.base import LegalMove, TurnContext
from interviewer.engines.llm.choices import choices
from interviewer.engines.llm.prompting import turn_messages
from interviewer.models.base import Move
from interviewer.reading.numbers import doubtful
from tests.engines.offline.rooms import context

WRONG = "On a 10% baseline we need about 1,600 users per group to detect a 1 point change, so two weeks are plenty."
PUSH = LegalMove(Move.PUSH_BACK, ("number",), "a number doesn't follow from what was said")
PROBE = LegalMove(Move.PROBE, ("holdout",))


def doubted(*legal: LegalMove) -> TurnContext:
    turn = context(WRONG, legal)
    assert turn.answer is not None
    return replace(turn, answer=replace(turn.answer, doubt=doubtful(turn.turns)))


def test_the_turn_has_a_line_with_both_numbers_and_what_they_rest_on() -> None:
    turn = doubted(PUSH)
    last = turn_messages(turn)[-1]["content"]
    assert "push_back:number" in choices(turn)
    assert '"1,600" (sample size) should be "about 14,700 per group"' in last
    assert 'baseline "10%"' in last


def test_nothing_is_said_of_it_where_it_may_not_be_asked_about() -> None:
    assert "should be" not in turn_messages(doubted(PROBE))[-1]["content"]
