"""The questions asked during an interview: leaving, and what to do when the engine fails."""

from __future__ import annotations

from collections.abc import Callable

from interviewer.errors import InterviewerError
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.widgets.menu import Choice

Write = Callable[[], None]


def leaving(unsent: bool, *, more: bool = False) -> ChoiceScreen:
    """Asked on Esc. With unsent words in the box, what becomes of them is part of the choice;
    ``more``: other rounds follow this one."""
    choices = [Choice("stay", "Stay", "go on with the interview")]
    if unsent:
        choices.append(Choice("send", "Send and leave", "your words are stored as the answer"))
    choices.append(Choice("leave", "Pause and leave", "resume any time; the clock waits"))
    if more:
        choices.append(Choice("round", "End this round", "rate yourself, then on to the next interviewer"))
    choices += [
        Choice("end", "End it here", "close it for good, see the scorecard"),
    ]
    text = (
        "There are words in the box that you haven't sent. If you leave without sending they are kept and will be in "
        "the box when you resume; ending the interview throws them away."
        if unsent
        else ""
    )
    return ChoiceScreen("Leave the interview?", text, choices, escape="stay")


def engine_trouble(error: Exception | None, *, offline: bool, answered: bool) -> ChoiceScreen:
    """Asked when no reply came. ``offline`` offers to go on with the built-in interviewer; ``answered``: there is an
    answer that waits for it."""
    choices = [Choice("again", "Try again", "ask for the reply once more")]
    if offline:
        choices.append(Choice("offline", "Go on offline", "the built-in interviewer takes over; it is no model"))
    if error is None and answered:
        choices.append(Choice("add", "Add to my answer", "say more before the interviewer replies"))
    choices.append(Choice("leave", "Save and leave", "everything you sent is saved; resume later"))
    heading = "You stopped the interviewer" if error is None else "The interviewer gave no reply"
    saved = "Your answer is saved." if answered else "Nothing is lost: nothing was answered yet."
    return ChoiceScreen(heading, _sentence(error, saved), choices, escape="again")


def _sentence(error: Exception | None, saved: str) -> str:
    if error is None:
        return saved
    if isinstance(error, InterviewerError):
        return f"{error} {saved}"
    return f"Something unexpected failed ({type(error).__name__}). {saved}"
