"""Percentage changes, shares and differences of differences, worked out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers.agreement import agrees, in_words, within
from interviewer.reading.numbers.checked import Claim, Given
from interviewer.reading.numbers.numerals import MONEY, PERCENT, POINTS, Quantity
from interviewer.reading.numbers.patterns import hits, is_share, phrase
from interviewer.reading.numbers.sentences import Sentence

SURE = 3.0  # times: what lies farther from what was said was likely said of something else
Found = Iterator[tuple[NumberFinding, Quantity]]
Way = Callable[[Sequence[float]], float]

_CHANGES: tuple[Way, ...] = (
    lambda v: (v[1] - v[0]) / v[0] * 100, lambda v: (v[1] - v[0]) / v[1] * 100, lambda v: v[1] - v[0],
)  # fmt: skip
_RATIOS: tuple[Way, ...] = (
    lambda v: v[0] / v[1] * 100, lambda v: v[1] / v[0] * 100, lambda v: v[0] / (v[0] + v[1]) * 100,
)  # fmt: skip
_NET: tuple[Way, ...] = (
    lambda v: v[0] - v[1], lambda v: ((1 + v[0] / 100) / (1 + v[1] / 100) - 1) * 100,
    lambda v: v[0] / v[1],
)  # fmt: skip
_BOTH: tuple[Way, ...] = (lambda v: v[0] + v[1],)  # one up and one down
_DID: Way = lambda v: (v[1] - v[0]) - (v[3] - v[2])  # noqa: E731
_RELATIVE_DID: tuple[Way, ...] = (
    lambda v: ((v[1] / v[0]) / (v[3] / v[2]) - 1) * 100, lambda v: ((v[1] / v[0]) - (v[3] / v[2])) * 100,
)  # fmt: skip


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """Findings for what a sentence of the candidate's says that two numbers, or two changes, are to each other."""
    taken: set[int] = set()
    for finding, result in (*_differences(sentence), *_net(sentence), *_changes(sentence), *_shares(sentence)):
        if result.start not in taken:
            taken.add(result.start)
            yield finding


def _given(s: Sentence, *numbers: Quantity) -> list[Given]:
    return [Given("number", q.value, q, s) for q in numbers]


def _wrong(claim: Claim, inputs: list[Given], right: float, unit: str) -> NumberFinding:
    return claim.wrong(inputs, claim.result[0].value, right, in_words(right, unit))


def _fits(result: Quantity, numbers: tuple[Quantity, ...], ways: Sequence[Way]) -> bool:
    values = [q.value for q in numbers]
    return all(values) and any(agrees(result, result.value, within(numbers, values, way)) for way in ways)


def _results(s: Sentence, at: int) -> Iterator[tuple[Quantity, bool]]:
    """What the numbers before ``at`` are said to come to, and whether "that's" was said; "or" adds a second."""
    rest = s.marked[at:]
    if m := phrase("change_is").match(rest):
        yield s.numbers[int(m[1])], True
        if more := phrase("and_is").match(rest[m.end() :]):
            yield s.numbers[int(more[1])], True
    elif m := phrase("after_comma").match(rest):
        yield s.numbers[int(m[1])], False


def _changes(s: Sentence) -> Found:
    """ "from 3.0 to 4.2, that's 1.2 points or forty percent"."""
    for name in ("changed", "against"):
        for m, (a, b) in hits((phrase(name),), s):
            for result, sure in _results(s, m.end()):
                if not is_share(result) or not a.value or not b.value:
                    continue
                claim = Claim("percentage", s, (result,), (a, b))
                ways = _CHANGES if _is_change(s, m.end(), result) else (*_CHANGES, *_RATIOS)
                if _fits(result, (a, b), ways):
                    yield claim.found("right", _given(s, a, b)), result
                elif sure and name == "changed" and _alike(a, b) and (wrong := _wrong_change(claim, a, b, result)):
                    yield wrong, result


def _is_change(s: Sentence, at: int, result: Quantity) -> bool:
    """Whether the result is called one: "50 percent more", "a rise of"; else it can be a ratio as well."""
    end = s.marked.index(f"⟨{s.numbers.index(result)}⟩")
    return bool(phrase("change_word").search(s.marked[at : end + 40]))


def _alike(a: Quantity, b: Quantity) -> bool:
    return not (a.loose or b.loose) and a.scaled == b.scaled and (a.unit == b.unit or MONEY not in (a.unit, b.unit))


def _wrong_change(claim: Claim, a: Quantity, b: Quantity, result: Quantity) -> NumberFinding | None:
    shares = PERCENT in (a.unit, b.unit)
    points = abs(b.value - a.value)
    relative = points / a.value * 100
    inputs = _given(claim.sentence, a, b)
    if shares and result.unit == PERCENT and min(points, relative) < result.value < max(points, relative):
        note = "It can be meant in points or relative, and neither gives this."
        return claim.found("not_checkable", inputs, note=note)
    in_points = result.unit == POINTS and shares
    right = points if in_points else relative
    if max(result.value, right) > SURE * min(result.value, right):
        return None
    return _wrong(claim, inputs, right, POINTS if in_points else PERCENT)


def _shares(s: Sentence) -> Found:
    """ "14 of 24 million finished, 58 percent"."""
    for m, (a, b) in hits((phrase("share_of"),), s):
        if is_share(a) or a.loose or b.loose or a.value < 1 or not b.value:
            continue
        for result, sure in _results(s, m.end()):
            if result.unit != PERCENT:
                continue
            claim = Claim("percentage", s, (result,), (a, b))
            units = (1.0,) if a.scaled == b.scaled else (1.0, 1e3, 1e6)
            parts = [100 * a.value * f / b.value for f in units]
            if any(agrees(result, result.value, [p]) for part in parts for p in (part, 100 - part) if p > 0):
                yield claim.found("right", _given(s, a, b)), result
                continue
            whole = [p for p in parts if 0.5 <= p <= 100]
            if sure and len(whole) == 1 and 1 / SURE < result.value / whole[0] < SURE:
                yield _wrong(claim, _given(s, a, b), whole[0], PERCENT), result


def _differences(s: Sentence) -> Found:
    """ "treated went from 10 to 14, control from 10 to 12, so the difference in differences is 2"."""
    pairs = list(hits((phrase("pair"),), s))
    named = bool(phrase("differences").search(s.marked))
    for (first, one), (second, two) in pairwise(pairs):
        numbers = (*one, *two)
        if second.start() < first.end():
            continue
        if m := phrase("did_is").match(s.marked[second.end() :]):
            result = s.numbers[int(m[1])]
            claim = Claim("difference_in_differences", s, (result,), numbers)
            if _fits(result, numbers, (_DID, *_RELATIVE_DID)):
                yield claim.found("right", _given(s, *numbers)), result
            elif named and (wrong := _wrong_did(claim, numbers, result)):
                yield wrong, result


def _wrong_did(claim: Claim, numbers: tuple[Quantity, ...], result: Quantity) -> NumberFinding | None:
    values = [q.value for q in numbers]
    right = abs(_DID(values))
    others = [abs(way(values)) for way in _RELATIVE_DID] if result.unit == PERCENT and all(values) else []
    if others and min(right, *others) < result.value < max(right, *others):
        return None
    return _wrong(claim, _given(claim.sentence, *numbers), right, POINTS if is_share(result) else result.unit)


def _net(s: Sentence) -> Found:
    """ "up 0.8 there against 0.3 elsewhere, so 0.5 is the rival's"."""
    for m, (x, y, result) in hits((phrase("rose"),), s):
        claim = Claim("difference_in_differences", s, (result,), (x, y))
        opposite = phrase("up").search(m.group()) and phrase("down").search(m.group())
        if _fits(result, (x, y), (*_NET, *(_BOTH if opposite else ()))):
            yield claim.found("right", _given(s, x, y)), result
        elif (
            phrase("differences").search(s.marked)
            and x.unit == y.unit
            and result.unit in (x.unit, POINTS)
            and x.value != y.value
        ):
            yield _wrong(claim, _given(s, x, y), abs(x.value - y.value), result.unit), result
