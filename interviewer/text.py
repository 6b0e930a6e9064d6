"""Text from files, models and people, made safe to show and easy to compare. Pure functions, no imports of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Escape sequences whole, then whatever single control is left; bidi, zero-width and tag characters can disguise text.
_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|\x9c|$)"
    r"|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|[\x90\x98\x9d-\x9f].*?(?:\x07|\x1b\\|\x9c|$)",
    re.S,
)
_SINGLES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_FOLDED = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": "...", "\u00a0": " ",
})  # fmt: skip


def sanitise(text: str) -> str:
    """Text that can't drive a terminal: no escapes, controls, bidi or hidden characters; newline and tab stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return sanitise_chunk(_SEQUENCES.sub("", text))


def sanitise_chunk(chunk: str) -> str:
    """The same for a piece of a stream, where an escape sequence may be cut: only single characters are dropped."""
    return _SURROGATES.sub("\ufffd", _SINGLES.sub("", chunk))


def one_line(text: str, width: int = 80) -> str:
    """Sanitised, blanks folded, cut to ``width`` characters with an ellipsis: for lists and titles."""
    flat = " ".join(sanitise(text).split())
    return flat if len(flat) <= width else flat[: max(1, width - 1)].rstrip() + "…"


def fold(text: str) -> str:
    """Text for comparing: NFKC, plain quotes and dashes, single blanks, no case."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_FOLDED).split()).casefold()


def words(text: str) -> list[str]:
    """The words of a text, case folded, apostrophes kept inside words."""
    return [m.group(0).replace("’", "'").casefold() for m in _WORD.finditer(text)]


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
