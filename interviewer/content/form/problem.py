"""What the form checks find: a place in a file, what is wrong there, and how bad that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from interviewer.content.schema import Parsed
from interviewer.content.yamlfile import Location, dotted
from interviewer.errors import ContentError

Severity = Literal["error", "warning"]
Weight = Literal["error", "warning", "standard"]


@dataclass(frozen=True)
class Finding:
    """One thing a rule objects to. A ``standard`` is kept by what comes with the package and only advised to others."""

    where: Location
    says: str
    severity: Weight = "error"


@dataclass(frozen=True)
class Problem:
    """A finding with its place, ready to be shown."""

    path: Path
    line: int | None
    key: str
    says: str
    severity: Severity

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{where}: {self.severity}: {f'{self.key}: ' if self.key else ''}{self.says}"

    @classmethod
    def of(cls, error: ContentError) -> Problem:
        """The same for a file that can't be used at all."""
        return cls(error.path, error.line, error.key, error.problem, "error")


M = TypeVar("M", bound=BaseModel)
Rule = Callable[[M], Iterable[Finding]]


def run(rules: Sequence[Rule[M]], parsed: Parsed[M], *, ours: bool) -> list[Problem]:
    """Every problem the rules find, by line. ``ours``: standards are errors."""
    document = parsed.document
    problems = []
    for finding in (finding for rule in rules for finding in rule(parsed.model)):
        grave = finding.severity == "error" or (ours and finding.severity == "standard")
        line, key = document.line(finding.where), dotted(finding.where)
        problems.append(Problem(document.path, line, key, finding.says, "error" if grave else "warning"))
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.key))
