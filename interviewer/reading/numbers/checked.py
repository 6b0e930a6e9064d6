"""Findings from what was read: the claim's own words, the inputs with theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.models.numbers import NumberFinding, NumberInput, NumberKind, NumberVerdict
from interviewer.reading.numbers.agreement import apart
from interviewer.reading.numbers.numerals import Quantity
from interviewer.reading.numbers.sentences import Sentence


@dataclass(frozen=True)
class Given:
    """An input, where it was said. ``value`` is what it is worked with, such as 0.05 for "5 percent"."""

    name: str
    value: float
    number: Quantity
    sentence: Sentence

    def shown(self) -> NumberInput:
        """For the finding."""
        return NumberInput(
            name=self.name, said=self.sentence.words(self.number), evidence=self.sentence.quote(self.number)
        )


@dataclass(frozen=True)
class Claim:
    """A number that was given for the result of something, and the words it was claimed in."""

    kind: NumberKind
    sentence: Sentence
    result: tuple[Quantity, ...]
    around: tuple[Quantity, ...] = ()  # other numbers its quote has to hold

    def found(
        self, verdict: NumberVerdict, inputs: Iterable[Given] = (), *, assumed: Sequence[NumberInput] = (),
        missing: Sequence[str] = (), note: str = "",
    ) -> NumberFinding:  # fmt: skip
        """What became of it."""
        shown = tuple(dict.fromkeys(g.shown() for g in inputs))
        return NumberFinding(
            kind=self.kind, verdict=verdict, said=self.sentence.words(*self.result),
            evidence=(self.sentence.quote(*self.result, *self.around),), inputs=(*shown, *assumed),
            missing=tuple(missing), note=note,
        )  # fmt: skip

    def wrong(
        self, inputs: Iterable[Given], stated: float, right: float, should_be: str, *, off_by: str = "",
        assumed: Sequence[NumberInput] = (), note: str = "",
    ) -> NumberFinding:  # fmt: skip
        """That it isn't so: ``stated`` and ``right`` in the same terms, ``should_be`` in words."""
        ratio = abs(stated / right) if right else None
        told = {"should_be": should_be, "off_by": off_by or apart(stated, right), "ratio": ratio}
        return self.found("wrong", inputs, assumed=assumed, note=note).model_copy(update=told)


def assumption(name: str, said: str) -> NumberInput:
    """An input nobody said, taken as is usual."""
    return NumberInput(name=name, said=said, assumed=True)
