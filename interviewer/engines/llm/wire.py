"""The shapes a model answers in, and their JSON schemas: flat, no defaults, what comes first is needed first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from interviewer.engines.base import TurnContext
from interviewer.engines.llm.choices import choices
from interviewer.models.question import Expectation, Misconception, PushBack


class Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class FoundOnWire(Wire):
    """A point of the sheet that the candidate's last answer reached, or a mistaken belief it stated."""

    id: str
    verdict: Literal["met", "partly", "held", "corrected"]
    quote: str


class SpokenOnWire(Wire):
    """One turn of the interviewer."""

    move: str
    reason: str
    say: str
    told: list[str]  # facts of the sheet that "say" gives
    found: list[FoundOnWire]


class QuoteOnWire(Wire):
    turn: int
    quote: str


class VerdictOnWire(Wire):
    id: str
    quotes_for: list[QuoteOnWire]
    quotes_against: list[QuoteOnWire]
    verdict: Literal["met", "partly", "not_met"]


class VerdictsOnWire(Wire):
    verdicts: list[VerdictOnWire]


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _one_of(choices: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": choices}


TEXT = {"type": "string"}


def spoken_schema(turn: TurnContext) -> dict[str, Any]:
    """What may be answered in this turn: only open moves, only known ids."""
    sheet = turn.sheet
    ids = sorted({*_ids(sheet.expectations), *_ids(sheet.misconceptions), *_ids(sheet.push_backs)}) if sheet else []
    found = _object(id=_one_of(ids or ["none"]), verdict=_one_of(["met", "partly", "held", "corrected"]), quote=TEXT)
    facts = [fact.id for fact in sheet.facts] if sheet else []
    return _object(
        move=_one_of(list(choices(turn))), reason=TEXT, say=TEXT,
        told=_list(_one_of(facts or ["none"])), found=_list(found),
    )  # fmt: skip


def _ids(parts: Sequence[Expectation | Misconception | PushBack]) -> list[str]:
    return [part.id for part in parts]


def verdict_schema(ids: list[str]) -> dict[str, Any]:
    """Verdicts on these ids, quotes before the verdict."""
    quote = _object(turn={"type": "integer"}, quote=TEXT)
    verdict = _object(
        id=_one_of(ids), quotes_for=_list(quote), quotes_against=_list(quote),
        verdict=_one_of(["met", "partly", "not_met"]),
    )  # fmt: skip
    return _object(verdicts=_list(verdict))
