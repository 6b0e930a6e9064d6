"""Prompts, read from interviewer/prompts/*.md. They come with the package only: no workspace can replace one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template

from interviewer.content.files import is_id
from interviewer.errors import ContentError, NotFound

JUDGING = ("judge", "judge_task", "judge_canary", "judge_again")  # those a model judges with


def folder() -> Path:
    """Where the prompts are."""
    return Path(str(files("interviewer"))) / "prompts"


def names() -> list[str]:
    """The prompts there are."""
    return sorted(path.stem for path in folder().glob("*.md") if is_id(path.stem))


@lru_cache(maxsize=32)
def prompt(name: str) -> Template:
    """The prompt ``name`` with its ``$variables``. Raises NotFound, ContentError."""
    path = folder() / f"{name}.md"
    if not is_id(name) or not path.is_file():
        raise NotFound.among("prompt", name, names())
    template = Template(path.read_text(encoding="utf-8"))
    if not template.is_valid():
        raise ContentError(path, "has a '$' that starts no variable; write '$$' for the sign itself")
    return template


def fill(name: str, /, **values: object) -> str:
    """The prompt with its variables replaced, once: a ``$`` inside a value stays. Raises ContentError if one of
    the variables is missing or a value has no place in the prompt."""
    template = prompt(name)
    wanted = set(template.get_identifiers())
    if wanted != values.keys():
        missing = ", ".join(sorted(wanted - values.keys())) or "none"
        unused = ", ".join(sorted(values.keys() - wanted)) or "none"
        raise ContentError(folder() / f"{name}.md", f"does not fit its values; missing: {missing}; unknown: {unused}")
    return template.substitute({key: str(value) for key, value in values.items()})


def sha256(name: str) -> str:
    """The hash of a prompt's text, for saying what was judged with."""
    return hashlib.sha256(prompt(name).template.encode("utf-8")).hexdigest()
