"""Interviews that are saved: what can be seen of them, and when."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from interviewer.grading import cards
from interviewer.models.events import Ended
from interviewer.session import Session
from interviewer.storage import store
from interviewer.storage.formats.registry import load
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.past import PastScreen
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.screens.replay import ReplayScreen
from interviewer.tui.screens.scorecard import ScorecardScreen
from interviewer.tui.widgets.scorecard import DebriefView, RoundLevels

from .conftest import start, wait_until
from .test_screens import SIZE, answered, finished, held, on, ready, text_of


async def unfinished(answers: int = 1) -> Path:
    """An interview left in the middle."""
    session = held()
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await answered(pilot, app, answers)
        await pilot.press("ctrl+c")
    return session.path


async def over() -> Path:
    """An interview that its candidate ended, not graded yet."""
    session = held()
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await finished(pilot, app)
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        await pilot.press("ctrl+c")
    return session.path


def is_ended(path: Path) -> bool:
    return any(isinstance(e, Ended) for e in store.read(path).events)


async def asked(pilot: Pilot[None], app: InterviewerApp, key: str) -> None:
    await pilot.press("t")
    await wait_until(pilot, lambda: on(app, PastScreen), "the list")
    await pilot.press(key)
    await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")


async def graded(pilot: Pilot[None], app: InterviewerApp) -> ScorecardScreen:
    def shown() -> bool:
        return isinstance(app.screen, ScorecardScreen) and bool(app.screen.query(RoundLevels))

    await wait_until(pilot, shown, "the scorecard")
    assert isinstance(app.screen, ScorecardScreen)
    return app.screen


async def test_grading_an_unfinished_interview_asks_and_ends_it() -> None:
    path = await unfinished()
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        await asked(pilot, app, "g")
        assert "Grading ends this interview" in text_of(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(app, PastScreen), "the list")
        assert not is_ended(path)
        await pilot.press("g")
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        assert is_ended(path)
        await pilot.press("escape")
        await graded(pilot, app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(app, PastScreen), "the list")
    again = Session.resume(path)
    assert again.interview.ended
    again.close()


async def test_an_unfinished_interview_shows_no_reasons_until_it_is_ended() -> None:
    path = await unfinished()
    app = InterviewerApp(replay=path)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        assert not any(isinstance(s, ReplayScreen) for s in app.screen_stack)
        await pilot.press("enter")
        await wait_until(pilot, lambda: ready(app), "the interview goes on")
        await pilot.press("ctrl+c")
    app = InterviewerApp(replay=path)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: on(app, ReplayScreen), "the replay")
    assert is_ended(path)


async def test_the_replay_opens_the_scorecard_with_the_same_turn_numbers() -> None:
    path = await over()
    app = InterviewerApp(replay=path)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: "[0] Marguerite Osei" in text_of(app), "the first turn, numbered from 0")
        await pilot.press("g")
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        await pilot.press("escape")
        screen = await graded(pilot, app)
        assert screen.grade is not None
        quoted = {e.turn for c in screen.grade.rounds[0].criteria for k in c.checks for e in k.evidence}
        await pilot.press("d")
        await wait_until(pilot, lambda: all(f"[{n}] “" in text_of(app) for n in quoted), "the evidence")
        await pilot.press("v", "right")
        await wait_until(pilot, lambda: "[1] Candidate" in text_of(app), "the quoted turn")
        assert quoted == {1}


async def test_a_grade_that_is_kept_is_shown_again_without_grading() -> None:
    path = await over()
    app = InterviewerApp()
    async with app.run_test(size=SIZE) as pilot:
        app.open_scorecard(path)
        await wait_until(pilot, lambda: on(app, RatingScreen), "the rating")
        await pilot.press("4", "enter")
        first = (await graded(pilot, app)).grade
        await pilot.press("escape")
        await wait_until(pilot, lambda: on(app, HomeScreen), "home")
        app.open_scorecard(path)
        screen = await graded(pilot, app)
        assert screen.found_graded
        assert screen.grade == first
        await pilot.press("g")
        await wait_until(pilot, lambda: app.screen is not screen and on(app, ScorecardScreen), "a new grading")
        assert (await graded(pilot, app)).grade == first
    assert cards.read(path)[0] == (first,)
    assert first is not None and first.sha256 == load(path).sha256


async def test_grading_from_elsewhere_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    path = await over()
    other = tmp_path / "elsewhere" / path.name
    other.parent.mkdir()
    path.rename(other)
    app = InterviewerApp(replay=other)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: on(app, ReplayScreen), "the replay")
        await pilot.press("g")
        await graded(pilot, app)
    assert [p.name for p in other.parent.iterdir()] == [other.name]


async def test_the_first_page_of_a_narrow_screen_has_every_level_of_an_onsite(tmp_path: Path) -> None:
    session = start(tmp_path, "experimentation", "product_case", "culture")
    app = InterviewerApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            await answered(pilot, app)
            last = session.interview.current is session.interview.rounds[-1]
            await pilot.press("escape")
            await wait_until(pilot, lambda: on(app, ChoiceScreen), "the question")
            await pilot.press(*(["end"] if last else ["end", "up"]), "enter")
            await wait_until(pilot, lambda: on(app, RatingScreen) or on(app, ScorecardScreen), "the end of the round")
            await pilot.press("3", "enter")
            await wait_until(pilot, lambda: ready(app) or on(app, ScorecardScreen), "what comes next")
        screen = await graded(pilot, app)
        await pilot.pause()
        lines = [w for levels in screen.query(RoundLevels) for w in levels.query(Static)]
        assert len(lines) == 3 + 15
        assert all(w.region.y > 0 and w.region.bottom <= 23 for w in lines)
        assert screen.query_one("#meaning").region.bottom <= lines[0].region.y
        assert screen.query_one(DebriefView).region.y > lines[-1].region.y
