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
from textual.widget import Widget
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Transcript
from interviewer.text import one_line, sanitise
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.widgets.scorecard import ConductView, DebriefView, RoundDetails, RoundLevels, Unassessed

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.session import Session
    from interviewer.tui.app import InterviewerApp

OFFLINE = (
    "Graded offline: it finds wordings, not meaning. What is right in other words can be missed, and keywords can pass."
)
SCALE = "Levels run from 1 to 5; the range in brackets is where they may well lie."
MORE = "d shows every check with your own words as evidence."
TURNS = "[7] is the turn quoted, numbered as in the replay, which v opens."


class ScorecardScreen(Screen[None]):
    """Rates first, then grades, then shows. ``session`` is set for an interview held here, ``grade`` for one that is
    graded already; ``keep`` stores a new grade beside the interview."""

    CSS_PATH = "scorecard.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding("d", "details", "Details"),
        Binding("v", "replay", "Replay"),
        Binding("g", "grade", "Grade again"),
        Binding("home", "scroll('home')", show=False),
        Binding("end", "scroll('end')", show=False),
        Binding("escape", "close", "Back"),
    ]

    def __init__(
        self,
        transcript: Transcript,
        path: Path,
        session: Session | None = None,
        *,
        grade: Grade | None = None,
        keep: bool = True,
        offline: bool = False,
    ) -> None:
        super().__init__()
        self.transcript = transcript
        self.path = path
        self.session = session
        self.grade = grade
        self.found_graded = grade is not None
        self.keep = keep
        self.offline = offline  # the person chose the built-in grader instead of the model
        self.details = False
        self.asked: set[str] = set()  # rounds whose rating was asked for here

    @classmethod
    def of_session(cls, session: Session, *, offline: bool = False) -> ScorecardScreen:
        return cls(session.interview.transcript(), session.path, session, offline=offline)

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Scorecard · {one_line(self.transcript.id, 60)}"), classes="title", id="heading")
        yield Static("", id="note", markup=False)
        yield VerticalScroll(id="cards")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        self.query_one("#cards").focus()
        if self.grade is not None:
            await self._show(self.grade)
        else:
            self._rate_next()

    # --- first the candidate's own view ---

    def _rate_next(self) -> None:
        session = self.session
        waiting = None if session is None else next((r for r in session.interview.rounds if self._to_rate(r.id)), None)
        if session is None or waiting is None:
            self._grade()
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

    def action_grade(self) -> None:
        """Grade once more; one that was only shown is opened for it first."""
        if self.found_graded and self.transcript.origin == "held":
            self.dismiss(None)
            self.app.call_later(self.app.open_scorecard, self.path, again=True)
        else:
            self._grade()

    @work(exclusive=True, group="grade", exit_on_error=False)
    async def _grade(self) -> None:
        """Grade, keep the grade beside the interview, show it."""
        if not any(t.role == "candidate" for t in self.transcript.turns):
            self._note("Nothing was answered, so there is nothing to grade.")
            return
        self._note("Grading …")
        try:
            self.grade = await self._graded()
        except Exception as error:
            what = str(error) if isinstance(error, InterviewerError) else f"Unexpected: {type(error).__name__}."
            self._note(f"! Not graded. {what} The interview is saved; press g to try again.")
            return
        self._note(self._kept(self.grade))
        await self._show(self.grade)

    async def _graded(self) -> Grade:
        from interviewer.content.library import library
        from interviewer.grading.grade import grade
        from interviewer.storage.formats.registry import load

        if self.session is not None:  # as the file has it, with its hash: the grade is then known to be of this file
            self.transcript = load(self.path)
        return await grade(self.transcript, self._engine(), self.session.library if self.session else library())

    def _engine(self) -> Engine:
        from interviewer.engines import registry

        return self.session.engine if self.session and not self.offline else registry.create("offline")

    def _kept(self, grade: Grade) -> str:
        """Keep a grade; what went wrong, or ""."""
        from interviewer.grading import cards

        if not self.keep:
            return ""
        try:
            cards.append(self.path, grade)
        except (InterviewerError, OSError) as error:
            return f"! {error}"
        return ""

    # --- what is shown ---

    def _note(self, text: str) -> None:
        note = self.query_one("#note", Static)
        note.update(Content(sanitise(text)))
        note.set_class(bool(text), "shown")

    async def _show(self, grade: Grade) -> None:
        by = f"{grade.engine} ({grade.model})" if grade.model else grade.engine
        by += "" if grade.calibration == "none" else f", calibration {grade.calibration}"
        heading = f"Scorecard · {one_line(self.transcript.id, 40)} · graded by {one_line(by, 50)}"
        self.query_one("#heading", Static).update(Content(heading))
        place = self.query_one("#cards", VerticalScroll)
        await place.remove_children()
        await place.mount(*self._parts(grade))

    def _parts(self, grade: Grade) -> list[Widget]:
        """The levels, then what they mean, then every check."""
        parts: list[Widget] = [Static(OFFLINE, id="meaning", markup=False)] if grade.engine == "offline" else []
        parts += [RoundLevels(card) for card in grade.rounds]
        parts += [Static(Content(f"! {sanitise(t)}"), classes="problem") for t in (*grade.problems, *grade.flags)]
        parts.append(Unassessed(grade.rounds))
        if grade.debrief is not None:
            parts.append(DebriefView(grade.debrief))
        if grade.conduct is not None:
            parts.append(ConductView(grade.conduct))
        parts.append(Static(f"{SCALE} {TURNS if self.details else MORE}", classes="quiet", markup=False))
        if self.details:
            parts += [RoundDetails(card) for card in grade.rounds]
        return parts

    async def action_details(self) -> None:
        """Show or hide each check with its evidence."""
        if self.grade is None:
            return
        self.details = not self.details
        await self._show(self.grade)
        if self.details:
            first = self.query(RoundDetails).first()
            place = self.query_one("#cards", VerticalScroll)
            self.call_after_refresh(place.scroll_to_widget, first, top=True, animate=False)

    def action_replay(self) -> None:
        """What was said, turn by turn, with the numbers that the evidence names."""
        from interviewer.tui.screens.replay import ReplayScreen

        if self.grade is not None:
            self.app.push_screen(ReplayScreen(self.transcript))

    def action_scroll(self, to: str) -> None:
        place = self.query_one("#cards", VerticalScroll)
        if to == "home":
            place.scroll_home(animate=False)
        else:
            place.scroll_end(animate=False)

    def action_close(self) -> None:
        self.dismiss(None)
