"""A candidate's file: keys between two '---' lines, then in Markdown who they are."""

from __future__ import annotations

from pathlib import Path

from interviewer.content.personas import split
from interviewer.content.schema import fit
from interviewer.content.yamlfile import decode, parse, read_bytes
from interviewer.models.candidate import Candidate


def read_candidate(path: Path) -> Candidate:
    """A candidate from a file. Raises NotFound, ContentError (Invalid when the keys don't fit)."""
    head, voice = split(decode(read_bytes(path), path), path)
    document = parse(head, path, first_line=2)
    if "voice" in document.data:
        raise document.error("is no key: the voice is the text below the second '---'", ("voice",))
    return fit(document, Candidate).model_copy(update={"voice": voice.strip()})
