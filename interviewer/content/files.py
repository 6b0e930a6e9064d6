"""Which content files there are, and which id each stands for: known from names alone, nothing is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from interviewer.errors import ContentError
from interviewer.paths import Origin

Kind = Literal["persona", "rubric", "question"]
KINDS: tuple[Kind, ...] = ("persona", "rubric", "question")
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Found:
    """The file an id is read from, and the folders whose file of that id it hides."""

    kind: Kind
    id: str
    path: Path
    origin: Origin
    overrides: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Listing:
    """All ids of one kind, sorted, and what is wrong with the names."""

    found: dict[str, Found]
    problems: tuple[ContentError, ...]


def is_id(name: str) -> bool:
    """Whether ``name`` may be an id, which is also a file name."""
    return len(name) <= 64 and _ID.match(name) is not None


def path_of(kind: Kind, id: str, origin: Origin, area: str = "") -> Path:
    """Where the file of ``id`` stands in ``origin``; ``area`` is a question's folder."""
    if kind == "persona":
        return origin.personas / f"{id}.md"
    if kind == "rubric":
        return origin.rubrics / id / "rubric.yaml"
    return origin.rubrics / "questions" / area / f"{id}.yaml"


def named(kind: Kind, path: Path) -> str:
    """The id that a file of ``kind`` at ``path`` stands for."""
    return path.parent.name if kind == "rubric" else path.stem


def listing(kind: Kind, origins: Sequence[Origin]) -> Listing:
    """Every file of ``kind``; the first origin that has an id wins."""
    found: dict[str, Found] = {}
    problems: list[ContentError] = []
    for origin in origins:
        here: dict[str, Path] = {}
        for path in _paths(kind, origin):
            id = named(kind, path)
            if not is_id(id):
                what = "folder" if kind == "rubric" else "file"
                problems.append(ContentError(path, f"is left out: the {what}'s name is no id (a-z, 0-9, '-', '_')"))
            elif id in here:
                problems.append(ContentError(path, f"is left out: {here[id]} has the same id; rename one of them"))
            else:
                here[id] = path
        for id, path in here.items():
            _take(found, Found(kind, id, path, origin))
    return Listing(dict(sorted(found.items())), tuple(problems))


def _take(found: dict[str, Found], new: Found) -> None:
    first = found.get(new.id)
    if first is None:
        found[new.id] = new
    else:
        found[new.id] = Found(first.kind, first.id, first.path, first.origin, (*first.overrides, new.origin))


def _paths(kind: Kind, origin: Origin) -> Iterable[Path]:
    if kind == "persona":
        paths = (p for p in origin.personas.glob("*.md") if p.stem.casefold() != "readme")
    elif kind == "rubric":
        paths = (p for p in origin.rubrics.glob("*/rubric.yaml") if p.parent.name != "questions")
    else:
        paths = (p for p in (origin.rubrics / "questions").glob("*/*.yaml"))
    return sorted(p for p in paths if p.is_file() and not p.name.startswith("."))
