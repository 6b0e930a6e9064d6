"""Sums with a result, worked out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log10

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers.agreement import agrees, differ, in_words, within
from interviewer.reading.numbers.checked import Claim, Given
from interviewer.reading.numbers.expressions import Sum, sums
from interviewer.reading.numbers.numerals import PERCENT, POINTS, Quantity
from interviewer.reading.numbers.sentences import Sentence

SHARES = (PERCENT, POINTS)
TIMES = (1.0, 7.0, 1 / 7, 12.0, 1 / 12, 52.0, 1 / 52, 1e3, 1e-3)  # factors nobody says aloud
HUNDREDS = (100.0, 0.01, 1e4, 1e-4)  # the same where a number may be in percent
NEAR = 0.03
_TIME = re.compile(r"[\s-]*(?:minutes?|hours?|days?|nights?|weeks?|months?|quarters?|years?)\b", re.I)
ELIDED = (1.0, 1e3, 1e6, 1e-3, 1e-6)  # "400 thousand times 140 is 56": the millions go without saying


@dataclass(frozen=True)
class _Reading:
    """One way to take a sum: what it comes to, with its rounding, and what was stated in the same terms."""

    computed: tuple[float, ...]
    stated: float

    def fits(self, result: Quantity) -> bool:
        return agrees(result, self.stated, self.computed)


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """A finding for each sum of a sentence of the candidate's."""
    for found in sums(sentence):
        if finding := _checked(found, sentence):
            yield finding


def _checked(found: Sum, sentence: Sentence) -> NumberFinding | None:
    claim = Claim("arithmetic", sentence, (found.result,), found.operands)
    inputs = [Given("number", q.value, q, sentence) for q in found.operands]
    readings = _readings(found)
    if any(r.fits(found.result) for r in readings):
        return claim.found("right", inputs)
    if not found.sure or not readings or _other_start(found, sentence) or _unsaid(found, sentence, readings[0]):
        return None
    first = readings[0]
    if any(q.loose for q in (*found.operands, found.result)) or differ([r.computed[0] for r in _plain(found)]):
        return claim.found("not_checkable", inputs, note="It can be worked out in more than one way; none gives this.")
    scale = min(_elisions(found), key=lambda f: abs(log10(abs(first.computed[0] * f / first.stated) or 1e-300)))
    value = first.computed[0] * scale
    shown = value * 100 if found.result.unit in SHARES else value
    return claim.wrong(inputs, first.stated, value, in_words(shown, found.result.unit))


def _plain(found: Sum) -> list[_Reading]:
    return _read(found, shares=True, factor=1.0)


def _readings(found: Sum) -> list[_Reading]:
    """Every reasonable way to take it: percent as shares or as bare numbers, thousands and millions left unsaid."""
    made = [r for f in _elisions(found) for r in _read(found, shares=True, factor=f)]
    counted = found.result.scaled and found.result.unit not in SHARES
    if any(q.unit in SHARES for q in found.operands) and not counted:
        made += _read(found, shares=False, factor=1.0)
    made += [r for filled in _filled_in(found) for r in _read(filled, shares=True, factor=1.0)]
    for i, q in enumerate(found.operands):
        if q.loose and not q.unit:  # "times half": half a percent
            halved = (*found.operands[:i], replace(q, unit=PERCENT), *found.operands[i + 1 :])
            made += [r for f in _elisions(found) for r in _read(replace(found, operands=halved), shares=True, factor=f)]
    return made


def _read(found: Sum, *, shares: bool, factor: float) -> list[_Reading]:
    values = [q.fraction if shares else q.value for q in found.operands]
    stated = [found.result.fraction if shares else found.result.value]
    if shares and found.result.unit in SHARES and not any(q.unit in SHARES for q in found.operands):
        stated.append(found.result.value)
    if found.signs == ("/",) and not found.result.unit and factor == 1:
        stated.append(found.result.value / 100)  # "14 over 24 is 58"
    made = []
    for compute in found.readings():
        try:
            computed = [c * factor for c in within(found.operands, values, compute)]
        except (ZeroDivisionError, OverflowError):
            continue
        made += [_Reading(tuple(computed), s) for s in stated]
    return made


def _elisions(found: Sum) -> tuple[float, ...]:
    """What may have been left unsaid: thousands or millions, where sum and result don't both name them."""
    scaled = any(q.scaled for q in found.operands)
    return ELIDED if (scaled and not found.result.scaled) or (found.result.named and not scaled) else ELIDED[:1]


def _filled_in(found: Sum) -> list[Sum]:
    """ "390 plus 300k": the first is in thousands as well."""
    if not set(found.signs) & {"+", "-"} or not any(q.scaled for q in found.operands):
        return []
    return [replace(found, operands=tuple(_in(q, unit) for q in found.operands)) for unit in (1e3, 1e6)]


def _in(q: Quantity, unit: float) -> Quantity:
    return q if q.scaled or q.unit in SHARES else replace(q, value=q.value * unit, step=q.step * unit)


def _other_start(found: Sum, sentence: Sentence) -> bool:
    """Whether the sum comes out when it begins with another number: "3 million times 0.8 percent was 24 thousand,
    times 2.2 is 66", or "4.8, 3.2 over 16 is 30, 20"."""
    first = found.operands[0]
    others = [q for q in sentence.numbers if q is not first and q is not found.result and q.start < found.result.start]
    return any(
        r.fits(found.result) for q in others for r in _readings(replace(found, operands=(q, *found.operands[1:])))
    )


def _unsaid(found: Sum, sentence: Sentence, first: _Reading) -> bool:
    """Whether something that went without saying makes it right: a change meant by a ratio ("11 over 9 is plus 22
    percent"), percent or hundreds ("9 percent on 30 is 2.7 percent"), time ("six weeks times nine is 42 times 9"), or
    another number of the same sentence ("600 thousand over five years, times 150 is 90 million")."""
    if any(_TIME.match(sentence.text, q.end) for q in (*found.operands, found.result)):
        return True
    values = [q.value for q in found.operands]
    stated, computed = found.result.fraction, first.computed[0]
    changes = [computed - 1, 1 - computed]
    if len(values) == 2 and all(values):
        changes += [values[0] / values[1], values[0] / values[1] - 1, 1 - values[0] / values[1]]
    others = [q.value for q in sentence.numbers if q is not found.result and q not in found.operands and q.value]
    bare = any(not q.unit and not q.scaled for q in found.operands)
    factors = (*TIMES, *(HUNDREDS if bare else ()))
    ways = [c * f * n for c in (computed, *changes) for f in factors for n in (1.0, *others, *(1 / o for o in others))]
    return any(_near(stated, way) or _near(found.result.value, way) for way in ways)


def _near(said: float, value: float) -> bool:
    return value != 0 and abs(said / value - 1) <= NEAR
