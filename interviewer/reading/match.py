"""Finding a cue in a text: by word stems, the smallest window that holds one word of every group."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from interviewer.models.question import Cue
from interviewer.reading.negation import denied, disowned, negator
from interviewer.reading.tokens import Token, plain, stem, tokens

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
    found = [m for cue in cues if (m := _smallest(cue, text, tuple(void), guard, together))]
    return min(found, key=lambda m: (m.end - m.start, m.start), default=None)


def mentions(terms: Sequence[str], text: str) -> list[Match]:
    """Every place where one of ``terms`` stands, denied or not, in order."""
    words = tokens(text)
    hits = sorted(_all_hits(tuple(terms), text), key=_place)
    return [_cut(text, words, h.first, h.last) for h in hits]


@lru_cache(maxsize=20_000)
def _term(term: str) -> tuple[str, ...]:
    # Past the memory of texts, which thousands of terms would fill.
    return tuple(t.word for t in tokens.__wrapped__(term)) or (plain(term),)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """What a word of a term matches: its stem, and itself where it is written as a stem already."""
    return frozenset({stem(word), word})


@dataclass(frozen=True)
class _Index:
    """Where each form of a word stands in a text, and each pair of neighbours that may be one word."""

    singles: dict[str, tuple[int, ...]]
    pairs: dict[str, tuple[int, ...]]
    begun: frozenset[str]  # every form of those, and of each two neighbours


@lru_cache(maxsize=512)
def _index(text: str) -> _Index:
    words = tokens(text)
    singles: dict[str, list[int]] = {}
    pairs: dict[str, list[int]] = {}
    neighbours: set[str] = set()
    for i, token in enumerate(words):
        for form in {token.word, token.stem}:
            singles.setdefault(form, []).append(i)
        if i + 1 < len(words):
            neighbours |= _beginnings({token.word, token.stem}, {words[i + 1].word, words[i + 1].stem})
            if _may_join(token, words[i + 1]):
                pairs.setdefault(stem(token.word + words[i + 1].word), []).append(i)
    return _Index(
        {k: tuple(v) for k, v in singles.items()},
        {k: tuple(v) for k, v in pairs.items()},
        frozenset({*singles, *pairs, *neighbours}),
    )


def _beginnings(first: Set[str], second: Set[str]) -> set[str]:
    return {f"{a} {b}" for a in first for b in second}


@lru_cache(maxsize=20_000)
def _starts(terms: tuple[str, ...]) -> tuple[frozenset[str], dict[str, list[str]]]:
    """Every form of which one must stand in a text that holds one of the terms, and the terms of each."""
    found: dict[str, list[str]] = {}
    for term in terms:
        first, *rest = _term(term)
        whole = {"".join((first, *rest))}
        for form in whole | (_beginnings(_forms(first), _forms(rest[0])) if rest else _forms(first)):
            found.setdefault(form, []).append(term)
    return frozenset(found), found


def _all_hits(terms: tuple[str, ...], text: str) -> set[Hit]:
    """Where any of the terms stands. Most stand nowhere: only those that may are looked for."""
    forms, begun = _starts(terms)
    near = {term for form in forms & _index(text).begun for term in begun[form]}
    return {hit for term in near for hit in _hits(_term(term), text)}


def _hits(term: tuple[str, ...], text: str) -> list[Hit]:
    """The term's words in a row; "hold out", "hold-out" and "holdout" are one."""
    index, words, size = _index(text), tokens(text), len(term)
    joined = frozenset({"".join(term)})  # as it is written or as a stem, never its own stem: "no the" is not "nothing"
    if size == 1:
        hits = {Hit(i, i, term) for i in _standing(index.singles, _forms(term[0]))}
        return sorted(hits | {Hit(i, i + 1, term) for i in _standing(index.pairs, joined)}, key=_place)
    hits = {Hit(i, i, term) for i in _standing(index.singles, joined)}
    for i in _standing(index.singles, _forms(term[0])):
        if i + size <= len(words) and all(_same(term[j], words[i + j]) for j in range(1, size)):
            hits.add(Hit(i, i + size - 1, term))
    return sorted(hits, key=_place)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.first, hit.last


def _standing(places: dict[str, tuple[int, ...]], forms: frozenset[str]) -> set[int]:
    return {i for form in forms for i in places.get(form, ())}


def _same(word: str, token: Token) -> bool:
    return token.word == word or token.stem in _forms(word)


def _may_join(left: Token, right: Token) -> bool:
    return right.start - left.end <= 1 and len(left.word) >= 3 and len(right.word) >= 2


def _smallest(cue: Cue, text: str, void: tuple[Span, ...], guard: bool, together: bool) -> Match | None:
    words = tokens(text)
    groups = [(cue.phrase,)] if cue.phrase else list(cue.all)
    placed = []
    for group in groups:
        hits = {h for h in _all_hits(tuple(group), text) if not _within(h, words, void)}
        if not hits:
            return None
        placed.append(sorted(hits, key=_place))
    combos = sorted(_combinations(placed, cue.within), key=_extent)
    spoilers = _all_hits(tuple(cue.none), text) if combos else set()
    for combo in combos:
        first, last = min(h.first for h in combo), max(h.last for h in combo)
        if _crosses(words[first].start, words[last].end, void) or (guard and _denied(words, combo)):
            continue
        if together and words[first].sentence != words[last].sentence:
            continue
        if not any(_spoils(h, words, first, last) for h in spoilers):
            return _cut(text, words, first, last)
    return None


def _extent(combo: tuple[Hit, ...]) -> tuple[int, int]:
    first = min(h.first for h in combo)
    return max(h.last for h in combo) - first, first


def _combinations(placed: list[list[Hit]], within: int) -> list[tuple[Hit, ...]]:
    """For every word of every group, the nearest words of the other groups ``within`` so many, no word used twice."""
    starts = [[h.first for h in group] for group in placed]
    combos: dict[tuple[Hit, ...], None] = {}
    for i, group in enumerate(placed):
        for anchor in group:
            combo = [anchor]
            for j, other in enumerate(placed):
                if j == i:
                    continue
                low = bisect_left(starts[j], anchor.first - within)
                near = other[low : bisect_right(starts[j], anchor.first + within)]
                free = [h for h in near if all(h.last < c.first or h.first > c.last for c in combo)]
                if not free:
                    break
                combo.append(_nearest(free, anchor))
            else:
                if _extent(tuple(combo))[0] < within + len(combo):
                    combos[tuple(combo)] = None
    return list(combos)


def _nearest(hits: list[Hit], anchor: Hit) -> Hit:
    return min(hits, key=lambda h: (abs(h.first - anchor.first), h.first))


def _within(hit: Hit, words: Sequence[Token], void: Sequence[Span]) -> bool:
    return _crosses(words[hit.first].start, words[hit.last].end, void)


def _crosses(start: int, end: int, void: Sequence[Span]) -> bool:
    return any(start < v_end and v_start < end for v_start, v_end in void)


def _denied(words: Sequence[Token], combo: Sequence[Hit]) -> bool:
    """A denied reference: every part is denied, or one is and all stand in its clause. A cue that is itself a
    denial isn't."""
    if any(disowned(words, h.first) for h in combo):
        return True
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
