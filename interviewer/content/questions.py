"""A question sheet's file."""

from __future__ import annotations

import re
from pathlib import Path

from interviewer.content.beliefs import with_common
from interviewer.content.schema import Parsed, fit, same_id
from interviewer.content.yamlfile import decode, parse
from interviewer.models.question import QuestionSheet

_ROUNDS = re.compile(rb"^rounds:[ \t]*\[([^\]\n]*)\][ \t\r]*(?:#.*)?$", re.M)
_PROSE = re.compile(r"^[ -]*(?:ask|model_answer|answer):(.*\n(?:  +(?!\w+:).*\n|[ \r]*\n)*)", re.M)
_DRAFT = re.compile(rb"^draft:[ \t]*true\b", re.M)


def rounds_of(data: bytes) -> frozenset[str] | None:
    """The rounds a sheet may be drawn for, read from its head without parsing it; None where that takes a parser.

    Parsing all of a bank of hundreds would be felt at every start.
    """
    heads = _ROUNDS.findall(data)
    if len(heads) != 1:
        return None
    names = heads[0].decode("utf-8", "replace").split(",")
    return frozenset() if _DRAFT.search(data) else frozenset(name.strip(" \t'\"") for name in names)


def prose_of(data: bytes) -> str:
    """What a sheet asks and how it is answered, without parsing it: near enough for counting words."""
    return "\n".join(_PROSE.findall(data.decode("utf-8", "replace")))


def parse_question(data: bytes, path: Path, expected_id: str | None = None) -> Parsed[QuestionSheet]:
    """A question sheet from a file's bytes. Raises ContentError (Invalid when the keys don't fit)."""
    document = with_common(parse(decode(data, path), path))
    sheet = fit(document, QuestionSheet)
    same_id(document, expected_id, "file name")
    return Parsed(sheet, document)
