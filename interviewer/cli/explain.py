"""``grade --explain CRITERION``: why a level is what it is, what the next one needs, how it could have been said."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from typing import TYPE_CHECKING

from interviewer.errors import NotFound, UsageError

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.models.explanation import Explanation
    from interviewer.models.rubric import Rubric


def run(args: argparse.Namespace, engine: Engine, rubric: Rubric | None) -> int:
    """Print the explanation for each round of each file that has the criterion."""
    from interviewer.reports.explanation import as_json, as_text

    if args.format not in (None, "text", "json"):
        raise UsageError(f"--explain can't be shown as {args.format}.", next_step="Choose text or json.")
    found = asyncio.run(_all(args, engine, rubric))
    width = shutil.get_terminal_size((80, 24)).columns
    text = as_json(found) if args.format == "json" else as_text(found, width=width)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    return 0


async def _all(args: argparse.Namespace, engine: Engine, rubric: Rubric | None) -> list[Explanation]:
    try:
        return [e for ref in args.files for e in await _of(ref, args, engine, rubric)]
    finally:
        await engine.aclose()


async def _of(ref: str, args: argparse.Namespace, engine: Engine, rubric: Rubric | None) -> list[Explanation]:
    from interviewer.content.library import library
    from interviewer.grading.explain import explain
    from interviewer.grading.grade import grade
    from interviewer.grading.sources import Sources
    from interviewer.storage.formats.registry import load
    from interviewer.storage.store import find

    transcript = load(find(ref), round=args.round, candidate=args.candidate)
    graded = await grade(transcript, engine, library(), round=args.round, as_held=args.as_held, rubric=rubric)
    sources, asked = Sources(transcript, library(), args.as_held), {u.id for u in graded.questions}
    found = []
    for card in graded.rounds:
        used = rubric or sources.rubric(card.round)
        sheets = [s for s in sources.sheets(card.round, transcript) if s.id in asked]
        if used and (one := explain(card, args.explain, used, transcript, sheets)):
            found.append(one)
    if not found:
        known = dict.fromkeys(c.id for card in graded.rounds for c in card.criteria)
        raise NotFound(f"No round of {ref} has a criterion '{args.explain}'.", next_step=f"It has: {', '.join(known)}.")
    return found
