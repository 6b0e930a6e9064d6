"""Rules on hints: one rung at a time, logged as what they are, charged for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from interviewer.grading import levels
from interviewer.grading.conduct.rules import Looked, Rule, passage
from interviewer.grading.conduct.scene import Scene
from interviewer.models.base import Move
from interviewer.models.conduct import Passage
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Turn
from interviewer.reading.conduct import share_of
from interviewer.text import fold

SHORTEST = 20  # characters of a hint that is known by its words
CARRIES = 0.5  # of a hint's telling words that a turn which gives it has


def _climb(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no hint was given")
    for scene in held:
        given: dict[tuple[str | None, str | None], int] = {}
        for _, turn in scene.spoken:
            if turn.move is Move.HINT:
                key = (turn.question, turn.target)
                looked.add(_misstep(turn, given.get(key, 0)))
                given[key] = turn.rung or given.get(key, 0)
    return looked


def _misstep(turn: Turn, before: int) -> Passage | None:
    if turn.rung is None or turn.target is None:
        return passage(turn, note="neither rung nor target was logged")
    return None if turn.rung == before + 1 else passage(turn, note=f"rung {turn.rung} after rung {before}")


def _logged(held: Sequence[Scene]) -> Looked:
    """Words of a hint are said only in a turn that is logged as that hint, or after it."""
    looked = Looked(none="no words of a hint were said")
    for scene in held:
        given: set[tuple[str, int]] = set()
        for _, turn in scene.spoken:
            if turn.move is Move.HINT and turn.target and turn.rung:
                given |= {(turn.target, rung) for rung in range(1, turn.rung + 1)}
                looked.add(_other_words(scene, turn))
            for id, rung in _hints_in(scene, turn):
                if (id, rung) not in given:
                    looked.add(passage(turn, note=f"hint {rung} for '{id}', logged as {turn.move or 'nothing'}"))
    return looked


def _other_words(scene: Scene, turn: Turn) -> Passage | None:
    """A logged hint says what it was logged for: an empty one would be charged for nothing."""
    sheet = scene.sheet(turn)
    point = sheet.expectation(turn.target or "") if sheet else None
    if point is None or turn.rung is None or share_of(point.hints[turn.rung - 1], turn.text) >= CARRIES:
        return None
    return passage(turn, note=f"charged as hint {turn.rung} and says something else")


def _hints_in(scene: Scene, turn: Turn) -> list[tuple[str, int]]:
    sheet, said = scene.sheet(turn), fold(turn.text)
    points = sheet.expectations if sheet else ()
    return [
        (e.id, rung)
        for e in points
        for rung, words in enumerate(e.hints, 1)
        if len(fold(words)) >= SHORTEST and fold(words) in said
    ]


def charged(checks: tuple[CheckVerdict, ...] | None) -> tuple[Rule, ...]:
    """The rule that hints cost what they say, where there are scorecards to look at."""
    if checks is None:
        return ()
    says = "A point made after a hint earns no more than the hint leaves of it."
    return (Rule("hints-cost", says, "points made after a hint", partial(_charged, checks)),)


def _charged(checks: tuple[CheckVerdict, ...], held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no point was made after a hint for it")
    for scene in held:
        for _, turn in scene.spoken:
            if turn.move is not Move.HINT or not turn.rung:
                continue
            later = [c for c in checks if c.id == turn.target and c.question == turn.question and _after(c, turn)]
            for check in later:
                dear = check.rung is not None and check.rung >= turn.rung
                right = dear and levels.credit(check) <= levels.HINT_CAP[turn.rung]
                looked.add(
                    None if right else passage(turn, note=f"'{check.id}' earns {float(levels.credit(check)):.1f}")
                )
    return looked


def _after(check: CheckVerdict, turn: Turn) -> bool:
    """Whether a point was made, and first made after the hint."""
    return check.verdict in ("met", "partly") and bool(check.evidence) and check.evidence[0].turn > turn.index


RULES = (
    Rule("hints-climb", "Hints climb one rung at a time, each logged with its rung and its point.", "hints", _climb),
    Rule(
        "hints-logged", "Words of a hint are said only where one is logged, and a logged one says them.", "hints",
        _logged,
    ),
)  # fmt: skip
