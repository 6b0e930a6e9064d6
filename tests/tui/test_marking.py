"""A coach in the app: the talk beside the anchors, keys that land, nothing of the machine's before the last word."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from interviewer.content.library import library
from interviewer.engines import registry
from interviewer.grading.marking import Marking
from interviewer.storage import marks as kept
from interviewer.tui.marking import MarkingApp
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.marked import MarkedScreen
from interviewer.tui.screens.marking import MarkingScreen
from interviewer.tui.widgets.mark_row import MarkRow

from .conftest import wait_until

SAID = "I'd take whole weeks on and off, since both halves draw on the same budgets, and compare about 40 of each. "


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """An onsite of two rounds from elsewhere, each with more to read than fits."""
    turns = [
        {"role": role, "text": text, "round": round}
        for round in ("experimentation", "culture")
        for n in range(8)
        for role, text in (("interviewer", f"And [b]then[/b], {n}?"), ("candidate", SAID * 3))
    ]
    path = tmp_path / "onsite.json"
    path.write_text(json.dumps({"id": "onsite", "turns": turns}), encoding="utf-8")
    return path


def opened(talk: Path) -> Marking:
    return Marking.of(talk, "ana", library())


@asynccontextmanager
async def marking(talk: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[MarkingApp, Pilot[None]]]:
    app = MarkingApp(opened(talk), registry.create("offline"))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, MarkingScreen | ChoiceScreen), "a screen")
        if isinstance(app.screen, MarkingScreen):
            await on_round(app, pilot, app.screen.place)
        yield app, pilot


async def on_round(app: MarkingApp, pilot: Pilot[None], place: int) -> MarkingScreen:
    def there() -> bool:
        screen = app.screen
        if not isinstance(screen, MarkingScreen) or screen.place != place or not screen.is_mounted:
            return False
        shown = [row.name_shown for row in screen.query(MarkRow)]
        return shown == [c.title for c in screen.round.criteria]

    await wait_until(pilot, there, f"round {place}")
    assert isinstance(app.screen, MarkingScreen)
    return app.screen


def text_of(app: MarkingApp) -> str:
    return "\n".join(str(s.render()) for s in app.screen.query(Static))


async def test_both_rounds_are_marked_confirmed_and_then_shown_beside_the_machines(talk: Path) -> None:
    async with marking(talk) as (app, pilot):
        await pilot.press(*"4", "down", *"3", "right", "down", *"0", "down", *"2", "tab", *"5", "enter")
        await on_round(app, pilot, 1)
        assert "round 2 of 2" in text_of(app) and "machine" not in text_of(app)
        for level in "54321":
            await pilot.press(level, "down")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        assert kept.find(app.marking.transcript.sha256, "ana") is None  # not even graded, nothing kept yet
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MarkedScreen), "both")
        await wait_until(pilot, lambda: "lie within" in text_of(app), "the comparison")
        shown = text_of(app)
        assert "The machine: offline" in shown and "Design rigor" in shown and "one has none" in shown
        await pilot.press("escape")
    assert app.return_code == 0
    found = kept.find(app.marking.transcript.sha256, "ana")
    assert found is not None and found.confirmed and found.blind and found.shown is not None
    assert [list(r.levels.values()) for r in found.rounds] == [[4.0, 3.5, None, 2.0, 5.0], [5.0, 4.0, 3.0, 2.0, 1.0]]


async def test_keys_typed_without_a_pause_land_on_their_lines(talk: Path) -> None:
    async with marking(talk) as (app, pilot):
        for key in ("3", "down", "4", "down", "9", "down", "0", "down", "2", "left", "up", "up", "up", "delete"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        ids = [c.id for c in app.marking.rounds[0].criteria]
        assert {c: level for (_, c), level in app.marking.levels.items()} == {ids[0]: 3.0, ids[3]: None, ids[4]: 1.5}


async def test_enter_names_what_is_left_and_goes_there(talk: Path) -> None:
    async with marking(talk) as (app, pilot):
        await pilot.press("4", "down", "down", "4", "enter")
        screen = await on_round(app, pilot, 0)
        assert screen.cursor == 1
        assert "Not marked yet: Statistical depth, Judgment, Communication" in text_of(app)


async def test_esc_asks_before_anything_is_lost(talk: Path) -> None:
    async with marking(talk) as (app, pilot):
        await pilot.press("4", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("escape")
        await on_round(app, pilot, 0)
        assert list(app.marking.levels.values()) == [4.0]
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("enter")
    assert app.return_code == 1
    found = kept.find(app.marking.transcript.sha256, "ana")
    assert found is not None and found.left == 9 and not found.confirmed


async def test_ctrl_s_saves_and_esc_then_leaves_at_once(talk: Path) -> None:
    async with marking(talk) as (app, pilot):
        await pilot.press("4", "ctrl+s")
        await wait_until(pilot, lambda: "Saved: 1 marked, 9 left" in text_of(app), "the note")
        await pilot.press("escape")
    assert app.return_code == 1 and "9 are left to mark" in app.last_words[-1]


async def test_leaving_without_saving_keeps_nothing_and_ctrl_c_keeps_all(talk: Path) -> None:
    async with marking(talk) as (app, pilot):
        await pilot.press("4", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen), "the question")
        await pilot.press("end", "enter")
    assert kept.find(app.marking.transcript.sha256, "ana") is None
    async with marking(talk) as (app, pilot):
        await pilot.press("4", "ctrl+c")
    found = kept.find(app.marking.transcript.sha256, "ana")
    assert found is not None and found.left == 9


async def test_marks_that_are_there_are_asked_about(talk: Path) -> None:
    begun = opened(talk)
    begun.mark("experimentation", "design_rigor", 4)
    begun.save()
    async with marking(talk) as (app, pilot):
        assert isinstance(app.screen, ChoiceScreen) and "1 of 10 are marked" in text_of(app)
        await pilot.press("enter")  # go on
        screen = await on_round(app, pilot, 0)
        assert screen.cursor == 1 and screen.rows[0].level == 4.0
        await pilot.press("escape")
    async with marking(talk) as (app, pilot):
        await pilot.press("escape")
    assert app.return_code == 1 and app.last_words == []
    async with marking(talk) as (app, pilot):
        await pilot.press("down", "enter")  # start anew
        screen = await on_round(app, pilot, 0)
        assert screen.rows[0].level == MarkRow.UNMARKED
        await pilot.press("3", "down", "ctrl+c")
    found = kept.find(app.marking.transcript.sha256, "ana")
    assert found is not None and found.rounds[0].levels == {"design_rigor": 3.0}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_talk_and_anchors_stand_side_by_side_and_all_of_both_can_be_reached(
    talk: Path, size: tuple[int, int]
) -> None:
    async with marking(talk, size) as (app, pilot):
        screen = app.screen
        left, right = screen.query_one("#talk"), screen.query_one("#marks")
        assert left.region.y == right.region.y and left.region.right <= right.region.x
        assert right.region.right <= size[0] and right.region.width >= 36 and left.region.width >= 36
        assert all("–" in str(row.render()) for row in screen.query(MarkRow))  # levels aren't cut off
        assert all(row.region.width >= len(str(row.render())) for row in screen.query(MarkRow))
        assert "[b]then[/b]" in text_of(app)
        await pilot.press("pagedown")
        assert left.scroll_y > 0
        await pilot.press("end")
        assert left.scroll_y == left.max_scroll_y > 0
        box, text = screen.query_one("#anchors"), screen.query_one("#anchor-text", Static)
        for _ in range(12):
            if text.region.bottom <= box.content_region.bottom:
                break
            await pilot.press("space")
            await pilot.pause()
        assert text.region.bottom <= box.content_region.bottom and box.region.height >= 6
