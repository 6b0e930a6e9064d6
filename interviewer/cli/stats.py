"""``questions stats``: how much there is in each sheet and, with --measure, how well the offline reader hears it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.text import one_line, table

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.grading.measure import Measured
    from interviewer.models.question import Example, QuestionSheet

HEAD = ("sheet", "round", "facts", "points", "beliefs", "push-backs", "examples")
MEASURED = ("sheet", "answers", "recall", "precision", "challenged", "in order")


def configure(parser: argparse.ArgumentParser) -> None:
    """stats [ID ...] [--measure] [--answers DIR] [--spoilers]"""
    parser.add_argument("ids", nargs="*", metavar="ID", help="all that are drawn, if none is given")
    parser.add_argument("--measure", action="store_true", help="read the marked answers; exit code 1 below the floors")
    parser.add_argument("--answers", type=Path, metavar="DIR", help="more marked answers: DIR/<id>.yaml, 'examples:'")
    parser.add_argument("--only-answers", action="store_true", help="those of --answers alone, not the sheets' own")
    parser.add_argument("--spoilers", action="store_true", help="also each point missed or imagined")


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises InterviewerError."""
    from interviewer.content.library import Library

    library = Library()
    sheets = [library.question(id) for id in args.ids or library.ids("question")]
    sheets = [s for s in sheets if args.ids or not s.draft]
    return _measured(sheets, args) if args.measure else _counted(sheets, library)


def _counted(sheets: list[QuestionSheet], library: Library) -> int:
    rows: list[tuple[str, ...]] = [HEAD]
    for s in sheets:
        counts = (s.facts, s.expectations, s.misconceptions, s.push_backs, s.examples)
        rows.append((s.id, ", ".join(s.rounds), *(str(len(c)) for c in counts)))
    for row in table(rows):
        print(row)
    by_round = ", ".join(f"{r} {len(library.question_ids(r))}" for r in library.round_ids())
    print(f"{len(sheets)} sheets. Drawn from: {by_round}.", file=sys.stderr)
    return 0


def _measured(sheets: list[QuestionSheet], args: argparse.Namespace) -> int:
    from interviewer.grading.measure import measure, total

    results = []
    for sheet in sheets:
        more = _more(args.answers, sheet)
        results.append(measure(sheet, more, own=not args.only_answers))
    whole = total(results)
    rows = [MEASURED, *(_row(s.id, m) for s, m in zip(sheets, results, strict=True)), _row("all", whole)]
    for row in table(rows):
        print(row)
    if args.spoilers:
        for sheet, result in zip(sheets, results, strict=True):
            for slip in result.slips:
                heard = f": “{one_line(slip.quote, 120)}”" if slip.quote else ""
                print(f"{sheet.id}, answer {slip.answer}: {slip.kind} {slip.target}{heard}")
    short = whole.short_of()
    print("Below the floor: " + "; ".join(short) if short else "All above their floors.", file=sys.stderr)
    return 1 if short else 0


def _row(name: str, m: Measured) -> tuple[str, ...]:
    shares = (m.recall, m.precision, m.false_challenges, m.in_order)
    return (name, str(m.answers), *("-" if s is None else f"{s:.3f}" for s in shares))


def _more(folder: Path | None, sheet: QuestionSheet) -> tuple[Example, ...]:
    from interviewer.content.answers import read_answers

    path = folder / f"{sheet.id}.yaml" if folder else None
    return read_answers(path, sheet) if path and path.exists() else ()
