"""Settings that the app can change: the sending key, the colours, where a model is and its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from interviewer import config
from interviewer.errors import InterviewerError
from interviewer.text import one_line, sanitise
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
    """Lines that ← and → change, boxes to type in. Everything is saved as it is changed."""

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
        yield Static("Base URL, if the endpoint above has not the right one", classes="label", markup=False)
        yield Input(id="base_url", placeholder="https://...", compact=True)
        yield Static(id="key", classes="quiet", markup=False)
        yield Static(id="note", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.show()
        settings = self.app.settings()
        self.query_one("#model", Input).value = sanitise(settings.model or "")
        self.query_one("#base_url", Input).value = sanitise(settings.base_url or "")
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
                Choice("endpoint", "Model at", f"◀ {one_line(self._place(), 60)} ▶"),
            ]
        )
        self.query_one("#key", Static).update(sanitise(key_words()))

    def _places(self) -> list[str]:
        return [*config.table(), *(n for n in self.app.settings().endpoints if n not in config.table())]

    def _place(self) -> str:
        settings = self.app.settings()
        name = settings.endpoint or config.DEFAULT
        place = settings.endpoints.get(name) or config.table().get(name)
        return f"{place.title or name}, {place.base_url}" if place else name

    def action_turn(self, way: int) -> None:
        match self.query_one(Menu).chosen:
            case "enter_sends":
                self._save("enter_sends", not self.app.enter_sends)
            case "theme":
                self.app.theme = _next(THEMES, self.app.theme, way)
                self._save("theme", self.app.theme)
            case _:
                name = self.app.settings().endpoint or config.DEFAULT
                self._save("endpoint", _next(self._places(), name, way))
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
            self.query_one("#key", Static).update(sanitise(key_words()))


def _next(known: Sequence[str], now: str, way: int) -> str:
    place = known.index(now) if now in known else 0
    return known[(place + way) % len(known)]


def key_words() -> str:
    """Where words would go, and whether a key is there; never the key."""
    try:
        where = config.endpoint()
    except InterviewerError as error:
        return f"! {error}"
    if where.api_key is not None:
        return f"Used: {where.base_url}, with a key, which is never stored in a file."
    if where.local:
        return f"Used: {where.base_url}, without a key."
    return f"Used: {where.base_url}. No key yet. {where.key_advice}"
