"""Go on with an interview where it was left, on the same question."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from interviewer.errors import NotFound, UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of ``resume``."""
    parser.add_argument("interview", nargs="?", metavar="ID|FILE", help="which one (default: the last unfinished)")
    parser.add_argument("--plain", action="store_true", help="no app: speak on stdout, read answers from stdin")


def run(args: argparse.Namespace) -> int:
    """Resume and hold on."""
    if not args.plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The app needs a terminal.", next_step="For pipes and scripts add --plain.")
    from interviewer.session import Session
    from interviewer.storage import store

    session = Session.resume(_path(args.interview))
    ended = session.interview.ended
    if ended and (ended.reason == "left_early" or store.scorecards(session.path).exists()):
        session.close()
        raise UsageError(f"'{session.id}' is over.", next_step=f"See it again: interviewer replay {session.id}.")
    if args.plain:
        from interviewer.cli.plain import hold

        return hold(session)
    from interviewer.cli.app import open_app

    return open_app(session=session)


def _path(ref: str | None) -> Path:
    from interviewer import paths
    from interviewer.storage import store

    if ref is not None:
        return store.find(ref)
    last = store.latest_unfinished(paths.transcripts())
    if last is None:
        raise NotFound("There is no unfinished interview here.", next_step="Begin one: interviewer start.")
    return last.path
