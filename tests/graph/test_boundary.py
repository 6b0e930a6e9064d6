"""What each question owes: both sides of a challenge, and in experiments where one's way ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.engines.base import Answer, LegalMove
from interviewer.graph.gate import BUDGETS, legal_moves
from interviewer.models.base import AnswerKind, Length, Move
from interviewer.models.events import Finding
from interviewer.models.interview import Phase, QuestionProgress, RoundProgress
from interviewer.models.question import QuestionSheet
from interviewer.models.targets import BOUNDARY
from tests.holding import hold, start, steady
from tests.reading.bikes import BIKES

MADE = [(Move.ASK, BIKES.id), *((Move.PROBE, e.id) for e in BIKES.expectations)]
WHOLE = Answer("I'd split the riders by lot and look once, after four weeks.", AnswerKind.SUBSTANTIVE)
BOTH = {valid: next(p.id for p in BIKES.push_backs if p.valid is valid) for valid in (True, False)}


def open_to(
    *more: tuple[Move, str | None], sheet: QuestionSheet = BIKES, seconds: float = 0.0, answer: Answer = WHOLE
) -> dict[Move, LegalMove]:
    """What may be done once all points were probed and ``more`` was done."""
    progress = RoundProgress("experimentation", 25, Phase.ASKING, seconds=seconds)
    progress.questions.append(QuestionProgress(sheet.id, moves=[*MADE, *more], answers=5))
    return {m.move: m for m in legal_moves(progress, sheet, answer, BUDGETS[Length.STANDARD], None)}


def test_no_decision_is_asked_for_before_a_question_was_pushed_on_from_both_sides() -> None:
    one = open_to((Move.PUSH_BACK, BOTH[True]), (Move.PROBE, BOUNDARY))
    assert set(one) == {Move.PUSH_BACK} and one[Move.PUSH_BACK].targets == (BOTH[False],)
    both = open_to((Move.PUSH_BACK, BOTH[True]), (Move.PROBE, BOUNDARY), (Move.PUSH_BACK, BOTH[False]))
    assert Move.DECIDE in both and Move.PUSH_BACK not in both


def test_in_experiments_the_boundary_is_asked_for_once_after_a_challenge() -> None:
    assert Move.PROBE not in open_to()
    assert open_to((Move.PUSH_BACK, BOTH[True]))[Move.PROBE].targets == (BOUNDARY,)
    assert Move.PROBE not in open_to((Move.PUSH_BACK, BOTH[True]), (Move.PROBE, BOUNDARY))


def test_elsewhere_no_boundary_is_asked_for() -> None:
    sheet = BIKES.model_copy(update={"area": "product_sense"})
    assert Move.PROBE not in open_to((Move.PUSH_BACK, BOTH[True]), sheet=sheet)


def test_a_question_of_the_sheets_own_that_asks_it_is_enough() -> None:
    first, *rest = BIKES.expectations
    sheet = BIKES.model_copy(
        update={"expectations": (first.model_copy(update={"probe": "When would you not run it?"}), *rest)}
    )
    assert Move.PROBE not in open_to((Move.PUSH_BACK, BOTH[True]), sheet=sheet)


def test_when_time_is_up_nothing_is_owed() -> None:
    late = open_to((Move.PUSH_BACK, BOTH[True]), seconds=25 * 60)
    assert Move.PROBE not in late and Move.DECIDE in late


def test_mistaken_beliefs_do_not_use_up_the_planned_challenges() -> None:
    beliefs = [(Move.PUSH_BACK, m.id) for m in BIKES.misconceptions]
    assert set(open_to(*beliefs, (Move.PROBE, BOUNDARY))[Move.PUSH_BACK].targets) >= set(BOTH.values())
    held = Answer(WHOLE.text, AnswerKind.SUBSTANTIVE, tuple(
        Finding(id=m.id, verdict="held", quote="look once") for m in BIKES.misconceptions
    ))  # fmt: skip
    pushed = [(Move.PUSH_BACK, id) for id in BOTH.values()]
    assert open_to(*pushed, answer=held)[Move.PUSH_BACK].targets == tuple(m.id for m in BIKES.misconceptions)


@pytest.mark.parametrize("length", [Length.QUICK, Length.STANDARD])
async def test_held_offline_the_boundary_is_asked_once_a_round_in_so_many_words(length: Length, tmp_path: Path) -> None:
    session = start(tmp_path, ("experimentation", "product_case"), length=length)
    said = await hold(session, steady)
    session.close()
    asked = [s for s in said if s.target == BOUNDARY]
    assert [s.round for s in asked] == ["experimentation"]
    assert "not" in asked[0].text and asked[0].text.endswith("?")
