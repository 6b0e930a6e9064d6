"""Hold the grader against people: transcripts and a file of their ratings, with intervals and baselines."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.cli.content import table
from interviewer.errors import InterviewerError, UsageError
from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.grading.agreement import Agreement, Pair
    from interviewer.models.scorecard import Grade

FORMATS = ("text", "json", "markdown")
HEAD = ("of", "n", "texts", "qwk", "90 %", "r", "rho", "within", "mae", "bias", "length r", "constant mae")
MEANING = (
    "qwk: weighted kappa; 90 %: its bootstrap interval over whole transcripts; r, rho: correlations; within: r with "
    "each criterion's mean taken out; mae, bias: in levels, ours less theirs; length r: what the number of words alone "
    "reaches; constant mae: what the mean rating alone reaches."
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the rated transcripts are")
    parser.add_argument("--ratings", type=Path, metavar="FILE", help="JSON by file name (default: DIR/ratings.json)")
    parser.add_argument("--engine", choices=("offline", "llm"), default="offline", help="who judges (default: offline)")
    parser.add_argument("--model", help="the model's name, for --engine llm")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is printed (default: text)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there instead of to the screen")


def run(args: argparse.Namespace) -> int:
    """Grade each rated transcript and say how far the levels agree. 1 where some could not be graded."""
    ratings = _ratings(args.ratings or args.folder / "ratings.json")
    pairs, problems, ungraded = asyncio.run(_pairs(args, ratings))
    for problem in problems:
        print(one_line(problem, 300), file=sys.stderr)
    text = _shown(args.format, pairs, ungraded, args)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 1 if problems else 0


def _ratings(path: Path) -> dict[str, dict[str, Any]]:
    """Ratings by file name: each with "criteria", levels by id, and maybe "round" and "overall"."""
    from interviewer.storage import strict_json

    try:
        data, _ = strict_json.parse(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path} can't be read: {error.strerror}.", next_step="Name the ratings: --ratings FILE."
        ) from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}.", next_step="Mend it.") from error
    if not isinstance(data, dict) or not all(
        isinstance(v, dict) and isinstance(v.get("criteria"), dict) for v in data.values()
    ):
        raise UsageError(
            f"{path} holds no ratings.", next_step='Its form: {"file.json": {"round": …, "criteria": {"id": 3.5}}}.'
        )
    return data


async def _pairs(
    args: argparse.Namespace, ratings: dict[str, dict[str, Any]]
) -> tuple[list[Pair], list[str], list[tuple[str, str]]]:
    """Our levels beside theirs; what could not be graded at all; what we gave no level."""
    from interviewer.content.library import library
    from interviewer.engines import registry
    from interviewer.grading.grade import grade
    from interviewer.storage.formats.registry import load

    engine = registry.create(args.engine, args.model)
    pairs: list[Pair] = []
    problems: list[str] = []
    ungraded: list[tuple[str, str]] = []
    try:
        for name, rated in sorted(ratings.items()):
            try:
                transcript = load(
                    args.folder / name, round=rated.get("round"), candidate=rated.get("candidate_speaker")
                )
                result = await grade(transcript, engine, library(), round=rated.get("round"))
            except InterviewerError as error:
                problems.append(f"{name}: {error}")
                continue
            size = sum(len(t.text.split()) for t in transcript.turns if t.role == "candidate")
            _compare(name, rated, result, size, pairs, ungraded)
    finally:
        await engine.aclose()
    return pairs, problems, ungraded


def _compare(
    name: str, rated: dict[str, Any], result: Grade, size: int, pairs: list[Pair], ungraded: list[tuple[str, str]]
) -> None:
    from interviewer.grading.agreement import Pair

    for card in result.rounds:
        ours: dict[str, float | None] = {c.id: c.level for c in card.criteria} | {"overall": card.overall}
        theirs = {**rated["criteria"], "overall": rated.get("overall")}
        for criterion, level in theirs.items():
            if not isinstance(level, int | float):
                continue
            if (own := ours.get(criterion)) is None:
                ungraded.append((name, criterion))
            else:
                pairs.append(Pair(name, f"{card.round}/{criterion}", own, float(level), size))


def _groups(pairs: list[Pair]) -> dict[str, list[Pair]]:
    """All criteria together, the overalls, each round, each criterion."""
    single = [p for p in pairs if not p.of.endswith("/overall")]
    groups = {"all criteria": single, "overall": [p for p in pairs if p.of.endswith("/overall")]}
    for round in sorted({p.of.partition("/")[0] for p in single}):
        groups[round] = [p for p in single if p.of.startswith(f"{round}/")]
    for of in sorted({p.of for p in single}):
        groups[of] = [p for p in single if p.of == of]
    return groups


def _shown(format: str, pairs: list[Pair], ungraded: list[tuple[str, str]], args: argparse.Namespace) -> str:
    from interviewer.grading.agreement import agreement

    found = {name: agreement(own) for name, own in _groups(pairs).items()}
    if format == "json":
        whole = {name: _as_json(a) for name, a in found.items()}
        return json.dumps({"engine": args.engine, "model": args.model, "agreement": whole,
                           "without_level": [f"{n}: {c}" for n, c in ungraded]}, indent=1) + "\n"  # fmt: skip
    rows = [HEAD, *(_row(name, a) for name, a in found.items())]
    missing = (
        f"{len(ungraded)} rated levels got none from us (not assessed): {', '.join(sorted({c for _, c in ungraded}))}."
    )
    if format == "markdown":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * len(HEAD))
        return "\n".join([*lines, "", MEANING, *([missing] if ungraded else [])]) + "\n"
    return "\n".join([*table(rows), MEANING, *([missing] if ungraded else [])]) + "\n"


def _row(name: str, a: Agreement) -> tuple[str, ...]:
    covers = f"{a.interval[0]:.2f} to {a.interval[1]:.2f}" if a.interval else "-"
    return (
        name, str(a.n), str(a.clusters), _two(a.qwk), covers, _two(a.pearson), _two(a.spearman), _two(a.within),
        _two(a.mae), _two(a.bias), _two(a.baselines["length_pearson"]), _two(a.baselines["constant_mae"]),
    )  # fmt: skip


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _as_json(a: Agreement) -> dict[str, Any]:
    return {
        "n": a.n, "clusters": a.clusters, "pearson": a.pearson, "spearman": a.spearman, "qwk": a.qwk, "mae": a.mae,
        "within_question_r": a.within, "bias": a.bias, "baselines": a.baselines, "interval": a.interval,
    }  # fmt: skip
