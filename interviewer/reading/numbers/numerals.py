"""Numbers in running text: digits and words, scales, percent and points, and how far each was rounded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

PERCENT, POINTS, MONEY = "percent", "points", "money"
_TOKEN = re.compile(
    r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?(?:e[-+]?\d+| e-\d+|\s?[×x*]\s?10\^?-\d+)?|\.\d+|"
    r"[^\W\d_]+|[%$€£~≈]"
)
_POWER = re.compile(r"\s?[×x*]\s?10\^?(?=-)")
_GAP = re.compile(r"[\s\-]{0,2}")
_AFTER = 3  # words looked at before a number for "about"


@dataclass(frozen=True)
class Quantity:
    """One number of a text. ``value`` has its scale in it and no unit: "5 percent" is 5, "1.2m" is 1,200,000.

    ``step`` is half a unit of its last digit that isn't a rounding zero; ``whole`` says that it has no decimals, so
    that it may be meant exactly. ``scaled`` says that it is in thousands or more, ``named`` that a word says so.
    ``loose`` numbers may be read in more ways than one ("times half" can be half a percent).
    """

    value: float
    unit: str
    step: float
    start: int
    end: int
    whole: bool = True
    about: bool = False
    scaled: bool = False
    named: bool = False
    loose: bool = False
    scale: float = 1.0  # what the word for it multiplied the digits by

    @property
    def fraction(self) -> float:
        """Percent and points as a share of one, anything else as it is."""
        return self.value / 100 if self.unit in (PERCENT, POINTS) else self.value

    @property
    def rate(self) -> float | None:
        """As a proportion between 0 and 1, or None where it can't be one."""
        return self.fraction if 0 < self.fraction < 1 else None


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    from ruamel.yaml import YAML

    text = files("interviewer.reading.numbers").joinpath("numerals.yaml").read_text("utf-8")
    read: dict[str, Any] = YAML(typ="safe").load(text)
    return read


@lru_cache(maxsize=256)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order; a range's first number takes its unit from the second."""
    words = [_Token(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        made = _Reader(text, words, i).quantity()
        if made is None:
            i += 1
            continue
        quantity, i = made
        found.append(quantity)
    return tuple(_ranges(text, found))


_TO = re.compile(r"\s*(?:to|or|and|-|–|—|vs\.?|versus|against)\s*")
_ALIKE = 20.0  # times: as far as the ends of a range lie apart


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "5 to 8 percent", "40 to 60 thousand", "between 2 and 3 percent": the unit and the scale are both numbers'."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        between = text[first.end : second.start]
        if not _TO.fullmatch(between) or first.unit or first.scaled:
            continue
        if "and" in between and not re.search(r"\bbetween\s*$", text[: first.start], re.I):
            continue
        scale = second.scale if second.named else 1.0
        if 1 / _ALIKE <= first.value * scale / max(second.value, 1e-12) <= _ALIKE:
            unit = second.unit if second.unit in (PERCENT, POINTS) else ""
            found[i] = replace(
                first, unit=unit, value=first.value * scale, step=first.step * scale, scale=scale, named=second.named,
                scaled=second.named, loose=first.loose and not second.named,
            )  # fmt: skip
    return found


class _Number(NamedTuple):
    """A number before its scale and unit."""

    value: float
    step: float
    whole: bool = True
    scaled: bool = False
    loose: bool = False


class _Reader:
    """Reads one number at a place."""

    def __init__(self, text: str, words: list[_Token], at: int) -> None:
        self.text, self.words, self.i, self.begin = text, words, at, at

    def quantity(self) -> tuple[Quantity, int] | None:
        """The number that begins here and the place after it."""
        token = self.words[self.i]
        read = self._digits(token) if token.word[0] in "0123456789." else self._words()
        if read is None:
            return None
        value, step, more = self._scales(read.value, read.step)
        scale = value / read.value if read.value else 1.0
        unit = self._unit()
        if unit == "bp":
            unit, value, step = POINTS, value / 100, step / 100
        start, end = self._start(), self.words[self.i - 1].end
        if _id_like(self.text, start, end):
            return None
        money = unit or (MONEY if start < self.words[self.begin].start else "")
        large = read.scaled or more or value >= 1000
        return Quantity(
            value, money, step, start, end, read.whole, self._about(), large, more, read.loose and not more, scale
        ), self.i

    def _digits(self, token: _Token) -> _Number | None:
        raw = _POWER.sub("e", token.word)
        grouped = re.fullmatch(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?", raw) and not raw.startswith("0")
        plain = re.sub(r"[,' ]", "", raw) if grouped else raw.replace(",", ".").replace("'", "").replace(" ", "")
        self.i += 1
        value, step, whole = float(plain), _step(plain), "." not in plain and "e-" not in plain
        if whole and self._peek(r"and") and self._is(1, "a") and self._is(2, "half"):
            self.i += 3
            return _Number(value + 0.5, 0.25, whole=False)
        return _Number(value, step, whole, bool(grouped))

    def _words(self) -> _Number | None:  # noqa: PLR0911 - the ways in which numbers are spelled out
        lists = _lists()
        word = self.words[self.i].word
        if word in ("half", "halve") or (word in ("a", "an", "one") and self._is(1, *lists["parts"])):
            return self._part(1.0, 0 if word == "half" else 1)
        if word in ("a", "an") and self._is(1, "hundred", "thousand", "million", "billion"):
            self.i += 1
            return _Number(1.0, 0.5)
        spoken = self._spoken()
        if spoken is None:
            return None
        if self._is(0, *lists["parts"]) and not self._is(0, "half") and self.words[self.i].word.endswith("s"):
            return self._part(spoken, 0)
        if self._is(0, "point") and (decimals := self._decimals()):
            text = f"{spoken:g}.{decimals}"
            return _Number(float(text), _step(text), whole=False)
        if self._is(0, "and") and self._is(1, "a") and self._is(2, "half"):
            self.i += 3
            return _Number(spoken + 0.5, 0.25, whole=False)
        return _Number(spoken, _step(f"{spoken:.0f}"), loose=spoken == 1)

    def _part(self, top: float, skip: int) -> _Number | None:
        """A fraction; one that isn't followed by "of" and the like may be an ordinal, or a half percent."""
        name = self.words[self.i + skip].word
        self.i += skip + 1
        if self._is(0, "a", "an") and self._is(1, "percent", "per", "point", "percentage", "million", "billion"):
            self.i += 1
            return _Number(top / _lists()["parts"].get(name, 2), 0.05, whole=False)
        if self._is(0, "of") and self._is(1, "a", "one") and self._is(2, "percent", "per", "point", "percentage"):
            self.i += 2
            return _Number(top / _lists()["parts"].get(name, 2), 0.005, whole=False)
        of = self._is(0, "of", "a", "an") or (name in ("half", "halves", "quarter") and self._is(0, "the"))
        if not of and name not in ("half", "quarter", "quarters") and not name.endswith("s"):
            return None
        value = top / _lists()["parts"].get(name, 2)
        return _Number(value, value * 0.05, whole=False, loose=not of)

    def _spoken(self) -> float | None:
        """A run of number words, "two hundred and twenty-four"."""
        lists = _lists()
        total, current, seen = 0.0, 0.0, False
        last = ""
        while self.i < len(self.words) and (not seen or self._near()):
            word = self.words[self.i].word
            if word in lists["units"] and last not in ("unit", "teen"):
                value = lists["units"][word]
                if last == "ten" and not 0 < value < 10:
                    break
                current, last = current + value, "unit"
            elif word in lists["tens"] and last in ("", "hundred", "thousand"):
                current, last = current + lists["tens"][word], "ten"
            elif word == "hundred" and seen and current and current < 100:
                current, last = current * 100, "hundred"
            elif word == "thousand" and seen and current and self._more_words():
                total, current, last = total + current * 1000, 0.0, "thousand"
            elif word == "and" and last in ("hundred", "thousand") and self._is(1, *lists["units"], *lists["tens"]):
                self.i += 1
                continue
            else:
                break
            seen = True
            self.i += 1
        return total + current if seen else None

    def _more_words(self) -> bool:
        """Whether "thousand" is within a number ("two thousand and five"), not its scale."""
        lists, ahead = _lists(), 2 if self._is(1, "and") else 1
        return self._is(ahead, *lists["units"], *lists["tens"])

    def _decimals(self) -> str:
        """The digits spoken after "point"."""
        units, digits, at = _lists()["units"], "", self.i + 1
        while self._joined(at) and (value := units.get(self.words[at].word, 10)) < 10:
            digits += str(value)
            at += 1
        if not digits and self._joined(at) and (value := {**units, **_lists()["tens"]}.get(self.words[at].word)):
            digits, at = str(value), at + 1
        if digits:
            self.i = at
        return digits

    def _scales(self, value: float, step: float) -> tuple[float, float, bool]:
        scales, more = _lists()["scales"], False
        while self._near() and self.words[self.i].word in scales:
            word = self.words[self.i].word
            glued = self.words[self.i].start == self.words[self.i - 1].end
            if len(word) == 1 and not glued:  # "5 m" is five metres as well
                break
            value, step, more = value * scales[word], step * scales[word], more or scales[word] > 100
            self.i += 1
        return value, step, more

    def _unit(self) -> str:
        lists = _lists()
        rest = self.text[self.words[self.i - 1].end :].casefold()
        table = (
            (POINTS, lists["points"]),
            ("bp", lists["basis_points"]),
            (PERCENT, lists["percent"]),
            (MONEY, lists["money"]),
        )
        for unit, names in table:
            for name in names:
                ends = r"(?!\w)" if name[-1].isalpha() else ""
                if m := re.match(rf"[\s-]?{re.escape(name)}{ends}", rest):
                    end = self.words[self.i - 1].end + m.end()
                    while self.i < len(self.words) and self.words[self.i].end <= end:
                        self.i += 1
                    return unit
        return ""

    def _start(self) -> int:
        first = self.words[self.begin].start
        before = self.words[self.begin - 1] if self.begin else None
        return before.start if before and before.word in _lists()["currency"] and before.end == first else first

    def _about(self) -> bool:
        low = max(0, self.begin - _AFTER)
        before = self.text[self.words[low].start : self.words[self.begin].start].casefold()
        after = self.text[self.words[self.i - 1].end :][:8].casefold()
        hedges = "|".join(re.escape(w) for w in _lists()["about"])
        return bool(re.search(rf"(?<!\w)(?:{hedges})(?!\w)", before)) or bool(re.match(r"\s?-?(?:or so|ish)\b", after))

    def _near(self) -> bool:
        return self._joined(self.i)

    def _joined(self, at: int) -> bool:
        """Whether there is a word at this place, with nothing but a blank or a hyphen before it."""
        between = at < len(self.words) and self.text[self.words[at - 1].end : self.words[at].start]
        return between is not False and bool(_GAP.fullmatch(between))

    def _is(self, ahead: int, *words: str) -> bool:
        at = self.i + ahead
        return at < len(self.words) and self.words[at].word in words

    def _peek(self, word: str) -> bool:
        return self._is(0, word)


def _step(digits: str) -> float:
    """Half a unit of the last digit; the zeros at the end of a whole number are taken for rounding."""
    if "e" in digits:
        return abs(float(digits)) * 0.05
    if "." in digits:
        return 0.5 * float(10 ** -len(digits.partition(".")[2]))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * float(10 ** min(zeros, max(0, len(digits) - 1)))


def _id_like(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a name, a date or a score: "Q3", "v2", "4-0", "24/7", "3rd"."""
    before, after = text[max(0, start - 1) : start], text[end : end + 3]
    if before and (before.isalpha() or before in "_^"):
        return True
    inside = re.match(r"[-/]\d", after) and re.search(r"\d[-/]$", text[:start])
    return bool(inside or re.match(r"(?:st|nd|rd|th)\b|-0\b|/7\b", after, re.I))
