"""What is asked: question sheets. What a sheet hides from the candidate is shown with --spoilers only."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli import content, stats
from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.content.parsers import Content

HIDDEN = ("facts", "expectations", "misconceptions", "push_backs", "examples")


def configure(parser: argparse.ArgumentParser) -> None:
    """list [--round R] | show ID [--spoilers] | check [ID|FILE ...] | new ID [--from ID] [--round R] [--area A] |
    stats [ID ...] [--measure]"""
    verbs = content.configure(parser, "question", stats="how much is in each, and how well the offline reader hears it")
    stats.configure(verbs["stats"])
    verbs["list"].add_argument("--round", metavar="ROUND", help="only those that suit this round")
    verbs["show"].add_argument("--spoilers", action="store_true", help="also what a strong answer is expected to reach")
    verbs["new"].add_argument("--round", metavar="ROUND", help="the round it is for")
    verbs["new"].add_argument("--area", metavar="AREA", help="the area it is filed under")


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises InterviewerError."""
    if args.verb == "stats":
        return stats.run(args)
    return content.run("question", args, _show, _describe)


def _describe(sheet: Content) -> str:
    from interviewer.models.question import QuestionSheet

    assert isinstance(sheet, QuestionSheet)
    return f"{'draft: ' if sheet.draft else ''}{sheet.name} ({sheet.area}; {', '.join(sheet.rounds)})"


def _show(library: Library, args: argparse.Namespace) -> int:
    sheet, found = library.question(args.id), library.found("question", args.id)
    if args.spoilers:
        common = "".join(f"# common: {m.common}: {m.belief}\n" for m in sheet.misconceptions if m.common)
        print(sanitise(library.read("question", args.id).decode("utf-8-sig") + common), end="")
        return 0
    lines = [
        sheet.name,
        f"id      {sheet.id} ({found.origin.name}: {Path(found.path)})",
        f"area    {sheet.area}",
        f"rounds  {', '.join(sheet.rounds)}",
        f"level   {sheet.level}",
        "",
        sheet.ask,
    ]
    print(sanitise("\n".join(lines)))
    counts = [f"{len(getattr(sheet, name))} {name.replace('_', '-')}" for name in HIDDEN if getattr(sheet, name)]
    print(f"Hidden: {', '.join(counts)}, the model answer. --spoilers shows them.", file=sys.stderr)
    return 0
