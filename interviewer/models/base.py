"""What all models share: frozen, strict about unknown keys, ids that are safe as file names."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """Base of every model: immutable, no unknown keys, aliases used when written."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Move(StrEnum):
    """What an interviewer's turn does."""

    ASK = "ask"
    CLARIFY = "clarify"
    PROBE = "probe"
    PUSH_BACK = "push_back"
    HINT = "hint"
    REDIRECT = "redirect"
    REPAIR = "repair"
    DECIDE = "decide"
    NEXT = "next"
    CLOSE = "close"


class AnswerKind(StrEnum):
    """What a candidate's turn is, read without a model."""

    SUBSTANTIVE = "substantive"  # takes up the question
    THIN = "thin"  # on topic, but too short to work with
    RAMBLE = "ramble"  # long, and little of it on the question
    CLARIFYING = "clarifying"  # asks the interviewer for a fact
    HINT_REQUEST = "hint_request"
    THINKING = "thinking"  # "let me think"
    NON_ANSWER = "non_answer"  # "I don't know"
    EMPTY = "empty"
    GIBBERISH = "gibberish"
    OFF_TOPIC = "off_topic"
    SKIP = "skip"  # "next question"
    REPEAT = "repeat"  # says again what was said, by the interviewer or by themselves
    ORDER = "order"  # tells the interviewer what to do or who to be
    DONE = "done"  # while closing: nothing more to ask


class Length(StrEnum):
    """How long a round is."""

    QUICK = "quick"
    STANDARD = "standard"
    REAL = "real"
