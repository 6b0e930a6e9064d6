"""Grade interviews, or transcripts from elsewhere: evidence, levels with bands, a debrief."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewer.errors import InterviewerError, StorageError, UsageError

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.models.calibration import Calibration
    from interviewer.models.rubric import Rubric
    from interviewer.models.scorecard import Grade
    from interviewer.models.transcript import Transcript

FORMATS = ("text", "json", "markdown", "html", "csv")


class Own(NamedTuple):
    """A rubric of the person's own, with its file's hash."""

    rubric: Rubric
    sha256: str


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of ``grade``."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE",
        help="an interview's id or file, a transcript from elsewhere, or a folder of them (with --out DIR)",
    )  # fmt: skip
    parser.add_argument("--round", metavar="R", help="grade only this round, or: the whole file is this round")
    parser.add_argument("--rubric", metavar="FILE", help="grade with this rubric file instead")
    parser.add_argument("--engine", choices=("offline", "llm"), help="who judges (default: offline)")
    parser.add_argument("--model", metavar="M", help="the model's name, for --engine llm")
    parser.add_argument(
        "--votes", type=_count, metavar="N", help="a model's votes on each statement, at most (default: one a judge)"
    )
    parser.add_argument(
        "--judge", action="append", default=[], metavar="MODEL[@ENDPOINT]",
        help="a model that judges; several are a panel, over which the votes are spread",
    )  # fmt: skip
    parser.add_argument(
        "--candidate", metavar="NAME", help="the speaker who is the candidate, where the file doesn't say"
    )
    parser.add_argument(
        "--format", choices=FORMATS, help="how it is printed (default: text; of a folder: html and json)"
    )
    parser.add_argument(
        "--out",
        metavar="FILE|DIR",
        help="write there instead of to the screen; of a folder: the reports and cohort.html",
    )
    parser.add_argument(
        "--at-once", type=int, metavar="N", help="of a folder: calls of a model under way (default: 16)"
    )
    parser.add_argument(
        "--batch", action="store_true", help="of a folder: by OpenAI's Batch API; the same command collects the answers"
    )
    parser.add_argument("--cancel", action="store_true", help="with --batch: take back what is under way")
    parser.add_argument(
        "--no-cache", action="store_true", help="ask a model again, even what it was asked before in the same words"
    )
    parser.add_argument(
        "--explain", metavar="CRITERION", help="instead: why this criterion has its level, and what the next one needs"
    )
    parser.add_argument(
        "--calibration", metavar="vN", help="map the levels to people's by this one (see: calibrate --fit)"
    )
    parser.add_argument("--selftest", action="store_true", help="grade no file: try attacks on the grader, by family")
    parser.add_argument("--sample", type=_count, metavar="N", help="with --selftest: at most N of a family")
    parser.add_argument(
        "--as-held", action="store_true", help="use the rubric and questions the interview was held with"
    )


def _count(text: str) -> int:
    """A number from 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Grade each file; what can't be is named on stderr. 0 all done, 1 some failed, 2 nothing but bad input."""
    if _is_run(args) and args.explain:
        raise UsageError("--explain goes with single transcripts.", next_step="See: interviewer grade --help.")
    if args.calibration and (_is_run(args) or args.explain or args.selftest):
        raise UsageError("--calibration goes with single transcripts alone.", next_step="Name the files one by one.")
    if _is_run(args) and (args.judge or args.votes):
        raise UsageError("--votes and --judge go with single transcripts.", next_step="Name the files one by one.")
    if _is_run(args):
        from interviewer.cli.folders import run as run_over

        return run_over(args)
    from interviewer.reports import render

    if args.at_once is not None or args.batch or args.cancel:
        raise UsageError(
            "--at-once, --batch and --cancel go with a folder of transcripts.",
            next_step="See: interviewer grade --help.",
        )
    if args.explain:
        from interviewer.cli.explain import run as explain

        return explain(args, _engine(args), _own_rubric(Path(args.rubric)).rubric if args.rubric else None)
    out = _out(args)
    if args.selftest:
        from interviewer.cli import selftest

        engine = _engine(args)
        text, ran = selftest.run(args, engine)
        _write(text, out)
        _say_spent(engine)
        return 0 if ran else 1
    if not args.files:
        raise UsageError("No FILE is named.", next_step="See: interviewer grade --help.")
    own = _own_rubric(Path(args.rubric)) if args.rubric else None
    calibration = _calibration(args.calibration) if args.calibration else None
    graded, errors = asyncio.run(_grade_all(args, own, calibration))
    for ref, error in errors:
        _say(str(error) if ref in str(error) else f"{ref}: {error}")
    if not graded:
        return 2 if all(error.exit_code == 2 for _, error in errors) else 1
    width = shutil.get_terminal_size((80, 24)).columns
    grades, talks = zip(*graded, strict=True)
    _write(render(args.format or "text", grades, width=width, several=len(args.files) > 1, talks=talks), out)
    return 1 if errors or any(_incomplete(grade) for grade in grades) else 0


def _is_run(args: argparse.Namespace) -> bool:
    """Whether it is a run over many: a folder is named, or reports are to go into one."""
    into = bool(args.out) and (args.out.endswith("/") or Path(args.out).is_dir())
    return into or any(Path(f).is_dir() for f in args.files)


async def _grade_all(
    args: argparse.Namespace, own: Own | None, calibration: Calibration | None
) -> tuple[list[tuple[Grade, Transcript]], list[tuple[str, InterviewerError]]]:
    engine = _engine(args)
    graded: list[tuple[Grade, Transcript]] = []
    errors: list[tuple[str, InterviewerError]] = []
    try:
        for ref in args.files:
            try:
                graded.append(await _grade(ref, args, engine, own, calibration))
            except InterviewerError as error:
                errors.append((ref, error))
    finally:
        await engine.aclose()
    _say_spent(engine)
    return graded, errors


def _say_spent(engine: Engine) -> None:
    from interviewer.models.usage import usage_words

    if spent := usage_words(engine.usage):
        _say(f"The model used {spent}.")


async def _grade(
    ref: str, args: argparse.Namespace, engine: Engine, own: Own | None, calibration: Calibration | None
) -> tuple[Grade, Transcript]:
    from interviewer.content.library import library
    from interviewer.grading import cards
    from interviewer.grading.grade import grade
    from interviewer.storage.formats.registry import load
    from interviewer.storage.store import find

    path = find(ref)
    transcript = load(path, round=args.round, candidate=args.candidate)
    graded = await grade(
        transcript, engine, library(), round=args.round, as_held=args.as_held,
        rubric=own.rubric if own else None, rubric_sha256=own.sha256 if own else None,
        calibration=calibration,
    )  # fmt: skip
    if transcript.source == "native":
        try:
            cards.append(path, graded)
        except StorageError as error:  # the grade itself is still shown
            _say(f"{ref}: {error}")
    return graded, transcript


def _incomplete(grade: Grade) -> bool:
    """Whether judgements did not come back; said on stderr, because the exit code follows from it."""
    failed = [f"{card.round} {c.id}" for card in grade.rounds for c in card.criteria if c.status == "failed"]
    if failed:
        _say(f"{grade.transcript}: not graded: {', '.join(failed)}. Grade it again to try once more.")
    return bool(failed)


def chosen(args: argparse.Namespace) -> tuple[str, str | None]:
    """The engine and the model asked for. A key in the environment alone sends nothing anywhere."""
    from interviewer import config

    settings = config.settings()
    name = args.engine or ("llm" if args.model or args.judge else settings.engine)
    if name == "offline" and (args.model or args.judge or args.votes):
        raise UsageError("--model, --judge and --votes go with --engine llm.")
    return name, None if name == "offline" else args.model or settings.model


def _engine(args: argparse.Namespace) -> Engine:
    from interviewer.engines import registry

    name, model = chosen(args)
    if args.judge or (args.votes or 1) > 1:
        from interviewer.cli.votes import panel

        return panel(args, model)
    return registry.create(name, model, remember=not args.no_cache)


def _calibration(version: str) -> Calibration:
    from interviewer.storage.calibrations import load

    return load(version)


def _own_rubric(path: Path) -> Own:
    import hashlib

    from interviewer.content.rubrics import parse_rubric
    from interviewer.content.yamlfile import read_bytes

    data = read_bytes(path)
    return Own(parse_rubric(data, path).model, hashlib.sha256(data).hexdigest())


def _out(args: argparse.Namespace) -> Path | None:
    """Where to write, checked before anything is graded."""
    if not args.out:
        return None
    out = Path(args.out)
    if any(Path(f).exists() and out.exists() and out.samefile(f) for f in args.files):
        raise UsageError(f"--out {out} is the transcript itself.", next_step="Name another file.")
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise UsageError(f"--out {out} can't be written.", next_step="Name a file in a folder that exists.")
    return out


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
        return
    part = out.with_name(f".{out.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"{out} could not be written: {error.strerror}.", next_step="Choose another place with --out."
        ) from error
    _say(f"Written to {out}.")


def _say(text: str) -> None:
    from interviewer.text import sanitise

    print(f"interviewer: {sanitise(text)}", file=sys.stderr)
