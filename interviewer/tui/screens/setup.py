"""What to hold: length, engine, rounds, and who holds each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer import config
from interviewer.errors import InterviewerError
from interviewer.models.base import Length
from interviewer.text import one_line
from interviewer.tui import catalogue, consent
from interviewer.tui.screens.choice import problem
from interviewer.tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp

LENGTHS = (Length.QUICK, Length.STANDARD, Length.REAL)
DEPTH = {Length.QUICK: "one question a round", Length.STANDARD: "the usual depth", Length.REAL: "the full time"}

ABOUT = {
    "engine": "Offline is built in: it matches patterns in what you say and is no language model. "
    "A model needs a key, and what you type is sent to its host.",
    "length": "Minutes on your own clock. It runs while you may type and stands still while you wait or pause.",
    "begin": "Each round ends with your own rating; the scorecards and the debrief come after the last.",
}


class SetupScreen(Screen[None]):
    """A list where ← and → change a line, Space ticks a round, Enter on the first line begins."""

    CSS_PATH = "setup.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding("left", "turn(-1)", "Change"),
        Binding("right", "turn(1)", "Change"),
        Binding("space", "tick", "Tick"),
        Binding("b", "begin", "Begin"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.length = Length.STANDARD
        self.engine = "offline"
        self.lines: list[catalogue.RoundLine] = []
        self.ticked: set[str] = set()
        self.who: dict[str, int] = {}  # round -> which of its personas

    def compose(self) -> ComposeResult:
        yield Static("Set up an onsite", classes="title", markup=False)
        yield Static(
            "↑ ↓ choose a line, ← → change it, Space ticks a round.",
            classes="quiet",
            id="how",
            markup=False,
        )
        yield Menu([], id="lines", wide=34)
        yield Static(id="about", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        from interviewer.content.library import library
        from interviewer.content.loops import loop

        try:
            content = library()
            self.lines = catalogue.rounds(content)
            order = loop(content, "onsite").rounds
        except InterviewerError as error:
            self.app.push_screen(problem(error))
            order = tuple(line.rubric.id for line in self.lines)
        self.lines.sort(key=lambda line: order.index(line.rubric.id) if line.rubric.id in order else len(order))
        self.ticked = {line.rubric.id for line in self.lines if line.rubric.id in order}
        self.show()
        self.query_one(Menu).highlighted = 0
        self.query_one(Menu).focus()

    # --- what is chosen ---

    @property
    def rounds(self) -> tuple[str, ...]:
        return tuple(line.rubric.id for line in self.lines if line.rubric.id in self.ticked)

    def minutes(self) -> int:
        return sum(line.rubric.lengths.minutes(self.length) for line in self.lines if line.rubric.id in self.ticked)

    def show(self) -> None:
        """Show the choices as they stand."""
        count = len(self.ticked)
        begin = f"{count} round{'s' * (count != 1)}, {self.minutes()} minutes" if count else "tick a round first"
        where = "" if self.engine == "offline" else self._model_words()
        place, thinks = LENGTHS.index(self.length), "offline" if self.engine == "offline" else "model"
        choices = [
            Choice("begin", "Begin", begin),
            Choice("length", "Length", f"{between(self.length.value, place, len(LENGTHS))}  {DEPTH[self.length]}"),
            Choice("engine", "Who thinks", f"{between(thinks, int(self.engine == 'llm'), 2)}  {where}"),
        ]
        for line in self.lines:
            id = line.rubric.id
            tick = "[x]" if id in self.ticked else "[ ]"
            persona = line.personas[self.who.get(id, 0)]
            minutes = line.rubric.lengths.minutes(self.length)
            choices.append(
                Choice(
                    f"round {id}",
                    f"{tick} {one_line(line.rubric.title, 30)}",
                    f"{between(one_line(persona.name, 28), self.who.get(id, 0), len(line.personas))}  {minutes} min",
                )
            )
        self.query_one(Menu).replace(choices)
        self._about()

    def _model_words(self) -> str:
        where = config.endpoint()
        return f"{one_line(where.model or '?', 30)} at {one_line(where.host, 30)}"

    def _line(self) -> catalogue.RoundLine | None:
        chosen = self.query_one(Menu).chosen or ""
        return next((line for line in self.lines if chosen == f"round {line.rubric.id}"), None)

    @on(Menu.OptionHighlighted)
    def _about(self) -> None:
        """Say more about the line the cursor is on."""
        line = self._line()
        text = ABOUT.get(self.query_one(Menu).chosen or "", "")
        if line is not None:
            persona = line.personas[self.who.get(line.rubric.id, 0)]
            text = f"{persona.name}, {persona.title}. Looks for {line.rubric.looks_for}"
            if line.rubric.offline == "structure" and self.engine == "offline":
                text += "\nOffline, only the structure of your answers can be read here, not their quality."
        self.query_one("#about", Static).update(Content(one_line(text, 400)))

    # --- changing ---

    def action_turn(self, way: int) -> None:
        chosen, line = self.query_one(Menu).chosen, self._line()
        if chosen == "length":
            self.length = LENGTHS[_along(LENGTHS.index(self.length), way, len(LENGTHS))]
        elif chosen == "engine" and (way > 0) != (self.engine == "llm"):
            self._turn_engine()
        elif line is not None:
            id = line.rubric.id
            self.who[id] = _along(self.who.get(id, 0), way, len(line.personas))
        self.show()

    def action_tick(self) -> None:
        """Tick a round; on the other lines Space goes through the choices, from the last to the first again."""
        chosen, line = self.query_one(Menu).chosen, self._line()
        if line is not None:
            self.ticked ^= {line.rubric.id}
        elif chosen == "length":
            self.length = LENGTHS[(LENGTHS.index(self.length) + 1) % len(LENGTHS)]
        elif chosen == "engine":
            self._turn_engine()
        self.show()

    @on(Menu.OptionSelected)
    def _selected(self, event: Menu.OptionSelected) -> None:
        if event.option_id == "begin":
            self.action_begin()
        else:
            self.action_tick()

    def _turn_engine(self) -> None:
        if self.engine == "llm":
            self.engine = "offline"
            return
        try:
            missing = consent.missing_for_model()
            needed = None if missing else consent.consent_needed(None)
        except InterviewerError as error:
            self.app.push_screen(problem(error))
            return
        if missing:
            self.app.push_screen(consent.not_set_up(missing))
        elif needed is not None:
            self.app.push_screen(needed, self._consented)
        else:
            self.engine = "llm"

    def _consented(self, choice: str | None) -> None:
        if choice == "yes":
            consent.remember(None)
            self.engine = "llm"
            self.show()

    def action_begin(self) -> None:
        from interviewer.plan import Plan

        if not self.ticked:
            return
        people = {line.rubric.id: line.personas[self.who.get(line.rubric.id, 0)].id for line in self.lines}
        plan = Plan(
            rounds=self.rounds,
            personas={r: people[r] for r in self.rounds},
            engine=self.engine,
            model=config.endpoint().model if self.engine == "llm" else None,
            length=self.length,
        )
        self.app.pop_screen()
        self.app.begin(plan)


def _along(place: int, way: int, count: int) -> int:
    """The next place; the first and the last are ends. Going round begins a long interview by accident."""
    return max(0, min(count - 1, place + way))


def between(text: str, place: int, count: int) -> str:
    """A choice with an arrow on each side where there is another."""
    return f"{'◀' if place > 0 else ' '} {text} {'▶' if place < count - 1 else ' '}"
