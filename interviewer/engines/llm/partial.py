"""Reading a JSON object while it is still arriving."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json


def parse(text: str) -> dict[str, Any]:
    """What is there of a JSON object so far, cut strings included; {} before it has begun."""
    try:
        value = from_json(text, allow_partial="trailing-strings")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
