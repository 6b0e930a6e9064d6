"""The conversation: messages in order, kept at the newest unless the person has scrolled up."""

from __future__ import annotations

from textual.containers import VerticalScroll

from interviewer.tui.widgets.message import Message, Speaker

NEAR = 3  # lines from the end that still count as "at the end"


class Conversation(VerticalScroll, can_focus=False):
    """Holds the messages."""

    def say(self, speaker: Speaker, name: str, text: str = "") -> Message:
        """Append a message and bring it into view; a long one from its first line."""
        message = Message(speaker, name, text)
        self.mount(message)
        self.follow(message)
        return message

    def follow(self, message: Message) -> None:
        """Bring a message into view once it is laid out."""
        self.call_after_refresh(self._show, message)

    @property
    def at_end(self) -> bool:
        return self.max_scroll_y - self.scroll_y <= NEAR

    def _show(self, message: Message) -> None:
        if not message.is_attached:
            return
        if message.outer_size.height > self.size.height:
            self.scroll_to_widget(message, top=True, animate=False)
        else:
            self.scroll_end(animate=False)
