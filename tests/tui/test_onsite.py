"""A whole offline onsite through the real app: every key pressed, every file real."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from interviewer.models.base import Move
from interviewer.storage import store
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from tests.holding import PROSE

from .conftest import start, wait_until

ROUNDS = ("experimentation", "product_case", "culture")


@pytest.mark.slow
async def test_an_onsite_from_the_first_question_to_the_debrief(tmp_path: Path) -> None:
    session = start(tmp_path, *ROUNDS)
    async with InterviewerApp(session).run_test(size=(120, 40)) as pilot:
        rated = 0
        for turn in range(80):
            screen = await _next(pilot)
            if isinstance(screen, ScorecardScreen):
                break
            if isinstance(screen, RatingScreen):
                rated += 1
                await pilot.press("3", "down", "4", "enter")
                await wait_until(pilot, lambda: not isinstance(pilot.app.screen, RatingScreen), "the rating to close")
                continue
            assert isinstance(screen, InterviewScreen)
            last = session.interview.last
            assert last is not None
            closing = last.move is Move.CLOSE
            screen.box.text = "No more questions, thanks." if closing else f"{PROSE[turn % 4]} That is point {turn}."
            await pilot.press("enter")
        assert isinstance(pilot.app.screen, ScorecardScreen)
        scorecard = pilot.app.screen
        await wait_until(pilot, lambda: scorecard.grade is not None, "the scorecard")
        grade = scorecard.grade
    assert rated == len(ROUNDS)
    assert grade is not None and grade.debrief is not None
    assert [card.round for card in grade.rounds] == list(ROUNDS)
    assert all(card.self_rating for card in grade.rounds)
    said = {t.index: t for t in session.interview.turns}
    quotes = [e for card in grade.rounds for c in card.criteria for check in c.checks for e in check.evidence]
    assert quotes
    assert all(said[e.turn].role == "candidate" and e.quote in said[e.turn].text for e in quotes)
    events = [json.loads(line) for line in session.path.read_text("utf-8").splitlines()]
    assert [e["round"] for e in events if e["kind"] == "round_opened"] == list(ROUNDS)
    assert events[-1] == {**events[-1], "kind": "ended", "reason": "completed"}
    assert {e["round"] for e in events if e.get("move") == "push_back"} == set(ROUNDS)
    assert store.scorecards(session.path).exists()


async def _next(pilot: Pilot[None]) -> object:
    """The screen that waits for the candidate."""

    def waiting() -> bool:
        screen = pilot.app.screen
        return isinstance(screen, RatingScreen | ScorecardScreen) or (
            isinstance(screen, InterviewScreen) and screen.ready
        )

    await wait_until(pilot, waiting, "the candidate's turn")
    return pilot.app.screen
