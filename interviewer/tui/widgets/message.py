"""One thing that was said, with its speaker's name above it."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from interviewer.text import sanitise, sanitise_chunk

Speaker = Literal["interviewer", "candidate", "notice"]


class Message(Vertical):
    """A turn or a notice. The text is never parsed: no markup, no escapes."""

    def __init__(self, speaker: Speaker, name: str, text: str = "", *, current: bool = False) -> None:
        super().__init__(classes=f"message {speaker}" + (" current" if current else ""))
        self.speaker = speaker
        self.who = sanitise(name)
        self.said = sanitise(text)

    def compose(self) -> ComposeResult:
        if self.who:
            yield Static(Content(self.who), classes="who")
        yield Static(Content(self.said), classes="said")

    def add(self, chunk: str) -> None:
        """Append words as they arrive."""
        self.said += sanitise_chunk(chunk)
        self._show()

    def replace(self, text: str) -> None:
        """Show the text as it was stored in place of what had arrived."""
        self.said = sanitise(text)
        self._show()

    def _show(self) -> None:
        # Words may arrive before the message is on the screen; compose shows them then.
        for body in self.query(".said").results(Static):
            body.update(Content(self.said))
