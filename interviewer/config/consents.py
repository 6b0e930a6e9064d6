"""Words go to a model's host only after the person agreed to it once; that is remembered by host and model."""

from __future__ import annotations

from pathlib import Path

from interviewer import paths
from interviewer.config.endpoints import Endpoint
from interviewer.config.files import read_json, write_json

COST = (
    "An onsite of standard length takes roughly 60 to 100 requests and 300 to 500 thousand tokens, grading included; "
    "what they cost is on your provider's price list."
)


def what_it_means(where: Endpoint) -> str:
    """Where words go and roughly what it costs, for asking or telling before the first request."""
    open_line = "" if where.local or where.base_url.startswith("https:") else " The address is not encrypted (http)."
    cost = "The host is this machine." if where.local else COST
    model = where.model or "(none named yet)"
    return f"Everything you type goes to {where.host}, to the model {model}.{open_line} {cost}"


def has_consent(where: Endpoint) -> bool:
    """True when the person has agreed before to use this model at this host."""
    known = read_json(_file())
    return isinstance(known, list) and [where.host, where.model] in known


def remember_consent(where: Endpoint) -> None:
    """Remember that the person agreed to use this model at this host. Raises StorageError."""
    if has_consent(where):
        return
    known = read_json(_file())
    write_json(_file(), [*(known if isinstance(known, list) else []), [where.host, where.model]])


def _file() -> Path:
    return paths.user_home() / "consents.json"
