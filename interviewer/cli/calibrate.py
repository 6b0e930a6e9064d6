"""Hold the grader against people: rated transcripts, or a CSV of graded short answers, with intervals and baselines."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import StorageError, UsageError
from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.grading.ratings import Compared
    from interviewer.grading.short_answers import Graded
    from interviewer.models.agreement import Comparison, Pair, Scale

FORMATS = ("text", "json", "markdown", "html")
ALL, OVERALL = "all criteria", "overall"
OLD = "{} were rated by another rubric than today's: {}."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", type=Path, nargs="?", metavar="DIR|FILE.csv",
        help="where the rated transcripts are, or short answers: question_id, question, reference_answer (alternatives "
        "separated by ||), answer, score[, score2]",
    )  # fmt: skip
    parser.add_argument("--ratings", type=Path, metavar="FILE", help="JSON by file name (default: DIR/ratings.json)")
    parser.add_argument("--engine", choices=("offline", "llm"), default="offline", help="who judges (default: offline)")
    parser.add_argument("--model", help="the model's name, for --engine llm")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is printed (default: text)")
    parser.add_argument(
        "--fit", action="store_true",
        help="instead: fit a map from our levels to people's, from your marks or from DIR, and keep it as v1, v2, …",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there instead of to the screen")
    short = parser.add_argument_group("short answers")
    short.add_argument(
        "--exemplars", type=_count, default=0, metavar="K", help="show the grader K graded answers of each question"
    )
    short.add_argument(
        "--seed", type=int, default=0, metavar="N", help="what draws them, and the intervals (default: 0)"
    )
    short.add_argument(
        "--scale", type=_scale, metavar="LOW:HIGH", help="what people graded on (default: as in the file)"
    )
    short.add_argument(
        "--labels", type=_labels, metavar="L=W,…", help="what labels are worth, as in good=1,fair=0.5,poor=0"
    )
    short.add_argument("--grades", type=Path, metavar="FILE", help="also write each answer's grade there, as CSV")


def run(args: argparse.Namespace) -> int:
    """Grade what people graded and say how far the grades agree. 1 where some could not be graded."""
    from interviewer.reports.agreement import render

    if args.fit:
        from interviewer.cli.fit import run as fit

        return fit(args)
    if args.what is None:
        raise UsageError("No DIR or FILE.csv is named.", next_step="See: interviewer calibrate --help.")
    if args.what.is_dir():
        comparison, problems = _transcripts(args)
    else:
        comparison, problems = _short_answers(args), []
    for problem in problems:
        print(one_line(problem, 300), file=sys.stderr)
    text = render(args.format, comparison)
    if args.out:
        _write(args.out, text)
    else:
        print(text, end="")
    return 1 if problems else 0


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' is no number of answers")
    return int(text)


def _scale(text: str) -> tuple[float, float]:
    try:
        low, high = map(float, text.split(":"))
    except ValueError:
        low = high = 0
    if not low < high < float("inf"):
        raise argparse.ArgumentTypeError(f"'{text}' is no scale; 0:5 is one")
    return low, high


def _labels(text: str) -> dict[str, float]:
    found = {}
    for piece in text.split(","):
        name, _, worth = piece.rpartition("=")
        try:
            found[name.strip()] = float(worth)
        except ValueError:
            found[name.strip()] = -1.0
        if not name.strip() or not 0 <= found[name.strip()] <= 1:
            raise argparse.ArgumentTypeError(f"'{piece}' is no label with its worth; good=1 and fair=0.5 are")
    return found


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}.", next_step="Name another file.") from error


def _short_answers(args: argparse.Namespace) -> Comparison:
    from interviewer.content.short_answers import read_short_answers
    from interviewer.grading.short_answers import compare, scale_of

    if args.engine != "offline" or args.model:
        raise UsageError("Short answers are graded offline.", next_step="Leave out --engine and --model.")
    if args.ratings:
        raise UsageError("--ratings goes with a folder of transcripts.", next_step="A CSV holds its own scores.")
    file = read_short_answers(args.what, args.labels)
    scale = scale_of(file)
    if args.scale:
        if file.labels:
            raise UsageError(
                "--scale goes with scores that are numbers.", next_step="--labels says what labels are worth."
            )
        scale = _on(scale, *args.scale)
    comparison, graded = compare(file, exemplars=args.exemplars, seed=args.seed, scale=scale)
    if args.grades:
        _write(args.grades, _listed(graded))
    return comparison


def _listed(graded: Sequence[Graded]) -> str:
    """Each answer's grade beside people's, and the guard it ran into, as CSV."""
    from interviewer.reports.csv_ import cells

    rows = [(g.of.line, g.of.question_id, g.pair.theirs, round(g.pair.ours, 3), g.pair.given, g.pair.label,
             g.found.note) for g in graded]  # fmt: skip
    return cells([("line", "question_id", "score", "grade", "given", "label", "note"), *rows])


def _on(read: Scale, low: float, high: float) -> Scale:
    """The scale that was named, in the steps that were read where they fit it."""
    from interviewer.models.agreement import Scale

    if read.low < low or read.high > high:
        raise UsageError(
            f"There are scores from {read.low:g} to {read.high:g}, outside of --scale.",
            next_step="Name one that holds all.",
        )
    return Scale(low, high, read.step if ((high - low) / read.step).is_integer() else (high - low) / 10)


def _transcripts(args: argparse.Namespace) -> tuple[Comparison, list[str]]:
    from interviewer.grading.agreement import agreement
    from interviewer.models.agreement import LEVELS, Comparison

    if args.exemplars or args.scale or args.labels or args.grades:
        raise UsageError(
            "--exemplars, --scale, --labels and --grades go with a CSV of short answers.", next_step="Leave them out."
        )
    found = asyncio.run(_compared(args))
    groups = {name: agreement(own, seed=args.seed) for name, own in _groups(found.pairs).items()}
    human = agreement(found.human, seed=args.seed) if found.human else None
    without = tuple(f"{name}: {criterion}" for name, criterion in found.without)
    notes = (OLD.format(len(found.old), ", ".join(found.old[:3])),) if found.old else ()
    shown = Comparison(
        str(args.what), args.engine, args.model, "transcripts", LEVELS, groups, tuple(found.single), without=without,
        human=human, notes=notes,
    )  # fmt: skip
    return shown, found.problems


async def _compared(args: argparse.Namespace) -> Compared:
    from interviewer.content.library import library
    from interviewer.engines import registry
    from interviewer.grading import ratings

    rated = ratings.read(args.ratings or args.what / "ratings.json")
    engine = registry.create(args.engine, args.model, remember=True)
    try:
        return await ratings.compare(rated, args.what, engine, library())
    finally:
        await engine.aclose()


def _groups(pairs: list[Pair]) -> dict[str, list[Pair]]:
    """All criteria together, the overalls, each round, each criterion."""
    single = [p for p in pairs if not p.of.endswith("/overall")]
    groups = {ALL: single, OVERALL: [p for p in pairs if p.of.endswith("/overall")]}
    for round in sorted({p.of.partition("/")[0] for p in single}):
        groups[round] = [p for p in single if p.of.startswith(f"{round}/")]
    for of in sorted({p.of for p in single}):
        groups[of] = [p for p in single if p.of == of]
    return groups
