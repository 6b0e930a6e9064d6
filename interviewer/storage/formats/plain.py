"""Plain text or Markdown in which a speaker's name and a colon, or a heading with a name, begins what they said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.errors import TranscriptError
from interviewer.models.transcript import Transcript
from interviewer.storage.formats import speakers
from interviewer.storage.formats.speakers import Said
from interviewer.text import one_line

NAME = "text"
_BOLD = re.compile(r"^\s*(?:[-*+]\s+)?(?:\*\*|__)(?P<name>[^*_\n]{1,60}?)\s*:?\s*(?:\*\*|__)\s*:?\s*(?P<text>.*)$")
_HEADING = re.compile(r"^\s*#{1,6}\s+(?P<name>.*?)\s*#*$")
_RULE = re.compile(r"^\s*[-*_=]{3,}\s*$")
_STAMPED = re.compile(  # Otter: "Speaker 1  0:03", Teams' text: "Ann Lee 00:12:30"
    r"^(?P<name>[^\W\d_][^\n:]{0,40}?|speaker \d+)\s{1,4}\(?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\)?\s*$", re.I
)
_CLOCK = re.compile(r"^\s*[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?\s*(?:[-–]\s*)?")
_ENOUGH = 2  # speakers, and lines with a name, that make a text a transcript


def sniff(data: bytes) -> bool:
    """Whether two speakers are told apart in it."""
    if b"\0" in data or data.lstrip()[:1] in (b"{", b"["):
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    named = [s.speaker for line in text.splitlines() if (s := _begins(line))]
    return len(named) >= _ENOUGH and len(set(named)) >= _ENOUGH


def read(data: bytes, *, name: str, round: str | None = None, candidate: str | None = None) -> Transcript:
    """The text's words by speaker; wrapped lines are joined. Raises TranscriptError."""
    text = data.decode("utf-8-sig", "replace")
    problems, heading = list[str](), list[str]()
    said = list(_spoken(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), problems, heading))
    if not said:
        raise TranscriptError(f"{one_line(name)}: no line begins with a speaker's name.",
                              next_step="Write 'Name: …' where a speaker begins.")  # fmt: skip
    unused = [f"left out, before anybody speaks: '{one_line(line, 60)}'" for line in heading]
    read = speakers.transcript(
        said, name=name, source=NAME, round=round, candidate=candidate, problems=[*unused, *problems]
    )
    return read.model_copy(update={"heading": "\n".join(heading)})


def _spoken(lines: list[str], problems: list[str], heading: list[str]) -> Iterator[Said]:
    """Each stretch of words by one speaker; what comes before the first is the heading."""
    names = speakers.names(map(_begins, lines))
    speaker, words = None, list[str]()
    for line in lines:
        begins = _begins(line)
        if begins is not None and begins.speaker.casefold() in names:
            if speaker is not None:
                yield Said(speaker, " ".join(words))
            speaker, words = begins.speaker, [begins.text]
        elif speaker is None:
            if line.strip():
                heading.append(line.strip())
        elif _HEADING.match(line) or _RULE.match(line):
            problems.append(f"left out, a title: '{one_line(line.strip(), 60)}'")
        elif line.strip():
            words.append(" ".join(line.split()))
    if speaker is not None:
        yield Said(speaker, " ".join(words))


def _begins(line: str) -> Said | None:
    """The speaker a line begins with, and what it says of their words."""
    bare = _CLOCK.sub("", line, count=1)
    if found := _BOLD.match(bare):
        name = found["name"].strip(" :")
        return Said(name, found["text"].strip()) if name and ":" in bare[: found.start("text")] else None
    if found := _HEADING.match(bare):
        name = found["name"].strip(" :")
        return Said(name, "") if speakers.ROLES.get(name.split(" (")[0].casefold()) else None
    if found := _STAMPED.match(line.strip()):
        return Said(found["name"].strip(), "")
    return speakers.label(bare)
