"""Driving the app: a real session in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from interviewer.models.base import Length
from interviewer.plan import Plan
from interviewer.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A quick round with the offline interviewer, nothing said yet."""
    return start(tmp_path)


def start(folder: Path, *rounds: str) -> Session:
    questions = (
        "price-rise-one-region",
        "regional-churn-rise",
        "found-it-alone",
    )  # named: a growing bank changes no test
    plan = Plan(
        rounds=rounds or ("experimentation",),
        questions=questions,
        length=Length.QUICK,
        seed=7,
        id="held",
        folder=folder / "held",
    )
    return Session.start(plan)


async def wait_until(pilot: Pilot[None], true: Callable[[], bool], what: str = "") -> None:
    """Let the app work until something is so; a worker or a pushed screen may need several turns of the loop."""
    for _ in range(2000):  # a busy machine is no failure
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"never happened: {what or true}")
