"""Who may interview: names, rounds, and how they talk."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.models.persona import Persona
from interviewer.text import sanitise
from interviewer.tui import catalogue
from interviewer.tui.screens.choice import problem
from interviewer.tui.widgets.menu import Choice, Menu

DIALS = ("warmth", "scepticism", "patience", "directness", "hints")


class PersonasScreen(Screen[None]):
    """A list on the left, the person on the right."""

    CSS_PATH = "personas.tcss"
    BINDINGS = [Binding("escape,q", "app.pop_screen", "Back")]

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Persona] = []

    def compose(self) -> ComposeResult:
        yield Static("Personas", classes="title", markup=False)
        yield Static(
            "A persona changes the tone: how warm, how sceptical, how soon it hints. Never the grading.",
            classes="quiet",
            id="how",
            markup=False,
        )
        yield Static(id="broken", markup=False)
        with Horizontal():
            yield Menu([], id="list")
            with VerticalScroll(id="details", can_focus=False):
                yield Static(id="person", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        from interviewer.content.library import library

        try:
            self.people = catalogue.personas(library())
            words = catalogue.broken_words(catalogue.broken(library(), ("persona",)))
            self.query_one("#broken", Static).update(Content(words))
            self.query_one("#broken", Static).set_class(bool(words), "shown")
        except InterviewerError as error:
            self.app.push_screen(problem(error))
        menu = self.query_one(Menu)
        menu.replace([Choice(p.id, p.name) for p in self.people])
        menu.highlighted = 0 if self.people else None
        menu.focus()

    @on(Menu.OptionHighlighted)
    def _show(self, event: Menu.OptionHighlighted) -> None:
        person = next((p for p in self.people if p.id == event.option_id), None)
        if person is not None:
            self.query_one("#person", Static).update(portrait(person))
            self.query_one("#details").scroll_home(animate=False)


def portrait(p: Persona) -> Content:
    """A persona in words; only tone, which is all a persona has."""
    dials = "\n".join(f"{dial.ljust(11)} {'●' * getattr(p, dial)}{'○' * (5 - getattr(p, dial))}" for dial in DIALS)
    voice = paragraphs(p.voice)
    return Content.assemble(
        (sanitise(p.name), "bold"),
        f"\n{sanitise(p.title)}\n",
        f"Holds: {', '.join(r.replace('_', ' ') for r in p.rounds) or 'any round'}\n\n{dials}\n",
        (f"\n{voice}\n\n(The voice is read by a model only.)" if voice else ""),
    )


def paragraphs(text: str) -> str:
    """Text of a file with its own line breaks undone, so that it wraps to the screen."""
    return "\n\n".join(" ".join(block.split()) for block in sanitise(text).split("\n\n") if block.strip())
