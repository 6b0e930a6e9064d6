"""Captions, WebVTT or SubRip, as Zoom, Teams, Meet and Otter write them: a voice tag or a name and a colon says who
speaks, and goes on speaking until another does."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from interviewer.errors import TranscriptError
from interviewer.models.transcript import Transcript
from interviewer.storage.formats import speakers
from interviewer.storage.formats.speakers import Said
from interviewer.text import one_line

NAME = "captions"
_VTT = re.compile(rb"^(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)")
_SRT = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\d+[ \t]*\r?\n\s*\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->")
_TIMING = re.compile(r"-->")  # a cue whose times can't be read still has words
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*[ \t]+([^>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<\d\d:\d\d[^>]*>|\{\\[^}]*\}")
_BLOCK = re.compile(r"\r?\n[ \t]*(?:\r?\n[ \t]*)+")
_SKIPPED = ("WEBVTT", "NOTE", "STYLE", "REGION")


def sniff(data: bytes) -> bool:
    return bool(_VTT.match(data) or _SRT.match(data))


def read(data: bytes, *, name: str, round: str | None = None, candidate: str | None = None) -> Transcript:
    """The captions' words by speaker. Raises TranscriptError."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    problems: list[str] = []
    said = list(_spoken(list(_cues(text, problems))))
    if said and not any(s.speaker for s in said):
        raise TranscriptError(
            f"{one_line(name)}: its captions name no speaker.",
            next_step="Export it with speaker names, or write 'Name:' where a speaker begins.",
        )
    return speakers.transcript(said, name=name, source=NAME, round=round, candidate=candidate, problems=problems)


def _cues(text: str, problems: list[str]) -> Iterator[str]:
    """The words of each cue; what is left out is said, but for what captions hold that nobody said."""
    last = ""
    for block in _BLOCK.split(text.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        at = next((i for i, line in enumerate(lines) if _TIMING.search(line)), None)
        if at is None:
            if lines and not lines[0].startswith(_SKIPPED):
                problems.append(f"left out, no caption: '{one_line(' '.join(lines), 60)}'")
            continue
        words = " ".join(lines[at + 1 :])
        if words and words != last:  # rolling captions show a line twice
            yield words
        last = words


def _spoken(cues: list[str]) -> Iterator[Said]:
    """What each cue says, by whom; a cue that names nobody goes on with who spoke last."""
    parts = [(_plain(name), _plain(words)) for cue in cues for name, words in _voices(cue)]
    names = speakers.names(speakers.label(words) for name, words in parts if not name)
    speaker = ""
    for name, said in parts:
        named = None if name else speakers.label(said)
        if named is not None and named.speaker.casefold() in names:
            speaker, words = named.speaker, named.text
        else:
            speaker, words = name or speaker, said
        if words:
            yield Said(speaker, words)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _voices(cue: str) -> Iterator[tuple[str, str]]:
    """A cue's words by its voice tags; a name of "" where there is none."""
    parts = _VOICE.split(cue)
    if parts[0].strip():
        yield "", parts[0]
    yield from zip(parts[1::2], parts[2::2], strict=True)
