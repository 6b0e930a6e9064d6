"""One criterion with the level a coach gives it, narrow enough to stand beside the transcript."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from interviewer.text import one_line

TITLE = 24
SHOWN = {None: "none", -1.0: "–"}


class MarkRow(Static):
    """A title and a level: a number, "none" for no evidence or not asked, a dash while it isn't marked."""

    @dataclass
    class Chosen(Message):
        """The row was clicked."""

        place: int

    UNMARKED = -1.0

    def __init__(self, place: int, title: str, level: float | None) -> None:
        super().__init__(markup=False)
        self.place = place
        self.name_shown = one_line(title, TITLE)
        self.level = level
        self.current = False

    def on_mount(self) -> None:
        self._show()

    def on_click(self) -> None:
        self.post_message(self.Chosen(self.place))

    def show(self, *, level: float | None, current: bool) -> None:
        """Draw it anew."""
        self.level, self.current = level, current
        self._show()

    def _show(self) -> None:
        words = SHOWN.get(self.level) or f"{self.level:.1f}"
        self.set_class(self.current, "current")
        self.update(Content(f"{'▶' if self.current else ' '} {self.name_shown.ljust(TITLE)} {words}"))
