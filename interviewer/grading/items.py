"""What is judged in a round: the rubric's checks, and what the sheets of the questions asked expect.

Opportunity is decided here, mechanically, before any engine is asked: an engine can't excuse a candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.models.base import Move
from interviewer.models.question import Expectation, Misconception, QuestionSheet
from interviewer.models.rubric import Check, Criterion, Rubric
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.asides import plainly
from interviewer.reading.match import find
from interviewer.text import fold

SHORTEST_ASK = 20  # folded characters; a shorter opening could be part of anything said


@dataclass(frozen=True)
class Asked:
    """A question that was put: its sheet, and the first and last turn it was on the table."""

    sheet: QuestionSheet
    first: int
    last: int


@dataclass(frozen=True)
class Hint:
    """A hint that was given for an expectation."""

    question: str
    target: str
    rung: int
    turn: int


def asked(transcript: Transcript, sheets: Sequence[QuestionSheet]) -> tuple[Asked, ...]:
    """The known sheets that were asked and then answered by at least one turn, in order.

    A turn that names its sheet is believed; otherwise a sheet is known by its opening words, all of them.
    """
    known = {s.id: s for s in sheets}
    openings = {s.id: fold(s.ask) for s in sheets}
    starts: list[tuple[int, str]] = []
    for turn in transcript.turns:
        if (name := _opened(turn, known, openings)) and name not in {n for _, n in starts}:
            starts.append((turn.index, name))
    end = transcript.turns[-1].index if transcript.turns else -1
    lasts = [start - 1 for start, _ in starts[1:]] + [end]
    spans = [Asked(known[name], start, last) for (start, name), last in zip(starts, lasts, strict=False)]
    return tuple(a for a in spans if _answered(transcript, a))


def _opened(turn: Turn, known: dict[str, QuestionSheet], openings: dict[str, str]) -> str | None:
    if turn.role != "interviewer":
        return None
    if turn.question in known and turn.move in (Move.ASK, Move.NEXT):
        return turn.question
    said = fold(turn.text)
    return next((name for name, ask in openings.items() if len(ask) >= SHORTEST_ASK and ask in said), None)


def _answered(transcript: Transcript, a: Asked) -> bool:
    return any(t.role == "candidate" and t.text.strip() and a.first < t.index <= a.last for t in transcript.turns)


def hints(transcript: Transcript, questions: Sequence[Asked]) -> tuple[Hint, ...]:
    """The hints given on each question: declared by the turn, or known by their words."""
    given: list[Hint] = []
    for a in questions:
        for turn in transcript.turns:
            if turn.role == "interviewer" and a.first < turn.index <= a.last:
                given += _hints_in(turn, a.sheet)
    return tuple(given)


def _hints_in(turn: Turn, sheet: QuestionSheet) -> list[Hint]:
    said = fold(turn.text)
    found = [
        Hint(sheet.id, e.id, rung, turn.index)
        for e in sheet.expectations
        for rung, words in enumerate(e.hints, 1)
        if len(fold(words)) >= SHORTEST_ASK and fold(words) in said
    ]
    if turn.move is Move.HINT and turn.rung and turn.target and sheet.expectation(turn.target):
        found.append(Hint(sheet.id, turn.target, turn.rung, turn.index))
    return found


def rung_before(given: Sequence[Hint], item: CheckVerdict, turn: int | None) -> int | None:
    """The highest hint given for ``item`` before ``turn`` (None: at any time)."""
    rungs = [
        h.rung for h in given
        if h.question == item.question and h.target == item.id and (turn is None or h.turn < turn)
    ]  # fmt: skip
    return max(rungs, default=None) if item.kind == "expectation" else None


def items(
    transcript: Transcript, rubric: Rubric, questions: Sequence[Asked], *, structure_only: bool = False
) -> tuple[CheckVerdict, ...]:
    """Every item of the round as a template with verdict 'not_asked', in the rubric's order."""
    given = hints(transcript, questions)
    found: list[CheckVerdict] = []
    for criterion in rubric.criteria:
        found += [_check(criterion, c) for c in criterion.checks if c.structure or not structure_only]
        if structure_only:
            continue
        for a in questions:
            found += [_expectation(a.sheet, e) for e in a.sheet.expectations if e.criterion == criterion.id]
            found += [_misconception(a.sheet, m) for m in a.sheet.misconceptions if m.criterion == criterion.id]
    return tuple(i.model_copy(update={"rung": rung_before(given, i, None)}) for i in found)


def _check(criterion: Criterion, check: Check) -> CheckVerdict:
    return CheckVerdict(
        id=check.id, criterion=criterion.id, says=check.says, verdict="not_asked",
        weight=check.weight, essential=check.essential,
    )  # fmt: skip


def _expectation(sheet: QuestionSheet, e: Expectation) -> CheckVerdict:
    return CheckVerdict(
        id=e.id, criterion=e.criterion, says=e.point, kind="expectation", verdict="not_asked",
        weight=e.weight, essential=e.essential, question=sheet.id,
    )  # fmt: skip


def _misconception(sheet: QuestionSheet, m: Misconception) -> CheckVerdict:
    return CheckVerdict(
        id=m.id, criterion=m.criterion, says=m.belief, kind="misconception", verdict="not_asked", question=sheet.id,
    )  # fmt: skip


def opportunity(item: CheckVerdict, rubric: Rubric, transcript: Transcript) -> bool:
    """Whether the talk gave a chance for ``item``: a question asked always does, a check when its topic came up."""
    if not any(t.role == "candidate" for t in transcript.turns):
        return False
    if item.kind != "check" or (criterion := rubric.criterion(item.criterion)) is None:
        return True
    when = next((c.when for c in criterion.checks if c.id == item.id), ())
    return not when or any(find(when, plainly(turn.text)) is not None for turn in transcript.turns)
