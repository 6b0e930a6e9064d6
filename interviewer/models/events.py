"""An interview is a list of events. This is every event there is; one JSON object a line in the file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from interviewer.models.base import AnswerKind, Frozen, Length, Move
from interviewer.models.usage import Usage

SCHEMA = 1


class Held(Frozen):
    """Content as it was when the interview was held. ``copy`` is the file, zlib then base64, so that nobody reads
    the hidden parts of a question by opening the file; ``sha256`` is of the file's bytes."""

    id: str
    sha256: str
    copy_: str | None = Field(default=None, alias="copy", repr=False)


class Started(Frozen):
    """The header: the first line of the file."""

    kind: Literal["started"] = "started"
    schema_: int = Field(default=SCHEMA, alias="schema", ge=1)
    id: str
    created: str  # ISO 8601, UTC
    loop: str
    rounds: tuple[str, ...]
    engine: str
    model: str | None = None
    length: Length = Length.STANDARD
    minutes: dict[str, int] = {}  # round -> minutes on the candidate's clock
    seed: int = 0
    personas: dict[str, Held] = {}  # round -> who speaks; "debrief" -> the hiring manager
    rubrics: dict[str, Held] = {}  # round -> rubric
    questions: dict[str, tuple[Held, ...]] = {}  # round -> the sheets to ask from, in order
    origin: Literal["held", "imported"] = "held"
    candidate: str = ""  # who answered in a candidate's place; "" for a person


class RoundOpened(Frozen):
    kind: Literal["round_opened"] = "round_opened"
    round: str
    at: str = ""


class InterviewerSaid(Frozen):
    """One turn of the interviewer. ``turn`` counts spoken turns from 0."""

    kind: Literal["interviewer"] = "interviewer"
    turn: int = Field(ge=0)
    round: str
    text: str
    move: Move
    reason: str
    persona: str | None = None
    question: str | None = None
    target: str | None = None  # the expectation, misconception, push-back or fact it is about
    told: tuple[str, ...] = ()  # facts that its words give, whatever the move
    rung: int | None = Field(default=None, ge=1, le=3)  # of a hint
    engine: str = ""
    note: str = ""  # what was degraded, e.g. the model chose a move that wasn't allowed
    at: str = ""


class CandidateSaid(Frozen):
    """One answer. With ``continues`` it adds to the answer just sent, and what the interviewer had said since is
    withdrawn. ``seconds`` is what it took of the candidate's clock."""

    kind: Literal["candidate"] = "candidate"
    turn: int = Field(ge=0)
    round: str
    text: str
    seconds: float = Field(default=0.0, ge=0)
    continues: bool = False
    at: str = ""


class Finding(Frozen):
    """What the engine found in one answer: an expectation, a misconception, or a push-back that was answered."""

    id: str
    verdict: Literal["met", "partly", "held", "corrected"]  # 'held': a misconception is held
    quote: str = ""


class AnswerRead(Frozen):
    """What was read in a candidate's turn, by whom."""

    kind: Literal["read"] = "read"
    turn: int = Field(ge=0)
    round: str
    answer: AnswerKind
    found: tuple[Finding, ...] = ()
    facts: tuple[str, ...] = ()  # facts that were asked for
    engine: str = ""


class Paused(Frozen):
    """The candidate's clock stopped; ``seconds`` had run since the last answer."""

    kind: Literal["paused"] = "paused"
    round: str
    seconds: float = Field(default=0.0, ge=0)
    why: Literal["paused", "left"] = "paused"
    at: str = ""


class Resumed(Frozen):
    kind: Literal["resumed"] = "resumed"
    round: str
    at: str = ""


class RoundClosed(Frozen):
    kind: Literal["round_closed"] = "round_closed"
    round: str
    reason: str
    at: str = ""


class SelfRated(Frozen):
    """The candidate's own levels, given before any scorecard is shown. Empty: they'd rather not."""

    kind: Literal["self_rated"] = "self_rated"
    round: str
    levels: dict[str, float] = {}
    at: str = ""


class EngineFailed(Frozen):
    """The engine gave no usable answer; the interview waits."""

    kind: Literal["engine_failed"] = "engine_failed"
    code: str
    message: str
    at: str = ""


class EngineChanged(Frozen):
    """The person chose another engine or model; never done by the program itself."""

    kind: Literal["engine_changed"] = "engine_changed"
    engine: str
    model: str | None = None
    at: str = ""


class Used(Frozen):
    """What a model's turn cost, a failed one too."""

    kind: Literal["used"] = "used"
    usage: Usage
    at: str = ""


class Repaired(Frozen):
    """A line that could not be read (cut by a crash) was stepped over; its bytes are still in the file."""

    kind: Literal["repaired"] = "repaired"
    line: int
    size: int
    at: str = ""


class Ended(Frozen):
    kind: Literal["ended"] = "ended"
    reason: Literal["completed", "left_early"]
    at: str = ""


Event = Annotated[
    Started
    | RoundOpened
    | InterviewerSaid
    | CandidateSaid
    | AnswerRead
    | Paused
    | Resumed
    | RoundClosed
    | SelfRated
    | EngineFailed
    | EngineChanged
    | Used
    | Repaired
    | Ended,
    Field(discriminator="kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
