"""Hold an interview, in the app or (with --plain) over stdin and stdout."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.plan import Plan


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of ``start``."""
    options(parser)
    parser.add_argument("--plain", action="store_true", help="no app: speak on stdout, read answers from stdin")


def options(parser: argparse.ArgumentParser) -> None:
    """What to hold, and by whom."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--loop", default=None, help="which loop to hold (default: onsite)")
    what.add_argument("--rounds", metavar="A,B", help="only these rounds, in this order")
    parser.add_argument("--question", action="append", default=[], metavar="ID", help="ask this one, in its round")
    parser.add_argument(
        "--persona", action="append", default=[], metavar="ID|ROUND=ID", help="who interviews, for all rounds or one"
    )
    parser.add_argument("--engine", choices=("offline", "llm"), help="who thinks (default: offline)")
    parser.add_argument("--model", help="the model's name, for --engine llm")
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--length", choices=("quick", "standard", "real"), default="standard", help="10, 25 or 50 minutes a round"
    )
    length.add_argument("--minutes", type=int, metavar="N", help="minutes a round, 1 to 120")
    parser.add_argument("--seed", type=int, help="draws the questions and the offline words; same seed, same interview")
    parser.add_argument("--id", help="a name for this interview, used as its file's name")


def run(args: argparse.Namespace) -> int:
    """Start and hold the interview."""
    if not args.plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The app needs a terminal.", next_step="For pipes and scripts add --plain.")
    from interviewer.session import Session

    session = Session.start(plan(args))
    if args.plain:
        from interviewer.cli.plain import hold

        return hold(session)
    from interviewer.cli.app import open_app

    return open_app(session=session)


def plan(args: argparse.Namespace) -> Plan:
    """What to hold, by the options; raises UsageError and NotFound."""
    from interviewer.content.library import library
    from interviewer.models.base import Length
    from interviewer.plan import Plan

    content = library()
    loop = args.loop or "onsite"
    rounds = _rounds(args, content)
    if len(set(rounds)) != len(rounds):
        raise UsageError("A round can be held once.", next_step="Name each round once in --rounds.")
    if args.minutes is not None and not 1 <= args.minutes <= 120:
        raise UsageError(f"--minutes {args.minutes} is out of range.", next_step="Choose 1 to 120.")
    engine, model = _engine(args)
    return Plan(
        rounds=rounds, loop=loop, questions=tuple(args.question), personas=_personas(args.persona, rounds, content),
        engine=engine, model=model, length=Length(args.length), minutes=args.minutes, seed=args.seed, id=args.id,
    )  # fmt: skip


def _rounds(args: argparse.Namespace, content: Library) -> tuple[str, ...]:
    """The rounds asked for; of questions named alone, the rounds they suit first."""
    from interviewer.content import loops

    if args.rounds:
        return _names(args.rounds)
    if args.question and not args.loop:
        return tuple(dict.fromkeys(content.question(id).rounds[0] for id in args.question))
    return loops.loop(content, args.loop or "onsite").rounds


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _personas(given: list[str], rounds: tuple[str, ...], content: Library) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for item in given:
        round, equals, id = item.rpartition("=")
        if equals and round not in (*rounds, "debrief"):
            raise UsageError(
                f"--persona {item}: '{round}' is no round of this interview.", next_step=f"Rounds: {', '.join(rounds)}."
            )
        content.persona(id)
        chosen |= {round: id} if equals else {r: id for r in rounds if r not in chosen}
    return chosen


def _engine(args: argparse.Namespace) -> tuple[str, str | None]:
    """The engine asked for. A key in the environment alone starts nothing that costs money."""
    from interviewer import config

    settings = config.settings()
    engine = args.engine or ("llm" if args.model else settings.engine)
    if engine == "offline":
        if args.model:
            raise UsageError("--model goes with --engine llm.")
        return "offline", None
    return "llm", args.model or settings.model
