"""A plain reading of cues, for finding those that the sheet's own words set off. The interview's reader knows more
(negation, clauses); here a cue that might match is already one to look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from interviewer.content.stems import stem, stemmed
from interviewer.models.question import Cue
from interviewer.text import words

_TOO_MANY = 200  # combinations of places to look at


@lru_cache(maxsize=20_000)
def _term(term: str) -> tuple[frozenset[str], ...]:
    """What each word of a term matches: its stem, and itself where it is written as a stem."""
    return tuple(frozenset({word, stem(word)}) for word in words(term))


class Said:
    """A text's stems, with the places of each, so that a term is only looked for where it could begin."""

    def __init__(self, stems: Sequence[str]) -> None:
        self.stems = stems
        self.at: dict[str, list[int]] = {}
        for place, one in enumerate(stems):
            self.at.setdefault(one, []).append(place)


@lru_cache(maxsize=256)
def said(text: str) -> Said:
    """A text, ready to be looked through."""
    return Said(stemmed(text))


def places(term: str, text: Said) -> list[int]:
    """Where the term's words stand in a row."""
    parts = _term(term)
    if not parts:
        return []
    first = [place for form in parts[0] for place in text.at.get(form, ())]
    if not first:
        return []
    rows = ((i, text.stems[i : i + len(parts)]) for i in sorted(first))
    return [i for i, row in rows if len(row) == len(parts) and all(map(frozenset.__contains__, parts, row))]


def matching(cues: Sequence[Cue], text: str) -> list[str] | None:
    """The terms by which the first matching cue is found in ``text``, or None."""
    stood = said(text)
    return next((terms for cue in cues if (terms := _match(cue, stood))), None)


def _match(cue: Cue, text: Said) -> list[str] | None:
    groups = [(cue.phrase,)] if cue.phrase else list(cue.all)
    if any(places(term, text) for term in cue.none):
        return None
    found = [[(place, term) for term in group for place in places(term, text)] for group in groups]
    if not all(found):
        return None
    for number, combination in enumerate(product(*found)):
        at = [place for place, _ in combination]
        if max(at) - min(at) < cue.within and len(set(at)) == len(at):
            return [term for _, term in combination]
        if number > _TOO_MANY:
            break
    return None
