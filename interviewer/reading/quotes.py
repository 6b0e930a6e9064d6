"""Quotes: found in the text they are said to come from, and cut short enough to be said aloud."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from interviewer.reading.flags import injection_spans
from interviewer.reading.tokens import STOP, listed, sentences, tokens
from interviewer.text import fold

LONGEST = 12  # words of a quote said aloud
_CLAUSES = re.compile(r"(?:[^.,;:!?()\n\"“”]|(?<=\d)[.,:](?=\d))+")
_LEADING = frozenset(
    {"and", "or", "but", "so", "because", "since", "then", "well", "also", "which", "though", "although", "no", "yes"}
)
_DANGLING = listed("is are was were be the a an of to that it's with for than if my in")
WHOLE = 40  # words up to which a quote is widened to its sentences; beyond, to its clauses
_BORDER = re.compile(r"[,;:()\n]|\s[–—-]+\s|[–—]|[.!?](?=\s|$)")
_EDGES = " \t\n\"'“”‘’.…"


def verify(quote: str, text: str) -> str | None:
    """The text's own words for ``quote``, found by folding blanks, quotes, dashes and case; else None."""
    place = located(quote, text)
    return text[place[0] : place[1]] if place else None


def located(quote: str, text: str) -> tuple[int, int] | None:
    """Where ``verify`` finds them."""
    folded, places = _folded(text)
    for wanted in dict.fromkeys((fold(quote), fold(quote.strip(_EDGES)))):
        if not any(c.isalnum() for c in wanted):
            continue
        at = folded.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if _whole(folded, at, end):
                return places[at][0], places[end - 1][1]
            at = folded.find(wanted, at + 1)
    return None


def _whole(folded: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends at word boundaries: "1 percent" is not in "11 percent"."""
    left = start == 0 or not (folded[start - 1].isalnum() and folded[start].isalnum())
    return left and (end == len(folded) or not (folded[end].isalnum() and folded[end - 1].isalnum()))


@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The folded text, and for each of its characters the stretch of the original it comes from."""
    out: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        piece = fold(text[start:end])
        if not piece:
            piece = " " if out and out[-1] != " " else ""
        elif text[start].isspace() and out and out[-1] != " ":
            piece = " " + piece
        out += piece
        places += [(start, end)] * len(piece)
    return "".join(out), tuple(places)


def _clusters(text: str) -> list[tuple[int, int]]:
    """A character with the marks that combine with it."""
    starts = [i for i, c in enumerate(text) if i == 0 or not unicodedata.combining(c)]
    return list(zip(starts, [*starts[1:], len(text)], strict=False))


def clause(span: str, limit: int = LONGEST) -> str | None:
    """One clause of ``span`` of two to ``limit`` words, the longest there is; None when there is none."""
    pieces = [m.group().strip(" '‘’-–—") for m in _CLAUSES.finditer(" ".join(span.split()))]
    fitting = [p for p in pieces if 2 <= len(p.split()) <= limit]
    return max(fitting, key=lambda p: len(p.split()), default=None)


def spoken(quote: str, text: str, limit: int = LONGEST) -> str | None:
    """The clause of ``text`` in which ``quote`` stands, when that is short enough to say; else one of ``quote``.

    Never part of what is aimed at the interviewer.
    """
    start = text.find(quote)
    if not quote or start < 0:
        return None
    words = tokens(text)
    inside = [t for t in words if start <= t.start < start + len(quote)]
    numbers = [t.clause for t in inside if t.word not in STOP] or [t.clause for t in inside]
    if not numbers:
        return None
    most = max(dict.fromkeys(numbers), key=numbers.count)
    around = [t for t in words if t.clause == most]
    while around and around[0].word in _LEADING:
        around.pop(0)
    while around and (around[-1].word in _LEADING or around[-1].word in _DANGLING):
        around.pop()
    if not around or any(a < around[-1].end and around[0].start < b for a, b in injection_spans(text)):
        return None
    whole = " ".join(text[around[0].start : around[-1].end].split())
    return whole if 3 <= len(whole.split()) <= limit and not re.search(r'["“”]', whole) else clause(quote, limit)


def bordered(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of ``text`` widened to where its sentences begin and end, or its clauses where that is too long."""
    inside = [(a, b) for a, b in sentences(text) if a < end and start < b]
    if not inside:
        return start, end
    low, high = min(inside[0][0], start), max(_shut(text, inside[-1][1]), end)
    if len(text[low:high].split()) <= WHOLE:
        return low, high
    words = tokens(text)
    breaks = [i for i in range(1, len(words)) if words[i].clause != words[i - 1].clause]
    starts = [low, *(words[i].start for i in breaks), *(m.end() for m in _BORDER.finditer(text, low, start))]
    ends = [high, *(words[i - 1].end for i in breaks), *(m.start() for m in _BORDER.finditer(text, end, high))]
    left = max(s for s in starts if s <= start)
    return left, min(e for e in ends if e >= end)


def _shut(text: str, end: int) -> int:
    """The end of a sentence without its full stop and the blanks after it."""
    return len(text[:end].rstrip(" \t\n.;:!"))
