"""YAML read strictly: plain mappings, lists and scalars of YAML 1.2, each with the line it stands on.

Built straight from the parser's events, so that nothing is ever constructed that we did not ask for: no tags, no
aliases (a few lines of them unfold to gigabytes), no dates, no octal surprises, and a key given twice is an error.
The events come from libyaml, which takes a twentieth of the time; what it refuses, ruamel reads and explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isinf
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from interviewer.errors import ContentError, NotFound

MAX_BYTES = 256 * 1024
HEAD_BYTES = 4096
MAX_DEPTH = 16

Location = tuple[str | int, ...]

Alias = (yaml.AliasEvent, events.AliasEvent)
Start = (yaml.DocumentStartEvent, events.DocumentStartEvent)
Scalar = (yaml.ScalarEvent, events.ScalarEvent)
MappingStart, MappingEnd = (
    (yaml.MappingStartEvent, events.MappingStartEvent),
    (yaml.MappingEndEvent, events.MappingEndEvent),
)
SequenceStart, SequenceEnd = (
    (yaml.SequenceStartEvent, events.SequenceStartEvent),
    (yaml.SequenceEndEvent, events.SequenceEndEvent),
)

_OLD_BREAKS = re.compile("[\x85\u2028\u2029]")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: value
    for value, spelled in ((True, "true True TRUE"), (False, "false False FALSE"))
    for word in spelled.split()
}
_ADVICE = (
    ("mapping values are not allowed", "text that holds ': ' needs quotes round it"),
    ("cannot start any token", "use blanks for indenting, and quotes round text that starts with a mark"),
    ("found unexpected end of stream", "a quote or bracket is opened and never closed"),
    ("expected <block end>", "the indentation differs from the lines above, or a quote closes too early"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("could not find expected ':'", "a key needs ': ' after it"),
)


@dataclass(frozen=True)
class Document:
    """What a file holds. ``lines`` says where each place in ``data`` stands, counted from 1; ``written`` how a number
    or a true/false was spelled, for where text was meant."""

    path: Path
    data: dict[str, Any]
    lines: dict[Location, int] = field(default_factory=dict)
    written: dict[Location, str] = field(default_factory=dict)

    def line(self, where: Location) -> int | None:
        """The line of ``where``, or of what is nearest around it."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return None

    def error(self, problem: str, where: Location = ()) -> ContentError:
        """A ContentError at ``where``."""
        return ContentError(self.path, problem, line=self.line(where), key=dotted(where))


def dotted(where: Location) -> str:
    """``("hints", 0, "say")`` -> ``hints[0].say``"""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.removeprefix(".")


def read_bytes(path: Path) -> bytes:
    """A content file's bytes. Raises NotFound, or ContentError when it is too large or can't be read."""
    return within_size(_read(path, MAX_BYTES + 1), path)


def read_head(path: Path) -> bytes:
    """The first whole lines of a content file. Raises as ``read_bytes`` does."""
    data = _read(path, HEAD_BYTES)
    return data if len(data) < HEAD_BYTES else data[: data.rfind(b"\n") + 1]


def _read(path: Path, size: int) -> bytes:
    try:
        if not path.is_file():
            raise NotFound(f"There is no file '{path}'.", next_step="Check the path, or give an id.")
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise ContentError(path, f"can't be read: {error.strerror or error}") from error


def within_size(data: bytes, path: Path) -> bytes:
    """``data``, if it is small enough to be a content file. Raises ContentError."""
    if len(data) > MAX_BYTES:
        raise ContentError(path, f"is larger than {MAX_BYTES // 1024} KB; split it or shorten it")
    return data


def decode(data: bytes, path: Path) -> str:
    """UTF-8 text with plain line ends. Raises ContentError naming the line of the first bad byte."""
    try:
        text = within_size(data, path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(path, "is not UTF-8 text; save it as UTF-8", line=line) from None
    return text.replace("\r\n", "\n")


def parse(text: str, path: Path, first_line: int = 1) -> Document:
    """The one mapping in ``text``, which starts on ``first_line`` of its file. Raises ContentError."""
    builder = _Builder(path, first_line)
    try:
        data = builder.document(_events(text))
    except YAMLError as error:
        raise _unreadable(error, path, first_line, text) from None
    if not isinstance(data, dict):
        raise ContentError(path, "holds no keys; a content file is a mapping like 'id: ...'", line=first_line)
    return Document(path, data, builder.lines, builder.written)


def _events(text: str) -> Iterator[Any]:
    """The parser's events. libyaml is of YAML 1.1, which has line breaks that 1.2 hasn't: such texts it never sees."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is not None and not _OLD_BREAKS.search(text):
        try:
            return iter(list(yaml.parse(text, Loader=loader)))
        except yaml.YAMLError:
            pass
    pure: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
    return pure


def _unreadable(error: YAMLError, path: Path, first_line: int, text: str) -> ContentError:
    """What the parser stumbled on, in one line."""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = first_line + mark.line if mark else first_line
        problem = " ".join(str(error.problem or error.context or "it makes no sense").split())
    else:  # a character that YAML forbids
        position = getattr(error, "position", None)
        line = first_line + (text.count("\n", 0, position) if isinstance(position, int) else 0)
        problem = "a control character stands in the text; remove it"
    advice = next((advice for sign, advice in _ADVICE if sign in problem), "")
    return ContentError(path, f"is no valid YAML: {problem}{'; ' + advice if advice else ''}", line=line)


class _Builder:
    """Events to plain values, refusing whatever a content file has no use for."""

    def __init__(self, path: Path, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.lines: dict[Location, int] = {}
        self.written: dict[Location, str] = {}

    def document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, Start):
                documents += 1
                if documents > 1:
                    raise self.refuse(event, "a second document starts here ('---'); a file holds one")
                if event.version or event.tags:
                    raise self.refuse(event, "'%' directives are not allowed")
            elif isinstance(event, (*Alias, *Scalar, *MappingStart, *SequenceStart)):
                data = self.value(event, events, ())
        return data

    def value(self, event: Any, events: Iterator[Any], where: Location) -> Any:
        """The value that starts with ``event``; the rest of it is taken from ``events``."""
        self.lines.setdefault(where, self.line(event))
        self.plain_only(event, where)
        if isinstance(event, Scalar):
            return self.scalar(event, where)
        if len(where) >= MAX_DEPTH:
            raise self.refuse(event, f"is nested more than {MAX_DEPTH} deep", where)
        if isinstance(event, SequenceStart):
            return self.sequence(events, where)
        return self.mapping(events, where)

    def sequence(self, events: Iterator[Any], where: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEnd):
            items.append(self.value(event, events, (*where, len(items))))
        return items

    def mapping(self, events: Iterator[Any], where: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEnd):
            self.plain_only(event, where)
            if not isinstance(event, Scalar):
                raise self.refuse(event, "a key must be a word, not a list or mapping", where)
            key = str(event.value)
            inside = (*where, key)
            if key in found:
                raise self.refuse(event, f"the key is given twice, first on line {self.lines[inside]}", inside)
            self.lines[inside] = self.line(event)
            found[key] = self.value(next(events), events, inside)
        return found

    def scalar(self, event: Any, where: Location) -> Any:
        """Text, unless it is plain and looks like one of YAML 1.2's nulls, booleans and decimal numbers."""
        text = str(event.value)
        if event.style is not None and event.style != "":
            return text
        if text in _WORDS:
            if _WORDS[text] is not None:
                self.written[where] = text
            return _WORDS[text]
        if not _FLOAT.match(text):
            return text
        if len(text) > 30 or isinf(float(text)):
            raise self.refuse(event, "is a number too large to use", where)
        self.written[where] = text
        return int(text) if _INT.match(text) else float(text)

    def plain_only(self, event: Any, where: Location) -> None:
        if isinstance(event, Alias):
            raise self.refuse(event, f"'*{event.anchor}' is an alias; write the text out, or quote it", where)
        if event.anchor is not None:
            raise self.refuse(event, f"'&{event.anchor}' is an anchor; remove it, or quote the text", where)
        if event.tag is not None:
            raise self.refuse(event, f"'{event.tag}' is a tag; remove it, or quote the text", where)

    def line(self, event: Any) -> int:
        return self.first_line + int(event.start_mark.line)

    def refuse(self, event: Any, problem: str, where: Location = ()) -> ContentError:
        return ContentError(self.path, problem, line=self.line(event), key=dotted(where))
