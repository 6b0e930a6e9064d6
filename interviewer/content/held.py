"""Content as it was held in an interview: packed into the transcript, unpacked for grading it again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from pathlib import Path
from typing import TypeVar, overload

from interviewer.content.files import Kind
from interviewer.content.parsers import KIND_OF, PARSERS, Content
from interviewer.content.yamlfile import MAX_BYTES
from interviewer.errors import ContentError
from interviewer.models.events import Held
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric

M = TypeVar("M", Persona, Rubric, QuestionSheet)


def pack(id: str, data: bytes) -> Held:
    """``data``, a content file's bytes, with its hash and a copy that nobody reads by accident."""
    copy = base64.b64encode(zlib.compress(data, 9)).decode("ascii")
    return Held(id=id, sha256=hashlib.sha256(data).hexdigest(), copy_=copy)


def unpack(held: Held) -> bytes:
    """The file's bytes. Raises ContentError when the copy is absent, damaged, too large or another file."""
    place = place_of(held)
    if held.copy_ is None:
        raise ContentError(place, "is not in this transcript; only its hash was kept")
    try:
        stream = zlib.decompressobj()
        data = stream.decompress(base64.b64decode(held.copy_, validate=True), MAX_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise ContentError(place, "is damaged in this transcript and can't be unpacked") from None
    if len(data) > MAX_BYTES:
        raise ContentError(place, f"is larger than {MAX_BYTES // 1024} KB")
    if hashlib.sha256(data).hexdigest() != held.sha256:
        raise ContentError(place, "differs from the hash that stands beside it; it was changed after the interview")
    return data


def place_of(held: Held) -> Path:
    """What to call a copy in an error, where a file has its path."""
    return Path(f"copy of {held.id}")


@overload
def from_held(held: Held) -> Content: ...
@overload
def from_held(held: Held, model: type[M]) -> M: ...
def from_held(held: Held, model: type[M] | None = None) -> Content:
    """What the copy in a transcript holds: a ``model``, else whatever it looks like. Raises ContentError, also when
    the copy is not what its hash says."""
    data, place = unpack(held), place_of(held)
    kind = KIND_OF[model] if model else _looks_like(data)
    content: Content = PARSERS[kind](data, place, held.id).model
    return content


def _looks_like(data: bytes) -> Kind:
    if data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        return "persona"
    return "rubric" if b"\ncriteria:" in data else "question"
