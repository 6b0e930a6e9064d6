"""Graded answers to a sheet's question that are kept outside of the sheet."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from interviewer.content.schema import fit
from interviewer.content.yamlfile import decode, parse, read_bytes
from interviewer.models.base import Frozen
from interviewer.models.question import Example, QuestionSheet


class Answers(Frozen):
    """A file of them."""

    examples: tuple[Example, ...] = Field(min_length=1)


def read_answers(path: Path, sheet: QuestionSheet) -> tuple[Example, ...]:
    """The answers in a file. Raises ContentError, also where they are marked with what ``sheet`` doesn't have."""
    document = parse(decode(read_bytes(path), path), path)
    found = fit(document, Answers).examples
    if strange := sheet.unknown_marks(found):
        raise document.error(f"is marked with what '{sheet.id}' doesn't have: {', '.join(strange)}", ("examples",))
    return found
