"""Make the README's pictures from the real app: `make pictures`. Everything in them was held while this ran."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

HERE = Path(__file__).parent / "pictures"
ROOT = Path(__file__).parent.parent
SIZE = (110, 34)
ANSWERS = (
    "Before I call it anything: was hours or staying the measure that was named before the test?",
    "Then I'd be careful. Hours was the promise and hours is flat. Staying was one of twenty things in the report; "
    "with twenty of them one looks significant by luck alone, so I would want it corrected before anyone says win.",
    "I'd keep the new page at half of the members for eight more weeks with staying named as the measure this time.",
)

Draw = Callable[[], Awaitable[None]]


async def pictures() -> None:
    """Drive the app once through home, an interview, its replay, and save what is on the screen."""
    from interviewer.models.base import Length
    from interviewer.plan import Plan
    from interviewer.session import Session
    from interviewer.tui.app import InterviewerApp
    from interviewer.tui.screens.home import HomeScreen
    from interviewer.tui.screens.interview import InterviewScreen

    async with InterviewerApp().run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        _save(pilot.app, "home")

    questions = ("flat-engagement-better-retention",)
    plan = Plan(rounds=("experimentation",), questions=questions, length=Length.STANDARD, seed=3)
    async with InterviewerApp(Session.start(plan)).run_test(size=SIZE) as pilot:
        for answer in ANSWERS:
            screen = await _ready(pilot, InterviewScreen)
            screen.box.text = answer
            await pilot.press("enter")
        await _ready(pilot, InterviewScreen)
        _save(pilot.app, "interview")

    example = next(iter(sorted((ROOT / "transcripts" / "examples").glob("*onsite*.jsonl"))))
    async with InterviewerApp(replay=example).run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        for _ in range(6):
            await pilot.press("right")
        await pilot.pause(0.2)
        _save(pilot.app, "replay")
        await pilot.press("g")
        await pilot.pause(3)
        _save(pilot.app, "scorecard")


async def _ready(pilot, kind):  # type: ignore[no-untyped-def]
    await _until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.ready)
    return pilot.app.screen


async def _until(pilot, true: Callable[[], bool]) -> None:  # type: ignore[no-untyped-def]
    for _ in range(1000):
        await pilot.pause(0.02)
        if true():
            return
    raise SystemExit("the app never got there")


def _save(app, name: str) -> None:  # type: ignore[no-untyped-def]
    """The screen as SVG, without the web fonts it would load: the reader's own will do."""
    svg = re.sub(r"@font-face\s*{.*?}", "", app.export_screenshot(title="interviewer"), flags=re.S)
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")
    print(HERE / f"{name}.svg")


if __name__ == "__main__":
    home = tempfile.mkdtemp()
    os.environ |= {"INTERVIEWER_HOME": home, "TEXTUAL_ANIMATIONS": "none"}
    os.chdir(home)
    HERE.mkdir(exist_ok=True)
    try:
        asyncio.run(pictures())
    finally:
        shutil.rmtree(home, ignore_errors=True)
