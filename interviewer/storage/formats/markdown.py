"""A transcript to read: a heading a round, a heading a speaker, and what was said. Written only."""

from __future__ import annotations

import re

from interviewer.models.transcript import Transcript, Turn
from interviewer.text import one_line, sanitise

NAME = "markdown"
# Escaped only where text would become something else: a heading, a fence or rule that swallows what follows, a
# picture that is fetched, raw HTML.
_LINE_START = re.compile(r"^( {0,3})(#{1,6}(?=\s|$)|```|~~~|=+[ \t]*$|-+[ \t]*$)", re.M)
_INLINE = re.compile(r"!(?=\[)|<(?=[A-Za-z/!?])")


def write(t: Transcript, *, spoilers: bool = False) -> str:
    """The transcript as Markdown. ``spoilers`` adds to each of the interviewer's turns what it was about."""
    parts = [f"# Interview {_plain(t.id)}", _facts(t)]
    before: str | None = None
    for turn in t.turns:
        if turn.round and turn.round != before:
            parts.append(f"## {_plain(turn.round.replace('_', ' ').capitalize())}")
        before = turn.round
        parts.append(f"### {_speaker(turn)}")
        parts.append(escape(turn.text).strip("\n") or "*(no words)*")
        if spoilers and turn.target:
            parts.append(f"*{turn.move.value if turn.move else 'about'}: {_plain(turn.target)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Text that stays text in Markdown, changed as little as can be."""
    return _INLINE.sub(r"\\\g<0>", _LINE_START.sub(r"\1\\\2", sanitise(text)))


def _facts(t: Transcript) -> str:
    """When and with what, as far as it is known."""
    known = [t.created, f"engine {t.engine}" if t.engine else "", t.model or "", "imported" * (t.origin == "imported")]
    return " · ".join(_plain(fact) for fact in known if fact)


def _speaker(turn: Turn) -> str:
    role = turn.role.capitalize()
    return f"{role} ({_plain(turn.speaker)})" if turn.speaker else role


def _plain(text: str) -> str:
    return escape(one_line(text))
