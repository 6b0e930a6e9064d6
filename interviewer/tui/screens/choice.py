"""A question with a few answers, over whatever is on the screen."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewer.errors import InterviewerError
from interviewer.text import sanitise
from interviewer.tui.widgets.menu import Choice, Menu


class ChoiceScreen(ModalScreen[str | None]):
    """Returns the id of what was chosen, or ``escape`` (an id, or None) when Esc is pressed."""

    CSS_PATH = "choice.tcss"
    BINDINGS = [Binding("escape", "escape", "Back", show=False)]

    def __init__(self, title: str, text: str, choices: list[Choice], *, escape: str | None = None) -> None:
        super().__init__()
        self.heading = sanitise(title)
        self.text = sanitise(text)
        self.choices = choices
        self.on_escape = escape

    def compose(self) -> ComposeResult:
        wide = max((len(c.label) for c in self.choices), default=0)
        with Vertical(id="dialog"):
            yield Static(Content.styled(self.heading, "bold"), id="heading")
            if self.text:
                with VerticalScroll(id="text", can_focus=False):
                    yield Static(Content(self.text))
            yield Menu(self.choices, id="choices", wide=wide)

    def on_mount(self) -> None:
        self.query_one(Menu).highlighted = 0
        self.query_one(Menu).focus()

    @on(Menu.OptionSelected)
    def _chosen(self, event: Menu.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def action_escape(self) -> None:
        self.dismiss(self.on_escape)


def problem(error: Exception, *, heading: str = "That didn't work") -> ChoiceScreen:
    """A dialog that says what failed and what to do next."""
    if isinstance(error, InterviewerError):
        text = f"{error.message}\n\n{error.next_step}" if error.next_step else error.message
    else:
        text = f"Something unexpected failed ({type(error).__name__}). What you had sent is saved."
    return ChoiceScreen(heading, text, [Choice("ok", "Go back")])
