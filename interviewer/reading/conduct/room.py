"""What one turn of the interviewer may build on: all that was said, and the sheet's words for the move that is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.models.base import Move
from interviewer.models.events import Finding
from interviewer.models.question import QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.reading.questions import asking
from interviewer.reading.tokens import tokens

LAST_RUNG = 3
_OPENS = (Move.ASK, Move.NEXT)


@dataclass(frozen=True)
class Room:
    """``sheet`` is the one on the table, or about to be; ``open`` its words for this move; ``known`` the expectations
    that are no secret any more, because they were met or hinted at in full."""

    sheet: QuestionSheet | None
    candidate: str  # all that the candidate has said in this round
    interviewer: str  # all that was said to them
    open: str
    move: Move | None = None
    known: frozenset[str] = frozenset()
    rungs: tuple[tuple[str, int], ...] = ()  # expectation -> the highest hint that may be said
    questions: int = 1  # that this turn may hold
    challenged: bool = False  # the last thing the interviewer did was to push back

    @property
    def heard(self) -> str:
        return f"{self.candidate}\n{self.interviewer}\n{self.open}"

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of every word that is no secret."""
        return frozenset(t.stem for t in tokens(self.heard))

    def rung(self, id: str) -> int:
        return dict(self.rungs).get(id, 0)


def room(
    sheet: QuestionSheet | None, turns: Sequence[Turn], move: Move | None, target: str | None = None,
    rung: int | None = None, found: Sequence[Finding] = (), about: str = "",
) -> Room:  # fmt: skip
    """The room before a turn with this ``move`` is spoken. ``turns`` are the round's before it; ``sheet`` the one it is
    about, which for ask and next is the one that is opened; ``found`` in the last answer, beside what its turn holds;
    ``about`` is what the round looks for, which its opening says."""
    spoken = [t for t in turns if t.role == "candidate"]
    mine = [t for t in turns if t.role == "interviewer"]
    rungs = _rungs(mine, sheet, move, target, rung)
    known = [*(f for t in spoken for f in t.found), *found]
    met = {f.id for f in known if f.verdict in ("met", "corrected")}
    full = {id for id, given in rungs.items() if given >= LAST_RUNG}
    own = own_words(sheet, move, target, rung, [f.id for f in known])
    facts = [f.say for f in sheet.facts] if sheet and _may_tell(move, spoken) else []
    hints = [
        h for id, given in rungs.items() if (e := sheet.expectation(id) if sheet else None) for h in e.hints[:given]
    ]
    return Room(
        sheet=sheet,
        candidate="\n".join(t.text for t in spoken),
        interviewer="\n".join(t.text for t in mine),
        open="\n".join([about, sheet.ask if sheet else "", own, *facts, *hints]),
        move=move,
        known=frozenset(met | full),
        rungs=tuple(sorted(rungs.items())),
        questions=max(1, own.count("?")),
        challenged=bool(mine) and mine[-1].move is Move.PUSH_BACK,
    )


def own_words(
    sheet: QuestionSheet | None, move: Move | None, target: str | None, rung: int | None = None,
    heard: Collection[str] = (),
) -> str:  # fmt: skip
    """The sheet's own words for a move, to somebody of whom the points ``heard`` are known; "" where it has none."""
    id = target or ""
    if sheet is None:
        return ""
    if move in _OPENS:
        return sheet.ask
    if move is Move.DECIDE:
        return sheet.decide or ""
    if move is Move.PUSH_BACK:
        belief, planned = sheet.misconception(id), sheet.push_back(id)
        return belief.challenge if belief else planned.put(heard) if planned else ""
    point = sheet.expectation(id) if move in (Move.PROBE, Move.HINT) else None
    if point is None or move is Move.PROBE:
        return point.probe if point else ""
    return point.hints[min(LAST_RUNG, max(1, rung or 1)) - 1]


def _may_tell(move: Move | None, spoken: Sequence[Turn]) -> bool:
    """Facts may be told where something was asked: the reader can't tell for certain which."""
    return move is Move.CLARIFY or (bool(spoken) and asking(spoken[-1].text).any)


def _rungs(
    mine: Sequence[Turn], sheet: QuestionSheet | None, move: Move | None, target: str | None, rung: int | None
) -> dict[str, int]:
    given: dict[str, int] = {}
    for t in mine:
        if t.move is Move.HINT and t.target and t.rung and sheet and t.question == sheet.id:
            given[t.target] = max(t.rung, given.get(t.target, 0))
    if move is Move.HINT and target:
        given[target] = max(rung or 1, given.get(target, 0))
    return given
