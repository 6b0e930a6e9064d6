"""A rubric file: one round's head, criteria, checks and anchors."""

from __future__ import annotations

from pathlib import Path

from interviewer.content.schema import Parsed, fit, same_id
from interviewer.content.yamlfile import decode, parse
from interviewer.models.rubric import Rubric


def parse_rubric(data: bytes, path: Path, expected_id: str | None = None) -> Parsed[Rubric]:
    """A rubric from a file's bytes. Raises ContentError (Invalid when the keys don't fit)."""
    document = parse(decode(data, path), path)
    rubric = fit(document, Rubric)
    same_id(document, expected_id, "folder's name")
    return Parsed(rubric, document)
