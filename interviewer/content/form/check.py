"""Checking content files: whether they can be read at all, then their form. One broken file stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer import paths
from interviewer.content.files import Kind, named
from interviewer.content.form import personas, rubrics, sheets
from interviewer.content.form.problem import Problem, Rule, run
from interviewer.content.library import Library
from interviewer.content.parsers import PARSERS
from interviewer.content.schema import faults_of
from interviewer.content.yamlfile import read_bytes
from interviewer.errors import ContentError


@dataclass(frozen=True)
class Checked:
    """One file and what is wrong with it."""

    path: Path
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)


def check_id(kind: Kind, id: str, library: Library) -> Checked:
    """Check the file an id is read from. Raises NotFound."""
    path = library.path(kind, id)
    return _checked(kind, path, library, id)


def check_file(kind: Kind, path: Path, library: Library) -> Checked:
    """Check a file anywhere. Outside of a content folder its id need not be its name, yet. Raises NotFound."""
    name = named(kind, path.resolve())
    if name in library.ids(kind) and library.path(kind, name).resolve() == path.resolve():
        return _checked(kind, path, library, name)
    return _checked(kind, path, library, None, name)


def check_all(kind: Kind, library: Library) -> list[Checked]:
    """Check every file of a kind, and the names of those that are left out."""
    misnamed = [Checked(error.path, (Problem.of(error),)) for error in library.name_problems(kind)]
    return [check_id(kind, id, library) for id in library.ids(kind)] + misnamed


def _checked(kind: Kind, path: Path, library: Library, expected: str | None, name: str = "") -> Checked:
    try:
        parsed = PARSERS[kind](read_bytes(path), path, expected)
    except ContentError as error:
        return Checked(path, tuple(Problem.of(fault) for fault in faults_of(error)))
    problems = run(_rules(kind, library), parsed, ours=is_ours(path))
    if name and parsed.model.id != name:
        says = f"is '{parsed.model.id}', but the name says '{name}'; among the others it would not be found"
        problems.insert(0, Problem(path, parsed.document.line(("id",)), "id", says, "warning"))
    return Checked(path, tuple(problems))


def _rules(kind: Kind, library: Library) -> Sequence[Rule[Any]]:
    if kind == "persona":
        return (*personas.RULES, personas.speaks_in(library.round_ids()))
    if kind == "rubric":
        return (*rubrics.RULES, rubrics.held_by(library.persona_ids()))
    return (*sheets.RULES, sheets.against(library.rubric, library.round_ids()))


def is_ours(path: Path) -> bool:
    """Whether a file comes with the package, and is held to all of its standards."""
    root = paths.built_in().resolve()
    return any(path.resolve().is_relative_to(root / folder) for folder in paths.CONTENT)
