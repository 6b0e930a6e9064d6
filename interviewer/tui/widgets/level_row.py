"""One criterion with a level that the arrow keys change."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from interviewer.text import one_line

STEPS = tuple(n / 2 for n in range(2, 11))  # 1 to 5 in halves


class LevelRow(Static, can_focus=True):
    """A level from 1 to 5 in halves, or none."""

    BINDINGS = [
        Binding("left", "step(-1)", "Lower"),
        Binding("right", "step(1)", "Higher"),
        Binding("0", "none", "None"),
    ]

    @dataclass
    class Chosen(Message):
        """The row has the focus."""

        criterion: str

    def __init__(self, criterion: str, title: str) -> None:
        super().__init__(markup=False)
        self.criterion = criterion
        self.name_shown = one_line(title, 34)
        self.level: float | None = None

    def on_mount(self) -> None:
        self._show()

    def watch_has_focus(self, focused: bool) -> None:
        super().watch_has_focus(focused)
        self._show()
        if focused:
            self.post_message(self.Chosen(self.criterion))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "12345":
            event.stop()
            self._set(float(event.character))

    def on_click(self) -> None:
        self.focus()

    def action_step(self, way: int) -> None:
        """A half up or down; from none, to the middle."""
        if self.level is None:
            self._set(3.0)
            return
        place = STEPS.index(self.level) + way
        self._set(STEPS[max(0, min(place, len(STEPS) - 1))])

    def action_none(self) -> None:
        self._set(None)

    def _set(self, level: float | None) -> None:
        self.level = level
        self._show()

    def _show(self) -> None:
        mark = "▶ " if self.has_focus else "  "
        if self.level is None:
            scale, words = "─" * 9, "not rated"
        else:
            place = STEPS.index(self.level)
            scale, words = "━" * place + "●" + "─" * (8 - place), f"{self.level:.1f}"
        self.update(Content(f"{mark}{self.name_shown.ljust(34)}  1 {scale} 5   {words}"))
