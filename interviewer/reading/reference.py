"""How far an answer reaches a reference answer, without a model: by words that have the same stem or nearly the same
spelling, weighted by what they tell.

A recall of the reference and not a similarity: what an answer says beyond it costs nothing (Sultan, Salazar & Sumner
2016 found as much for short answers). Words of the question tell little, since every answer has them, and words of
grammar next to nothing; neither is nothing, since what is said of them binds the rest together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from interviewer.reading.negation import negator
from interviewer.reading.tokens import stem, tokens

GRAMMAR, QUESTION = 0.15, 0.3  # the weight of a word of grammar, and of one of the question's; any other word has 1
ALIKE = 0.6  # shared pairs of letters (Dice) from which a word is another one, misspelled
MISSPELT = 0.9  # what a misspelled word counts
LETTERS = 4  # below which a word has no misspelling
SHORT = 40  # words; in a longer text denials are about many things, and their number says nothing
_NUMBERS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of a text by stem, each once, in order; ``grammar`` are those that only hold it together."""

    stems: tuple[str, ...]
    grammar: frozenset[str]
    size: int  # words in all
    denials: int

    @property
    def content(self) -> tuple[str, ...]:
        """The stems that carry meaning."""
        return tuple(s for s in self.stems if s not in self.grammar)


@dataclass(frozen=True)
class Reach:
    """``share`` of the reference's weight that is reached, 0 to 1; ``new``: whether any of that is a word the question
    doesn't have, and no denial; ``opposed``: one of the two denies what the other says."""

    share: float
    new: bool
    opposed: bool


@lru_cache(maxsize=4096)
def words(text: str) -> Words:
    """Its words, numbers in figures."""
    found: dict[str, bool] = {}
    said = tokens(text)
    for token in said:
        number = _NUMBERS.get(token.word) or (token.word.replace(",", "") if token.word[0].isdigit() else None)
        found.setdefault(number or token.stem, number is None and token.word in _grammatical())
    return Words(
        tuple(found), frozenset(s for s, is_grammar in found.items() if is_grammar), len(said),
        sum(negator(t.word) for t in said),
    )  # fmt: skip


def reach(reference: str, answer: str, question: str = "") -> Reach:
    """How far ``answer`` reaches ``reference``, where ``question`` was asked."""
    weights, said = _weights(reference, question), words(answer)
    there, spelled = frozenset(said.stems), _spelled(said)
    met = total = 0.0
    new = False
    for word, weight in weights.items():
        counts = 1.0 if word in there else MISSPELT if weight > GRAMMAR and _misspelt(word, spelled) else 0.0
        met, total = met + weight * counts, total + weight
        new = new or (weight == 1 and counts > 0 and not negator(word))
    return Reach(met / total if total else 0.0, new, _opposed(words(reference), said))


def newly(reference: str, question: str) -> bool:
    """Whether a reference says anything the question doesn't."""
    return 1.0 in _weights(reference, question).values()


@lru_cache(maxsize=4096)
def _weights(reference: str, question: str) -> Mapping[str, float]:
    own, asked = words(reference), frozenset(words(question).stems)
    return {s: GRAMMAR if s in own.grammar else QUESTION if s in asked else 1.0 for s in own.stems}


def _spelled(said: Words) -> Mapping[str, list[str]]:
    """The words that may be misspelled, by their first letter: the one that is hardly ever wrong."""
    by_letter: dict[str, list[str]] = {}
    for word in said.content:
        if len(word) >= LETTERS and not word[0].isdigit():
            by_letter.setdefault(word[0], []).append(word)
    return by_letter


def _misspelt(word: str, spelled: Mapping[str, list[str]]) -> bool:
    return len(word) >= LETTERS and any(alike(word, other) >= ALIKE for other in spelled.get(word[0], ()))


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """Dice's coefficient over the pairs of letters of two words, their ends counted in; 0 to 1."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b))


@lru_cache(maxsize=50_000)
def _pairs(word: str) -> frozenset[str]:
    ended = f"^{word}$"
    return frozenset(ended[i : i + 2] for i in range(len(ended) - 1))


def _opposed(reference: Words, answer: Words) -> bool:
    """An odd number of denials between the two, a word's opposite counting as one: "not connected" is "separated"."""
    if max(reference.size, answer.size) > SHORT:
        return False
    wanted, said = frozenset(reference.stems), frozenset(answer.stems)
    turned = any(o in said and o not in wanted and w not in said for w in reference.stems for o in _opposites(w))
    return bool((reference.denials + answer.denials + turned) % 2)


@cache
def _grammatical() -> frozenset[str]:
    return frozenset(_file("grammatical.txt").split())


def _opposites(word: str) -> frozenset[str]:
    return _all_opposites().get(word, frozenset())


@cache
def _all_opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _file("opposites.txt").splitlines():
        one, other = map(stem, line.split())
        for a, b in ((one, other), (other, one)):
            found[a] = found.get(a, frozenset()) | {b}
    return found


def _file(name: str) -> str:
    return files("interviewer.reading").joinpath("words", name).read_text(encoding="utf-8")
