"""A question sheet's file."""

from __future__ import annotations

from pathlib import Path

from interviewer.content.schema import Parsed, fit, same_id
from interviewer.content.yamlfile import decode, parse
from interviewer.models.question import QuestionSheet


def parse_question(data: bytes, path: Path, expected_id: str | None = None) -> Parsed[QuestionSheet]:
    """A question sheet from a file's bytes. Raises ContentError (Invalid when the keys don't fit)."""
    document = parse(decode(data, path), path)
    sheet = fit(document, QuestionSheet)
    same_id(document, expected_id, "file name")
    return Parsed(sheet, document)
