"""Hold an interview with a simulated candidate: personas, questions and rubrics can be tried without a person."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli import start
from interviewer.errors import EngineError, UsageError
from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.engines.candidates.base import Candidates
    from interviewer.models.candidate import Candidate
    from interviewer.session import Session

PACE = 2.2  # words a second: somebody who talks
MOST = 400  # answers; a round always ends, so that more is a fault of ours


def configure(parser: argparse.ArgumentParser) -> None:
    """Those of ``start``, and who the candidate is."""
    parser.add_argument("--candidate-file", required=True, metavar="FILE", help="who they are; see docs/simulate.md")
    parser.add_argument(
        "--candidate-engine", choices=("script", "llm"), default="script",
        help="a script that draws on the sheet's graded answers (default), or a model that plays them",
    )  # fmt: skip
    parser.add_argument(
        "--candidate-model", metavar="MODEL", help="the model that plays them, for --candidate-engine llm"
    )
    parser.add_argument("--no-grade", action="store_true", help="hold it only")
    start.options(parser)
    parser.set_defaults(seed=0)


def run(args: argparse.Namespace) -> int:
    """Print the talk as it goes, then the scorecards; the interview is kept as any other, marked as simulated."""
    from interviewer.content.candidates import read_candidate
    from interviewer.session import Session

    if args.candidate_model and args.candidate_engine == "script":
        raise UsageError("--candidate-model goes with --candidate-engine llm.")
    candidate = read_candidate(Path(args.candidate_file))
    played = _candidates(candidate, args)
    session = Session.start(replace(start.plan(args), candidate=played.name))
    try:
        with asyncio.Runner() as runner:
            return runner.run(_hold(session, played, grade=not args.no_grade))
    except EngineError as error:
        _note(f"{sanitise(str(error))} What was said is saved: {session.path}")
        return 1
    finally:
        session.close()


def _candidates(candidate: Candidate, args: argparse.Namespace) -> Candidates:
    if args.candidate_engine == "script":
        from interviewer.engines.candidates.script import Script

        return Script(candidate, args.seed)
    from interviewer.engines.llm.candidate import Played
    from interviewer.engines.llm.engine import LLMEngine

    return Played(candidate, LLMEngine.from_settings(args.candidate_model).client)


async def _hold(session: Session, played: Candidates, *, grade: bool) -> int:
    from interviewer.engines.candidates.base import Seat

    try:
        for _ in range(MOST):
            await _listen(session)
            if (to_rate := session.interview.to_rate) is not None:
                session.rate(to_rate.id, {})
            elif session.interview.ended or (current := session.interview.current) is None:
                break
            else:
                question = current.question
                sheet = session.materials.sheet(current.id, question.id if question else None)
                seat = Seat(session.interview.round_turns(current.id), _answers(session), sheet)
                words = await played.answer(seat)
                session.clock.add(len(words.split()) / PACE)
                session.answer(words)
                _speak(played.name.partition(",")[0], words)
        else:
            raise RuntimeError(f"an interview that doesn't end, after {MOST} answers")
        print(f"\nSaved: {session.path}")
        return await _grade(session) if grade else 0
    finally:
        await played.aclose()
        await session.engine.aclose()


def _answers(session: Session) -> int:
    return sum(t.role == "candidate" for t in session.interview.turns)


async def _listen(session: Session) -> None:
    from interviewer.models.events import InterviewerSaid

    async for part in session.advance():
        if isinstance(part, InterviewerSaid):
            _speak(f"{part.persona or 'Interviewer'} [{part.move.value}]", part.text)


async def _grade(session: Session) -> int:
    from interviewer.grading import cards
    from interviewer.grading.grade import grade
    from interviewer.reports import render

    result = await grade(session.interview.transcript(), session.engine, session.library)
    cards.append(session.path, result)
    print("\n" + render("text", [result], width=shutil.get_terminal_size((80, 24)).columns))
    return 0


def _speak(speaker: str, text: str) -> None:
    print(f"\n{sanitise(speaker)}: {sanitise(text)}", flush=True)


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
