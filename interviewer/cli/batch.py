"""``grade --batch``: send what would be asked, leave, and collect it with the same command."""

from __future__ import annotations

import argparse
import sys

from interviewer.cli.folders import place, say, told
from interviewer.cli.progress import Progress
from interviewer.cohort.batch import Came, Step, cancel
from interviewer.cohort.run import Run
from interviewer.cohort.work import Choices
from interviewer.errors import UsageError
from interviewer.models.usage import Usage, usage_words


def run(args: argparse.Namespace, choices: Choices) -> int:
    """Look, collect, grade, send. 0 sent or all graded, 1 still under way or not all could be done, 2 wrong use."""
    if choices.engine != "llm" or not args.batch:
        raise UsageError("--batch needs a model, and --cancel goes with it.", next_step="Add --engine llm --batch.")
    if args.cancel:
        for id in cancel(choices):
            say(f"{id} is answered no further; the same command without --cancel collects what was answered.")
        return 0
    progress = Progress(sys.stderr)
    step = Step(choices, progress.beat)
    try:
        came = Run(choices, progress, step.go).go([place(f) for f in args.files])
    finally:
        progress.end()
    code = told(came, choices)
    return max(code, _said(step.came))


def _said(came: Came) -> int:
    """What is under way now, and what to do about it; the exit code for it."""
    for id, seen in came.waiting:
        say(f"{id}: {seen.status}, {seen.completed} of {seen.total} answered, {seen.failed} failed.")
    if came.waiting:
        say("The same command asks again and, once they are answered, writes the reports; --cancel takes them back.")
    for part in came.sent:
        say(f"Sent as {part.id}: {len(part.names)} requests.")
    if came.sent:
        took = usage_words(Usage(requests=came.requests, prompt=came.tokens, estimated=True))
        say(f"They may take {took} and a day. The same command collects the answers.")
    return 1 if came.waiting else 0
