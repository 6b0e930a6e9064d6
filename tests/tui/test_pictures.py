"""What the screens look like, at both sizes, so that a change is seen. ``pytest --snapshot-update`` renews them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.pilot import Pilot

from interviewer import __version__
from interviewer.session import Session
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.rating import RatingScreen

from .conftest import wait_until

SIZES = [(80, 24), (120, 40)]


class Svg(SingleFileSnapshotExtension):
    """Pictures as files of their own, readable in a browser."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


def picture(app: App[None]) -> str:
    """The screen without what differs from run to run: ids, the clock, the version, web fonts."""
    svg = re.sub(r"@font-face\s*{.*?}", "", app.export_screenshot(title="interviewer"), flags=re.S)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"\d+:\d\d&#160;left", "9:59&#160;left", svg)
    return svg.replace(__version__, "VERSION")


async def ready(pilot: Pilot[None]) -> InterviewScreen:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, InterviewScreen) and pilot.app.screen.ready)
    assert isinstance(pilot.app.screen, InterviewScreen)
    return pilot.app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_home(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with InterviewerApp().run_test(size=size) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.pause()
        assert picture(pilot.app) == snapshot(extension_class=Svg)


@pytest.mark.parametrize("size", SIZES)
async def test_interview(size: tuple[int, int], session: Session, snapshot: SnapshotAssertion) -> None:
    async with InterviewerApp(session).run_test(size=size) as pilot:
        screen = await ready(pilot)
        screen.box.cursor_blink = False
        screen.box.text = "How many members does this concern, and since when?"
        await pilot.press("enter")
        screen = await ready(pilot)
        session.clock.stop()
        await wait_until(pilot, lambda: screen.view.live is None, "the words to have arrived")
        await pilot.pause()
        assert picture(pilot.app) == snapshot(extension_class=Svg)


@pytest.mark.parametrize("size", SIZES)
async def test_self_assessment(size: tuple[int, int], session: Session, snapshot: SnapshotAssertion) -> None:
    async with InterviewerApp().run_test(size=size) as pilot:
        pilot.app.push_screen(RatingScreen(session.rubric("experimentation")))
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RatingScreen) and pilot.app.screen.is_mounted)
        await pilot.press("4")
        await pilot.pause()
        assert picture(pilot.app) == snapshot(extension_class=Svg)
    session.close()


def test_no_picture_in_the_readme_would_load_anything() -> None:
    for svg in (Path(__file__).parents[2] / "docs" / "pictures").glob("*.svg"):
        assert "@font-face" not in svg.read_text("utf-8")
