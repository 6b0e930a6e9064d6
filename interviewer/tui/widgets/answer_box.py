"""Where the candidate types."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea

from interviewer.text import sanitise


class AnswerBox(TextArea):
    """Several lines; one key sends, another makes a new line.

    ``send`` is given the text and answers whether it was stored. Only then is the box cleared, in the same breath:
    keys typed right after the sending one belong to the next answer and can't be swept away with this one.
    """

    def __init__(self, send: Callable[[str], bool], *, enter_sends: bool = True, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False, compact=True)
        self.send = send
        self.enter_sends = enter_sends

    @property
    def keys(self) -> str:
        """The two keys in words, to be shown near the box."""
        return "Enter sends · Ctrl+J new line" if self.enter_sends else "Ctrl+J sends · Enter new line"

    async def _on_key(self, event: events.Key) -> None:
        # Ctrl+J is the one newline key that every terminal tells apart from Enter. Other keys go on to TextArea.
        if event.key not in ("enter", "ctrl+j"):
            return
        event.stop()
        event.prevent_default()
        if (event.key == "enter") != self.enter_sends:
            self.insert("\n")
            self.scroll_cursor_visible()
        elif self.send(self.text):
            self.clear()

    async def _on_paste(self, event: events.Paste) -> None:
        # What is pasted may hold escapes, and a text area would hand them on to the terminal.
        event.stop()
        event.prevent_default()
        await super()._on_paste(events.Paste(sanitise(event.text)))
