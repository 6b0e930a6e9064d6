"""The candidate's own levels: where the keys say they go, and never lost unasked."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from interviewer.content.library import library
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.rating import RatingScreen

from .conftest import wait_until


async def opened(pilot: Pilot[None], answers: list[dict[str, float] | None]) -> RatingScreen:
    screen = RatingScreen(library().rubric("experimentation"))
    pilot.app.push_screen(screen, answers.append)
    await wait_until(pilot, lambda: pilot.app.screen is screen and screen.is_mounted, "the rating")
    return screen


async def test_keys_typed_without_a_pause_land_on_their_lines() -> None:
    app = InterviewerApp()
    answers: list[dict[str, float] | None] = []
    async with app.run_test() as pilot:
        screen = await opened(pilot, answers)
        for key in ("3", "down", "4", "down", "9", "down", "2", "right", "up", "left", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_until(pilot, lambda: bool(answers), "the levels")
    ids = [c.id for c in screen.rubric.criteria]
    assert answers == [{ids[0]: 3.0, ids[1]: 4.0, ids[2]: 3.0, ids[3]: 2.5}]


async def test_esc_with_levels_set_asks_and_keeps_them() -> None:
    app = InterviewerApp()
    answers: list[dict[str, float] | None] = []
    async with app.run_test() as pilot:
        screen = await opened(pilot, answers)
        await pilot.press("4", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is screen, "the rating again")
        assert list(screen.levels.values()) == [4.0]
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("enter")
        await wait_until(pilot, lambda: bool(answers), "the levels")
    assert [list((a or {}).values()) for a in answers] == [[4.0]]


async def test_esc_with_nothing_set_skips() -> None:
    answers: list[dict[str, float] | None] = []
    async with InterviewerApp().run_test() as pilot:
        await opened(pilot, answers)
        await pilot.press("escape")
        await wait_until(pilot, lambda: bool(answers), "the levels")
    assert answers == [{}]


async def test_the_cursor_stops_at_both_ends_and_a_click_moves_it() -> None:
    async with InterviewerApp().run_test() as pilot:
        screen = await opened(pilot, [])
        await pilot.press("up", "2", "down", "down", "down", "down", "down", "down", "5")
        assert [row.level for row in screen.rows] == [2.0, None, None, None, 5.0]
        await pilot.click(screen.rows[2])
        await pilot.press("1", "0")
        assert screen.cursor == 2
        assert screen.rows[2].level is None


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_on_a_small_screen_all_of_the_text_can_be_reached_and_the_keys_are_named(size: tuple[int, int]) -> None:
    async with InterviewerApp().run_test(size=size) as pilot:
        screen = await opened(pilot, [])
        box, text = screen.query_one("#anchors"), screen.query_one("#anchor-text", Static)
        for _ in screen.rows:
            await wait_until(
                pilot, lambda: bool(box.border_subtitle) == (text.size.height > box.size.height), "the hint"
            )
            await pilot.press("pagedown", "pagedown", "pagedown")
            await pilot.pause()
            assert box.region.bottom <= size[1] - 1
            assert text.region.bottom <= box.content_region.bottom
            await pilot.press("down")
        named = {b.binding.description for b in screen.active_bindings.values() if b.binding.show}
        assert {"Done", "Skip", "More text"} <= named
