"""What people say while they think: hesitations, fillers, sentences about the talking itself. The words are data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from interviewer.reading.tokens import sentences

Span = tuple[int, int]
_LEADING = re.compile(r"(?:(?:so|okay|ok|right|well|yes|yeah|and|all right|anyway)\b[\s,.]*)*", re.I)
_LAST_WORD = re.compile(r"[\w'’]+(?=\W*$)")
_NEXT_WORD = re.compile(r"\s*([\w'’]+)")


class Filler(NamedTuple):
    """Words that say nothing, unless they stand after or before one of these."""

    pattern: re.Pattern[str]
    after: frozenset[str]
    before: frozenset[str]


class Asides(NamedTuple):
    fillers: tuple[Filler, ...]
    sentences: re.Pattern[str]


@lru_cache(maxsize=1)
def _asides() -> Asides:
    from ruamel.yaml import YAML

    read = YAML(typ="safe").load(Path(__file__).with_name("asides.yaml").read_text("utf-8"))
    sounds = Filler(_filler("|".join(read["hesitations"])), frozenset(), frozenset())
    said = (Filler(_filler(f["words"]), frozenset(f["after"]), frozenset(f["before"])) for f in read["fillers"])
    return Asides((sounds, *said), re.compile("|".join(f"(?:{p})" for p in read["sentences"]), re.I))


def _filler(words: str) -> re.Pattern[str]:
    """The words with the commas that set them off: of two commas none is left, of one before them that one."""
    return re.compile(rf"(?:,\s*)?(?<![\w'’])(?:{words})(?![\w'’])\s*,|(?<![\w'’])(?:{words})(?![\w'’])", re.I)


@lru_cache(maxsize=256)
def plainly(text: str) -> str:
    """The text with all of that blanked out, every other character in its place."""
    for filler in _asides().fillers:
        text = _blanked(text, _said(filler, text))
    return _blanked(text, _sentences(text))


def _said(filler: Filler, text: str) -> Iterator[Span]:
    """Where the filler stands, and is one."""
    for match in filler.pattern.finditer(text):
        if match.group()[0] == match.group()[-1] == ",":  # set off on both sides
            yield match.span()
            continue
        before, after = _LAST_WORD.search(text[: match.start()][-40:]), _NEXT_WORD.match(text, match.end())
        if before and before.group().casefold() in filler.after:
            continue
        if not (after and after.group(1).casefold() in filler.before):
            yield match.span()


def _sentences(text: str) -> Iterator[Span]:
    for start, end in sentences(text):
        said = text[start:end].rstrip(" \t\n.!?…").replace("’", "'")
        if _says_nothing(said) or all(map(_says_nothing, said.split(", "))):
            yield start, end


def _says_nothing(said: str) -> bool:
    lead = _LEADING.match(said)
    rest = said[lead.end() :] if lead else said
    return not rest or _asides().sentences.fullmatch(rest) is not None


def _blanked(text: str, spans: Iterator[Span]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], "".join(c if c == "\n" else " " for c in text[start:end])]
        at = end
    return "".join([*kept, text[at:]])


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text with single blanks, and where each of its characters stood."""
    places = [i for i, c in enumerate(text) if c != " " or i == 0 or text[i - 1] != " "]
    return "".join(text[i] for i in places), places
