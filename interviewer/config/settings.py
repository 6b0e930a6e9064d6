"""Settings: a commented TOML in the user's folder, changed in the app or by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import ConfigDict, Field, ValidationError
from tomlkit.exceptions import TOMLKitError

from interviewer import paths
from interviewer.config.files import write
from interviewer.errors import ConfigError
from interviewer.models.base import Frozen

TEMPLATE = """\
# Settings of interviewer. A missing line means the default; a key is never kept here: it comes from the environment or
# from the system's keyring (interviewer key set).

# Enter sends and Ctrl+J makes a new line; false swaps them.
enter_sends = true

# The app's colours: a theme of the app's list, e.g. "textual-dark" or "textual-light".
theme = "textual-dark"

# Who thinks: "offline" (built in) or "llm" (a language model).
engine = "offline"

# For engine = "llm": the model, and where it is, by name ("openai", "azure", "openrouter", "ollama", "llamacpp",
# "vllm", "lmstudio", or one of your own below) or by address alone. OPENAI_BASE_URL in the environment comes first.
# model = "a-model-name"
# endpoint = "ollama"
# base_url = "http://localhost:11434/v1"

# Seconds: to wait for one answer of the model in all, and for the next piece of it.
deadline = 90
patience = 30

# The most that one interview, or one grading, may use: tokens sent and received, and money where prices are known.
most_tokens = 1_000_000
# most_cost = 2.50

# Prices a million tokens, for showing and capping what is spent.
# [prices."a-model-name"]
# input = 0.5
# output = 2.0

# Another endpoint, used with: endpoint = "work"
# [endpoints.work]
# base_url = "https://models.example.com/v1"
# key_env = "WORK_MODELS_KEY"
# model = "a-model-name"
"""

Text = Annotated[str, Field(min_length=1)]
Url = Annotated[str, Field(pattern=r"^https?://\S+$")]
Amount = Annotated[float, Field(ge=0, le=1e9, strict=False)]


class Strict(Frozen):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Place(Strict):
    """Where models are served: an entry of the table, or one of the person's own."""

    base_url: Url
    title: str = ""
    hosts: Annotated[tuple[str, ...], Field(strict=False)] = ()
    key_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    model: Text | None = None


class Price(Strict):
    """Money a million tokens, in whatever currency the person thinks in."""

    input: Amount
    output: Amount


class Settings(Strict):
    """What can be set. Every field is explained in the file's own comments."""

    enter_sends: bool = True
    theme: str = "textual-dark"
    engine: Literal["offline", "llm"] = "offline"
    model: Text | None = None
    endpoint: Text | None = None
    base_url: Url | None = None
    deadline: Annotated[float, Field(gt=0, le=3600, strict=False)] = 90.0
    patience: Annotated[float, Field(gt=0, le=600, strict=False)] = 30.0
    most_tokens: Annotated[int, Field(ge=1000)] = 1_000_000
    most_cost: Annotated[float, Field(gt=0, strict=False)] | None = None
    prices: dict[str, Price] = {}
    endpoints: dict[str, Place] = {}


def path() -> Path:
    """The settings file; it need not exist."""
    return paths.user_home() / "config.toml"


def settings() -> Settings:
    """The settings as they are. Raises ConfigError naming file, key and the valid choices."""
    file = path()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} can't be read: {error}.", next_step="Mend or remove it.") from error
    try:
        return Settings.model_validate(tomlkit.parse(text).unwrap())
    except TOMLKitError as error:
        line = getattr(error, "line", None)
        raise ConfigError(
            f"{file}{f':{line}' if line else ''} is no valid TOML.",
            next_step="Mend the line, or remove the file for the defaults.",
        ) from error
    except ValidationError as error:
        raise ConfigError(
            _wrong(file, text, error), next_step="Mend the line, or remove it for the default."
        ) from error


def _wrong(file: Path, text: str, error: ValidationError) -> str:
    faults = [(".".join(map(str, fault["loc"])), fault["type"], fault["msg"]) for fault in error.errors()]
    return " ".join(f"{file}{_line(text, key)}: {_fault(kind, key, says)}" for key, kind, says in faults)


def _line(text: str, key: str) -> str:
    """ ":7" for the line a key stands on; "" where it isn't found."""
    last = re.escape(key.rpartition(".")[2])
    number = next(
        (n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*(?:{last}\s*=|\[.*\b{last}\W*\])", line)),
        None,
    )
    return f":{number}" if number else ""


def _fault(kind: str, key: str, says: str) -> str:
    """One wrong setting in a sentence, with what it may be."""
    if kind == "extra_forbidden":
        return f"'{key}' is no setting; there are: {', '.join(_known(key))}."
    if kind == "bool_type":
        return f"{key} is true or false."
    if key.endswith("base_url") and kind == "string_pattern_mismatch":
        return f"{key} begins with http:// or https://."
    return f"{key}: {says[:1].lower()}{says[1:]}."


def _known(key: str) -> list[str]:
    """The settings there are beside one."""
    tables: dict[str, type[Strict]] = {"prices": Price, "endpoints": Place}
    return list(tables.get(key.partition(".")[0], Settings).model_fields)


def save(key: str, value: Any) -> None:
    """Change one setting in the file, comments kept. Raises ConfigError for a wrong value, StorageError if unsaved."""
    file = path()
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        text = TEMPLATE
    document = tomlkit.parse(text)
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    try:
        Settings.model_validate(document.unwrap())
    except ValidationError as error:
        raise ConfigError(_wrong(file, text, error)) from error
    write(file, tomlkit.dumps(document))
