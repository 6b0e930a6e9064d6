"""The first screen: what this is, who interviews, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from interviewer import __version__, config
from interviewer.errors import InterviewerError
from interviewer.models.base import Length
from interviewer.text import one_line
from interviewer.tui import catalogue
from interviewer.tui.checking import Check
from interviewer.tui.screens.choice import problem
from interviewer.tui.warm import warm_up
from interviewer.tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp

CHECK_AFTER = 1.0  # seconds
WARM_AFTER = 0.5  # seconds: the screen is drawn first
WHAT = "a mock onsite for senior data scientists"
OFFLINE = (
    "The built-in offline interviewer is on. It matches patterns in what you say; it is no language model, "
    "and nothing leaves this machine."
)
NO_MODEL = (
    "To use a model, set OPENAI_API_KEY, or choose another host or a local server under Settings; then choose the "
    "model under Onsite, or run interviewer start --engine llm."
)
MODEL_UNNAMED = (
    "There is a key or an address for a model and none is named: set INTERVIEWER_MODEL, or model in the settings, "
    "or run interviewer start --engine llm --model NAME."
)
MODEL_READY = "A model is set up in your environment. It is used only if you choose it under Onsite."
DISCLAIMER = "Not affiliated with any company. It is practice, and predicts no hiring decision."


class HomeScreen(Screen[None]):
    """A menu; each line has a letter."""

    CSS_PATH = "home.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding(key, f"choose('{id}')", show=False)
        for key, id in (
            ("s", "sample"),
            ("o", "onsite"),
            ("r", "resume"),
            ("e", "example"),
            ("t", "past"),
            ("p", "personas"),
            ("c", "settings"),
            ("q", "quit"),
        )
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(Content.assemble(("interviewer", "bold $text-primary"), f" {__version__} · {WHAT}"), id="name")
            yield Static(OFFLINE, id="engine", markup=False)
            yield Static(id="model", classes="quiet", markup=False)
            yield Menu([], id="menu", wide=19)
            yield Static(id="broken", markup=False)
            yield Static(DISCLAIMER, id="disclaimer", classes="quiet", markup=False)

    def on_mount(self) -> None:
        self.query_one(Menu).focus()
        self.set_timer(WARM_AFTER, warm_up)
        self.set_timer(CHECK_AFTER, self._check_content)

    def _check_content(self) -> None:
        """Look for broken files while the menu can be used already; name them when done."""
        check = Check()

        def look() -> None:
            if check.done:
                timer.stop()
                broken = self.query_one("#broken", Static)
                broken.update(Content(one_line(check.words, 200)))
                broken.set_class(bool(check.words), "shown")

        timer = self.set_interval(0.1, look)

    def on_screen_resume(self) -> None:
        """What can be resumed and listed changes while other screens are open."""
        try:
            says = MODEL_READY if config.ready() else MODEL_UNNAMED if config.has_key() else NO_MODEL
            self.query_one("#model", Static).update(says)
        except InterviewerError as error:
            self.query_one("#model", Static).update(Content(f"! {error} The defaults are used."))
        menu = self.query_one(Menu)
        first = menu.highlighted is None
        menu.replace(self.choices())
        if first:
            menu.highlighted = 0

    def choices(self) -> list[Choice]:
        past = catalogue.past()
        last = next((s for s in past if catalogue.unfinished(s)), None)
        example = catalogue.example()
        return [
            Choice("sample", "Sample question", "one question, three minutes", "s"),
            Choice("onsite", "Onsite", "choose rounds, length and who interviews", "o"),
            Choice(
                "resume",
                "Resume",
                catalogue.resume_words(last) if last else "nothing is unfinished",
                "r",
                disabled=last is None,
            ),
            Choice(
                "example",
                "Finished example",
                "step through one, with the reason of each move" if example else "none is installed here",
                "e",
                disabled=example is None,
            ),
            Choice("past", "Past interviews", f"{len(past)} saved: resume, replay, grade, delete", "t"),
            Choice("personas", "Personas", "who may interview you", "p"),
            Choice("settings", "Settings", "keys, colours, model", "c"),
            Choice("quit", "Quit", "", "q"),
        ]

    @on(Menu.OptionSelected)
    def _selected(self, event: Menu.OptionSelected) -> None:
        self.action_choose(event.option_id or "")

    def action_choose(self, id: str) -> None:
        match id:
            case "sample":
                self._sample()
            case "onsite":
                self._open("setup", "SetupScreen")
            case "resume":
                last = next((s for s in catalogue.past() if catalogue.unfinished(s)), None)
                if last is not None:
                    self.app.resume(last.path)
            case "example":
                if (path := catalogue.example()) is not None:
                    self.app.open_replay(path)
            case "past":
                self._open("past", "PastScreen")
            case "personas":
                self._open("personas", "PersonasScreen")
            case "settings":
                self._open("settings", "SettingsScreen")
            case "quit":
                self.app.leave_now(0)

    def _open(self, module: str, name: str) -> None:
        """Import a screen when it is first wanted, so that the app starts and resumes quickly."""
        from importlib import import_module

        screen = getattr(import_module(f"interviewer.tui.screens.{module}"), name)
        self.app.push_screen(screen())

    def _sample(self) -> None:
        from interviewer.content.library import library
        from interviewer.content.loops import loop
        from interviewer.plan import Plan

        try:
            rounds = loop(library(), "sample").rounds
        except InterviewerError as error:
            self.app.push_screen(problem(error))
            return
        self.app.begin(Plan(rounds=rounds, loop="sample", length=Length.QUICK, minutes=3))
