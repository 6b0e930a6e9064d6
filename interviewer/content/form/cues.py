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


def places(term: str, text: Sequence[str]) -> list[int]:
    """Where the term's words stand in a row in ``text``, a list of stems."""
    parts = _term(term)
    last = len(text) - len(parts)
    return [i for i in range(last + 1) if parts and all(text[i + j] in part for j, part in enumerate(parts))]


def matching(cues: Sequence[Cue], text: str) -> list[str] | None:
    """The terms by which the first matching cue is found in ``text``, or None."""
    stems = stemmed(text)
    return next((terms for cue in cues if (terms := _match(cue, stems))), None)


def _match(cue: Cue, stems: tuple[str, ...]) -> list[str] | None:
    groups = [(cue.phrase,)] if cue.phrase else list(cue.all)
    if any(places(term, stems) for term in cue.none):
        return None
    found = [[(place, term) for term in group for place in places(term, stems)] for group in groups]
    if not all(found):
        return None
    for number, combination in enumerate(product(*found)):
        at = [place for place, _ in combination]
        if max(at) - min(at) < cue.within and len(set(at)) == len(at):
            return [term for _, term in combination]
        if number > _TOO_MANY:
            break
    return None
