"""A transcript to read: a heading a round, a heading a speaker, and what was said. What is written is read back."""

from __future__ import annotations

import re

from interviewer.errors import TranscriptError
from interviewer.models.transcript import Role, Transcript, Turn
from interviewer.text import one_line, sanitise

NAME = "markdown"
_NOTHING = "*(no words)*"
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
        parts.append(escape(turn.text).strip("\n") or _NOTHING)
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


_TITLE = re.compile(rb"^(?:\xef\xbb\xbf)?# Interview \S")
_TURN = re.compile(r"^### (?P<role>Interviewer|Candidate)(?: \((?P<speaker>.*)\))?$")
_ROUND = re.compile(r"^## (?P<round>.+)$")
_ESCAPED = re.compile(r"\\(?=!\[|<[A-Za-z/!?])")
_ESCAPED_START = re.compile(r"^( {0,3})\\(?=#{1,6}(?:\s|$)|```|~~~|=+[ \t]*$|-+[ \t]*$)", re.M)
_ROLES: dict[str, Role] = {"Interviewer": "interviewer", "Candidate": "candidate"}


def sniff(data: bytes) -> bool:
    return bool(_TITLE.match(data)) and b"\n### " in data


def read(data: bytes, *, name: str, round: str | None = None, candidate: str | None = None) -> Transcript:
    """The turns of what ``write`` wrote. Raises TranscriptError."""
    turns: list[Turn] = []
    now, words, head = round, list[str](), None
    lines = data.decode("utf-8-sig", "replace").split("\n")
    id = lines[0].removeprefix("# Interview ").strip() or name

    def end() -> None:
        if head is not None:
            text = "\n".join(words).strip("\n")
            said = "" if text == _NOTHING else unescape(text)
            turns.append(
                Turn(index=len(turns), role=_ROLES[head["role"]], text=said, round=now, speaker=head["speaker"])
            )

    for line in lines[1:]:
        if found := _ROUND.match(line):
            end()
            head, now = None, round or found["round"].casefold().replace(" ", "_")
        elif found := _TURN.match(line):
            end()
            head, words = found, []
        elif head is not None:
            words.append(line)
    end()
    if not turns:
        raise TranscriptError(f"{one_line(name)} holds nothing that was said.", next_step="Name another file.")
    return Transcript(id=one_line(id, 100), turns=tuple(turns), source=NAME)


def unescape(text: str) -> str:
    """What ``escape`` made, as it was."""
    return _ESCAPED.sub("", _ESCAPED_START.sub(r"\1", text))
