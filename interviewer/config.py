"""Settings: a commented TOML in the user's folder, and the only reader of the environment besides ``paths``."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import tomlkit
from pydantic import ConfigDict, Field, SecretStr, ValidationError
from tomlkit.exceptions import TOMLKitError

from interviewer import paths
from interviewer.errors import ConfigError, StorageError
from interviewer.models.base import Frozen

COST = (
    "An onsite of standard length takes roughly 60 to 100 requests and 300 to 500 thousand tokens, grading included; "
    "what they cost is on your provider's price list."
)
DEFAULT_BASE_URL = "https://api.openai.com/v1"

TEMPLATE = """\
# Settings of interviewer. A missing line means the default; a key is never kept here, only in the environment.

# Enter sends and Ctrl+J makes a new line; false swaps them.
enter_sends = true

# The app's colours: a theme of the app's list, e.g. "textual-dark" or "textual-light".
theme = "textual-dark"

# Who thinks: "offline" (built in) or "llm" (a language model; needs OPENAI_API_KEY or a local server).
engine = "offline"

# The model and where it is, for engine = "llm". OPENAI_BASE_URL in the environment comes first.
# model = "a-model-name"
# base_url = "http://localhost:11434/v1"

# Seconds: to wait for one answer of the model in all, and for the next piece of it.
deadline = 90
patience = 30
"""


class Settings(Frozen):
    """What can be set. Every field is explained in the file's own comments."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    enter_sends: bool = True
    theme: str = "textual-dark"
    engine: Literal["offline", "llm"] = "offline"
    model: Annotated[str, Field(min_length=1)] | None = None
    base_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    deadline: Annotated[float, Field(gt=0, le=3600, strict=False)] = 90.0
    patience: Annotated[float, Field(gt=0, le=600, strict=False)] = 30.0


class Endpoint(Frozen):
    """Where a model answers. The key goes to this origin and nowhere else."""

    base_url: str
    api_key: SecretStr | None
    model: str | None

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or self.base_url

    @property
    def local(self) -> bool:
        return self.host in ("localhost", "127.0.0.1", "::1")


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
    faults = [(str(fault["loc"][0]), fault["type"], fault["msg"]) for fault in error.errors()]
    return " ".join(f"{file}{_line(text, key)}: {_fault(kind, key, says)}" for key, kind, says in faults)


def _line(text: str, key: str) -> str:
    """ ":7" for the line a key stands on; "" where it isn't found."""
    number = next(
        (n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*{re.escape(key)}\s*=", line)), None
    )
    return f":{number}" if number else ""


def _fault(kind: str, key: str, says: str) -> str:
    """One wrong setting in a sentence, with what it may be."""
    if kind == "extra_forbidden":
        return f"'{key}' is no setting; there are: {', '.join(Settings.model_fields)}."
    if kind == "bool_type":
        return f"{key} is true or false."
    if key == "base_url":
        return "base_url begins with http:// or https://."
    return f"{key}: {says[:1].lower()}{says[1:]}."


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
    _write(file, tomlkit.dumps(document))


def endpoint(model: str | None = None) -> Endpoint:
    """The endpoint that settings and environment name. ``model`` comes first, then the environment, then the file."""
    chosen = settings()
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    base = os.environ.get("OPENAI_BASE_URL", "").strip() or chosen.base_url or DEFAULT_BASE_URL
    name = model or os.environ.get("INTERVIEWER_MODEL", "").strip() or chosen.model
    return Endpoint(base_url=base.rstrip("/"), api_key=SecretStr(key) if key else None, model=name or None)


def has_key() -> bool:
    """True when a key or an address for a model is in the environment."""
    return bool(os.environ.get("OPENAI_API_KEY", "").strip() or os.environ.get("OPENAI_BASE_URL", "").strip())


def ready() -> bool:
    """True when a model could be asked: it is named, and there is a key for it or it is on this machine."""
    where = endpoint()
    return bool(where.model) and (where.api_key is not None or where.local)


def what_it_means(where: Endpoint) -> str:
    """Where words go and roughly what it costs, for asking or telling before the first request."""
    open_line = "" if where.local or where.base_url.startswith("https:") else " The address is not encrypted (http)."
    cost = "The host is this machine." if where.local else COST
    model = where.model or "(none named yet)"
    return f"Everything you type goes to {where.host}, to the model {model}.{open_line} {cost}"


def _consents() -> Path:
    return paths.user_home() / "consents.json"


def has_consent(where: Endpoint) -> bool:
    """True when the person has agreed before to use this model at this host."""
    try:
        known = json.loads(_consents().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(known, list) and [where.host, where.model] in known


def remember_consent(where: Endpoint) -> None:
    """Remember that the person agreed to use this model at this host."""
    if has_consent(where):
        return
    try:
        known = json.loads(_consents().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = []
    entries = known if isinstance(known, list) else []
    _write(_consents(), json.dumps([*entries, [where.host, where.model]], indent=1) + "\n")


def _write(file: Path, text: str) -> None:
    """Replace a file whole, private from the first byte."""
    part = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise StorageError(
            f"{file} could not be written: {error.strerror}.", next_step="Check the folder, or set INTERVIEWER_HOME."
        ) from error
