"""The formats there are, in the order they are tried. A new one is a file beside this and a row here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interviewer.errors import NotFound, TranscriptError
from interviewer.models.transcript import Transcript
from interviewer.storage import files, strict_json
from interviewer.storage.formats import captions, json_turns, markdown, messages, native, plain
from interviewer.text import one_line


class Read(Protocol):
    def __call__(self, data: bytes, *, name: str, round: str | None, candidate: str | None) -> Transcript: ...


class Write(Protocol):
    def __call__(self, t: Transcript, *, spoilers: bool = False) -> str: ...


class Sniff(Protocol):
    def __call__(self, data: bytes, /) -> bool: ...


def _never(data: bytes, /) -> bool:
    return False


@dataclass(frozen=True)
class Format:
    """One kind of file. ``sniff`` knows it by its bytes; ``read`` and ``write`` are None where it can't be."""

    name: str
    suffixes: tuple[str, ...]
    looks: str  # in a few words, for people
    sniff: Sniff = _never
    read: Read | None = None
    write: Write | None = None

    @property
    def can_read(self) -> bool:
        return self.read is not None

    @property
    def can_write(self) -> bool:
        return self.write is not None


FORMATS = (
    Format(native.NAME, (".jsonl",), "an interview saved here", native.sniff, native.read),
    Format(json_turns.NAME, (".json",), "JSON with turns", json_turns.sniff, json_turns.read, json_turns.write),
    Format(messages.NAME, (".json",), "chat messages, or ChatGPT's export", messages.sniff, messages.read),
    Format(captions.NAME, (".vtt", ".srt"), "captions of a call: WebVTT or SubRip", captions.sniff, captions.read),
    Format(markdown.NAME, (".md",), "Markdown as it is exported here", markdown.sniff, markdown.read, markdown.write),
    Format(plain.NAME, (".txt", ".md"), "text with 'Name:' where a speaker begins", plain.sniff, plain.read),
)
# What people call them on the command line.
WRITTEN = {"json": json_turns.NAME, "markdown": markdown.NAME}


def named(name: str) -> Format:
    """A format by its name, or by what it is called on the command line. Raises NotFound."""
    for format in FORMATS:
        if format.name == WRITTEN.get(name, name):
            return format
    raise NotFound.among("format", name, [f.name for f in FORMATS])


def load(path: Path, *, round: str | None = None, candidate: str | None = None) -> Transcript:
    """A transcript file in any format we read, known by its content. ``round`` is the round held where the file
    doesn't tell each turn's; ``candidate`` the speaker or role to take for the candidate. Raises TranscriptError,
    StorageError."""
    return from_bytes(files.read_bytes(path), name=path.stem, shown=str(path), round=round, candidate=candidate)


def from_bytes(
    data: bytes, *, name: str, shown: str = "", round: str | None = None, candidate: str | None = None
) -> Transcript:
    """The same for bytes at hand. ``name`` becomes the id where there is none, ``shown`` is used in messages."""
    shown = one_line(shown or name, 200)
    if not data.strip(b"\0 \t\r\n"):
        raise TranscriptError(f"{shown} is empty.", next_step="Name a file that holds a transcript.")
    for format in FORMATS:
        if format.read is not None and format.sniff(data):
            made = format.read(data, name=name, round=round, candidate=candidate)
            return made.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()})
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        raise _no_talk(data, shown)
    readable = ", ".join(f"{f.name} ({f.looks})" for f in FORMATS if f.can_read)
    raise TranscriptError(f"{shown} is no transcript we can read.", next_step=f"Readable: {readable}.")


def _no_talk(data: bytes, shown: str) -> TranscriptError:
    """What is missing from JSON that no format knows."""
    shape = 'It should be {"round": …, "turns": [{"role": …, "text": …}]}, or a list of {"role", "content"}.'
    try:
        value, _ = strict_json.parse(data)
    except strict_json.NotJson as error:
        at = f", line {error.line}" if error.line else ""
        return TranscriptError(f"{shown}{at}: {error.problem}.", next_step=shape)
    keys = ", ".join(f"'{one_line(str(key), 20)}'" for key in list(value)[:6]) if isinstance(value, dict) else ""
    has = (
        f"it has the keys {keys}"
        if keys
        else "it is a list without messages"
        if isinstance(value, list)
        else "it is empty"
    )
    return TranscriptError(f"{shown}: neither 'turns' nor 'messages' is in it; {has}.", next_step=shape)
