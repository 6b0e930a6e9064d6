"""Keys: from the environment or the system's keyring, each for one origin. They are written to no file of ours."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType

from interviewer import paths
from interviewer.config.files import read_json, write_json
from interviewer.errors import NotSetUp

SERVICE = "interviewer"  # in the keyring; the user name there is the origin


def from_environment(name: str | None) -> str | None:
    """The variable's value; None when it has none or is empty."""
    return (os.environ.get(name, "").strip() or None) if name else None


def from_keyring(origin: str) -> str | None:
    """The key kept for an origin; None when there is none, or no keyring on this machine.

    Asking a keyring may open a window, so it is asked only for origins whose key was put there by ``keep``.
    """
    ring = _ring() if origin in kept() else None
    if ring is None:
        return None
    try:
        return ring.get_password(SERVICE, origin) or None
    except Exception:  # backends raise what they like, from a locked ring to a missing bus
        return None


def keep(origin: str, key: str) -> None:
    """Keep a key for an origin. Raises NotSetUp where this machine has no keyring that works."""
    _change(origin, key)
    write_json(_file(), sorted({*kept(), origin}))


def forget(origin: str) -> None:
    """Remove an origin's key. Raises NotSetUp when there was none to remove, or no keyring."""
    if origin not in kept():
        raise NotSetUp("no_key", f"No key was put into the keyring for {origin}.", next_step="Nothing is to be done.")
    _change(origin, None)
    write_json(_file(), sorted({*kept()} - {origin}))


def kept() -> list[str]:
    """The origins whose keys are in the keyring; names, no keys."""
    known = read_json(_file())
    return [origin for origin in known if isinstance(origin, str)] if isinstance(known, list) else []


def _file() -> Path:
    return paths.user_home() / "keyring.json"


def _change(origin: str, key: str | None) -> None:
    ring = _ring()
    try:
        if ring is None:
            raise RuntimeError("no keyring")
        ring.delete_password(SERVICE, origin) if key is None else ring.set_password(SERVICE, origin, key)
        if key is not None and ring.get_password(SERVICE, origin) != key:
            raise RuntimeError("a keyring that keeps nothing")
    except Exception:  # as above; its own words might quote the key
        raise NotSetUp(
            "no_keyring", "This machine has no keyring that can be used.",
            next_step="Put the key into the environment instead.",
        ) from None  # fmt: skip


def _ring() -> ModuleType | None:
    """Imported only when a key is looked for: it takes a tenth of a second, and asks the desktop."""
    try:
        return import_module("keyring")
    except ImportError:
        return None
