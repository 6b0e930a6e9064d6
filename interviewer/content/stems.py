"""Words by their stems, for telling whether two texts share an idea's words."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

from interviewer.text import words

_STEMMER = snowballstemmer.stemmer("english")
_COMMON = """
    a about after all also an and another any anyone anything are as ask asks at away be because been before
    being both but by can candidate come could did do does done down each else even ever every everything few
    first for from get give gives go goes going had has have he her here him his how i if in instead into is it
    its itself just keep keeps know let like look looks make makes many may me mean might more most much must my
    name names need never new no not nothing now of off on once one ones only or other others our out over own
    part person put rather really right said same say says see seen set she should since so some somebody
    someone something state states still such take takes tell tells than that the their them themselves then
    there these they thing things think this those through time to told too two under until up us use used uses
    using very want was way we well were what when where whether which while who whom whose why will with within
    without work works would yes yet you your
"""
COMMON = frozenset(_COMMON.split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word."""
    bare = word.removesuffix("'s")
    return str(_STEMMER.stemWord(bare))


def stemmed(text: str) -> tuple[str, ...]:
    """The stem of every word, in order."""
    return tuple(stem(word) for word in words(text))


def telling(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning; no numbers, no contractions."""
    kept = (word.removesuffix("'s") for word in words(text))
    return frozenset(stem(word) for word in kept if word.isalpha() and len(word) > 1 and word not in COMMON)
