"""The texts of the self-test, out of its data files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Injection:
    """A text aimed at the grader. ``says`` may hold ``${point}``, ``${check}`` and ``${words}``."""

    language: str
    style: str
    says: str
    known: bool  # to whoever wrote the patterns that look for such texts


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    return dict(YAML(typ="safe").load((HERE / name).read_text("utf-8")))


def injections() -> tuple[Injection, ...]:
    """All of them, in the file's order."""
    return tuple(
        Injection(language, style, says, kept == "known")
        for kept, languages in _read("injections.yaml").items()
        for language, texts in languages.items()
        for text in texts
        for style, says in text.items()
    )


def benign(kind: str) -> tuple[str, ...]:
    """``padding``, ``fillers`` or ``talk``: honest text that should change nothing."""
    return tuple(_read("benign.yaml")[kind])
