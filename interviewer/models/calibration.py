"""A map from our levels to those of people, fitted on what both gave."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from interviewer.models.base import Frozen

Version = Annotated[str, StringConstraints(pattern=r"^v[1-9][0-9]{0,5}$")]
NONE = "none"  # what reports say where no map is used


class LevelMap(Frozen):
    """One criterion's map: ``knots`` from our level to people's, both rising; between two of them a straight line."""

    n: int  # levels it was fitted on
    transcripts: int
    mae: float  # mean difference from people, in levels, as we grade
    mae_fitted: float | None  # the same by maps fitted without the transcript itself
    used: bool  # whether that is better; else the level stays as it is
    knots: tuple[tuple[float, float], ...] = ()

    def of(self, level: float) -> float:
        """The level people would have given; beyond the knots that of the nearest."""
        if not self.used or not self.knots:
            return level
        before = self.knots[0]
        if level <= before[0]:
            return before[1]
        for after in self.knots[1:]:
            if level <= after[0]:
                return before[1] + (after[1] - before[1]) * (level - before[0]) / (after[0] - before[0])
            before = after
        return before[1]


class Calibration(Frozen):
    """A version of all maps, and what they were fitted on."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    version: Version
    n: int  # levels in all
    transcripts: int
    raters: tuple[str, ...]
    fitted: str  # when, ISO 8601 in UTC
    engine: str  # whose levels it maps
    model: str | None = None
    rule: str  # how verdicts became these levels
    rubrics: dict[str, str]  # round -> the sha256 of the rubric both levels are by
    maps: dict[str, LevelMap]  # "round/criterion"

    @property
    def named(self) -> str:
        """As reports name it."""
        return f"{self.version} (n={self.n})"
