"""What an endpoint's model takes: learned from its refusals, or by probing, and remembered for the next time."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from interviewer import paths
from interviewer.config import Endpoint
from interviewer.config.files import read_json, write_json
from interviewer.errors import StorageError
from interviewer.models.base import Frozen

Parameter = Literal["format", "limit", "temperature", "stream_usage", "logprobs"]
FORMATS = ("json_schema", "json_object", "text")
LIMITS = ("max_completion_tokens", "max_tokens", "none")

# The words by which a refusal names what it refuses; the first one named is meant.
WORDS: dict[str, Parameter] = {
    "response_format": "format", "json_schema": "format", "json_object": "format", "schema": "format",
    "grammar": "format", "max_completion_tokens": "limit", "max_tokens": "limit", "temperature": "temperature",
    "stream_options": "stream_usage", "include_usage": "stream_usage", "logprobs": "logprobs",
}  # fmt: skip


class Capabilities(Frozen):
    """What is asked for. Everything, until an endpoint refuses it; ``logprobs`` is None until it was tried."""

    format: Literal["json_schema", "json_object", "text"] = "json_schema"
    limit: Literal["max_completion_tokens", "max_tokens", "none"] = "max_completion_tokens"
    temperature: bool = True
    stream_usage: bool = True
    logprobs: bool | None = None
    probed: bool = False

    def without(self, refused: Parameter) -> Capabilities | None:
        """The next best after a refusal; None when nothing less is left to ask for."""
        match refused:
            case "format" if self.format != FORMATS[-1]:
                return self.model_copy(update={"format": FORMATS[FORMATS.index(self.format) + 1]})
            case "limit" if self.limit != LIMITS[-1]:
                return self.model_copy(update={"limit": LIMITS[LIMITS.index(self.limit) + 1]})
            case "temperature" | "stream_usage" if getattr(self, refused):
                return self.model_copy(update={refused: False})
            case "logprobs" if self.logprobs is not False:
                return self.model_copy(update={"logprobs": False})
        return None

    @property
    def lines(self) -> list[str]:
        """In words, a line a thing."""
        format = {
            "json_schema": "JSON schemas: yes",
            "json_object": "JSON schemas: no; JSON objects are asked for, the schema is told in words",
            "text": "JSON schemas: no, nor JSON objects; the form is told in words",
        }[self.format]
        tried = {True: "yes", False: "no", None: "not tried"}
        return [
            format, f"limit of an answer: {'by no parameter' if self.limit == 'none' else self.limit}",
            f"temperature: {tried[self.temperature]}", f"token counts in a stream: {tried[self.stream_usage]}",
            f"log probabilities: {tried[self.logprobs]}",
        ]  # fmt: skip


def named(said: str) -> Parameter | None:
    """The parameter that a refusal names first; None when it names none of ours."""
    said = said.lower()
    places = [(said.index(word), -len(word), what) for word, what in WORDS.items() if word in said]
    return min(places)[2] if places else None


def known(where: Endpoint) -> Capabilities:
    """What was learned of this model at this address before."""
    kept = read_json(_file())
    try:
        return Capabilities.model_validate(kept[_name(where)])
    except (TypeError, KeyError, ValidationError):
        return Capabilities()


def remember(where: Endpoint, learned: Capabilities) -> None:
    """Keep it for the next time; where that can't be, it is learned again."""
    kept = read_json(_file())
    try:
        write_json(_file(), {**(kept if isinstance(kept, dict) else {}), _name(where): learned.model_dump()})
    except StorageError:
        return


def _name(where: Endpoint) -> str:
    return f"{where.base_url} {where.model}"


def _file() -> Path:
    return paths.user_home() / "capabilities.json"
