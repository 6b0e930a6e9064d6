"""How alike two answers are: by the stems of their words and by their letters."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache

from interviewer.reading.reference import words
from interviewer.reading.tokens import tokens

LETTERS = (3, 4)  # in a row

Vector = tuple[dict[str, int], float]  # counts, and their length


def likeness(one: str, other: str) -> float:
    """The mean of two cosines, of the texts' stems without grammar and of their letters in threes and fours; 0 to 1."""
    return (_cosine(_stems(one), _stems(other)) + _cosine(_letters(one), _letters(other))) / 2


def _cosine(one: Vector, other: Vector) -> float:
    (a, size_a), (b, size_b) = sorted((one, other), key=lambda v: len(v[0]))
    shared = sum(n * b[k] for k, n in a.items() if k in b)
    return shared / (size_a * size_b) if shared else 0.0


def _vector(counts: Counter[str]) -> Vector:
    return dict(counts), math.sqrt(sum(n * n for n in counts.values()))


@lru_cache(maxsize=4096)
def _stems(text: str) -> Vector:
    carrying = frozenset(words(text).content)
    return _vector(Counter(t.stem for t in tokens(text) if t.stem in carrying))


@lru_cache(maxsize=4096)
def _letters(text: str) -> Vector:
    line = f" {' '.join(t.stem for t in tokens(text))} "
    return _vector(Counter(line[i : i + n] for n in LETTERS for i in range(len(line) - n + 1)))
