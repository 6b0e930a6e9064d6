"""A whole interview over stdin and stdout: one paragraph is one answer, an empty line ends it."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from interviewer import config
from interviewer.errors import EngineError
from interviewer.models.usage import usage_words
from interviewer.text import sanitise, sanitise_chunk

if TYPE_CHECKING:
    from interviewer.session import Session

PROMPT = "you> "


def hold(session: Session, stdin: TextIO | None = None) -> int:
    """Hold or go on with an interview until it ends or the input does; 0 either way, 1 if the engine failed."""
    answers = paragraphs(stdin or sys.stdin)
    _note(f"Interview {session.id}. An empty line sends your answer; end of input saves and leaves.")
    if session.interview.engine == "offline":
        _note("The built-in offline interviewer matches patterns; it is no language model.")
    else:
        _note(config.what_it_means(config.endpoint(session.interview.model)))
    _note("Not affiliated with any company; it predicts no hiring decision.")
    for notice in session.notices:
        _note(notice)
    try:
        # One loop for every turn; reading happens outside of it, so that Ctrl+C interrupts at once.
        with asyncio.Runner() as runner:
            return _hold(session, answers, runner)
    except EngineError as error:
        _note(f"{sanitise(str(error))} Your answers are saved: interviewer resume {session.id}")
        return 1
    except KeyboardInterrupt:
        session.leave()
        _note(f"\nSaved. Go on with: interviewer resume {session.id} --plain")
        return 130
    finally:
        session.close()


def _hold(session: Session, answers: Iterator[str], runner: asyncio.Runner) -> int:
    interview = session.interview
    last = next((t for t in reversed(interview.turns) if t.role == "candidate"), None)
    if last is not None:  # so that nobody who was cut off wonders whether it arrived
        _speak("Your last answer, saved", last.text)
    if interview.awaiting_candidate and interview.last is not None:
        _speak(interview.last.speaker or "Interviewer", interview.last.text)
    while True:
        runner.run(_listen(session))
        if interview.ended:
            break
        if (to_rate := interview.to_rate) is not None:
            session.rate(to_rate.id, {})  # asked for at the end, so that no answer can be taken for a rating
            continue
        session.clock.start()
        session.warm_up()
        text = next(answers, None)
        session.clock.stop()
        if text is None:
            session.end_early()
            _note(f"Left early; saved. See it again: interviewer replay {session.id}")
            return 0
        session.answer(text)
    _rate(session, answers)
    runner.run(_grade(session))
    return 0


async def _listen(session: Session) -> None:
    """Print each turn of the interviewer once it is whole, and why one takes longer."""
    from interviewer.engines.base import Waiting
    from interviewer.models.events import InterviewerSaid

    async for part in session.advance():
        if isinstance(part, InterviewerSaid):
            _speak(part.persona or "Interviewer", part.text)
        elif isinstance(part, Waiting):
            _note(f"{part.why} Asking again in {part.seconds:.0f} s; Ctrl+C saves and leaves.")


def _rate(session: Session, answers: Iterator[str]) -> None:
    """The candidate's own levels, before anything else is shown."""
    for progress in session.interview.rounds:
        rubric = session.rubric(progress.id)
        names = ", ".join(c.title for c in rubric.criteria)
        print(f"\nBefore the scorecards, rate yourself in {rubric.title}, 1 to 5 each, for: {names}.")
        print("Numbers with blanks between; anything else skips this.")
        levels = ratings(next(answers, ""), [c.id for c in rubric.criteria])
        if levels:
            session.rate(progress.id, levels)


async def _grade(session: Session) -> None:
    """Scorecards and debrief, kept beside the interview and printed."""
    from interviewer.grading import cards
    from interviewer.grading.grade import grade
    from interviewer.reports import render

    result = await grade(session.interview.transcript(), session.engine, session.library)
    cards.append(session.path, result)
    if spent := usage_words(session.engine.usage):
        _note(f"The model used {spent}.")
    print("\n" + render("text", [result], width=shutil.get_terminal_size((80, 24)).columns))


def ratings(text: str, criteria: list[str]) -> dict[str, float]:
    """Levels by criterion from numbers in a line; {} unless there is one from 1 to 5 for each."""
    numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)]
    if len(numbers) != len(criteria) or not all(1 <= n <= 5 for n in numbers):
        return {}
    return dict(zip(criteria, numbers, strict=True))


def paragraphs(stream: TextIO) -> Iterator[str]:
    """Answers from a stream: lines up to an empty one. The prompt is shown each time one may be typed."""
    lines: list[str] = []
    _prompt()
    for line in stream:
        if line.strip():
            lines.append(line.rstrip("\r\n"))
        elif lines:
            yield "\n".join(lines)
            lines = []
            _prompt()
    if lines:
        yield "\n".join(lines)


def _prompt() -> None:
    print(PROMPT, end="", flush=True)


def _speak(speaker: str, text: str) -> None:
    width = max(40, min(100, shutil.get_terminal_size((80, 24)).columns))
    shown = "\n".join(textwrap.fill(line, width) for line in sanitise(text).splitlines())
    print(f"\n{sanitise(speaker)}:\n{shown}\n", flush=True)


def _note(text: str) -> None:
    print(sanitise_chunk(text), file=sys.stderr, flush=True)
