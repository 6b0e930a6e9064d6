"""The scorecards and the debrief; closed until the candidate has rated themselves or chosen not to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Transcript
from interviewer.text import one_line, sanitise
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.widgets.scorecard import DebriefView, RoundCard

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.session import Session


class ScorecardScreen(Screen[None]):
    """Rates first, then grades, then shows. ``session`` is set for an interview held here."""

    CSS_PATH = "scorecard.tcss"
    BINDINGS = [
        Binding("d", "details", "Details"),
        Binding("g", "grade", "Grade again", show=False),
        Binding("home", "scroll('home')", show=False),
        Binding("end", "scroll('end')", show=False),
        Binding("escape", "close", "Back"),
    ]

    def __init__(self, transcript: Transcript, path: Path, session: Session | None = None) -> None:
        super().__init__()
        self.transcript = transcript
        self.path = path
        self.session = session
        self.grade: Grade | None = None
        self.details = False
        self.asked: set[str] = set()  # rounds whose rating was asked for here

    @classmethod
    def of_session(cls, session: Session) -> ScorecardScreen:
        return cls(session.interview.transcript(), session.path, session)

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Scorecard · {one_line(self.transcript.id, 60)}"), classes="title", id="heading")
        yield Static("", id="note", markup=False)
        yield VerticalScroll(id="cards")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#cards").focus()
        self._rate_next()

    # --- first the candidate's own view ---

    def _rate_next(self) -> None:
        session = self.session
        waiting = None if session is None else next((r for r in session.interview.rounds if self._to_rate(r.id)), None)
        if session is None or waiting is None:
            self.action_grade()
            return
        self.asked.add(waiting.id)
        id = waiting.id
        self.app.push_screen(RatingScreen(session.rubric(id)), lambda levels: self._rated(id, levels or {}))

    def _to_rate(self, round: str) -> bool:
        if self.session is None or round in self.asked or self.session.interview.round(round).rated:
            return False
        return any(t.role == "candidate" and t.round == round for t in self.session.interview.turns)

    def _rated(self, round: str, levels: dict[str, float]) -> None:
        assert self.session is not None
        try:
            self.session.rate(round, levels)
        except InterviewerError as error:
            self._note(f"! {error}")
        self.transcript = self.session.interview.transcript()
        self._rate_next()

    # --- then the grade ---

    @work(exclusive=True, group="grade", exit_on_error=False)
    async def action_grade(self) -> None:
        """Grade, keep the grade beside the interview, show it."""
        from interviewer.content.library import library
        from interviewer.grading import cards
        from interviewer.grading.grade import grade

        if not any(t.role == "candidate" for t in self.transcript.turns):
            self._note("Nothing was answered, so there is nothing to grade.")
            return
        self._note("Grading …")
        try:
            content = self.session.library if self.session else library()
            self.grade = await grade(self.transcript, self._engine(), content)
        except Exception as error:
            what = str(error) if isinstance(error, InterviewerError) else f"Unexpected: {type(error).__name__}."
            self._note(f"! Not graded. {what} The interview is saved; press g to try again.")
            return
        note = ""
        try:
            cards.append(self.path, self.grade)
        except (InterviewerError, OSError) as error:
            note = f"! {error}"
        self._note(note)
        await self._show(self.grade)

    def _engine(self) -> Engine:
        from interviewer.engines import registry

        return self.session.engine if self.session else registry.create("offline")

    def _note(self, text: str) -> None:
        self.query_one("#note", Static).update(Content(sanitise(text)))

    async def _show(self, grade: Grade) -> None:
        place = self.query_one("#cards", VerticalScroll)
        await place.remove_children()
        by = f"{grade.engine} ({grade.model})" if grade.model else grade.engine
        about = f"Graded by {by}. Levels run from 1 to 5; the range in brackets is where they may well lie."
        await place.mount(Static(Content(sanitise(about)), classes="quiet about"))
        for text in (*grade.problems, *grade.flags):
            await place.mount(Static(Content(f"! {sanitise(text)}"), classes="problem"))
        if grade.debrief is not None:
            await place.mount(DebriefView(grade.debrief))
        for card in grade.rounds:
            await place.mount(RoundCard(card, details=self.details))

    async def action_details(self) -> None:
        """Show or hide each check with its evidence."""
        if self.grade is not None:
            self.details = not self.details
            await self._show(self.grade)

    def action_scroll(self, to: str) -> None:
        place = self.query_one("#cards", VerticalScroll)
        if to == "home":
            place.scroll_home(animate=False)
        else:
            place.scroll_end(animate=False)

    def action_close(self) -> None:
        self.dismiss(None)
