"""Rules on the clock: its length is announced, its end said when it has come and not before, nothing new after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.grading.conduct.rules import Looked, Rule, passage
from interviewer.grading.conduct.scene import Scene
from interviewer.models.base import Move
from interviewer.models.conduct import Passage
from interviewer.models.targets import PRESSES
from interviewer.models.transcript import Turn

_UNKNOWN = "the transcript doesn't say how much of the clock was used"
_OVER = re.compile(
    r"\b(?:time(?:'s| is) (?:up|over)|our time|(?:out of|no) (?:time|minutes)|the time we (?:have|had)|"
    r"that(?:'s| is) the time|clock(?:'s| has| is) (?:out|run|up|over)|clock is against|"
    r"(?:used up|out of) (?:our|the|your) (?:minutes|time)|that(?:'s| is) (?:our|the) (?:time|clock|hour)\b|"
    r"clock (?:says|got|has caught|has run|stops|tells)|(?:by|at) the clock|tape's run out|is used up|"
    r"minutes (?:end|gone)|used (?:up )?our minutes|"
    r"minutes are (?:up|over|gone|used)|time (?:we have|has run|ran|tells)|hour is up)\b|^\W*time\.",
    re.I,
)
_IN_WORDS = {
    3: "three", 5: "five", 10: "ten", 15: "fifteen", 20: "twenty", 25: "twenty-five", 30: "thirty", 40: "forty",
    45: "forty-five", 50: "fifty", 60: "sixty",
}  # fmt: skip
NEW = (Move.PROBE, Move.NEXT, Move.ASK)


def _announced(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="the transcript doesn't say how long a round was to be")
    for scene in held:
        first = next((t for _, t in scene.spoken), None)
        if scene.minutes is None or first is None:
            continue
        named = {str(scene.minutes), _IN_WORDS.get(scene.minutes)} & {
            w.strip(".,;:") for w in first.text.lower().split()
        }
        looked.add(None if named else passage(first, note=f"doesn't name the {scene.minutes} minutes"))
    return looked


def _kept(held: Sequence[Scene]) -> Looked:
    """After the end nothing new is begun; the close says that time is up, and no turn says so before."""
    looked = Looked(none=_UNKNOWN)
    for scene in held:
        closed = scene.closed_at
        for place, turn in scene.spoken:
            if scene.minutes is not None and turn.clock is not None and place <= closed and turn.move is not None:
                looked.add(_off(scene, turn))
    return looked


def says_over(text: str) -> bool:
    """Whether an interviewer says that the time is up."""
    return bool(_OVER.search(text.replace("’", "'")))


def _off(scene: Scene, turn: Turn) -> Passage | None:
    over, says = scene.out_of_time(turn), says_over(turn.text)
    if over and turn.move in NEW and turn.target not in PRESSES:
        return passage(turn, note="something new after the time was up")
    if over and turn.move is Move.CLOSE and not says:
        return passage(turn, note="closes after the time was up and doesn't say so")
    if not over and turn.move is Move.CLOSE and says:
        return passage(turn, note="says that time is up while some is left")
    return None


RULES = (
    Rule("clock-announced", "The round's length is said at its beginning.", "rounds", _announced),
    Rule(
        "clock-kept", "The end of the time is said when it has come and not before; nothing new is begun after it.",
        "turns", _kept,
    ),
)  # fmt: skip
