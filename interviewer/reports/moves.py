"""What the interviewer's turns did, in words and along the round, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from interviewer.models.base import Move
from interviewer.models.conduct import Conviction
from interviewer.models.scorecard import Grade, Scorecard
from interviewer.models.transcript import Turn
from interviewer.reports.conduct import REPLIES
from interviewer.text import one_line

Lane = Literal["course", "probe", "push", "hint", "repair", "evidence"]
DID = {
    Move.ASK: "question opened", Move.NEXT: "question opened", Move.CLARIFY: "fact told", Move.PROBE: "probe",
    Move.PUSH_BACK: "push-back", Move.HINT: "hint", Move.REDIRECT: "redirect", Move.REPAIR: "repair",
    Move.DECIDE: "decision asked for", Move.CLOSE: "close",
}  # fmt: skip
LANES: dict[Move, Lane] = {
    Move.ASK: "course", Move.NEXT: "course", Move.DECIDE: "course", Move.CLOSE: "course", Move.PROBE: "probe",
    Move.PUSH_BACK: "push", Move.HINT: "hint", Move.REDIRECT: "repair", Move.REPAIR: "repair",
}  # fmt: skip
SHAPES = {Move.ASK: "square", Move.NEXT: "square", Move.DECIDE: "diamond", Move.CLOSE: "bar", Move.PROBE: "dot",
          Move.REDIRECT: "cross", Move.REPAIR: "ring"}  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """One thing on the timeline. ``at`` is in seconds of the clock, or a place among the turns; ``count`` of quotes."""

    turn: int
    at: float
    lane: Lane
    shape: str
    says: str
    count: int = 0
    label: str = ""


@dataclass(frozen=True)
class Course:
    """A round from its first to its last turn; ``answers`` are the stretches in which the candidate spoke."""

    happenings: tuple[Happening, ...]
    answers: tuple[tuple[float, float], ...]
    length: float
    clocked: bool
    known: bool  # what the interviewer's turns were for


def clock(seconds: float | None) -> str:
    """Minutes and seconds."""
    whole = int(seconds or 0)
    return f"{whole // 60}:{whole % 60:02d}"


def said_of(turn: Turn, grade: Grade) -> str:
    """What a turn did, as its label in the transcript."""
    if turn.move is None or turn.role == "candidate":
        return ""
    if turn.move is Move.PUSH_BACK and (met := _conviction(grade, turn.index)):
        return f"push-back, {'right' if met.valid else 'wrong'}"
    return f"hint {turn.rung} of 3" if turn.move is Move.HINT and turn.rung else DID[turn.move]


def course(card: Scorecard, turns: tuple[Turn, ...], grade: Grade) -> Course:
    """What happened in a round, along its clock where one was kept, else by turn."""
    places, answers, length, clocked = _along(turns)
    quoted = _quoted(card)
    found: list[Happening] = []
    closed = False
    for turn in turns:
        at = places[turn.index]
        if turn.index in quoted:
            found.append(_evidence(turn, at, quoted[turn.index]))
        if turn.move is None or turn.move not in LANES or (turn.move is Move.CLOSE and closed):
            continue
        closed = closed or turn.move is Move.CLOSE
        found.append(_happening(turn, at, card, grade))
    return Course(tuple(found), answers, length, clocked, any(t.move for t in turns))


def _along(turns: tuple[Turn, ...]) -> tuple[dict[int, float], tuple[tuple[float, float], ...], float, bool]:
    """Where each turn stands, the stretches of answers, the whole length, and whether that is by the clock."""
    asked = [t for t in turns if t.role == "interviewer"]
    clocked = bool(asked) and all(t.clock is not None for t in asked) and any(t.clock for t in asked)
    places: dict[int, float] = {}
    answers: list[tuple[float, float]] = []
    now = 0.0
    for n, turn in enumerate(turns):
        if turn.role == "interviewer":
            now = turn.clock or 0.0 if clocked else float(n)
            places[turn.index] = now
            continue
        end = now + turn.seconds if clocked else n + 0.45
        start = now if clocked else n - 0.45
        places[turn.index] = (start + end) / 2
        answers.append((start, end))
        now = end
    return places, tuple(answers), max(now, float(len(turns)) if not clocked else 1.0), clocked


def _quoted(card: Scorecard) -> dict[int, Counter[str]]:
    """How many quotes of each turn stand under each criterion; of what is held against somebody, none."""
    found: dict[int, Counter[str]] = {}
    for score in card.criteria:
        for item in score.checks:
            if item.verdict in ("met", "partly") and item.kind != "misconception":
                for e in item.evidence:
                    found.setdefault(e.turn, Counter())[score.title] += 1
    return found


def _evidence(turn: Turn, at: float, quoted: Counter[str]) -> Happening:
    named = ", ".join(one_line(t, 60) for t in quoted)
    return Happening(turn.index, at, "evidence", "tick", f"evidence for {named}", count=quoted.total())


def _happening(turn: Turn, at: float, card: Scorecard, grade: Grade) -> Happening:
    move = turn.move
    assert move is not None
    says, shape, label = DID[move], SHAPES.get(move, "dot"), ""
    if move in (Move.ASK, Move.NEXT):
        titles = {a.question: a.title for a in card.strong_answers}
        named = one_line(titles.get(turn.question or "", ""), 80)
        says = f"question opened: “{named}”" if named else says
    elif move is Move.HINT:
        shape, label = "hint", str(turn.rung or "")
        says = f"hint {turn.rung} of 3" if turn.rung else says
    elif move is Move.PUSH_BACK:
        met = _conviction(grade, turn.index)
        shape = "up" if met and met.valid else "down" if met else "rhomb"
        says = f"push-back that is {'right' if met.valid else 'wrong'}: {REPLIES[met.reply]}" if met else says
    return Happening(turn.index, at, LANES[move], shape, says, label=label)


def _conviction(grade: Grade, turn: int) -> Conviction | None:
    met: Iterator[Conviction] = iter(grade.conduct.convictions if grade.conduct else ())
    return next((c for c in met if c.posed and c.posed.turn == turn), None)
