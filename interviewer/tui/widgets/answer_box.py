"""Where the candidate types."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from interviewer.text import sanitise


class AnswerBox(TextArea):
    """Several lines; one key sends, another makes a new line. Never clears itself: whoever stored the answer does."""

    @dataclass
    class Sent(Message):
        """The candidate asked to send what is in the box."""

        text: str

    def __init__(self, *, enter_sends: bool = True, id: str | None = None) -> None:
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", highlight_cursor_line=False, compact=True
        )
        self.enter_sends = enter_sends

    @property
    def keys(self) -> str:
        """The two keys in words, to be shown near the box."""
        return "Enter sends · Ctrl+J new line" if self.enter_sends else "Ctrl+J sends · Enter new line"

    async def _on_key(self, event: events.Key) -> None:
        # Ctrl+J is the one newline key that every terminal tells apart from Enter.
        if event.key not in ("enter", "ctrl+j"):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if (event.key == "enter") == self.enter_sends:
            self.post_message(self.Sent(self.text))
        else:
            self.insert("\n")
            self.scroll_cursor_visible()

    async def _on_paste(self, event: events.Paste) -> None:
        # What is pasted may hold escapes, and a text area would hand them on to the terminal.
        await super()._on_paste(events.Paste(sanitise(event.text)))
        event.stop()
        event.prevent_default()
