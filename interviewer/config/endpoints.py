"""Where models are: a table, the person's own additions, or an address alone; and which key goes to which of them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from interviewer.config import keys
from interviewer.config.settings import Place, Settings, path, settings
from interviewer.errors import ConfigError
from interviewer.models.base import Frozen
from interviewer.text import sanitise

DEFAULT = "openai"
OPENAI_KEY = "OPENAI_API_KEY"
LOCAL = ("localhost", "127.0.0.1", "::1")


class Endpoint(Frozen):
    """Where a model answers. The key goes to this origin and nowhere else."""

    base_url: str
    api_key: SecretStr | None
    model: str | None
    name: str = ""  # in the table or the settings; "" when only its address is known
    key_env: str | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or self.base_url

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def local(self) -> bool:
        return self.host in LOCAL

    @property
    def key_advice(self) -> str:
        """What to do about a missing key."""
        if self.key_env:
            return f"Set {self.key_env} in the environment, or run: interviewer key set."
        return "Run: interviewer key set; or name its variable as key_env, under [endpoints.NAME] in the settings."


@lru_cache(maxsize=1)
def table() -> Mapping[str, Place]:
    """The endpoints that are known beforehand, by name."""
    text = (Path(__file__).parent / "endpoints.toml").read_text(encoding="utf-8")
    return {name: Place.model_validate(entry) for name, entry in tomllib.loads(text).items()}


def endpoint(model: str | None = None) -> Endpoint:
    """The endpoint that settings and environment name. ``model`` comes first, then the environment, then the file.

    OPENAI_BASE_URL takes the key beside it, OPENAI_API_KEY. Every other address has a key of its own: the variable its
    table names, or the one the keyring holds for that origin. Raises ConfigError for a name that isn't there.
    """
    chosen = settings()
    places = {**table(), **chosen.endpoints}
    base = os.environ.get("OPENAI_BASE_URL", "").strip()
    name, url = ("", base) if base else _chosen(chosen, places)
    name = name or _recognised(url, places)
    place = places.get(name)
    variable = OPENAI_KEY if base else place.key_env if place else None
    return _at(name, url, variable, _model(model, chosen, place))


def judge(name: str) -> Endpoint:
    """The endpoint of one model of a panel: "MODEL@ENDPOINT", or "MODEL" alone, which is where the settings name that
    model, else where they say. Raises ConfigError for an endpoint that isn't there."""
    chosen = settings()
    places = {**table(), **chosen.endpoints}
    model, at, where = name.rpartition("@")
    if not at:
        model, where = name, next((n for n, place in chosen.endpoints.items() if place.model == name), "")
    if not where:
        return endpoint(model)
    _, url = _chosen(chosen.model_copy(update={"endpoint": where, "base_url": None}), places)
    return _at(where, url, places[where].key_env, model or places[where].model)


def _at(name: str, url: str, variable: str | None, model: str | None) -> Endpoint:
    _check_address(url)
    where = Endpoint(base_url=url.rstrip("/"), api_key=None, model=model, name=name, key_env=variable)
    key = keys.from_environment(variable) or keys.from_keyring(where.origin)
    return where.model_copy(update={"api_key": SecretStr(key) if key else None})


def _check_address(url: str) -> None:
    """Raises ConfigError for what can't be the address of a server; it is taken apart and asked as if it were else."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ConfigError(
            f"'{sanitise(url)}' is no address of a server.",
            next_step="Write all of it in OPENAI_BASE_URL or as base_url, for example http://localhost:11434/v1.",
        )


def has_key() -> bool:
    """True when a model's key or address is there, so that the person seems to have set one up."""
    chosen = settings()
    named = os.environ.get("OPENAI_BASE_URL", "").strip() or chosen.base_url or chosen.endpoint
    return bool(named) or endpoint().api_key is not None


def ready() -> bool:
    """True when a model could be asked: it is named, and there is a key for it or it is on this machine."""
    where = endpoint()
    return bool(where.model) and (where.api_key is not None or where.local)


def _chosen(chosen: Settings, places: Mapping[str, Place]) -> tuple[str, str]:
    """Name and address the settings file chooses."""
    if chosen.base_url:
        return "", chosen.base_url
    name = chosen.endpoint or DEFAULT
    if name not in places:
        raise ConfigError(f"{path()}: there is no endpoint '{name}'.", next_step=f"Known: {', '.join(sorted(places))}.")
    url = places[name].base_url
    if "YOUR-" in url:
        raise ConfigError(
            f"{path()}: the endpoint '{name}' needs its own address.",
            next_step=f'Add a line like: base_url = "{url}", with your part put in.',
        )
    return name, url


def _recognised(url: str, places: Mapping[str, Place]) -> str:
    """The name of the place an address belongs to; "" for none."""
    netloc = urlsplit(url).netloc.rpartition("@")[2].lower()
    for name, place in places.items():
        own = urlsplit(place.base_url).netloc.lower()
        if netloc == own or any(fnmatch(netloc, host) for host in place.hosts):
            return name
    return ""


def _model(model: str | None, chosen: Settings, place: Place | None) -> str | None:
    named = model or os.environ.get("INTERVIEWER_MODEL", "").strip() or chosen.model
    return named or (place.model if place else None) or None
