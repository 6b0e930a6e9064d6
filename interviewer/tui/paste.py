"""A paste arrives whole, whatever is in it.

Textual's parser (8.2.8, ``_xterm_parser.py``) loses a bracketed paste that holds an escape: what follows one arrives as
keys, and each line end among them as Enter, which would send half an answer. ``PasteParser`` keeps what lies between
the two marks away from that parser. ``install`` puts it where the Linux and macOS driver looks for its
parser when it starts to read; nothing else of Textual is touched. To be removed once a paste with escapes arrives whole
without it: ``tests/tui/test_paste.py`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from functools import partial
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from interviewer.text import sanitise_chunk

START, END = "\x1b[200~", "\x1b[201~"
_BEGUN = START[:3]  # no key of a person's begins like this and stops here

# A sequence that has no end costs only its own escape: words after it stay.
_SEQUENCES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\r\n]*(?:\x07|\x1b\\)|\x1b[()*+][0-9A-Za-z]")


def clean(text: str) -> str:
    """Pasted text without what could drive a terminal; every line and word of it stays."""
    text = _SEQUENCES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return sanitise_chunk(text)


class PasteParser(XTermParser):
    """Reads keys as its parent does, and a paste from its first mark to its last as one event."""

    def __init__(self, debug: bool = False) -> None:
        self._pasted: str | None = None  # what has arrived of a paste; None outside of one
        self._before = ""  # the last characters of keys: a mark may come in two reads
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Messages for what has arrived; "" is the end of it."""
        if not data:
            yield from super().feed("")
        while data:
            data = yield from (self._keys(data) if self._pasted is None else self._paste(data))

    def tick(self) -> Iterable[Message]:
        """A mark that has begun to arrive is waited for; any other sequence may run out of time."""
        if self._pasted is None and _BEGUN not in self._before:
            yield from super().tick()

    def _keys(self, data: str) -> Generator[Message, None, str]:
        """Hand on keys up to where a paste begins; what is left over."""
        seen = self._before + data
        at = seen.find(START)
        if at < 0:
            self._before = _unfinished(seen)
            yield from super().feed(data)
            return ""
        if (keys := at - len(self._before)) > 0:
            yield from super().feed(data[:keys])
        # The parent may have begun to read the mark. Given an empty paste it is done with it; the messages are dropped.
        list(super().feed(START + END))
        rest = seen[at + len(START) :]
        self._before, self._pasted = "", ""
        return rest

    def _paste(self, data: str) -> Generator[Message, None, str]:
        """Collect a paste; once it is whole hand it on. A mark inside of it is told by the one that follows."""
        assert self._pasted is not None
        seen = self._pasted + data
        if (at := _last_end(seen, len(self._pasted))) < 0:
            self._pasted = seen
            return ""
        self._pasted = None
        yield events.Paste(clean(seen[:at]))
        return seen[at + len(END) :]


def _unfinished(seen: str) -> str:
    """The end of what was seen, as far as it could be the beginning of a mark."""
    return next((START[:n] for n in range(len(START) - 1, 0, -1) if seen.endswith(START[:n])), "")


def _last_end(seen: str, known: int) -> int:
    """Where the paste ends: at the last end mark before another paste begins; -1 when it hasn't come yet."""
    first = seen.find(END, max(0, known - len(END)))
    if first < 0:
        return -1
    following = seen.find(START, first)
    return seen.rfind(END, first, following if following >= 0 else len(seen))


def install() -> None:
    """Have the driver read with ``PasteParser``, and show bytes that are no UTF-8 as � instead of failing."""
    from textual.drivers import linux_driver

    driver: Any = linux_driver
    driver.XTermParser = PasteParser
    driver.getincrementaldecoder = _lenient


def _lenient(encoding: str) -> Any:
    from codecs import getincrementaldecoder

    return partial(getincrementaldecoder(encoding), errors="replace")
