"""Sums said aloud: "56,000 times 3 is 168,000 minus 100,000, still plus 68,000" holds two of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from typing import Any

from interviewer.reading.numbers.numerals import PERCENT, POINTS, Quantity
from interviewer.reading.numbers.sentences import Sentence

_MARK = re.compile(r"\s*⟨(\d+)⟩")
_WORD = re.compile(r"\s*([a-z][a-z'-]*)")
Values = Sequence[float]


@dataclass(frozen=True)
class Sum:
    """Operands and the signs between them (one fewer), and the number they are said to come to.

    ``squares`` and ``roots`` are places of operands. ``sure`` means that "is" was said, not only a comma.
    """

    operands: tuple[Quantity, ...]
    signs: tuple[str, ...]
    squares: frozenset[int]
    roots: frozenset[int]
    result: Quantity
    sure: bool

    def readings(self) -> list[Callable[[Values], float]]:
        """The ways to work it out: products first or from left to right, a root of one number or of all that follow."""
        made: list[Callable[[Values], float]] = [lambda v: _by_rank(self._narrow(v), self.signs)]
        if set(self.signs) & {"+", "-"} and set(self.signs) & {"*", "/"}:
            made.append(lambda v: _in_order(self._narrow(v), self.signs))
        if self.roots:
            made.append(self._wide)
        if self.squares == {1} and len(self.operands) == 2:
            made.append(lambda v: _by_rank(v, self.signs) ** 2)  # "a over b, squared"
        return made

    def _squared(self, values: Values) -> list[float]:
        return [v * v if i in self.squares else v for i, v in enumerate(values)]

    def _narrow(self, values: Values) -> list[float]:
        return [sqrt(abs(v)) if i in self.roots else v for i, v in enumerate(self._squared(values))]

    def _wide(self, values: Values) -> float:
        """With the first root over all that comes after it."""
        at, values = min(self.roots), self._squared(values)
        under = _by_rank(values[at:], self.signs[at:])
        return _by_rank([*values[:at], sqrt(abs(under))], self.signs[:at])


def _apply(a: float, sign: str, b: float) -> float:
    if sign == "/":
        return a / b
    return a * b if sign == "*" else a + b if sign == "+" else a - b


def _in_order(values: Values, signs: Sequence[str]) -> float:
    total = values[0]
    for sign, value in zip(signs, values[1:], strict=True):
        total = _apply(total, sign, value)
    return total


def _by_rank(values: Values, signs: Sequence[str]) -> float:
    """Products and quotients before sums and differences."""
    terms, between = [values[0]], []
    for sign, value in zip(signs, values[1:], strict=True):
        if sign in "*/":
            terms[-1] = _apply(terms[-1], sign, value)
        else:
            terms.append(value)
            between.append(sign)
    return _in_order(terms, between)


@dataclass(frozen=True)
class _Grammar:
    signs: tuple[tuple[str, re.Pattern[str]], ...]
    of: re.Pattern[str]
    root: re.Pattern[str]
    squared: re.Pattern[str]
    equals: re.Pattern[str]
    maybe: re.Pattern[str]
    hedges: re.Pattern[str]
    rewritten: tuple[tuple[re.Pattern[str], str], ...]
    nouns: int
    never: frozenset[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    from ruamel.yaml import YAML

    text = files("interviewer.reading.numbers").joinpath("expressions.yaml").read_text("utf-8")
    read: dict[str, Any] = YAML(typ="safe").load(text)
    literal = [re.escape(w) for w in sorted(read["equals"], key=len, reverse=True)]
    perhaps = [re.escape(w) for w in sorted(read["maybe_equals"], key=len, reverse=True)]
    hedges = [re.escape(w) for w in sorted(read["hedges"], key=len, reverse=True)]
    return _Grammar(
        signs=tuple((sign, _at(words)) for sign, words in read["between"].items()),
        of=_at(read["of"]), root=_at(read["root"]), squared=_at(read["squared"]), equals=_at(literal),
        maybe=_at(perhaps), hedges=re.compile(rf"(?:{_any(hedges)})*"),
        rewritten=tuple((re.compile(a), b) for a, b in read["rewritten"]),
        nouns=read["nouns"], never=frozenset(read["never"]),
    )  # fmt: skip


def _any(words: Sequence[str]) -> str:
    return "|".join(rf"\s*{w}{'(?![a-z])' if w[-1].isalpha() else ''}" for w in words)


def _at(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*,?(?:{_any(words)})")


@dataclass
class _Parse:
    """One reading of a sentence from a place on."""

    text: str
    numbers: tuple[Quantity, ...]
    at: int
    operands: list[Quantity] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    squares: set[int] = field(default_factory=set)
    roots: set[int] = field(default_factory=set)

    def take(self, pattern: re.Pattern[str]) -> bool:
        m = pattern.match(self.text, self.at)
        if m is None:
            return False
        self.at = m.end()
        return True

    def number(self) -> Quantity | None:
        m = _MARK.match(self.text, self.at)
        if m is None:
            return None
        self.at = m.end()
        return self.numbers[int(m[1])]

    def operand(self) -> bool:
        """A number, with a root before it or a square after it."""
        rooted = self.take(_grammar().root)
        q = self.number()
        if q is None:
            return False
        if rooted:
            self.roots.add(len(self.operands))
        if self.take(_grammar().squared):
            self.squares.add(len(self.operands))
        self.operands.append(q)
        return True

    def sign(self) -> str | None:
        """The sign that comes next, after a few words for what was counted."""
        for _ in range(_grammar().nouns + 1):
            if sign := self._sign_here():
                return sign
            m = _WORD.match(self.text, self.at)
            if m is None or m[1] in _grammar().never or (len(m[1]) == 1 and m[1] != "a"):
                return None
            self.at = m.end()
        return None

    def _sign_here(self) -> str | None:
        for sign, pattern in _grammar().signs:
            if self.take(pattern):
                return sign
        share = self.operands[-1]
        if (share.unit in (PERCENT, POINTS) or (0 < share.value < 1)) and self.take(_grammar().of):
            return "*"
        return None

    def rest(self) -> None:
        """Signs and numbers as far as they go."""
        while True:
            before = self.at
            sign = self.sign()
            self.take(_ARTICLE)
            if sign is None or not self.operand():
                self.at = before
                return
            self.signs.append(sign)

    def result(self) -> tuple[Quantity, bool] | None:
        """What it is said to come to, and whether "is" was said."""
        for _ in range(_grammar().nouns + 1):
            for pattern, sure in ((_grammar().equals, True), (_grammar().maybe, False)):
                before = self.at
                if self.take(pattern):
                    self.take(_grammar().hedges)
                    if q := self.number():
                        return q, sure
                    self.at = before
            m = _WORD.match(self.text, self.at)
            if m is None or m[1] in _grammar().never:
                return None
            self.at = m.end()
        return None


_ARTICLE = re.compile(r"\s*(?:the|a|an|another|about|roughly|around|my|our|those|these|all|\()(?![a-z])")


def sums(sentence: Sentence) -> Iterator[Sum]:
    """Every sum of a sentence with its result; each number is the beginning of one at most."""
    text = sentence.marked
    for pattern, instead in _grammar().rewritten:
        text = pattern.sub(instead, text)
    done = -1
    for mark in _MARK.finditer(text):
        if mark.start() < done or _continues(text[: mark.start()]):
            continue
        parse = _Parse(text, sentence.numbers, _from_root(text, mark.start()))
        if not parse.operand():
            continue
        parse.rest()
        if not parse.signs:
            continue
        done = parse.at
        if found := parse.result():
            yield Sum(
                tuple(parse.operands), tuple(parse.signs), frozenset(parse.squares), frozenset(parse.roots), *found
            )


def _continues(before: str) -> bool:
    """Whether a sign with nothing we know before it leads up to a number: "16 times p times ⟨1⟩"."""
    text = re.sub(r"(?:\s*\b(?:the|a|an|my|our|about)\b)+\s*$", "", before)
    return any(re.search(rf"(?:{p.pattern})\s*$", text) for sign, p in _grammar().signs if sign != "+") or bool(
        re.search(r"\b(?:per|of|every|by|in)\s*$", text) and re.search(r"⟨\d+⟩[^.;]{0,40}$", text)
    )


def _from_root(text: str, mark: int) -> int:
    for m in _grammar().root.finditer(text, max(0, mark - 30), mark):
        if m.end() == mark or not text[m.end() : mark].strip():
            return m.start()
    return mark
