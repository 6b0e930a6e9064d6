"""Saved interviews: resume what is unfinished, replay and grade what is over, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.tui import catalogue
from interviewer.tui.screens.choice import ChoiceScreen, problem
from interviewer.tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from interviewer.storage.store import Summary
    from interviewer.tui.app import InterviewerApp


class PastScreen(Screen[None]):
    """Newest first. Enter resumes what is unfinished and replays what is over."""

    CSS_PATH = "past.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding("r", "resume", "Resume"),
        Binding("v", "replay", "Replay"),
        Binding("g", "grade", "Scorecard"),
        Binding("delete,x", "delete", "Delete"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.summaries: list[Summary] = []

    def compose(self) -> ComposeResult:
        yield Static("Past interviews", classes="title", markup=False)
        yield Static("", id="note", classes="quiet", markup=False)
        yield Menu([], id="list", wide=20)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Menu).focus()

    def on_screen_resume(self) -> None:
        self.summaries = catalogue.past()
        self.query_one(Menu).replace(
            [Choice(str(n), s.id, catalogue.summary_words(s)) for n, s in enumerate(self.summaries)]
        )
        self.query_one("#note", Static).update(
            "Enter resumes what is unfinished and replays what is over." if self.summaries else "Nothing is saved yet."
        )

    def chosen(self) -> Summary | None:
        place = self.query_one(Menu).highlighted
        return self.summaries[place] if place is not None and place < len(self.summaries) else None

    @on(Menu.OptionSelected)
    def _selected(self) -> None:
        summary = self.chosen()
        if summary is not None and catalogue.unfinished(summary):
            self.action_resume()
        else:
            self.action_replay()

    def action_resume(self) -> None:
        summary = self.chosen()
        if summary is None:
            return
        if not catalogue.unfinished(summary):
            self.query_one("#note", Static).update("This one can't be gone on with. It can be replayed and graded.")
            return
        self.app.resume(summary.path)

    def action_replay(self) -> None:
        if (summary := self.chosen()) is not None:
            self.app.open_replay(summary.path)

    def action_grade(self) -> None:
        if (summary := self.chosen()) is not None:
            self.app.open_scorecard(summary.path)

    def action_delete(self) -> None:
        summary = self.chosen()
        if summary is None:
            return
        choices = [Choice("keep", "Keep it"), Choice("delete", "Delete it", "with its scorecards; it can't be undone")]
        question = ChoiceScreen(f"Delete {summary.id}?", catalogue.summary_words(summary), choices, escape="keep")
        self.app.push_screen(question, lambda choice: self._delete(summary, choice))

    def _delete(self, summary: Summary, choice: str | None) -> None:
        from interviewer.storage import store

        if choice != "delete":
            return
        try:
            store.delete(summary.path)
        except (InterviewerError, OSError) as error:
            self.app.push_screen(problem(error, heading="It couldn't be deleted"))
