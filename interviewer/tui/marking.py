"""The app opened for one thing: a coach marks a transcript, then sees both."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from interviewer.errors import InterviewerError
from interviewer.text import one_line, sanitise
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.screens.marked import MarkedScreen
from interviewer.tui.screens.marking import MarkingScreen
from interviewer.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.grading.marking import Marking
    from interviewer.models.mark import Marks

SEEN = "The machine's levels were shown then: what is changed now isn't blind, and is not measured with."
CHANGED = "The rubric has changed since, so these can't be gone on with."


class MarkingApp(InterviewerApp):
    """Asks about marks that are there already, then has the rounds marked, then shows both, then ends."""

    def __init__(self, marking: Marking, engine: Engine) -> None:
        super().__init__()
        self.marking = marking
        self.engine = engine

    def open_first(self) -> None:
        if self.marking.before is None:
            self._mark()
        else:
            self.push_screen(_found(self.marking, self.marking.before), self._begin)

    def _begin(self, choice: str | None) -> None:
        if choice == "replace":
            self.marking.start_anew()
        elif choice in ("on", "both"):
            self.marking.go_on()
        if choice == "both":
            self._marked(True)
        elif choice in ("replace", "on"):
            self._mark()
        else:  # what is kept stays as it is
            self.exit(return_code=1)

    def _mark(self) -> None:
        self.push_screen(MarkingScreen(self.marking), self._marked)

    def _marked(self, confirmed: bool | None) -> None:
        if confirmed:
            self.push_screen(MarkedScreen(self.marking, self.engine), lambda _: self.exit(return_code=0))
        else:
            self._end(1)

    def leave_now(self, code: int) -> None:
        """Ctrl+C, or a signal, saves and quits at once."""
        try:
            if not self.marking.keep():
                self.last_words.append("Not saved: there are fewer marks than were kept before, and those stay.")
        except (InterviewerError, OSError) as error:
            self.last_words.append(f"{error} What you marked since the last save is lost.")
        self._end(code)

    async def on_unmount(self) -> None:
        await self.engine.aclose()

    def _end(self, code: int) -> None:
        if left := len(self.marking.left()):
            name = one_line(str(self.marking.path), 200)
            self.last_words.append(f"{left} are left to mark. Go on with: interviewer mark {name}")
        self.exit(return_code=code)


def _found(marking: Marking, old: Marks) -> ChoiceScreen:
    done = f"{old.total - old.left} of {old.total} are marked"
    text = f"{done}, saved on {old.at[:10]}."
    choices = [
        Choice("replace", "Start anew", "the old marks are replaced when you save"),
        Choice("back", "Leave them"),
    ]
    if not marking.can_go_on:
        text += f" {CHANGED}"
    else:
        choices.insert(0, Choice("on", "Change them" if old.confirmed else "Go on with them"))
    if old.confirmed and marking.can_go_on:
        choices.insert(0, Choice("both", "See both again"))
    if old.shown is not None:
        text += f" {SEEN}"
    return ChoiceScreen(f"{one_line(old.rater, 30)} has marked this before", text, choices, escape="back")


def run_marking(marking: Marking, engine: Engine) -> int:
    """Run the app until it is left: 0 when everything is marked and both were shown, 1 otherwise."""
    app = MarkingApp(marking, engine)
    app.run()
    for words in app.last_words:
        print(sanitise(words), file=sys.stderr)
    return app.return_code or 0
