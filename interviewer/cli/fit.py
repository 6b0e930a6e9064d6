"""``calibrate --fit``: maps from our levels to people's, kept under the next version and used only when asked for."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import UsageError
from interviewer.text import one_line, sanitise, table

if TYPE_CHECKING:
    from interviewer.grading.ratings import Compared
    from interviewer.models.calibration import Calibration, LevelMap

HEAD = ("criterion", "n", "transcripts", "mae", "mae fitted", "map")
MEANING = (
    "mae: how far our levels lie from people's; mae fitted: the same by maps fitted on other transcripts only. "
    "A map is used where that is nearer."
)


def run(args: argparse.Namespace) -> int:
    """Fit, keep and print what it is worth; 1 where some of what was rated could not be used."""
    from interviewer.grading.fitting import fit
    from interviewer.storage import calibrations
    from interviewer.storage.store import now

    if args.what is not None and not args.what.is_dir():
        raise UsageError(f"{one_line(str(args.what), 200)} is no folder.", next_step="--fit takes DIR, or your marks.")
    if args.out or args.format != "text" or args.grades or args.exemplars or args.scale or args.labels:
        raise UsageError("--fit goes with --ratings, --engine and --model only.", next_step="Leave out the rest.")
    if args.ratings and args.what is None:
        raise UsageError("--ratings goes with a folder of transcripts.", next_step="calibrate DIR --ratings FILE --fit")
    found, problems = asyncio.run(_compared(args))
    for problem in problems:
        print(f"interviewer: {one_line(problem, 300)}", file=sys.stderr)
    path, kept = calibrations.save(fit(found, engine=args.engine, model=args.model, at=now()))
    print(_shown(kept))
    print(f"Kept as {kept.named} in {sanitise(str(path))}.", file=sys.stderr)
    print(f"Use it: interviewer grade FILE --calibration {kept.version}", file=sys.stderr)
    return 1 if problems else 0


async def _compared(args: argparse.Namespace) -> tuple[Compared, list[str]]:
    from interviewer.content.library import library
    from interviewer.engines import registry
    from interviewer.grading import ratings
    from interviewer.storage import marks

    folder, problems = args.what or Path("/"), list[str]()
    if args.what is None:
        every, broken = marks.every()
        rated, left_out = ratings.of_marks(every, folder)
        problems += [*broken, *left_out]
    else:
        rated = ratings.read(args.ratings or args.what / "ratings.json")
    engine = registry.create(args.engine, args.model)
    try:
        found = await ratings.compare(rated, folder, engine, library(), as_of_today=True)
    finally:
        await engine.aclose()
    old = [f"{name}: rated by another rubric than today's, so it is left out." for name in found.old]
    return found, [*problems, *found.problems, *old]


def _shown(kept: Calibration) -> str:
    rows = [HEAD, *(_row(of, m) for of, m in kept.maps.items())]
    return "\n".join([*table(rows), "", MEANING])


def _row(of: str, m: LevelMap) -> tuple[str, ...]:
    fitted = "-" if m.mae_fitted is None else f"{m.mae_fitted:.2f}"
    how = "used" if m.used else "none: too few" if m.mae_fitted is None else "none: no nearer"
    return of, str(m.n), str(m.transcripts), f"{m.mae:.2f}", fitted, how
