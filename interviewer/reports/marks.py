"""A coach's marks: beside the machine's levels, and all of them in a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from interviewer.models.mark import NOT_SHOWN, Difference, Marks
from interviewer.text import one_line, table

HEAD = ("", "you", "machine", "apart")
NONE = "none"
CLOSE = 0.5  # levels; as much as one rater differs from another


def rows(differences: Sequence[Difference]) -> list[tuple[str, ...]]:
    """Criterion, the person's level, the machine's with its band, how far apart; the round's title where it begins."""
    found: list[tuple[str, ...]] = []
    round = None
    for d in differences:
        if d.round != round:
            round = d.round
            found.append((round, *HEAD[1:]))
        found.append((f"  {one_line(d.title, 24)}", level(d.theirs), _ours(d), _apart(d)))
    return found


def level(value: float | None) -> str:
    """A level as it is written, "none" for one that isn't there."""
    return NONE if value is None else f"{value:.1f}"


def _ours(d: Difference) -> str:
    if d.ours is None:
        return "failed" if d.status == "failed" else NONE
    return f"{d.ours:.1f}" + (f" ({d.band[0]:.1f}–{d.band[1]:.1f})" if d.band else "")


def _apart(d: Difference) -> str:
    if d.apart is not None:
        return "0.0" if not d.apart else f"{d.apart:+.1f}"
    return "" if d.theirs is None and d.ours is None else "one has none"


def summary(differences: Sequence[Difference]) -> str:
    """How far apart, in a sentence."""
    apart = [d.apart for d in differences if d.apart is not None]
    if not apart:
        return "Nothing to compare: no criterion has a level of both."
    close = sum(abs(a) <= CLOSE for a in apart)
    mean = sum(map(abs, apart)) / len(apart)
    return f"{close} of {len(apart)} levels lie within {CLOSE:g} of each other; on average they are {mean:.1f} apart."


def side_by_side(differences: Sequence[Difference]) -> str:
    """Both, criterion by criterion, as text."""
    return "\n".join([*table(rows(differences)), "", summary(differences)]) + "\n"


def listing(marks: Sequence[Marks]) -> list[str]:
    """One line for each person and transcript."""
    head = ("transcript", "rater", "marked", "state", "saved", "file")
    return table([head, *map(_line, marks)]) if marks else ["No transcript is marked yet: interviewer mark FILE."]


def _line(m: Marks) -> tuple[str, ...]:
    return (
        one_line(m.transcript, 40), one_line(m.rater, 20), f"{m.total - m.left} of {m.total}", state(m), m.at[:16],
        one_line(m.file, 100) + ("" if Path(m.file).exists() else " (gone)"),
    )  # fmt: skip


def state(m: Marks) -> str:
    """Where marks stand."""
    if not m.confirmed:
        return "begun"
    return "confirmed" if m.blind else "confirmed, not blind"


def anchors(levels: Sequence[tuple[str, str]]) -> list[str]:
    """What each level looks like; the even ones lie between."""
    return [*(f"{name}  {text}" for name, text in levels), f"0  {NOT_SHOWN}"]
