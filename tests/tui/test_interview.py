"""Holding an interview in the app."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from interviewer.errors import EngineError, StorageError
from interviewer.models.usage import Usage
from interviewer.session import Session
from interviewer.storage import store
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import HINT, InterviewScreen
from interviewer.tui.screens.pause import PauseScreen
from interviewer.tui.widgets.message import Message

from .conftest import start, wait_until

SIZE = (100, 30)


def interview(app: InterviewerApp) -> InterviewScreen:
    assert isinstance(app.screen, InterviewScreen)
    return app.screen


def ready(app: InterviewerApp) -> bool:
    return isinstance(app.screen, InterviewScreen) and app.screen.is_mounted and app.screen.ready


def shown(app: InterviewerApp) -> list[str]:
    return [m.said for m in interview(app).query(Message)]


def trouble(app: InterviewerApp) -> str:
    return str(interview(app).query_one("#trouble", Static).content)


async def opened(pilot: Pilot[None]) -> InterviewerApp:
    app = pilot.app
    assert isinstance(app, InterviewerApp)
    await wait_until(pilot, lambda: ready(app), "the first question")
    return app


async def test_the_interviewer_opens_and_the_candidate_can_type(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        assert shown(app)[-1] == session.interview.turns[-1].text
        assert interview(app).box.has_focus


async def test_enter_stores_the_answer_clears_the_box_and_brings_a_reply(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"I would ask what we decide", "enter")
        await wait_until(pilot, lambda: ready(app) and len(session.interview.turns) == 3, "a reply")
        assert interview(app).box.text == ""
        assert "I would ask what we decide" in shown(app)
        assert "Answer 1 saved" in str(interview(app).query_one("#under", Static).content)
        stored = store.read(session.path).events
        assert [e.text for e in stored if e.kind == "candidate"] == ["I would ask what we decide"]


async def test_the_answer_is_on_disk_before_the_box_is_cleared(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        box = interview(app).box
        box.text = "First the metric."
        on_disk_when_cleared: list[bool] = []
        clear = box.clear

        def watched() -> object:
            on_disk_when_cleared.append("First the metric." in session.path.read_text())
            return clear()

        box.clear = watched  # type: ignore[assignment, method-assign]
        await pilot.press("enter")
        assert on_disk_when_cleared == [True]


async def test_ctrl_j_makes_a_new_line_and_sends_nothing(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press("a", "ctrl+j", "b")
        assert interview(app).box.text == "a\nb"
        assert len(session.interview.turns) == 1


async def test_an_empty_answer_is_never_stored(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press("space", "enter", "enter")
        assert len(session.interview.turns) == 1
        assert "Type an answer first" in trouble(app)


async def test_a_full_disk_leaves_the_words_in_the_box(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)

        def full(*events: object) -> None:
            raise StorageError("The disk is full.", next_step="Make room and send again.")

        with monkeypatch.context() as patch:
            patch.setattr(session.log, "append", full)
            await pilot.press(*"keep me", "enter")
            assert interview(app).box.text == "keep me"
            assert "The disk is full. Make room and send again." in trouble(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: ready(app) and len(session.interview.turns) == 3, "a reply once there is room")
        assert trouble(app) == ""


class Slow:
    """An engine that never answers."""

    name = "llm"
    model = "slow"

    usage = Usage()

    def respond(self, turn: object):  # type: ignore[no-untyped-def]
        return self._words()  # type: ignore[no-untyped-call]

    async def _words(self):  # type: ignore[no-untyped-def]
        import asyncio

        await asyncio.Event().wait()
        yield ""

    async def aclose(self) -> None: ...

    def began_with(self, used: Usage) -> None: ...


class Failing(Slow):
    """An engine that gives up at once."""

    async def _words(self):  # type: ignore[no-untyped-def]
        raise EngineError("timeout", "The model took too long.", next_step="Try again.")
        yield ""


async def test_while_the_engine_works_typing_is_kept_and_sending_waits(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        session._engine = Slow()  # type: ignore[assignment]
        await pilot.press(*"one", "enter", *"two", "enter")
        assert interview(app).box.text == "two"
        assert "isn't done yet" in trouble(app)
        assert "is thinking" in str(interview(app).query_one("#under", Static).content)
        assert len(session.interview.turns) == 2


async def test_esc_stops_a_slow_engine_and_the_answer_can_be_tried_again(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        offline, session._engine = session.engine, Slow()  # type: ignore[assignment]
        await pilot.press(*"one", "enter", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the choice")
        session._engine = offline
        await pilot.press("enter")
        await wait_until(pilot, lambda: ready(app), "the reply")
        assert [t.role for t in session.interview.turns] == ["interviewer", "candidate", "interviewer"]


async def test_a_failing_engine_is_said_in_a_sentence_and_leaving_keeps_the_answer(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        session._engine = Failing()  # type: ignore[assignment]
        await pilot.press(*"one", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the choice")
        dialog = app.screen
        assert isinstance(dialog, ChoiceScreen)
        assert dialog.text == "The model took too long. Try again. Your answer is saved."
        await pilot.press("end", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen), "the home screen")
    assert '"one"' in session.path.read_text()


async def test_f2_adds_to_the_answer_just_sent(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"one", "enter")
        await wait_until(pilot, lambda: ready(app) and len(session.interview.turns) == 3, "a reply")
        await pilot.press("f2", *"two", "enter")
        await wait_until(pilot, lambda: ready(app) and not interview(app).adding, "a new reply")
        assert [t.text for t in session.interview.turns if t.role == "candidate"] == ["one\n\ntwo"]
        assert [m.said for m in interview(app).query(".candidate").results(Message)] == ["one\n\ntwo"]


async def test_f2_while_the_engine_works_stops_it(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        offline, session._engine = session.engine, Slow()  # type: ignore[assignment]
        await pilot.press(*"one", "enter", "f2")
        session._engine = offline
        await pilot.press(*"two", "enter")
        await wait_until(pilot, lambda: ready(app) and not interview(app).adding, "a reply")
        assert [t.text for t in session.interview.turns if t.role == "candidate"] == ["one\n\ntwo"]


async def test_f3_asks_for_a_hint_and_leaves_the_draft_alone(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"half a", "f3")
        await wait_until(pilot, lambda: ready(app) and len(session.interview.turns) == 3, "the hint")
        assert session.interview.turns[1].text == HINT
        assert interview(app).box.text == "half a"


async def test_pausing_hides_the_conversation_and_stops_the_clock(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press("f4")
        await wait_until(pilot, lambda: isinstance(app.screen, PauseScreen), "the pause")
        assert session.interview.paused
        before = session.clock.seconds
        await pilot.pause(0.05)
        assert session.clock.seconds == before
        await pilot.press("enter")
        await wait_until(pilot, lambda: ready(app), "the interview")
        assert not session.interview.paused


async def test_leaving_with_unsent_words_asks_and_brings_them_back(session: Session) -> None:
    path = session.path
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"draft", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        assert isinstance(app.screen, ChoiceScreen)
        assert [c.id for c in app.screen.choices] == ["stay", "send", "leave", "end"]
        await pilot.press("down", "down", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen), "the home screen")
        app.resume(path)
        await wait_until(pilot, lambda: ready(app), "the interview again")
        assert interview(app).box.text == "draft"


async def test_send_and_leave_stores_the_words_without_waiting(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"draft", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen), "the home screen")
    kinds = [json.loads(line)["kind"] for line in session.path.read_text().splitlines()]
    assert kinds[-2:] == ["candidate", "paused"]


async def test_ctrl_c_saves_and_quits_at_once(session: Session) -> None:
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+c")
    assert app.return_code == 0
    assert app.last_words == ["Saved. Go on with: interviewer resume held"]
    assert json.loads(session.path.read_text().splitlines()[-1])["why"] == "left"


async def test_ctrl_c_twice_prints_the_unsent_words_in_the_terminal(session: Session) -> None:
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press(*"not sent", "ctrl+c")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("ctrl+c")
    assert app.last_words[-1] == "You had typed, but not sent:\nnot sent"


async def test_resuming_lands_on_the_same_question_with_all_that_was_said(tmp_path: Path) -> None:
    first = start(tmp_path)
    async with InterviewerApp(first).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"one", "enter")
        await wait_until(pilot, lambda: ready(app) and len(first.interview.turns) == 3, "a reply")
        said = shown(app)
        await pilot.press("ctrl+c")
    again = Session.resume(first.path)
    async with InterviewerApp(again).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        assert shown(app) == said


async def test_text_that_could_drive_the_terminal_is_shown_without_its_teeth(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        interview(app).box.text = "[/x] a[i] \x1b]0;title\x07\x1b[2J\u202eback [@click=app.quit]no[/]"
        await pilot.press("enter")
        await wait_until(pilot, lambda: ready(app) and len(session.interview.turns) == 3, "a reply")
        assert "[/x] a[i] back [@click=app.quit]no[/]" in shown(app)
        assert "\x1b" in session.interview.turns[1].text  # whole in the file
