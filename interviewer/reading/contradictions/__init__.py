"""What a candidate tells in two rounds with another figure, or once as their own doing and once as somebody else's.

By rule and without a model, and set to say nothing rather than something wrong: only facts told in the past, in a story
of the candidate's own, that share words hardly anybody uses, with nothing that sets them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from interviewer.models.contradiction import Contradiction
from interviewer.models.transcript import Transcript
from interviewer.reading.contradictions import figures, owners
from interviewer.reading.contradictions.passages import Passage, Rarity, passages

MOST = 5
EVERY_WORD_TELLS = 10**6


def contradictions(talk: Transcript, common: Callable[[], tuple[Mapping[str, int], int]]) -> tuple[Contradiction, ...]:
    """Those of a talk in several rounds, in its order. ``common``: in how many of how many texts a stem stands; asked
    for only where something might be found, since it takes long."""
    if len(talk.rounds) < 2:
        return ()
    told = passages(talk)
    if not _found(talk, told, Rarity(talk, {}, EVERY_WORD_TELLS)):
        return ()
    found = _found(talk, told, Rarity(talk, *common()))
    found.sort(key=lambda c: (c.first.turn, c.second.turn, c.kind))
    kept: list[Contradiction] = []
    for c in found:  # a story told in many sentences differs once
        if not any(c.kind == k.kind and set(c.about) & set(k.about) and _places(c) == _places(k) for k in kept):
            kept.append(c)
    return tuple(kept[:MOST])


def _found(talk: Transcript, told: Sequence[Passage], rarity: Rarity) -> list[Contradiction]:
    return [*figures.contradictions(talk, told, rarity), *owners.contradictions(told, rarity)]


def _places(c: Contradiction) -> tuple[str, str]:
    return c.first.round, c.second.round
