"""Finding a cue in a text: by word stems, the smallest window that holds one word of every group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.models.question import Cue
from interviewer.reading.negation import denied, negator
from interviewer.reading.tokens import Token, plain, stem, tokens

WINDOW = 40  # words within which the groups of a cue must come together
AROUND = 8  # words before and after the window in which a ``none`` word of the same sentence spoils it


@dataclass(frozen=True)
class Match:
    """Where a cue was found: the text's own words, from ``start`` to ``end``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """A term found at words ``first`` to ``last``."""

    first: int
    last: int
    term: tuple[str, ...]


Span = tuple[int, int]


def find(
    cues: Sequence[Cue], text: str, *, void: Sequence[Span] = (), guard: bool = True, together: bool = False
) -> Match | None:
    """The smallest stretch of ``text`` that satisfies any of ``cues``, or None.

    ``void`` are spans that can't take part. Without ``guard`` a denied mention counts too. ``together``: within one
    sentence.
    """
    found = [m for cue in cues for m in _matches(cue, text, tuple(void), guard)]
    if together:
        found = [m for m in found if len({t.sentence for t in tokens(text) if m.start <= t.start < m.end}) == 1]
    return min(found, key=lambda m: (m.end - m.start, m.start), default=None)


def mentions(terms: Sequence[str], text: str) -> list[Match]:
    """Every place where one of ``terms`` stands, denied or not, in order."""
    words = tokens(text)
    hits = [h for term in terms for h in _hits(_term(term), words)]
    return sorted((_cut(text, words, h.first, h.last) for h in hits), key=lambda m: m.start)


@lru_cache(maxsize=20_000)
def _term(term: str) -> tuple[str, ...]:
    return tuple(t.word for t in tokens(term)) or (plain(term),)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """What a word of a term matches: its stem, and itself where it is written as a stem already."""
    return frozenset({stem(word), word})


def _hits(term: tuple[str, ...], words: Sequence[Token]) -> list[Hit]:
    """The term's words in a row; "hold out", "hold-out" and "holdout" are one."""
    size, joined = len(term), _forms("".join(term))
    found = []
    for i, token in enumerate(words):
        if size > 1 and token.stem in joined:
            found.append(Hit(i, i, term))
        elif size == 1 and i + 1 < len(words) and _split(token, words[i + 1], joined):
            found.append(Hit(i, i + 1, term))
        elif i + size <= len(words) and all(_same(term[j], words[i + j]) for j in range(size)):
            found.append(Hit(i, i + size - 1, term))
    return found


def _same(word: str, token: Token) -> bool:
    return token.word == word or token.stem in _forms(word)


def _split(left: Token, right: Token, joined: frozenset[str]) -> bool:
    near = right.start - left.end <= 1 and len(left.word) >= 3 and len(right.word) >= 2
    return near and stem(left.word + right.word) in joined


def _matches(cue: Cue, text: str, void: tuple[Span, ...], guard: bool) -> list[Match]:
    words = tokens(text)
    groups = [(cue.phrase,)] if cue.phrase else list(cue.all)
    placed = [
        [h for term in group for h in _hits(_term(term), words) if not _within(h, words, void)] for group in groups
    ]
    if not all(placed):
        return []
    spoilers = [h for term in cue.none for h in _hits(_term(term), words)]
    found = []
    for combo in _combinations(placed):
        first, last = min(h.first for h in combo), max(h.last for h in combo)
        if last - first >= WINDOW + len(combo) or _crosses(words[first].start, words[last].end, void):
            continue
        if guard and _denied(words, combo):
            continue
        if any(_spoils(h, words, first, last) for h in spoilers):
            continue
        found.append(_cut(text, words, first, last))
    return found


def _combinations(placed: list[list[Hit]]) -> list[tuple[Hit, ...]]:
    """For every word of every group, the nearest words of the other groups, no word used twice."""
    combos: dict[tuple[Hit, ...], None] = {}
    for i, group in enumerate(placed):
        for anchor in group:
            combo = [anchor]
            for j, other in enumerate(placed):
                if j == i:
                    continue
                free = [h for h in other if all(h.last < c.first or h.first > c.last for c in combo)]
                if not free:
                    break
                combo.append(min(free, key=lambda h: (abs(h.first - anchor.first), h.first)))
            else:
                combos[tuple(combo)] = None
    return list(combos)


def _within(hit: Hit, words: Sequence[Token], void: Sequence[Span]) -> bool:
    return _crosses(words[hit.first].start, words[hit.last].end, void)


def _crosses(start: int, end: int, void: Sequence[Span]) -> bool:
    return any(start < v_end and v_start < end for v_start, v_end in void)


def _denied(words: Sequence[Token], combo: Sequence[Hit]) -> bool:
    """A denied reference: every part is denied, or one is and all stand in its clause. A cue that is itself a
    denial isn't."""
    if any(negator(w) for h in combo for w in h.term):
        return False
    refused = [h for h in combo if denied(words, h.first, h.last)]
    if len(refused) == len(combo):
        return True
    return any(all(words[h.first].clause == words[r.first].clause for h in combo) for r in refused)


def _spoils(hit: Hit, words: Sequence[Token], first: int, last: int) -> bool:
    same = words[first].sentence <= words[hit.first].sentence <= words[last].sentence
    return same and first - AROUND <= hit.first <= last + AROUND


def _cut(text: str, words: Sequence[Token], first: int, last: int) -> Match:
    start, end = words[first].start, words[last].end
    return Match(text[start:end], start, end)
