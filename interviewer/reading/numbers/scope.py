"""Which numbers a claim was worked out from: those said nearest to it, before it or in the same breath."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.reading.numbers.checked import Given
from interviewer.reading.numbers.patterns import inputs, phrase
from interviewer.reading.numbers.sentences import Sentence

ALWAYS = re.compile(r"base|deviation|variance|sigma|mde|minimum detectable|significance|alpha|power|confidence")
FAR = 200  # sentences with numbers in them
AROUND = 2  # sentences of the same turn, before and after


@dataclass(frozen=True)
class Scope:
    """A claim's sentence among those of its round."""

    at: Sentence
    round: Sequence[Sentence]

    @property
    def close(self) -> list[Sentence]:
        """The sentences around it in its turn, nearest first."""
        mine = [s for s in self.round if s.turn == self.at.turn and 0 < abs(s.place - self.at.place) <= AROUND]
        return sorted(mine, key=lambda s: (abs(s.place - self.at.place), s.place))

    @property
    def asked(self) -> list[Sentence]:
        """What the interviewer said just before."""
        before = [s for s in self.round if not s.mine and s.turn < self.at.turn]
        return [s for s in before if s.turn == before[-1].turn] if before else []

    @property
    def turn(self) -> list[Sentence]:
        return [s for s in self.round if s.turn == self.at.turn]

    @property
    def earlier(self) -> list[Sentence]:
        """What had been said by then with a number in it, as far back as anybody remembers."""
        return [s for s in self.round if s.turn <= self.at.turn and s.numbers][-FAR:]

    def find(self, role: str, *, far: str = "") -> list[Given]:
        """The values of ``role`` that were said nearest: each value once, more than one where nothing tells which.

        ``far`` is a pattern: farther away in the round, only what shares words of it with the claim's turn, or
        is called by one of ALWAYS, is taken to be about the same thing.
        """
        for level in ([self.at], *([s] for s in self.close), self.asked):
            if found := _distinct([g for s in level for g in inputs(role, s)]):
                return found
        if not far:
            return []
        here = {m.group() for s in self.turn for m in phrase(far).finditer(s.marked)}
        kept = [
            s
            for s in self.earlier
            if any(m.group() in here or ALWAYS.search(m.group()) for m in phrase(far).finditer(s.marked))
        ]
        return _distinct([g for s in kept for g in inputs(role, s)])


def _distinct(found: Sequence[Given]) -> list[Given]:
    values: dict[float, Given] = {}
    for given in found:
        values.setdefault(given.value, given)
    return list(values.values())
