"""What the numbers of a sentence are, by the words around them; the words are in ``patterns.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from interviewer.reading.numbers.checked import Given
from interviewer.reading.numbers.numerals import PERCENT, POINTS, Quantity
from interviewer.reading.numbers.sentences import Sentence

_X, _ANY = r"⟨(\d+)⟩", r"⟨\d+⟩"


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    from ruamel.yaml import YAML

    text = files("interviewer.reading.numbers").joinpath("patterns.yaml").read_text("utf-8")
    read: dict[str, Any] = YAML(typ="safe").load(text)
    return read


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its lists and marks filled in."""
    for name, words in _read()["lists"].items():
        pattern = re.sub(rf"(?<![A-Z]){name}(?![A-Z])", lambda m, w=words: w, pattern)  # type: ignore[misc]
    return re.compile(pattern.replace("{x}", _X).replace("{any}", _ANY))


@lru_cache(maxsize=1)
def _inputs() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {name: tuple(compiled(p) for p in patterns) for name, patterns in _read()["inputs"].items()}


@lru_cache(maxsize=64)
def phrase(name: str) -> re.Pattern[str]:
    """One of the patterns that tell a claim."""
    found = _read()["claims"].get(name) or _read()[name]
    return compiled(found)


@lru_cache(maxsize=64)
def phrases(name: str) -> tuple[re.Pattern[str], ...]:
    """The alternatives of a claim that has several."""
    return tuple(compiled(p) for p in _read()["claims"][name])


def hits(
    patterns: Iterable[re.Pattern[str]], sentence: Sentence
) -> Iterator[tuple[re.Match[str], tuple[Quantity, ...]]]:
    """Where the patterns are found, with the numbers they capture; overlapping ones too."""
    for pattern in patterns:
        at = 0
        while m := pattern.search(sentence.marked, at):
            yield m, tuple(sentence.numbers[int(g)] for g in m.groups() if g is not None and g.isdigit())
            at = m.start() + 1


def _share(low: float, high: float) -> Callable[[Quantity], float | None]:
    def value(q: Quantity) -> float | None:
        return q.fraction if low <= q.fraction <= high and (q.unit == PERCENT or (not q.unit and q.value < 1)) else None

    return value


def _count(low: float, high: float = 1e12) -> Callable[[Quantity], float | None]:
    return lambda q: q.value if not q.unit and not q.loose and low <= q.value <= high else None


def _any(q: Quantity) -> float | None:
    return q.fraction if q.value > 0 and q.unit != "money" else None


_VALUES: dict[str, Callable[[Quantity], float | None]] = {
    "size": _count(10), "total": _count(10), "baseline": _share(1e-6, 0.999), "effect": _any, "deviation": _any,
    "variance": _any, "alpha": _share(1e-6, 0.25), "confidence": _share(0.7, 0.9999), "power": _share(0.05, 0.9999),
    "tests": lambda q: q.value if not q.unit and q.whole and 2 <= q.value <= 1e5 else None,
    "error": _any, "standardised": lambda q: q.value if not q.unit and 0 < q.value < 5 else None,
}  # fmt: skip


# What a number is taken for first: "80 percent power" is no baseline.
_FIRST = {
    "baseline": ("power", "confidence", "alpha"), 
    "effect": ("power", "confidence", "alpha", "size", "total", "error", "standardised"),
    "total": ("size",), "power": ("confidence",),
}  # fmt: skip


@lru_cache(maxsize=4096)
def inputs(role: str, sentence: Sentence) -> tuple[Given, ...]:
    """The numbers of ``sentence`` that are a ``role``, such as "power", in order and each once."""
    found: dict[int, Given] = {}
    before = [g for first in _FIRST.get(role, ()) for g in inputs(first, sentence)]
    taken = {q.start for q in sentence.numbers for g in before if (q.value, q.unit) == (g.number.value, g.number.unit)}
    for m, _ in hits(_inputs()[role], sentence):
        number = sentence.numbers[int(m[1])]
        value = _VALUES[role](number)
        if value is not None and number.start not in taken:
            found[number.start] = Given(role, value, number, sentence)
    return tuple(found[k] for k in sorted(found))


def place(number: Quantity, sentence: Sentence) -> int:
    """Where the mark of a number stands in the marked sentence."""
    return sentence.marked.index(f"⟨{sentence.numbers.index(number)}⟩")


def is_share(q: Quantity) -> bool:
    """Percent or points."""
    return q.unit in (PERCENT, POINTS)
