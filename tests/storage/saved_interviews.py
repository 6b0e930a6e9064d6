"""Interviews to store in tests, built from real events."""

from __future__ import annotations

from pathlib import Path

from interviewer.models import events as ev
from interviewer.models.base import AnswerKind, Move
from interviewer.storage.log import Log

ID = "2026-01-05-0900-abcd"
ROUND = "experimentation"
SECRET = "the-hidden-expectation"


def header(id: str = ID, rounds: tuple[str, ...] = (ROUND,), created: str = "2026-01-05T09:00:00+00:00") -> ev.Started:
    held = ev.Held(id="a-question", sha256="0" * 64, copy="SECRETCOPY")
    return ev.Started(
        id=id, created=created, loop="onsite", rounds=rounds, engine="offline", questions={ROUND: (held,)}
    )


def asked(turn: int, text: str, round: str = ROUND, move: Move = Move.PROBE) -> ev.InterviewerSaid:
    return ev.InterviewerSaid(
        turn=turn, round=round, text=text, move=move, reason="nothing was said about it yet", persona="someone",
        question="a-question", target=SECRET, engine="offline", at="2026-01-05T09:01:00+00:00",
    )  # fmt: skip


def answered(turn: int, text: str, round: str = ROUND) -> ev.CandidateSaid:
    return ev.CandidateSaid(turn=turn, round=round, text=text, seconds=12.5, at="2026-01-05T09:02:00+00:00")


def talk(exchanges: int = 3, round: str = ROUND) -> list[ev.Event]:
    """A round with so many questions and answers, the answers read."""
    events: list[ev.Event] = [ev.RoundOpened(round=round)]
    for n in range(exchanges):
        found = (ev.Finding(id=SECRET, verdict="met", quote=f"answer {n}"),)
        events.append(asked(2 * n, f"Question {n}?", round, Move.ASK if n == 0 else Move.PROBE))
        events.append(answered(2 * n + 1, f"This is answer {n}.\nIt has two lines, „quotes“ and 数字.", round))
        events.append(ev.AnswerRead(turn=2 * n + 1, round=round, answer=AnswerKind.SUBSTANTIVE, found=found))
    return events


def saved(path: Path, *events: ev.Event, head: ev.Started | None = None) -> Path:
    """A real file with these events (``talk()`` by default)."""
    with Log.create(path, head or header(path.stem)) as log:
        log.append(*(events or talk()))
    return path
