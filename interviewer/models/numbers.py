"""What became of the numbers a candidate worked out: each recomputed from what was said, or why it couldn't be."""

from __future__ import annotations

from typing import Literal

from interviewer.models.base import Frozen

NumberKind = Literal[
    "sample_size", "power", "detectable_effect", "interval", "difference_in_differences", "threshold",
    "family_wise_error", "expected_value", "arithmetic", "percentage",
]  # fmt: skip
NumberVerdict = Literal["right", "wrong", "not_checkable"]


class Spoken(Frozen):
    """Words as they stand in a turn, the candidate's or the interviewer's."""

    turn: int
    quote: str


class NumberInput(Frozen):
    """What a number was recomputed from: where it was said, or that it was ``assumed`` (then nobody said it)."""

    name: str
    said: str
    evidence: Spoken | None = None
    assumed: bool = False


class NumberFinding(Frozen):
    """One number the candidate gave for the result of a calculation.

    ``said`` is the number in their words; ``should_be`` what the inputs give and ``off_by`` how far the two lie
    apart, in words ("" unless the verdict is wrong); ``ratio`` is what was said over what it should be. ``missing``
    names what would have had to be said.
    """

    kind: NumberKind
    verdict: NumberVerdict
    said: str
    should_be: str = ""
    off_by: str = ""
    ratio: float | None = None
    evidence: tuple[Spoken, ...]
    inputs: tuple[NumberInput, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
