"""A level without a question sheet and without a model: estimated from how the answers are worded.

# source: docs/agreement.md (how it was fitted, and how little it is worth)
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from interviewer.grading.levels import HIGHEST, LOWEST, Level, tenths
from interviewer.reading.manner import estimated, manner

WIDTH = 1.28  # standard errors to each side of an 80 % band
_REASON = (
    "Estimated from how the answers are worded, once for the whole round, since no question of ours is known in it. "
)


def by_manner(turns: Sequence[str]) -> Level | None:
    """The level of answers that are worded like a candidate's ``turns``, with the band of what such a guess is off by;
    None where too little was said."""
    level = estimated(turns)
    if level is None:
        return None
    value, half = Fraction(str(level)), Fraction(str(manner().error * WIDTH))
    band = (tenths(max(LOWEST, value - half)), tenths(min(HIGHEST, value + half)))
    return Level(tenths(value), band, "scored", _REASON)


def notice() -> str:
    """What is said of such levels, for the problem line of a grade."""
    known = manner()
    return (
        " Offline that says little of a level, so it is estimated from how the answers are worded "
        f"({known.version}, fitted on {known.answers} graded answers of our own): "
        "its bands are wide, and there is no recommendation."
    )
