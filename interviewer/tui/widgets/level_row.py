"""One criterion with the level the candidate gives themselves."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from interviewer.text import one_line

STEPS = tuple(n / 2 for n in range(2, 11))  # 1 to 5 in halves
MIDDLE = 3.0


class LevelRow(Static):
    """A level from 1 to 5 in halves, or none. It shows; the screen around it has the keys and says which is current."""

    @dataclass
    class Chosen(Message):
        """The row was clicked."""

        criterion: str

    def __init__(self, criterion: str, title: str) -> None:
        super().__init__(markup=False)
        self.criterion = criterion
        self.name_shown = one_line(title, 34)
        self.level: float | None = None
        self.current = False

    def on_mount(self) -> None:
        self._show()

    def on_click(self) -> None:
        self.post_message(self.Chosen(self.criterion))

    def set_current(self, current: bool) -> None:
        """Draw the cursor here, or not."""
        self.current = current
        self._show()

    def set_level(self, level: float | None) -> None:
        self.level = level
        self._show()

    def step(self, way: int) -> None:
        """A half up or down; from none, to the middle."""
        if self.level is None:
            self.set_level(MIDDLE)
        else:
            self.set_level(STEPS[max(0, min(STEPS.index(self.level) + way, len(STEPS) - 1))])

    def _show(self) -> None:
        mark = "▶ " if self.current else "  "
        if self.level is None:
            scale, words = "─" * 9, "not rated"
        else:
            place = STEPS.index(self.level)
            scale, words = "━" * place + "●" + "─" * (8 - place), f"{self.level:.1f}"
        self.set_class(self.current, "current")
        self.update(Content(f"{mark}{self.name_shown.ljust(34)}  1 {scale} 5   {words}"))
