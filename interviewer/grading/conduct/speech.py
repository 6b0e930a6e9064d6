"""Rules of speech: how long, how much, and what no sentence does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from interviewer.grading.conduct.rules import Looked, Rule, passage
from interviewer.grading.conduct.scene import Scene
from interviewer.models.base import Move
from interviewer.models.conduct import Passage
from interviewer.models.transcript import Turn
from interviewer.reading.conduct import Kind, told

LONGEST = 45  # words of a turn that opens no case, facts left out
ENOUGH = 600  # words of the candidate's from which on the interviewer's share counts
BRIEF = 90  # words of an answer; to shorter ones any question is long
SHARE = 0.30  # of its own: the case and the facts it was asked for are the sheet's
_OPENS = (Move.ASK, Move.NEXT)


def _no(kind: Kind, held: Sequence[Scene]) -> Looked:
    looked = Looked(none="the interviewer said nothing")
    for scene in held:
        for _, turn in scene.spoken:
            found = [b for b in scene.breached[turn.index] if b.kind == kind]
            looked.add(passage(turn, found[0].words, f"of '{found[0].of}'" if found[0].of else "") if found else None)
    return looked


def _short(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="every turn opened a case")
    for scene in held:
        for place, turn in scene.spoken:
            if turn.move in _OPENS or (turn.move is None and place == 0):
                continue
            count = len(turn.text.split()) - _told_words(scene, turn)
            looked.add(passage(turn, note=f"{count} words") if count > LONGEST else None)
    return looked


def _told_words(scene: Scene, turn: Turn) -> int:
    """Words of a turn that tell facts."""
    sheet = scene.sheet(turn)
    facts = {*turn.told, *(told(turn.text, sheet))} if sheet else set()
    return sum(len(f.say.split()) for id in facts if sheet and (f := sheet.fact(id)))


def _share(held: Sequence[Scene]) -> Looked:
    none = f"no candidate said {ENOUGH} words in a round, in answers of {BRIEF} words or more on average"
    looked, parts = Looked(none=none), list[str]()
    for scene in held:
        answers = [len(t.text.split()) for t in scene.turns[: scene.closed_at] if t.role == "candidate"]
        if sum(answers) < max(ENOUGH, BRIEF * len(answers)):
            continue
        mine = theirs = whole = 0
        for turn in scene.turns:
            size = len(turn.text.split())
            if turn.role == "candidate":
                theirs += size
                continue
            whole += size
            mine += max(0, size - _told_words(scene, turn) - _case_words(scene, turn))
            if theirs >= ENOUGH:
                looked.add(_too_much(turn, mine, theirs))
        parts.append(f"{mine / (mine + theirs):.0%} ({whole / (whole + theirs):.0%} with case and facts)")
    looked.detail = f"At the end of each such round: {', '.join(parts)}." if parts else ""
    return looked


def _case_words(scene: Scene, turn: Turn) -> int:
    """Words of a turn that tell the case."""
    sheet = scene.sheet(turn)
    return len(sheet.ask.split()) if sheet and turn.move in _OPENS else 0


def _too_much(turn: Turn, mine: int, theirs: int) -> Passage | None:
    part = mine / (mine + theirs)
    return passage(turn, note=f"{mine} of {mine + theirs} words, {part:.0%}") if part > SHARE else None


RULES = (
    Rule("no-praise", "No turn praises or judges an answer.", "turns", partial(_no, "praise")),
    Rule("one-question", "A turn asks one question.", "turns", partial(_no, "second_question")),
    Rule("no-leak", "Nothing the sheet hides is given away below the third hint.", "turns", partial(_no, "leak")),
    Rule(
        "nothing-supplied", "No method or answer is supplied that the candidate hasn't brought.", "turns",
        partial(_no, "supplied"),
    ),
    Rule(
        "short-turns", f"A turn has at most {LONGEST} words, unless it opens a case; facts told are not counted.",
        "turns", _short,
    ),
    Rule(
        "listens",
        f"Once the candidate has said {ENOUGH} words, the interviewer's own are at most {SHARE:.0%}; the case and the "
        "facts asked for are told apart.",
        "turns", _share,
    ),
)  # fmt: skip
