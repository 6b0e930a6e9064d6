"""The candidate rates themselves, before any scorecard is shown."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.models.rubric import Criterion, Rubric
from interviewer.text import one_line, sanitise
from interviewer.tui.screens.choice import ChoiceScreen
from interviewer.tui.widgets.level_row import LevelRow
from interviewer.tui.widgets.menu import Choice

HOW = "Rate yourself before you see the scorecard. ↑ ↓ choose, 1–5 or ← → set a level. Leave out what you can't tell."
NOTHING_RATED = "Nothing is rated yet. 1–5 or ← → set a level; Esc skips all of it."


class RatingScreen(Screen[dict[str, float]]):
    """Returns the level of each rated criterion; {} when skipped.

    Every key is handled here, in the order typed: a cursor that moves with the focus falls behind quick fingers, and a
    level lands on the wrong line.
    """

    CSS_PATH = "rating.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "done", "Done"),
        Binding("escape", "skip", "Skip"),
        Binding("left", "step(-1)", "Lower"),
        Binding("right", "step(1)", "Higher"),
        Binding("0", "clear", "None"),
        Binding("pagedown", "page(1)", "More text"),
    ]

    def __init__(self, rubric: Rubric) -> None:
        super().__init__()
        self.rubric = rubric
        self.cursor = 0
        self.rows = [LevelRow(c.id, c.title) for c in rubric.criteria]
        self.keys: dict[str, Callable[[], None]] = {
            "up": lambda: self.move(self.cursor - 1),
            "down": lambda: self.move(self.cursor + 1),
            "shift+tab": lambda: self.move(self.cursor - 1),
            "tab": lambda: self.move(self.cursor + 1),
            "left": lambda: self.action_step(-1),
            "right": lambda: self.action_step(1),
            "0": self.action_clear,
            "pageup": lambda: self.action_page(-1),
            "pagedown": lambda: self.action_page(1),
            "enter": self.action_done,
            "escape": self.action_skip,
        }

    def compose(self) -> ComposeResult:
        yield Static(Content(f"How did you do? {one_line(self.rubric.title)}"), classes="title", id="heading")
        yield Static(HOW, classes="quiet", id="how", markup=False)
        with VerticalScroll(id="rows", can_focus=False):
            yield from self.rows
        with VerticalScroll(id="anchors", can_focus=False):
            yield Static(id="anchor-text", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.watch(self.query_one("#anchors"), "virtual_size", self._laid_out)
        self.move(0)

    def on_key(self, event: events.Key) -> None:
        # Not left to the bindings, which are looked up when the next key is already under way.
        if event.character and event.character in "12345":
            self.rows[self.cursor].set_level(float(event.character))
        elif (action := self.keys.get(event.key)) is not None:
            action()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_level_row_chosen(self, event: LevelRow.Chosen) -> None:
        self.move(next(n for n, row in enumerate(self.rows) if row.criterion == event.criterion))

    def move(self, to: int) -> None:
        """Put the cursor on a line and show what its levels look like."""
        self.cursor = max(0, min(to, len(self.rows) - 1))
        for n, row in enumerate(self.rows):
            row.set_current(n == self.cursor)
        self.rows[self.cursor].scroll_visible(animate=False)
        self.query_one("#anchor-text", Static).update(anchors(self.rubric.criteria[self.cursor]))
        self.query_one("#anchors").scroll_home(animate=False)

    def _laid_out(self) -> None:
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        """Say on the box that there is more text than fits."""
        box = self.query_one("#anchors")
        box.border_subtitle = "PgDn for more" if box.max_scroll_y else ""

    def action_step(self, way: int) -> None:
        self.rows[self.cursor].step(way)

    def action_clear(self) -> None:
        self.rows[self.cursor].set_level(None)

    def action_page(self, way: int) -> None:
        box = self.query_one("#anchors")
        box.scroll_relative(y=way * max(1, box.size.height - 1), animate=False)

    @property
    def levels(self) -> dict[str, float]:
        return {row.criterion: row.level for row in self.rows if row.level is not None}

    def action_done(self) -> None:
        """Hand over the levels. An Enter typed ahead, before anything is rated, must not skip the rating."""
        if self.levels:
            self.dismiss(self.levels)
        else:
            self.query_one("#how", Static).update(NOTHING_RATED)

    def action_skip(self) -> None:
        """Leave without rating; levels already set are not thrown away unasked."""
        if self.levels:
            self.app.push_screen(_leaving(len(self.levels)), self._left)
        else:
            self.dismiss({})

    def _left(self, choice: str | None) -> None:
        if choice in ("keep", "drop"):
            self.dismiss(self.levels if choice == "keep" else {})


def _leaving(count: int) -> ChoiceScreen:
    choices = [
        Choice("keep", "Keep what is set", "and go on"),
        Choice("back", "Go on rating"),
        Choice("drop", "Skip the rating", "throw the levels away"),
    ]
    return ChoiceScreen(f"You have set {count} level{'s' * (count != 1)}", "", choices, escape="back")


def anchors(criterion: Criterion) -> Content:
    """What a criterion is about, and what 1, 3 and 5 look like."""
    a = criterion.anchors
    parts: list[str | tuple[str, str]] = [(sanitise(criterion.about), "italic")]
    for level, text in ((1, a.one), (3, a.three), (5, a.five)):
        parts += ["\n", (f"{level}  ", "bold"), sanitise(text)]
    return Content.assemble(*parts)
