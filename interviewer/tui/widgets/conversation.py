"""The conversation: messages in order, the newest in view unless the person has scrolled up."""

from __future__ import annotations

from textual import events
from textual.containers import VerticalScroll

from interviewer.tui.widgets.message import Message, Speaker


class Conversation(VerticalScroll, can_focus=False):
    """Holds the messages."""

    followed: Message | None = None  # the message kept in view; None once the person has scrolled away

    def say(self, speaker: Speaker, name: str, text: str = "") -> Message:
        """Append a message and bring it into view; a long one from its first line."""
        message = Message(speaker, name, text)
        self.mount(message)
        self.follow(message)
        return message

    def follow(self, message: Message) -> None:
        """Keep a message in view from now on."""
        self.followed = message
        self.keep_up()

    def keep_up(self) -> None:
        """Bring the followed message into view once it is laid out."""
        self.call_after_refresh(self._show)

    def page(self, way: int) -> None:
        """A screenful up (-1) or down (1)."""
        self.roll(way * max(1, self.size.height - 2))

    def roll(self, lines: int) -> None:
        """Scroll because the person wants to; at the end the newest message is followed again."""
        self.scroll_relative(y=lines, animate=False, immediate=True)
        self.followed = self.query(Message).last() if self.is_vertical_scroll_end and self.children else None

    def on_resize(self) -> None:
        self.keep_up()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.followed = None

    def _show(self) -> None:
        message = self.followed
        if message is None or not message.is_attached:
            return
        if message.outer_size.height > self.size.height:
            self.scroll_to_widget(message, top=True, animate=False)
        else:
            self.scroll_end(animate=False)
