"""The interviewer's own report over interviews: which of its rules it kept, and how its challenges were met."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InterviewerError, UsageError

if TYPE_CHECKING:
    from interviewer.models.conduct import ConductReport
    from interviewer.models.scorecard import CheckVerdict


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of ``conduct``."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="an interview's id or file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed (default: text)")


def run(args: argparse.Namespace) -> int:
    """Report on each file. 0 every rule kept, 1 one was broken or a file failed, 2 nothing but bad input."""
    from interviewer.reports.conduct import render

    reports: list[ConductReport] = []
    errors: list[InterviewerError] = []
    for ref in args.files:
        try:
            reports.append(_report(ref))
        except InterviewerError as error:
            errors.append(error)
            _say(str(error) if ref in str(error) else f"{ref}: {error}")
    if not reports:
        return 2 if all(error.exit_code == 2 for error in errors) else 1
    width = shutil.get_terminal_size((80, 24)).columns
    text = render(args.format, reports, width=width, several=len(args.files) > 1)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
    return 1 if errors or any(report.broken for report in reports) else 0


def _report(ref: str) -> ConductReport:
    from interviewer.content.library import library
    from interviewer.grading.conduct import report
    from interviewer.storage.formats.registry import load
    from interviewer.storage.store import find

    path = find(ref)
    transcript = load(path)
    if not any(t.move for t in transcript.turns):
        raise UsageError(
            f"{ref} doesn't say what the interviewer's turns were for, so there is nothing to report on.",
            next_step="Name an interview that was held here.",
        )
    return report(transcript, library(), _checks(path, transcript.sha256))


def _checks(path: Path, sha256: str) -> tuple[CheckVerdict, ...] | None:
    """The verdicts of the last scorecard of just this file, for whether hints were charged; None without one."""
    from interviewer.grading import cards

    grades = [g for g in cards.read(path)[0] if g.sha256 == sha256]
    return tuple(i for card in grades[-1].rounds for c in card.criteria for i in c.checks) if grades else None


def _say(text: str) -> None:
    from interviewer.text import sanitise

    print(f"interviewer: {sanitise(text)}", file=sys.stderr)
