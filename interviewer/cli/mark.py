"""Rate a transcript by the anchors before you see the machine's levels, then see both; the marks are kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import UsageError
from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.grading.marking import Marking


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of ``mark``."""
    parser.add_argument(
        "file", nargs="?", metavar="ID|FILE", help="an interview's id or file, or a transcript from elsewhere"
    )
    parser.add_argument("--rater", metavar="NAME", help="who marks (default: your login name)")
    parser.add_argument("--plain", action="store_true", help="ask line by line on stdin, without the app")
    parser.add_argument("--round", metavar="R", help="mark only this round, or: the whole file is this round")
    parser.add_argument(
        "--candidate", metavar="NAME", help="the speaker who is the candidate, where the file doesn't say"
    )
    parser.add_argument(
        "--engine", choices=("offline", "llm"), default="offline", help="who grades it afterwards (default: offline)"
    )
    parser.add_argument("--model", metavar="M", help="the model's name, for --engine llm")
    parser.add_argument("--list", action="store_true", help="instead: what is marked, by whom")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="instead: write the marks as ratings that 'calibrate' reads"
    )


def run(args: argparse.Namespace) -> int:
    """Mark, list or export. 1 where something could not be used, or was left unmarked."""
    if args.list or args.export:
        if args.file or (args.list and args.export):
            raise UsageError("--list and --export go alone.", next_step="See: interviewer mark --help.")
        return _list(args.rater) if args.list else _export(args.export, args.rater)
    if not args.file:
        raise UsageError("No FILE is named.", next_step="interviewer mark FILE, or: interviewer mark --list.")
    if args.model and args.engine != "llm":
        raise UsageError("--model goes with --engine llm.", next_step="See: interviewer mark --help.")
    return _mark(args)


def _mark(args: argparse.Namespace) -> int:
    from interviewer.content.library import library
    from interviewer.engines import registry
    from interviewer.grading.marking import Marking
    from interviewer.storage.marks import rater_name
    from interviewer.storage.store import find

    rater = rater_name(args.rater) if args.rater is not None else login_name()
    path = find(args.file, examples=True)
    marking = Marking.of(path, rater, library(), round=args.round, candidate=args.candidate)
    engine = registry.create(args.engine, args.model)  # what is missing for it is said before anything is marked
    return _hold(marking, engine, plain=args.plain or not (sys.stdin.isatty() and sys.stdout.isatty()))


def _hold(marking: Marking, engine: Engine, *, plain: bool) -> int:
    if plain:
        from interviewer.cli.mark_plain import hold

        return hold(marking, engine)
    from interviewer.tui.marking import run_marking

    return run_marking(marking, engine)


def login_name() -> str:
    """The person's login name as a rater's; "coach" where the system knows none."""
    import getpass

    from interviewer.storage.marks import rater_name

    try:
        return rater_name(getpass.getuser())
    except (OSError, KeyError, ImportError, UsageError):
        return "coach"


def _list(rater: str | None) -> int:
    from interviewer.reports.marks import listing
    from interviewer.storage import marks

    found, problems = marks.every()
    for line in listing([m for m in found if rater in (None, m.rater)]):
        print(line)
    return _named(problems)


def _export(out: Path, rater: str | None) -> int:
    from interviewer.grading.ratings import of_marks, written
    from interviewer.storage import files, marks

    found, problems = marks.every()
    mine = [m for m in found if rater in (None, m.rater)]
    ratings, left_out = of_marks(mine, out.absolute().parent)
    if not ratings:
        said = " ".join([*problems, *left_out]) or "No transcript is marked yet."
        raise UsageError(f"There are no marks to export. {said}", next_step="interviewer mark FILE makes some.")
    files.write_private(out, written(ratings))
    count = sum(level is not None for rated in ratings.values() for level in rated["criteria"].values())
    folder = out.absolute().parent
    rounds = "1 round" if len(ratings) == 1 else f"{len(ratings)} rounds"
    print(f"{count} levels of {rounds} are in {sanitise(str(out))}.", file=sys.stderr)
    print(f"Next: interviewer calibrate {sanitise(str(folder))} --ratings {sanitise(str(out))}", file=sys.stderr)
    return _named([*problems, *left_out])


def _named(problems: list[str]) -> int:
    for problem in problems:
        print(f"interviewer: {sanitise(problem)}", file=sys.stderr)
    return 1 if problems else 0
