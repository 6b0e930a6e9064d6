"""Expected values from chances and amounts, worked out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from interviewer.models.numbers import NumberFinding
from interviewer.reading.numbers.agreement import agrees, in_words
from interviewer.reading.numbers.checked import Claim, Given
from interviewer.reading.numbers.numerals import Quantity
from interviewer.reading.numbers.patterns import hits, phrase, place
from interviewer.reading.numbers.sentences import Sentence

_LOSS = re.compile(r"(?:\b(?:minus|los(?:e|es|ing|s)|penalty|negative|cost(?:s|ing)?|down)\b(?: [a-z]+){0,3}|[-−]) ?$")
LARGEST = 6  # chances of one sentence


def check(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[NumberFinding]:
    """A finding for an expected value that a sentence gives with its chances, or right after the one with them."""
    before = [s for s in sentences if s.turn == sentence.turn and s.place == sentence.place - 1]
    for _, (result,) in hits((phrase("expected"),), sentence):
        for source in (sentence, *before):
            branches = [n for _, n in hits((phrase("chance_of"),), source) if n[0].rate and result not in n]
            if not branches or len(branches) > LARGEST or any(v.rate and v.unit for _, v in branches):
                continue
            claim = Claim("expected_value", sentence, (result,))
            given = [
                Given(name, q.value, q, source)
                for b in branches
                for name, q in zip(("chance", "amount"), b, strict=True)
            ]
            signs = [_LOSS.search(source.marked[: place(v, source)]) is not None for _, v in branches]
            # A loss may be worded in ways we don't know: where none is heard, either sign of each amount is a reading.
            flips = [signs] if any(signs) else product((False, True), repeat=len(branches))
            totals = [_total(branches, lost) for lost in flips]
            if any(agrees(result, result.value, [t * f]) for t in totals for f in _scales(result.scaled, branches)):
                yield claim.found("right", given)
                return
            chances = sum(p.rate or 0 for p, _ in branches)
            if abs(chances - 1) > 0.01 and len(branches) > 1:
                yield claim.found("not_checkable", given, missing=("what happens with the rest of the chances",))
                return
            right = _total(branches, signs)
            yield claim.wrong(given, result.value, right, in_words(right))
            return


def _total(branches: Sequence[tuple[Quantity, ...]], lost: Sequence[bool]) -> float:
    return sum(p.fraction * v.value * (-1 if minus else 1) for (p, v), minus in zip(branches, lost, strict=True))


def _scales(scaled: bool, branches: Sequence[tuple[object, ...]]) -> tuple[float, ...]:
    """Thousands or millions that only one side names."""
    named = any(getattr(v, "scaled", False) for _, v in branches)
    return (1.0,) if scaled == named else (1.0, 1e3, 1e6, 1e-3, 1e-6)
