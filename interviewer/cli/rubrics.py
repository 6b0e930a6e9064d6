"""What is graded: each round's criteria, checks and anchors."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from interviewer.cli import content
from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.content.parsers import Content
    from interviewer.models.rubric import Criterion


def configure(parser: argparse.ArgumentParser) -> None:
    """list | show ID | check [ID|FILE ...] | new ID [--from ID]"""
    content.configure(parser, "rubric")


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises InterviewerError."""
    return content.run("rubric", args, _show, _describe)


def _describe(rubric: Content) -> str:
    from interviewer.models.rubric import Rubric

    assert isinstance(rubric, Rubric)
    return f"{rubric.title}: {', '.join(criterion.id for criterion in rubric.criteria)}"


def _show(library: Library, args: argparse.Namespace) -> int:
    rubric, found = library.rubric(args.id), library.found("rubric", args.id)
    minutes = rubric.lengths
    lines = [
        rubric.title,
        f"id         {rubric.id} ({found.origin.name}: {found.path})",
        f"persona    {rubric.persona}",
        f"minutes    quick {minutes.quick}, standard {minutes.standard}, real {minutes.real}",
        f"areas      {', '.join(rubric.areas)}",
        f"looks for  {rubric.looks_for}",
    ]
    if rubric.offline == "structure":
        lines.append("offline    only what can be counted; how well it was done needs a model")
    for criterion in rubric.criteria:
        lines += _criterion(criterion)
    print(sanitise("\n".join(lines)))
    return 0


def _criterion(criterion: Criterion) -> list[str]:
    essential = ", essential" if criterion.essential else ""
    lines = ["", f"{criterion.title} ({criterion.id}, weight {criterion.weight}{essential})", f"  {criterion.about}"]
    for check in criterion.checks:
        mark = "!" if check.essential else "-"
        lines.append(f"  {mark} {check.says} [{check.source}, weight {check.weight}]")
    anchors = criterion.anchors
    return [*lines, f"  1: {anchors.one}", f"  3: {anchors.three}", f"  5: {anchors.five}"]
