"""A document checked against its model; what pydantic finds, said so that a person can repair it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from interviewer.content.yamlfile import Document, Location
from interviewer.errors import ContentError

M = TypeVar("M", bound=BaseModel)


class Invalid(ContentError):
    """A file that does not fit its model. It reads as the first fault; ``all`` holds every one."""

    def __init__(self, faults: list[ContentError]) -> None:
        first = faults[0]
        super().__init__(first.path, first.problem, line=first.line, key=first.key)
        self.all = tuple(faults)
        if len(faults) > 1:
            self.next_step = f"({len(faults) - 1} more in this file.)"


def faults_of(error: ContentError) -> tuple[ContentError, ...]:
    """The single faults an error stands for."""
    return error.all if isinstance(error, Invalid) else (error,)


@dataclass(frozen=True)
class Parsed(Generic[M]):
    """A content file's model, with the document that says where each part stands."""

    model: M
    document: Document


def fit(document: Document, model: type[M]) -> M:
    """The model made from ``document``. Raises Invalid."""
    try:
        return model.model_validate(_frozen(document.data, {}), strict=True)
    except ValidationError as error:
        wanted = {detail["loc"] for detail in error.errors(include_url=False) if detail["type"] == "string_type"}
    # 'about: [31 percent, 2024, true]': where text was meant, a number or true is the text as it was written.
    texts = {where: text for where, text in document.written.items() if where in wanted}
    try:
        return model.model_validate(_frozen(document.data, texts), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = [_fault(document, model, detail) for detail in details if not _follows(detail, details)]
        raise Invalid(sorted(faults, key=lambda fault: fault.line or 0)) from None


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is called too short only because one of its entries is faulty."""
    where = detail["loc"]
    inside = (other["loc"] for other in details if len(other["loc"]) > len(where))
    return detail["type"] == "too_short" and any(loc[: len(where)] == where for loc in inside)


def _frozen(value: Any, texts: Mapping[Location, str], at: Location = ()) -> Any:
    """Lists as tuples, which is all that strict models take; at the places of ``texts``, the text."""
    if isinstance(value, dict):
        return {key: _frozen(inner, texts, (*at, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(inner, texts, (*at, i)) for i, inner in enumerate(value))
    return texts.get(at, value)


def _fault(document: Document, model: type[BaseModel], detail: ErrorDetails) -> ContentError:
    where = _place(document, tuple(detail["loc"]))
    kind, given = detail["type"], detail.get("input")
    if kind == "missing" and where and isinstance(where[-1], int):
        around = where[:-1]
        return document.error(f"has {where[-1]} entries; it needs {_length(_annotation(model, around))}", around)
    if kind == "missing":
        return document.error(f"'{where[-1]}' is missing", where)
    if kind == "extra_forbidden":
        return document.error(_unknown(model, where), where)
    return document.error(_problem(model, where, kind, given, detail), where)


def _place(document: Document, where: Location) -> Location:
    """``where`` without what pydantic adds of its own, so that it names a place in the file."""
    while where and where not in document.lines and len(where) > 1 and where[:-1] not in document.lines:
        where = where[:-1]
    return where


def _unknown(model: type[BaseModel], where: Location) -> str:
    owner = _model_of(_annotation(model, where[:-1]))
    known = keys(owner) if owner else []
    return f"is no key here{suggestion(str(where[-1]), known)}; known keys: {', '.join(known)}"


def _problem(model: type[BaseModel], where: Location, kind: str, given: Any, detail: ErrorDetails) -> str:
    """What is wrong with a value, and what it may be."""
    context = detail.get("ctx") or {}
    says = ""
    if kind in ("literal_error", "enum"):
        choices = _choices(_annotation(model, where))
        says = f"{_shown(given)} is no choice{suggestion(str(given), choices)}; choose from: {', '.join(choices)}"
    elif kind.startswith("string"):
        says = _text_problem(kind, given, context)
    elif kind.startswith(_NUMBERS):
        bare = ", without quotes" if isinstance(given, str) else ""
        says = f"{_shown(given)} does not fit: {_number(_field(model, where))}{bare}"
    elif kind.startswith("bool"):
        says = f"must be true or false, without quotes; not {_shown(given)}"
    elif kind in ("too_short", "too_long"):
        rule, bound = ("at least", "min_length") if kind == "too_short" else ("at most", "max_length")
        says = f"has {context.get('actual_length')} entries; it needs {rule} {context.get(bound)}"
    elif kind in ("tuple_type", "list_type"):
        says = f"must be a list, not {_kind(given)}; write [..., ...], or one '- ...' a line"
    elif kind in ("model_type", "model_attributes_type", "dict_type", "model_class_type"):
        owner = _model_of(_annotation(model, where))
        says = f"must be keys and values, not {_kind(given)}; keys: {', '.join(keys(owner)) if owner else 'any'}"
    return says or str(context.get("error") or detail["msg"])  # else a rule of our own models


def _text_problem(kind: str, given: Any, context: dict[str, Any]) -> str:
    if kind == "string_too_long":
        return f"is longer than {context.get('max_length')} characters"
    if kind == "string_pattern_mismatch":
        return f"{_shown(given)} is no id: use small letters and digits, joined by '-' or '_'"
    return f"must be text, not {_kind(given)}" if isinstance(given, tuple | dict) else "is empty; it needs text"


_NUMBERS = ("int", "float", "greater_than", "less_than", "multiple_of")


def same_id(document: Document, expected: str | None, named_by: str) -> None:
    """The id inside must be the one the file is found by. Raises ContentError."""
    if expected is not None and document.data.get("id") != expected:
        raise document.error(f"is {_shown(document.data.get('id'))}, but the {named_by} says '{expected}'", ("id",))


def suggestion(name: str, known: list[str]) -> str:
    """``; did you mean 'x'?`` when something known is close."""
    close = get_close_matches(name, known, 1, 0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def keys(model: type[BaseModel]) -> list[str]:
    """The keys a file may use for ``model``, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _shown(value: Any) -> str:
    text = _bare(value)
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def _bare(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) or value is None else str(value)


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, tuple):
        return "a list"
    return "nothing" if value is None else _shown(value)


def _number(info: FieldInfo | None) -> str:
    """What number a field takes, in words."""
    limits = info.metadata if info else []
    low, high, step = (
        next((getattr(limit, name) for limit in limits if hasattr(limit, name)), None)
        for name in ("ge", "le", "multiple_of")
    )
    what = "a number" if info is None or info.annotation is float else "a whole number"
    span = f" from {low} to {high}" if low is not None and high is not None else ""
    return f"it takes {what}{span}{f' in steps of {step}' if step else ''}"


def _field(model: type[BaseModel], where: Location) -> FieldInfo | None:
    """The field at ``where``, if a field is there."""
    return _named(_model_of(_annotation(model, where[:-1])), where[-1]) if where else None


def _named(owner: type[BaseModel] | None, key: str | int) -> FieldInfo | None:
    fields = owner.model_fields if owner else {}
    return next((info for name, info in fields.items() if key in (name, info.alias)), None)


def _annotation(model: type[BaseModel], where: Location) -> Any:
    """The type at ``where``, walking through lists."""
    current: Any = model
    for part in where:
        if isinstance(part, int):
            current = _item(current)
        else:
            info = _named(_model_of(current), part)
            current = info.annotation if info else None
    return current


def _members(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (Union, UnionType):
        return [member for member in get_args(annotation) if member is not type(None)]
    return [annotation]


def _item(annotation: Any) -> Any:
    return next((get_args(m)[0] for m in _members(annotation) if get_origin(m) in (tuple, list)), None)


def _model_of(annotation: Any) -> type[BaseModel] | None:
    return next((m for m in _members(annotation) if isinstance(m, type) and issubclass(m, BaseModel)), None)


def _choices(annotation: Any) -> list[str]:
    return [str(choice) for member in _members(annotation) for choice in get_args(member)]


def _length(annotation: Any) -> int | str:
    args = next((get_args(m) for m in _members(annotation) if get_origin(m) is tuple), ())
    return len(args) or "more"
