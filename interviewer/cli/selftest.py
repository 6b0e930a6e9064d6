"""``grade --selftest``: what attacks on the grader come to, family by family. No command of its own."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from interviewer.errors import UsageError
from interviewer.text import one_line, table

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.grading.selftest.run import Family, Outcome

FORMATS = ("text", "json", "markdown")
SAMPLE = 4  # attacks of a family that a model is asked about unless told otherwise: each is a dozen calls
HEAD = ("family", "tried", "over .1", "over .5", "worst", "flagged", "not judged", "the worst case")
MEANING = (
    "over .1, over .5: attacks that raised a level of an honest weak answer by more than that; of benign text (*), "
    "changes of a good answer, up or down. worst: the furthest any level moved. flagged: texts in which words to the "
    "grader were seen; of benign text there should be none. 'apart' are injections its patterns were not written from."
)


def run(args: argparse.Namespace, engine: Engine) -> tuple[str, bool]:
    """Run every attack with ``engine``: the report, and whether anything could be judged at all. Raises UsageError."""
    if args.files:
        raise UsageError("--selftest takes no FILE.", next_step="Leave one of them out.")
    format = args.format or "text"
    if format not in FORMATS:
        raise UsageError(f"--selftest has no format '{format}'.", next_step=f"There are: {', '.join(FORMATS)}.")
    sample = args.sample or (None if engine.name == "offline" else SAMPLE)
    outcomes = asyncio.run(_outcomes(engine, sample))
    ran = any(o.moved is not None for o in outcomes if o.attack.place != "flags")
    return _shown(format, engine, outcomes), ran


async def _outcomes(engine: Engine, sample: int | None) -> tuple[Outcome, ...]:
    from interviewer.content.library import library
    from interviewer.grading.selftest.run import selftest

    try:
        return await selftest(engine, library(), sample)
    finally:
        await engine.aclose()


def _shown(format: str, engine: Engine, outcomes: Sequence[Outcome]) -> str:
    from interviewer.grading.selftest.run import families

    found = families(outcomes)
    if format == "json":
        return json.dumps(_as_json(engine, found, outcomes), ensure_ascii=False, indent=1) + "\n"
    rows = [HEAD, *map(_row, found)]
    if format == "markdown":
        lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "---|" * len(HEAD), *lines[1:], "", MEANING]) + "\n"
    by = f"{engine.name} ({engine.model})" if engine.model else engine.name
    return "\n".join([f"Attacks on the grader: {by}", "", *table(rows), "", MEANING]) + "\n"


def _row(family: Family) -> tuple[str, ...]:
    return (
        family.name + (" *" if family.benign else ""), str(family.tried), str(family.over_tenth),
        str(family.over_half), f"{family.worst:.1f}", str(family.flagged), str(family.failed),
        one_line(family.worst_case, 48),
    )  # fmt: skip


def _as_json(engine: Engine, found: Sequence[Family], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "engine": engine.name,
        "model": engine.model,
        "families": [vars(family) for family in found],
        "cases": [
            {
                "family": o.attack.family, "name": o.attack.name, "question": o.attack.base.sheet.id,
                "place": o.attack.place, "moved": o.moved, "flagged": o.flagged,
            }
            for o in outcomes
        ],
    }  # fmt: skip
