"""JSON from files nobody vouches for. ``json.loads`` alone takes NaN, keeps the last of two equal keys, dies on deep
nesting and 5000-digit integers, and makes strings that can't be printed."""

from __future__ import annotations

import json
import math
import re

_LONE = re.compile("[\ud800-\udfff]")
_MAY_BE_LONE = re.compile(r"\\u[dD][89a-fA-F]")
_DIGITS = 4000  # Python itself refuses from 4300 on


class NotJson(ValueError):
    """The bytes are no JSON we accept. ``line`` counts from 1 within the bytes; None when it isn't known."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def parse(data: bytes) -> tuple[object, list[str]]:
    """The value, and what had to be replaced to make its text valid (bad UTF-8, lone surrogates). Raises NotJson."""
    text, notes = decode(data)
    try:
        value = _DECODER.decode(text)
        if _MAY_BE_LONE.search(text):
            value, replaced = _without_lone(value)
            if replaced:
                notes.append("half characters (lone surrogates) were replaced by U+FFFD")
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON: {error.msg.removesuffix(' at')} at column {error.colno}", error.lineno) from None
    except RecursionError:
        raise NotJson("nested too deeply") from None
    return value, notes


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text from UTF-8 (a byte order mark is dropped); what isn't UTF-8 becomes U+FFFD and is noted."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", errors="replace"), ["bytes that are not UTF-8 were replaced by U+FFFD"]


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJson(f"key {json.dumps(twice)[:60]} is there twice")
    return made


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise NotJson(f"a number of {len(digits)} digits")
    return int(digits)


def _float(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise NotJson(f"{text[:20]} is too large a number")
    return value


def _constant(name: str) -> object:
    raise NotJson(f"{name} is not a number in JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_integer, parse_float=_float, parse_constant=_constant, strict=True
)


def _without_lone(value: object) -> tuple[object, int]:
    """The value with lone surrogates replaced, and how many there were."""
    if isinstance(value, str):
        return _LONE.subn("\ufffd", value)
    if isinstance(value, list):
        cleaned = [_without_lone(item) for item in value]
        return [item for item, _ in cleaned], sum(count for _, count in cleaned)
    if isinstance(value, dict):
        pairs = [(_without_lone(key), _without_lone(item)) for key, item in value.items()]
        return {str(key): item for (key, _), (item, _) in pairs}, sum(k + i for (_, k), (_, i) in pairs)
    return value, 0
