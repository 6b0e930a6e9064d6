"""Settings that the app can change: the sending key, the colours, the model's name and address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from interviewer import config
from interviewer.errors import InterviewerError
from interviewer.text import sanitise
from interviewer.tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp

THEMES = (
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "catppuccin-latte",
    "solarized-dark",
    "solarized-light",
    "ansi-dark",
    "ansi-light",
)


class SettingsScreen(Screen[None]):
    """Two lines that ← and → change, two boxes to type in. Everything is saved as it is changed."""

    CSS_PATH = "settings.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding("left", "turn(-1)", "Change"),
        Binding("right", "turn(1)", "Change"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def compose(self) -> ComposeResult:
        yield Static("Settings", classes="title", markup=False)
        yield Static(
            "← → change a line; Tab goes to the boxes, Enter there saves.", classes="quiet", id="how", markup=False
        )
        yield Menu([], id="lines", wide=12)
        yield Static("Model, e.g. the name your host gives it", classes="label", markup=False)
        yield Input(id="model", placeholder="none", compact=True)
        yield Static(f"Base URL, if not {config.DEFAULT_BASE_URL}", classes="label", markup=False)
        yield Input(id="base_url", placeholder=config.DEFAULT_BASE_URL, compact=True)
        yield Static(id="key", classes="quiet", markup=False)
        yield Static(id="note", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.show()
        settings = self.app.settings()
        self.query_one("#model", Input).value = sanitise(settings.model or "")
        self.query_one("#base_url", Input).value = sanitise(settings.base_url or "")
        self.query_one("#key", Static).update(key_words())
        self.query_one(Menu).highlighted = 0
        self.query_one(Menu).focus()

    def show(self) -> None:
        """Show the settings as they are."""
        sends = (
            "Enter sends, Ctrl+J makes a new line" if self.app.enter_sends else "Ctrl+J sends, Enter makes a new line"
        )
        self.query_one(Menu).replace(
            [
                Choice("enter_sends", "Keys", f"◀ {sends} ▶"),
                Choice("theme", "Colours", f"◀ {self.app.theme} ▶"),
            ]
        )

    def action_turn(self, way: int) -> None:
        if self.query_one(Menu).chosen == "enter_sends":
            self._save("enter_sends", not self.app.enter_sends)
        else:
            place = THEMES.index(self.app.theme) if self.app.theme in THEMES else 0
            theme = THEMES[(place + way) % len(THEMES)]
            self.app.theme = theme
            self._save("theme", theme)
        self.show()

    @on(Menu.OptionSelected)
    def _selected(self) -> None:
        self.action_turn(1)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self._save(event.input.id or "", event.value.strip() or None)

    def _save(self, key: str, value: Any) -> None:
        note = self.query_one("#note", Static)
        try:
            config.save(key, value)
        except InterviewerError as error:
            note.update(f"! {sanitise(str(error))}")
        else:
            note.update(f"Saved in {sanitise(str(config.path()))}")


def key_words() -> str:
    """Whether a key is there; never the key."""
    have = "is set" if config.has_key() else "is not set"
    return f"The key comes from OPENAI_API_KEY in the environment, which {have}. It is never stored."
