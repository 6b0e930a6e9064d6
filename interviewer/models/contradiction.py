"""The same thing told in two rounds with another figure, or as somebody else's doing."""

from __future__ import annotations

from typing import Literal

from interviewer.models.base import Frozen


class Telling(Frozen):
    """How it was told in one of the rounds: ``quote`` stands in turn ``turn``, ``said`` is what differs."""

    round: str
    turn: int
    quote: str
    said: str
    title: str = ""  # the round's


class Contradiction(Frozen):
    """Two tellings that don't go together. ``about``: the words that show they are of one thing."""

    kind: Literal["figure", "owner"]
    about: tuple[str, ...]
    first: Telling
    second: Telling
