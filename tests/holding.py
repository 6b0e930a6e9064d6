"""Holding interviews in tests: the real session, graph, content and files; only the candidate is scripted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from interviewer.models.base import Length, Move
from interviewer.models.events import InterviewerSaid
from interviewer.plan import Plan
from interviewer.session import Session

PROSE = (
    "I'd start from the decision: who acts on this and by when. I would fix one primary metric before looking, size "
    "the sample for the smallest effect worth having, and keep a guardrail on cancellations.",
    "My main worry is that the groups differ before anything happened, so I'd compare trends before the change and "
    "look for a control region that the same news reached. If the trends part early I would not trust the difference.",
    "I decided to stop the launch. I told the director in person, showed her the numbers, and we lost two weeks; the "
    "error rate fell from 4 percent to 1 percent, and since then I ask for the baseline first.",
    "Then I'd recommend going ahead for half of the members, with a date on which we turn back if hours fall by more "
    "than one percent, because waiting costs us more than being wrong for a month.",
)


SHEETS = ("flat-engagement-better-retention", "price-rise-one-region", "regional-churn-rise",
          "renew-the-costly-drama", "found-it-alone", "pushed-back-on-someone-senior")  # fmt: skip


async def listen(session: Session) -> list[InterviewerSaid]:
    """Let the interviewer speak; what was said."""
    return [part async for part in session.advance() if isinstance(part, InterviewerSaid)]


async def hold(session: Session, answer: Callable[[InterviewerSaid], str], turns: int = 400) -> list[InterviewerSaid]:
    """A whole interview; everything the interviewer said. Fails if it hasn't ended after ``turns`` answers."""
    said = await listen(session)
    for _ in range(turns):
        interview = session.interview
        if interview.ended:
            return said
        if interview.to_rate is not None:
            session.rate(interview.to_rate.id, {})
        else:
            session.answer(answer(said[-1]))
        said += await listen(session)
    raise AssertionError(f"the interview has not ended after {turns} answers")


def start(folder: Path, rounds: Iterable[str], *, length: Length = Length.QUICK, seed: int = 1) -> Session:
    """A new offline interview in a folder of the test."""
    sheets = (
        SHEETS[seed % 2 :: 2] if length is Length.QUICK else SHEETS
    )  # named, so that a growing bank changes no test
    return Session.start(Plan(rounds=tuple(rounds), questions=sheets, length=length, seed=seed, folder=folder))


def steady(said: InterviewerSaid) -> str:
    """A candidate who answers everything in whole sentences and has no questions at the end."""
    if said.move is Move.CLOSE:
        return "No more questions, thank you."
    return PROSE[said.turn // 2 % len(PROSE)] + f" That is my view at point {said.turn}."
