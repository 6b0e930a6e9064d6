"""Step through an interview or a transcript, with the reason of each of the interviewer's moves."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.models.transcript import Turn


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of ``replay``."""
    parser.add_argument("interview", metavar="ID|FILE", help="an interview held here, or a transcript file")
    parser.add_argument("--plain", action="store_true", help="print it all instead of opening the app")
    parser.add_argument("--round", help="for a transcript that doesn't say: which round it is")
    parser.add_argument("--candidate", metavar="NAME", help="for a transcript that doesn't say: who the candidate is")


def run(args: argparse.Namespace) -> int:
    """Replay in the app, or print where there is no terminal."""
    from interviewer.storage import store
    from interviewer.storage.formats import registry

    path = store.find(args.interview, examples=True)
    if not args.plain and sys.stdin.isatty() and sys.stdout.isatty():
        from interviewer.cli.app import open_app

        return open_app(replay=path)
    transcript = registry.load(path, round=args.round, candidate=args.candidate)
    for problem in transcript.problems:
        print(f"note: {sanitise(problem)}", file=sys.stderr)
    round = None
    for turn in transcript.turns:
        if turn.round != round and turn.round:
            print(f"== {sanitise(turn.round)} ==\n")
        round = turn.round
        print(_shown(turn))
    return 0


def _shown(turn: Turn) -> str:
    width = max(40, min(100, shutil.get_terminal_size((80, 24)).columns))
    who = turn.speaker or turn.role
    lines = [f"[{turn.index}] {sanitise(who)}"]
    lines += [
        textwrap.fill(line, width, initial_indent="    ", subsequent_indent="    ")
        for line in sanitise(turn.text).splitlines()
    ]
    if turn.move is not None:
        why = f"    ({turn.move.value}: {sanitise(turn.reason)}{'; ' + sanitise(turn.note) if turn.note else ''})"
        lines.append(textwrap.fill(why, width, subsequent_indent="     "))
    return "\n".join(lines) + "\n"
