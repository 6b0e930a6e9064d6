"""A candidate who isn't there: somebody to try personas, questions and rubrics on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from interviewer.models.base import Frozen, Text

Trait = Literal["caves", "stubborn", "rambles", "terse", "asks", "stuck"]


class Candidate(Frozen):
    """Who they are and how good. ``answers`` are said first, one after the other; ``voice`` is for a model alone."""

    name: Text
    level: float = Field(ge=1, le=5)
    traits: tuple[Trait, ...] = ()
    answers: tuple[Text, ...] = ()
    voice: str = ""  # the Markdown below the head
