"""A question sheet: what a careful interviewer prepares before the day."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from interviewer.models.base import Frozen, Id, Text

AREAS = (
    "strategy_metrics", "experiment_design", "system_design", "sql", "big_data", "optimisation", "ml_statistics",
    "product_sense", "technical_depth", "ml_concepts", "algorithms", "culture",
)  # fmt: skip
Area = Literal[
    "strategy_metrics", "experiment_design", "system_design", "sql", "big_data", "optimisation", "ml_statistics",
    "product_sense", "technical_depth", "ml_concepts", "algorithms", "culture",
]  # fmt: skip


class Cue(Frozen):
    """One way of saying something, for the reader that has no model.

    Either ``phrase`` (the words in a row), or ``all``: groups of alternatives, one of each group ``within`` so many
    words of the others; ``none`` lists words that spoil it. A term may be several words; words match by their stem.
    """

    all: tuple[tuple[Text, ...], ...] = ()
    within: int = Field(default=40, ge=2, le=40)
    none: tuple[Text, ...] = ()
    phrase: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if bool(self.all) == bool(self.phrase):
            raise ValueError("a cue has either 'all' (groups of words) or 'phrase'")
        if any(not group for group in self.all):
            raise ValueError("a group in 'all' is empty")
        return self


class Fact(Frozen):
    """Something the interviewer knows and tells only when asked: about one of ``about``, or much as in ``asked``."""

    id: Id
    about: tuple[Text, ...] = Field(min_length=1)
    asked: tuple[Text, ...] = ()  # whole questions, as people put them
    say: Text


class Expectation(Frozen):
    """One thing a strong answer reaches; hidden from the candidate until the round is over."""

    id: Id
    criterion: Id
    weight: int = Field(default=1, ge=1, le=3)
    essential: bool = False
    point: Text
    topic: Text | None = None  # a neutral name for it, used once the candidate has raised it
    cues: tuple[Cue, ...] = Field(min_length=1)
    probe: Text
    hints: tuple[Text, Text, Text]


class CommonBelief(Frozen):
    """A wrong belief that may be voiced in any case; what to ask then, each sheet says, or ``challenge``."""

    id: Id
    belief: Text
    challenge: Text | None = None
    cues: tuple[Cue, ...] = Field(min_length=1)


class CommonBeliefs(Frozen):
    """The file that holds them."""

    beliefs: tuple[CommonBelief, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [belief.id for belief in self.beliefs]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"ids used twice in this file: {', '.join(twice)}")
        return self


class Misconception(Frozen):
    """A wrong belief worth challenging, and the expectations that show it was corrected.

    ``common``: the common belief it is, whose cues stand after its own; ``id`` and ``belief`` may then be left out of a
    file.
    """

    id: Id
    common: Id | None = None
    criterion: Id
    belief: Text
    cues: tuple[Cue, ...] = Field(min_length=1)
    challenge: Text
    corrected_by: tuple[Id, ...] = ()


class PushBack(Frozen):
    """A challenge that is right (``valid``) or wrong, to see who updates, holds, caves or stonewalls.

    ``needs``: expectations and misconceptions, one of which must have been heard for ``say`` to answer something; as
    long as none has been, ``cold`` is said instead, which takes nothing for granted. Without ``needs`` it always fits.
    """

    id: Id
    valid: bool
    say: Text
    needs: tuple[Id, ...] = ()
    cold: Text | None = None
    because: Text
    met_by: tuple[Cue, ...] = Field(min_length=1)

    def put(self, heard: Collection[str]) -> str:
        """Its words to somebody of whom the points and beliefs ``heard`` are known."""
        return self.say if self.cold is None or set(self.needs) & set(heard) else self.cold


class Example(Frozen):
    """A graded answer, written by someone who saw only ``ask`` and ``facts``.

    What it says was marked by someone who had not seen the cues: the expectations it ``reaches``, those it only comes
    ``near`` (which count neither for nor against a reader), the misconceptions it ``holds``.
    """

    level: float = Field(ge=1, le=5, multiple_of=0.5)
    answer: Text
    reaches: tuple[Id, ...] | None = None  # None: not marked
    near: tuple[Id, ...] = ()
    holds: tuple[Id, ...] = ()


class QuestionSheet(Frozen):
    """One question with everything both engines, the grader and the feedback need."""

    id: Id
    title: Text | None = None
    draft: bool = False  # not drawn for an interview; one can still ask for it by name
    area: Area
    rounds: tuple[Id, ...] = Field(min_length=1)
    level: Literal["mid", "senior", "staff"] = "senior"
    source: tuple[Text, ...] = Field(min_length=1)
    ask: Text
    decide: Text | None = None  # how the interviewer asks for the decision; the house phrase otherwise
    facts: tuple[Fact, ...] = ()
    unknown: tuple[Text, ...] = ()  # questions, as people put them, that no fact answers
    expectations: tuple[Expectation, ...] = Field(min_length=3, max_length=12)
    misconceptions: tuple[Misconception, ...] = ()
    push_backs: tuple[PushBack, ...] = ()
    examples: tuple[Example, ...] = ()
    model_answer: Text

    def __hash__(self) -> int:
        # What is read of a sheet is remembered by it, many times a turn: hashing all of it would take the longest.
        return hash(self.id)

    @field_validator("source", "rounds", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [f.id for f in self.facts] + [e.id for e in self.expectations]
        ids += [m.id for m in self.misconceptions] + [p.id for p in self.push_backs]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"ids used twice in this sheet: {', '.join(twice)}")
        known = {e.id for e in self.expectations}
        for m in self.misconceptions:
            for name in m.corrected_by:
                if name not in known:
                    raise ValueError(
                        f"misconception '{m.id}' is corrected_by '{name}', which is no expectation here; "
                        f"choose from: {', '.join(sorted(known))}"
                    )
        for p in self.push_backs:
            heard = known | {m.id for m in self.misconceptions}
            for name in p.needs:
                if name not in heard:
                    raise ValueError(
                        f"push-back '{p.id}' needs '{name}', which is neither expectation nor misconception here; "
                        f"choose from: {', '.join(sorted(heard))}"
                    )
            if bool(p.needs) != bool(p.cold):
                raise ValueError(f"push-back '{p.id}' takes 'needs' and 'cold' together, or neither")
        return self

    @model_validator(mode="after")
    def _marks_are_known(self) -> Self:
        strange = self.unknown_marks(self.examples)
        if strange:
            raise ValueError(f"examples are marked with what is not in this sheet: {', '.join(strange)}")
        return self

    def unknown_marks(self, examples: tuple[Example, ...]) -> list[str]:
        """Ids that ``examples`` are marked with and this sheet doesn't have."""
        points, beliefs = {e.id for e in self.expectations}, {m.id for m in self.misconceptions}
        reached = {id for e in examples for id in (*(e.reaches or ()), *e.near)}
        held = {id for e in examples for id in e.holds}
        return sorted((reached - points) | (held - beliefs))

    @property
    def story(self) -> bool:
        """Whether it asks for something that happened: told, not decided, and not reckoned with."""
        return self.area == "culture"

    @property
    def name(self) -> str:
        """The title, or the id in words."""
        return self.title or self.id.replace("-", " ").replace("_", " ").capitalize()

    def expectation(self, id: str) -> Expectation | None:
        return next((e for e in self.expectations if e.id == id), None)

    def misconception(self, id: str) -> Misconception | None:
        return next((m for m in self.misconceptions if m.id == id), None)

    def push_back(self, id: str) -> PushBack | None:
        return next((p for p in self.push_backs if p.id == id), None)

    def fact(self, id: str) -> Fact | None:
        return next((f for f in self.facts if f.id == id), None)
