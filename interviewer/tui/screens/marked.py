"""A coach's levels beside the machine's, once they have confirmed their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.models.mark import Difference
from interviewer.models.scorecard import Grade
from interviewer.reports.marks import rows, summary
from interviewer.text import one_line, sanitise, table

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.grading.marking import Marking

GRADING = "Your marks are saved. Grading …"
KEPT = "Both are kept. interviewer mark --export FILE writes your marks for interviewer calibrate."


class MarkedScreen(Screen[None]):
    """Grades the transcript now, and not before, and shows both."""

    CSS_PATH = "marked.tcss"
    BINDINGS = [Binding("escape,enter,q", "close", "Close"), Binding("g", "again", "Grade again")]

    def __init__(self, marking: Marking, engine: Engine) -> None:
        super().__init__()
        self.marking = marking
        self.engine = engine

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Both · {one_line(self.marking.transcript.id, 50)}"), classes="title", id="heading")
        yield VerticalScroll(Static(GRADING, id="said", markup=False), id="rows")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#rows").focus()
        self._grade()

    def action_again(self) -> None:
        self._grade()

    def action_close(self) -> None:
        self.dismiss(None)

    @work(exclusive=True, group="grade", exit_on_error=False)
    async def _grade(self) -> None:
        said = self.query_one("#said", Static)
        said.update(GRADING)
        try:
            found, differences = await self.marking.compare(self.engine)
        except Exception as error:
            what = str(error) if isinstance(error, InterviewerError) else f"Unexpected: {type(error).__name__}."
            said.update(Content(sanitise(f"! Not graded. {what} Your marks are saved; press g to try again.")))
            return
        said.update(_both(found, differences))


def _both(found: Grade, differences: Sequence[Difference]) -> Content:
    by = f"{found.engine} ({found.model})" if found.model else found.engine
    lines = [f"The machine: {by}; {found.graded}.", "", *table(rows(differences)), "", summary(differences)]
    lines += [f"! {problem}" for problem in found.problems]
    return Content(sanitise("\n".join([*lines, "", KEPT])))
