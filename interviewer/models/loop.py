"""A loop: an ordered set of rounds and the hiring manager who decides at its end."""

from __future__ import annotations

from pydantic import Field

from interviewer.models.base import Frozen, Id, Text


class Loop(Frozen):
    """Rounds in order, by id."""

    id: Id
    title: Text
    rounds: tuple[Id, ...] = Field(min_length=1)
    hiring_manager: Id
