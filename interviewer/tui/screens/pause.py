"""The interview is paused: nothing of it can be read, the clock stands still."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static


class PauseScreen(Screen[None]):
    """Covers the conversation, so that a pause gives no time to think about the question."""

    CSS_PATH = "pause.tcss"
    BINDINGS = [Binding("enter,escape,f4,space", "go_on", "Go on")]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("Paused", classes="title", markup=False)
            yield Static("The clock stands still and the conversation is hidden.", markup=False)
            yield Static("Enter goes on · Ctrl+C saves and quits", classes="quiet", markup=False)

    def action_go_on(self) -> None:
        self.dismiss(None)
