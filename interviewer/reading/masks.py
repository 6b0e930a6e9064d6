"""A text as it reads when its letters fool nobody: hidden and look-alike characters, accents, letters set apart."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import Counter
from functools import lru_cache

Span = tuple[int, int]

# Letters of other scripts that look like Latin ones; replaced only in words that hold Latin letters as well.
_ALIKE = str.maketrans(
    "асеіјорѕухАВСЕНІЈКМОРЅТХУԁԛԝɡοαερνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceijopsyxABCEHIJKMOPSTXYdqwgoaepvikABEZHIKMNOPTYX"
)
_PLAIN = str.maketrans("‘’“”–—łŁøØđĐı", "''\"\"--lLoOdDi")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-_*]{1,3}){5,}[^\W\d_](?![^\W_])")
_CODED = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}={0,2}")


@lru_cache(maxsize=256)
def unmasked(text: str) -> tuple[str, tuple[int, ...]]:
    """The text plainly written, and for each of its characters the place in ``text`` it comes from."""
    if text.isascii():
        return _joined(text, list(range(len(text))))
    out: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        for piece in unicodedata.normalize("NFKD", char):
            if unicodedata.category(piece) not in ("Cf", "Mn", "Mc"):
                out.append(piece)
                places.append(i)
    plain = "".join(out).translate(_PLAIN)
    plain = _WORD.sub(lambda m: m.group().translate(_ALIKE) if _LATIN.search(m.group()) else m.group(), plain)
    return _joined(plain, places)


def _joined(plain: str, places: list[int]) -> tuple[str, tuple[int, ...]]:
    """Letters set apart are put together; what parts them most often parts letters, anything else parts words."""
    out: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _SPACED.finditer(plain):
        gaps = re.findall(r"(?<=[^\W_])[ .\-_*]+(?=[^\W_])", match.group())
        usual = Counter(gaps).most_common(1)[0][0]
        for i in range(at, match.start()):
            out.append(plain[i])
            kept.append(places[i])
        for piece in re.finditer(r"[ .\-_*]+|[^ .\-_*]+", match.group()):
            if piece.group() != usual:
                said = piece.group() if piece.group().strip(" .-_*") else " "
                out += said
                kept += [places[match.start() + piece.start()]] * len(said)
        at = match.end()
    return "".join(out) + plain[at:], (*kept, *places[at:])


def fold(word: str) -> str:
    """A word of the data, the same way."""
    return unmasked(word)[0].casefold()


def coded(text: str) -> list[Span]:
    """Stretches of base64 that hold readable words: nobody speaks so."""
    found = []
    for match in _CODED.finditer(text):
        try:
            said = base64.b64decode(match.group() + "=" * (-len(match.group()) % 4), validate=True).decode("utf-8")
        except ValueError:
            continue
        if said.isprintable() and len(said.split()) >= 3:
            found.append(match.span())
    return found
