"""``grade`` over folders: every transcript found is graded, with a report of its own and one table of all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.grade import chosen
from interviewer.errors import UsageError
from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.cohort.work import Choices, Done

AT_ONCE = 16
MOST_AT_ONCE = 1000
FORMATS = ("html", "json")  # a page for whoever reads it, and the same for programs


def run(args: argparse.Namespace) -> int:
    """Grade all of it. 0 all graded, 1 some could not be, each named, 2 wrong use, 130 interrupted."""
    from interviewer.cli.progress import Progress
    from interviewer.cohort.run import Run

    choices = _choices(args)
    if args.batch or args.cancel:
        from interviewer.cli.batch import run as by_batch

        return by_batch(args, choices)
    progress = Progress(sys.stderr)
    run = Run(choices, progress)
    try:
        came = run.go([place(f) for f in args.files])
    except KeyboardInterrupt:
        progress.end()
        say(f"Stopped with {len(run.came)} of {len(run.works)} done; the same command goes on from there.")
        raise
    finally:
        progress.end()
    return told(came, choices)


def told(came: Sequence[Done], choices: Choices) -> int:
    """Name what was not graded and say where the rest is; the exit code."""
    from interviewer.cohort.run import failures

    lost = failures(came)
    for entry in lost:
        say(entry.failure if entry.file in entry.failure else f"{entry.file}: {entry.failure}")
    say(f"{len(came) - len(lost)} graded, {len(lost)} not. {choices.out / 'cohort.html'}")
    return 1 if lost else 0


def _choices(args: argparse.Namespace) -> Choices:
    from interviewer.cohort.work import Choices

    if not args.out:
        raise UsageError(
            "A folder is graded into a folder.", next_step="Add --out DIR, for the reports and cohort.html."
        )
    at_once = AT_ONCE if args.at_once is None else args.at_once
    if not 1 <= at_once <= MOST_AT_ONCE:
        raise UsageError(f"--at-once is from 1 to {MOST_AT_ONCE}.")
    engine, model = chosen(args)
    return Choices(
        out=Path(args.out), formats=(args.format,) if args.format else FORMATS, engine=engine, model=model,
        round=args.round, rubric=Path(args.rubric) if args.rubric else None, candidate=args.candidate,
        as_held=args.as_held, remember=not args.no_cache, at_once=at_once,
    )  # fmt: skip


def place(given: str) -> Path:
    """A folder or a file as it is named, or the file of an interview's id."""
    from interviewer.errors import NotFound
    from interviewer.storage.store import find

    if Path(given).exists():
        return Path(given)
    try:
        return find(given)
    except NotFound:
        return Path(given)  # named among those that could not be graded


def say(text: str) -> None:
    """A line on stderr."""
    print(f"interviewer: {sanitise(text)}", file=sys.stderr)
