"""What ``personas``, ``rubrics`` and ``questions`` have in common: list, check and new. No command of its own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.text import one_line, sanitise, table

if TYPE_CHECKING:
    from interviewer.content.files import Kind
    from interviewer.content.form.check import Checked
    from interviewer.content.library import Library
    from interviewer.content.parsers import Content

SUFFIXES = (".md", ".yaml", ".yml")
Show = Callable[["Library", argparse.Namespace], int]


def configure(parser: argparse.ArgumentParser, noun: str, **more: str) -> dict[str, argparse.ArgumentParser]:
    """The four verbs of a content command and ``more`` of its own; the parsers are returned for their options."""
    verbs = parser.add_subparsers(dest="verb", metavar="|".join(["list", "show", "check", "new", *more]), required=True)
    parsers = {
        "list": verbs.add_parser("list", help=f"every {noun}, where it comes from and what it overrides"),
        "show": verbs.add_parser("show", help=f"one {noun}"),
        "check": verbs.add_parser("check", help="what is wrong with them: file, line, key; exit code 2 on errors"),
        "new": verbs.add_parser("new", help=f"a new {noun} to fill in, in this workspace or else your own folder"),
    }
    parsers |= {verb: verbs.add_parser(verb, help=says) for verb, says in more.items()}
    parsers["show"].add_argument("id", metavar="ID")
    parsers["check"].add_argument("what", nargs="*", metavar="ID|FILE", help="all, if none is given")
    parsers["new"].add_argument("id", metavar="ID")
    parsers["new"].add_argument("--from", dest="source", metavar="ID", help=f"copy this {noun}")
    return parsers


def run(kind: Kind, args: argparse.Namespace, show: Show, describe: Callable[[Content], str]) -> int:
    """Do what ``args.verb`` says. Raises InterviewerError."""
    from interviewer.content.library import Library

    content = Library()  # never one read earlier: these commands are for people who are editing
    if args.verb == "list":
        return listed(kind, content, describe, getattr(args, "round", None))
    if args.verb == "show":
        return show(content, args)
    if args.verb == "check":
        return checked(kind, args.what, content)
    return created(kind, args, content)


def listed(kind: Kind, library: Library, describe: Callable[[Content], str], round: str | None = None) -> int:
    """One line for each; 1 if one of them can't be used, which is then named on stderr."""
    from interviewer.errors import ContentError

    ids = library.ids(kind)
    if kind == "question" and round is not None:
        library.found("rubric", round)  # a round that doesn't exist is an error, not an empty list
        ids = library.question_ids(round)
    rows, broken = [], list(library.name_problems(kind))
    for id in ids:
        found = library.found(kind, id)
        try:
            says = one_line(describe(library.get(kind, id)), 70)
        except ContentError as error:
            says = "(can't be used, see below)"
            broken.append(error)
        hides = f"overrides {', '.join(origin.name for origin in found.overrides)}" if found.overrides else ""
        rows.append((id, says, found.origin.name, hides))
    for row in table(rows):
        print(row)
    for fault in broken:
        print(f"Left out: {sanitise(str(fault))}", file=sys.stderr)
    return 1 if broken else 0


def checked(kind: Kind, what: Sequence[str], library: Library) -> int:
    """Problems on stdout, one a line; 2 if one of them is an error."""
    from interviewer.content.form.check import check_all

    results = [_check_one(kind, name, library) for name in what] if what else check_all(kind, library)
    for result in results:
        for problem in result.problems:
            print(sanitise(str(problem)))
    errors = sum(result.errors for result in results)
    warnings = sum(len(result.problems) for result in results) - errors
    count = f"{len(results)} {'file' if len(results) == 1 else 'files'}"
    print(f"{count} checked: {_number(errors, 'error')}, {_number(warnings, 'warning')}.", file=sys.stderr)
    return 2 if errors else 0


def _check_one(kind: Kind, name: str, library: Library) -> Checked:
    """An unknown name is a fault among others: it stops none of the rest."""
    from interviewer.content.form.check import Checked, check_file, check_id
    from interviewer.content.form.problem import Problem
    from interviewer.errors import NotFound

    path = Path(name)
    try:
        if name not in library.ids(kind) and (path.suffix in SUFFIXES or path.exists() or len(path.parts) > 1):
            return check_file(kind, path, library)
        return check_id(kind, name, library)
    except NotFound as error:
        return Checked(path, (Problem(path, None, "", str(error), "error"),))


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun if count == 1 else noun + 's'}"


def created(kind: Kind, args: argparse.Namespace, library: Library) -> int:
    """The new file's path on stdout."""
    from interviewer.content.scaffold import create

    round, area = getattr(args, "round", None), getattr(args, "area", None)
    hidden = library.found(kind, args.id).origin.name if args.id in library.ids(kind) else None
    path = create(kind, args.id, library, source=args.source, round=round, area=area)
    print(path)
    if hidden:
        print(f"It takes the place of the {hidden} one of that id.", file=sys.stderr)
    print(f"Fill it in, then: interviewer {kind}s check {args.id}", file=sys.stderr)
    return 0
