"""The command line: a table of commands, each imported only when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, NoReturn

from interviewer import __version__
from interviewer.errors import InterviewerError, UsageError


class Command(NamedTuple):
    """Where a command lives and what it does, in one line. Its module has ``configure`` and ``run``."""

    module: str
    summary: str


COMMANDS = {
    "start": Command("start", "hold an interview"),
    "resume": Command("resume", "go on with an interview"),
    "replay": Command("replay", "step through an interview, with the reason of each move"),
    "grade": Command("grade", "grade an interview, or a transcript from elsewhere"),
    "conduct": Command("conduct", "the interviewer's own report: which of its rules it kept"),
    "transcripts": Command("transcripts", "list, show, export, import or delete interviews"),
    "personas": Command("personas", "who interviews you: list, show, check, new"),
    "rubrics": Command("rubrics", "what is graded: list, show, check, new"),
    "questions": Command("questions", "what is asked: list, show, check, new, stats"),
    "simulate": Command("simulate", "hold an interview with a simulated candidate"),
    "graph": Command("graph", "draw the machine that walks an interview, as Mermaid"),
    "mark": Command("mark", "rate a transcript yourself, blind, then see the machine's levels beside yours"),
    "calibrate": Command("calibrate", "hold the grader against ratings by people"),
    "key": Command("key", "keep a key in the system's keyring, or remove it"),
    "doctor": Command("doctor", "what is set up here, and what isn't"),
}


class Parser(argparse.ArgumentParser):
    """argparse, with our way of saying what is wrong: one sentence, exit code 2."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", next_step=f"See: {self.prog} --help.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 done, 1 not all could be done, 2 wrong use or bad input, 130 interrupted."""
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(args)
    except InterviewerError as error:
        _say(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has what they wanted. What is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _dispatch(args: list[str]) -> int:
    name = next((a for a in args if not a.startswith("-")), None)
    if args[:1] and args[0] in COMMANDS:
        module = import_module(f"interviewer.cli.{COMMANDS[args[0]].module}")
        parser = Parser(prog=f"interviewer {args[0]}", description=module.__doc__)
        module.configure(parser)
        return int(module.run(parser.parse_args(args[1:])))
    parser = _top_parser()
    if name is not None:
        raise _unknown(name)
    parser.parse_args(args)
    from interviewer.cli.app import open_app

    return open_app()


def _top_parser() -> Parser:
    width = max(map(len, COMMANDS))
    table = "\n".join(f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items())
    parser = Parser(
        prog="interviewer",
        usage="interviewer [--version] [COMMAND ...]",
        description="A mock interviewer for senior data scientists. Without a command it opens the app.",
        epilog=f"commands:\n{table}\n\n'interviewer COMMAND --help' says more.\n"
        "Not affiliated with any company; it predicts no hiring decision.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"interviewer {__version__}")
    return parser


def _unknown(name: str) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Commands: {', '.join(COMMANDS)}."
    return UsageError(f"There is no command '{name}'.", next_step=hint)


def _say(error: InterviewerError) -> None:
    from interviewer.text import sanitise

    print(f"interviewer: {sanitise(str(error))}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
