"""Starting files: a commented, valid one of each kind, or a copy of one there is, under a new id."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path

from interviewer import paths
from interviewer.content.files import Kind, is_id, path_of
from interviewer.content.library import Library, forget
from interviewer.content.parsers import PARSERS
from interviewer.content.yamlfile import decode
from interviewer.errors import NotFound, StorageError, UsageError
from interviewer.models.question import AREAS
from interviewer.models.rubric import Rubric
from interviewer.paths import Origin

USUAL = "experimentation"  # the round a new persona or question is for, if nobody says
_ID_LINE = re.compile(r"^id:[^\n]*$", re.M)


def create(
    kind: Kind,
    id: str,
    library: Library,
    *,
    source: str | None = None,
    round: str | None = None,
    area: str | None = None,
) -> Path:
    """Write the file of a new ``id`` into the workspace, else the user's folder, and say where it is.

    ``source`` is an id to copy; else ``round`` (and ``area``, for a question) choose what the new one is for.
    Raises UsageError for a bad or taken id, NotFound, ContentError, StorageError.
    """
    if not is_id(id):
        says = "Use small letters and digits, joined by '-' or '_', like 'anna-bell'."
        raise UsageError(f"'{id}' is no id.", next_step=says)
    there = target()
    if id in library.ids(kind) and (first := library.found(kind, id)).origin.root.resolve() == there.root.resolve():
        raise _taken(first.path)
    if source is not None:
        text, folder = _copied(kind, id, library, source), _area(kind, library, source)
    else:
        text, folder = _fresh(kind, id, library, round, area)
    path = path_of(kind, id, there, folder)
    PARSERS[kind](text.encode("utf-8"), path, id)  # what we write is never broken
    _write(path, text)
    forget()
    return path


def target() -> Origin:
    """Where new content goes: the workspace, else the user's folder."""
    space = paths.workspace()
    return Origin("workspace", space) if space is not None else Origin("user", paths.user_home())


def _copied(kind: Kind, id: str, library: Library, source: str) -> str:
    """The text of ``source``, comments and all, with another id."""
    parsed = library.parsed(kind, source)
    return _ID_LINE.sub(f"id: {id}", decode(library.read(kind, source), parsed.document.path), count=1)


def _area(kind: Kind, library: Library, id: str) -> str:
    return library.question(id).area if kind == "question" else ""


def _fresh(kind: Kind, id: str, library: Library, round: str | None, area: str | None) -> tuple[str, str]:
    """A starting text and, for a question, its area."""
    name = re.sub(r"[-_]", " ", id).capitalize()
    if kind == "rubric":
        text = _template("rubric.yaml").replace("PERSONA-HERE", _first(library.persona_ids(), "persona"))
        return _named(text, id, name), ""
    chosen = round or (USUAL if USUAL in library.round_ids() else _first(library.round_ids(), "round"))
    rubric = library.rubric(chosen)
    if kind == "persona":
        return _named(_template("persona.md"), id, name.title()).replace("ROUND-HERE", chosen), ""
    if area is not None and area not in AREAS:
        raise NotFound.among("area", area, list(AREAS))
    text = _template("question.yaml").replace("EXPECTATIONS-HERE\n", _expectations(rubric) + "\n")
    criterion, folder = rubric.criteria[0].id, area or rubric.areas[0]
    text = text.replace("CRITERION-HERE", criterion).replace("FIRST-HERE", f"{criterion}-1")
    return _named(text, id, name).replace("ROUND-HERE", chosen).replace("AREA-HERE", folder), folder


def _expectations(rubric: Rubric) -> str:
    """One expectation for each criterion, at least the three that a sheet needs; half of them essential."""
    count = max(3, len(rubric.criteria))
    return "".join(
        _template("expectation.yaml")
        .replace("FIRST-HERE", f"{criterion.id}-{number}")
        .replace("CRITERION-HERE", criterion.id)
        .replace("ESSENTIAL-HERE", "true" if 2 * number <= count else "false")
        for number, criterion in enumerate(islice(cycle(rubric.criteria), count), start=1)
    )


def _named(text: str, id: str, name: str) -> str:
    return text.replace("ID-HERE", id).replace("NAME-HERE", f'"{name}"')


def _template(name: str) -> str:
    return Path(str(files("interviewer"))).joinpath("content", "templates", name).read_text(encoding="utf-8")


def _first(ids: list[str], what: str) -> str:
    if not ids:
        raise NotFound(f"There is no {what} to start from.", next_step=f"Make one first: interviewer {what}s new ID.")
    return ids[0]


def _write(path: Path, text: str) -> None:
    """A new file; one that is there stays as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            raise _taken(path) from None
        raise StorageError(f"{path} can't be written: {error.strerror or error}.") from error


def _taken(path: Path) -> UsageError:
    return UsageError(f"{path} is there already.", next_step="Choose another id, or edit that file.")
