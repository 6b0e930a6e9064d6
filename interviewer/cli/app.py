"""Opening the app, wherever a command leads to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.session import Session


def open_app(session: Session | None = None, replay: Path | None = None) -> int:
    """The app at its home screen, in an interview, or at a replay; UsageError without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The app needs a terminal.", next_step="For pipes and scripts: interviewer start --plain.")
    from interviewer.tui.app import run_app

    return run_app(session=session, replay=replay)
