"""An interview file's bytes, read tolerantly: each line that can be used becomes an event, each other is reported."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from interviewer.models.events import EVENT, SCHEMA, CandidateSaid, Event, InterviewerSaid, Started
from interviewer.storage import strict_json
from interviewer.storage.mend import mend
from interviewer.storage.strict_json import NotJson

# Inside a JSON string a quote is written \", so this can only be where an event begins.
_BEGINS = re.compile(rb'\{"kind":\s*"')
_EDGES = b"\0 \t\r"
_MOST_PROBLEMS = 50


@dataclass
class Loaded:
    """What an interview file gave up. ``problems`` name the line and what is wrong with it; ``sha256`` is of the
    file's bytes. ``events`` can always be folded; the header is first, or missing when it can't be read."""

    events: list[Event] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    sha256: str = ""

    @property
    def header(self) -> Started | None:
        first = self.events[0] if self.events else None
        return first if isinstance(first, Started) else None


def encode(event: Event) -> bytes:
    """One event as one line, newline included. Raises ValueError for what JSON can't hold (infinity, half
    characters), so that nothing is acknowledged that could not be read back."""
    return json.dumps(event.model_dump(mode="json"), ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"


def parse(data: bytes) -> Loaded:
    """Every event in a file's bytes, and what could not be used. Never raises. Only \\n ends a line."""
    events: list[Event] = []
    problems: list[str] = []
    for found, said in _lines(data):
        events += found
        problems += said
    events, mended = mend(events, damaged=bool(problems))
    problems += mended
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS:] = [f"and {len(problems) - _MOST_PROBLEMS} more problems"]
    loaded = Loaded(events, problems, hashlib.sha256(data).hexdigest())
    if (header := loaded.header) is not None and header.schema_ > SCHEMA:
        problems.append(f"written by a newer version (schema {header.schema_}); some of it may be missing")
    return loaded


def is_event(line: bytes) -> bool:
    """Whether a line is one whole event."""
    try:
        one(line)
    except NotJson:
        return False
    return True


def one(line: bytes) -> tuple[Event, list[str]]:
    """The event a line holds, and what had to be replaced in it. Raises NotJson."""
    value, notes = strict_json.parse(line)
    if not isinstance(value, dict):
        raise NotJson("not an event")
    try:
        return EVENT.validate_python(value), notes
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"].startswith("union_tag"):
            raise NotJson("an event of no known kind") from None
        where = ".".join(str(part) for part in first["loc"][1:])
        raise NotJson(f"{where}: {first['msg']}") from None


def _lines(data: bytes) -> Iterator[tuple[list[Event], list[str]]]:
    """For each line its events and problems."""
    lines = data.split(b"\n")
    before = b""
    for number, raw in enumerate(lines, 1):
        line = raw.strip(_EDGES)
        if not line:
            if b"\0" in raw:
                yield [], [f"line {number}: nothing but {len(raw)} zero bytes"]
            continue
        found, notes = _events_in(line)
        if line == before and all(isinstance(e, InterviewerSaid | CandidateSaid) for e in found):
            yield [], [f"line {number}: the same as the line before; left out"]
            continue
        before = line
        if b"\0" in raw and found:
            notes.append("zero bytes around it were passed over")
        if number == len(lines) and not found:
            notes.append("the file ends within it")
        yield found, [f"line {number}: {note}" for note in notes]


def _events_in(line: bytes) -> tuple[list[Event], list[str]]:
    """A line's event; or, where writing was cut and went on in the same line, every whole event in it."""
    try:
        event, notes = one(line)
        return [event], notes
    except NotJson as error:
        problem = error.problem
    starts = [match.start() for match in _BEGINS.finditer(line)]
    if not starts or starts == [0]:
        return [], [problem]
    found: list[Event] = []
    for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
        try:
            found.append(one(line[start:end].strip(_EDGES))[0])
        except NotJson:
            continue
    return found, [f"{problem}; {len(found)} whole event(s) in it were kept"]
