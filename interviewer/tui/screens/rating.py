"""The candidate rates themselves, before any scorecard is shown."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from interviewer.models.rubric import Criterion, Rubric
from interviewer.text import one_line, sanitise
from interviewer.tui.widgets.level_row import LevelRow


class RatingScreen(Screen[dict[str, float]]):
    """Returns the level of each rated criterion; {} when skipped."""

    CSS_PATH = "rating.tcss"
    BINDINGS = [
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
        Binding("enter", "done", "Done"),
        Binding("escape", "skip", "Skip"),
    ]

    def __init__(self, rubric: Rubric) -> None:
        super().__init__()
        self.rubric = rubric

    def compose(self) -> ComposeResult:
        yield Static(Content(f"How did you do? {one_line(self.rubric.title)}"), classes="title", id="heading")
        yield Static(
            "Rate yourself before you see the scorecard. ↑ ↓ choose, ← → or 1–5 set a level, Enter when done. "
            "Leave out what you can't tell.",
            classes="quiet",
            id="how",
            markup=False,
        )
        with VerticalScroll(id="rows", can_focus=False):
            for criterion in self.rubric.criteria:
                yield LevelRow(criterion.id, criterion.title)
        with VerticalScroll(id="anchors", can_focus=False):
            yield Static(id="anchor-text", markup=False)
        with Horizontal(id="buttons"):
            yield Button("Done", id="done", variant="primary", compact=True)
            yield Button("Skip, show the scorecard without", id="skip", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query(LevelRow).first().focus()

    def on_level_row_chosen(self, event: LevelRow.Chosen) -> None:
        """Show what the levels of the focused criterion look like."""
        criterion = self.rubric.criterion(event.criterion)
        if criterion is not None:
            self.query_one("#anchor-text", Static).update(anchors(criterion))
            self.query_one("#anchors").scroll_home(animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "done":
            self.action_done()
        else:
            self.action_skip()

    def action_done(self) -> None:
        """Hand over the levels. An Enter typed ahead, before anything is rated, must not skip the rating."""
        levels = {row.criterion: row.level for row in self.query(LevelRow) if row.level is not None}
        if levels:
            self.dismiss(levels)
        else:
            self.query_one("#how", Static).update("Nothing is rated yet. ← → or 1–5 set a level; Esc skips all of it.")

    def action_skip(self) -> None:
        self.dismiss({})


def anchors(criterion: Criterion) -> Content:
    """What a criterion is about, and what 1, 3 and 5 look like."""
    a = criterion.anchors
    parts: list[str | tuple[str, str]] = [(sanitise(criterion.about), "italic")]
    for level, text in ((1, a.one), (3, a.three), (5, a.five)):
        parts += ["\n\n", (f"{level}  ", "bold"), sanitise(text)]
    return Content.assemble(*parts)
