"""Words that were typed and not sent are never lost, and never there twice."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from interviewer.models.transcript import Turn
from interviewer.session import Session
from interviewer.storage import store, unsent
from interviewer.tui.app import InterviewerApp
from interviewer.tui.draft import Draft
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.rating import RatingScreen

from .conftest import start, wait_until
from .test_interview import SIZE, interview, opened


async def test_an_app_that_is_killed_leaves_the_draft_on_disk(tmp_path: Path) -> None:
    session = start(tmp_path)
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press(*"half a")
        await wait_until(pilot, lambda: unsent.beside(session.path).exists(), "the draft on disk")
        kept = unsent.beside(session.path)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        words = kept.read_text("utf-8")
        session.close()  # and nothing else: no goodbye
    assert words
    assert "half a".startswith(words)
    again = Session.resume(session.path)
    unsent.keep(session.path, "half a thought")
    async with InterviewerApp(again).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        assert interview(app).box.text == "half a thought"
    again.close()


async def test_a_sent_answer_leaves_no_draft(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"one")
        interview(app).keep_draft()
        assert unsent.read(session.path) == "one"
        await pilot.press("enter")
        assert not unsent.beside(session.path).exists()


async def test_a_closed_terminal_keeps_the_draft(session: Session) -> None:
    app = InterviewerApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press(*"typed")
        app.leave_now(129)  # as on SIGHUP
        await pilot.pause()
    assert unsent.read(session.path) == "typed"


async def test_ending_an_interview_throws_its_draft_away(session: Session) -> None:
    async with InterviewerApp(session).run_test(size=SIZE) as pilot:
        app = await opened(pilot)
        await pilot.press(*"one", "enter")
        await wait_until(pilot, lambda: interview(app).ready, "a reply")
        await pilot.press(*"draft")
        interview(app).keep_draft()
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("end", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RatingScreen), "the rating")
        assert not unsent.beside(session.path).exists()


def test_a_draft_left_by_a_kill_right_after_sending_is_not_shown_again(session: Session) -> None:
    session.interview.turns.append(Turn(index=0, role="candidate", text="one", round="experimentation"))
    unsent.keep(session.path, "one")
    assert Draft(session).words() == ""


def test_a_disk_that_will_not_keep_a_draft_is_asked_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(session)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        draft.keep("words")
    assert unsent.read(session.path) == ""
    draft.keep("words")
    assert unsent.read(session.path) == "words"


def test_deleting_an_interview_deletes_its_draft(session: Session) -> None:
    unsent.keep(session.path, "secret")
    session.close()
    store.delete(session.path)
    assert list(session.path.parent.iterdir()) == []
