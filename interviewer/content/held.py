"""Content as it was held in an interview: packed into the transcript, unpacked for grading it again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from pathlib import Path

from interviewer.content.yamlfile import MAX_BYTES
from interviewer.errors import ContentError
from interviewer.models.events import Held


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
