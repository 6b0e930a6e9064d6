"""Rules of following up: what is taken up, what isn't said too early, what must not be let go, what each round asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviewer.grading.conduct.conviction import answered, convictions, withdraws
from interviewer.grading.conduct.rules import Looked, Rule, passage
from interviewer.grading.conduct.scene import ANSWERS, FULL, Scene
from interviewer.models.base import AnswerKind, Move
from interviewer.models.conduct import Passage
from interviewer.models.question import Misconception, QuestionSheet
from interviewer.models.targets import BOUNDARY, PRESSES
from interviewer.models.transcript import Turn
from interviewer.reading.conduct import share_of
from interviewer.reading.conduct.boundary import asks_boundary
from interviewer.reading.conduct.following import takes_up
from interviewer.text import fold

FOLLOWS = (Move.PROBE, Move.PUSH_BACK)
CHASES = (Move.PROBE, Move.PUSH_BACK, Move.REPAIR, Move.REDIRECT, Move.HINT)
ABOUT_IT = (*PRESSES, BOUNDARY)  # probes about what the candidate says or proposes, whatever their words
SOON = 2  # turns of the interviewer within which something is probed
BOUNDED = "experiment_design"  # the area in which a boundary is asked for
_STRUCTURE = re.compile(
    r"\b(?:(?:start|begin) (?:with|from|by) (?!(?:one|a|any|your|anything|wherever)\b)|framework|in terms of|"
    r"break (?:it|this|that|the \w+) (?:down|into|up)|split (?:it|this|that) (?:into|by)|"
    r"think (?:of|about) (?:it|this) (?:in|as)|(?:two|three|four|five) (?:parts|steps|pieces|buckets|things to)|"
    r"first\b[^.?!]{3,60}\b(?:then|second|next)\b|consider (?:both|the|how)|don't forget|make sure (?:to|you))",
    re.I,
)


def _takes_up(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no follow-up is known as one", tolerated=0.1)
    for scene in held:
        for place, turn in scene.spoken:
            answer = scene.answer(place)
            if turn.move in FOLLOWS and answer is not None:
                looked.add(None if _follows(scene, turn, answer) else passage(turn, note=f"after turn {answer.index}"))
    return looked


def _follows(scene: Scene, turn: Turn, answer: Turn) -> bool:
    sheet = scene.sheet(turn)
    ask = sheet.ask if sheet else ""
    if turn.target in ABOUT_IT or (turn.move is Move.PUSH_BACK and sheet and _prepared(turn, sheet)):
        return True
    return takes_up(turn.text, answer.text, ask, challenges=turn.move is Move.PUSH_BACK)


def _prepared(turn: Turn, sheet: QuestionSheet) -> bool:
    """Whether a challenge is put in the sheet's own words, which object to what its question calls forth."""
    planned, belief = sheet.push_back(turn.target or ""), sheet.misconception(turn.target or "")
    known = (planned.say, planned.cold) if planned else (belief.challenge,) if belief else ()
    return any(words and fold(words) in fold(turn.text) for words in known)


def _unhurried(held: Sequence[Scene]) -> Looked:
    """Before a full answer: no hint that wasn't asked for or needed, and no words that lay out a structure."""
    looked = Looked(none="no question was asked")
    for scene in held:
        waiting = False
        for place, turn in enumerate(scene.turns):
            if turn.role == "candidate":
                waiting = waiting and not (turn.kind in FULL or (turn.kind is None and len(turn.text.split()) > 40))
            elif turn.move in (Move.ASK, Move.NEXT):
                waiting = True
            elif waiting:
                looked.add(_hurries(scene, place, turn))
    return looked


def _hurries(scene: Scene, place: int, turn: Turn) -> Passage | None:
    answer = scene.answer(place)
    if turn.move is Move.HINT:
        needed = answer is None or answer.kind not in ANSWERS
        return None if needed else passage(turn, note="a hint that was neither asked for nor needed")
    sheet = scene.sheet(turn)
    if sheet and any(share_of(f.say, turn.text) > 0.9 for f in sheet.facts if f.id in turn.told):
        return None
    found = _STRUCTURE.search(turn.text.replace("’", "'"))
    return passage(turn, found.group(), "lays out a structure") if found else None


def _chased(held: Sequence[Scene]) -> Looked:
    """Vague answers, contradictions and mistaken beliefs are probed soon after; of several beliefs one is, the others
    before the question is left."""
    looked = Looked(none="nothing vague, contradictory or mistaken was found by whoever read the answers")
    for scene in held:
        for place, turn in enumerate(scene.turns[: scene.closed_at]):
            if turn.role == "candidate" and scene.after(place):
                for wrong in _let_go(scene, place, turn):
                    looked.add(wrong)
    return looked


def _let_go(scene: Scene, place: int, turn: Turn) -> Iterator[Passage | None]:
    """One case for each thing in an answer that calls for a probe; None for those that got it."""
    soon = [t for t in scene.after(place) if t.move is not Move.CLARIFY][:SOON]
    asked = next((t for t in reversed(scene.turns[:place]) if t.role == "interviewer"), None)
    replies = asked is not None and asked.move in (Move.PUSH_BACK, Move.DECIDE)  # a word may be all there is to say
    if turn.kind is AnswerKind.THIN and not turn.found and not replies:
        yield None if any(t.move in CHASES for t in soon) else passage(turn, note="vague")
    sheet = scene.sheets.get(turn.question or "")
    beliefs = [b for f in turn.found if f.verdict == "held" and sheet and (b := sheet.misconception(f.id))]
    again = [b for b in beliefs if _taken_back(scene, place, b.id)]
    if again:
        met = any(t.move in (*CHASES, Move.DECIDE) for t in soon)
        yield None if met else passage(turn, note=f"states '{again[0].id}' again after taking it back")
    fresh = [b for b in beliefs if b not in again and not _challenged(scene.turns[:place], b)]
    if fresh:
        prompt = any(_challenged(soon, b) for b in fresh)
        left = [b.id for b in fresh if not _challenged(scene.turns[place:], b) and not _given_up(scene, place, b.id)]
        late = left or ([] if prompt else [fresh[0].id])
        yield passage(turn, note=f"holds '{late[0]}'") if late else None


def _challenged(turns: Sequence[Turn], belief: Misconception) -> bool:
    """Whether one of the interviewer's turns is about a belief: that is done once."""
    about = {belief.id, *belief.corrected_by}
    return any(t.role == "interviewer" and t.move in (Move.PROBE, Move.PUSH_BACK) and t.target in about for t in turns)


def _taken_back(scene: Scene, place: int, id: str) -> bool:
    return any(f.id == id and f.verdict == "corrected" for t in scene.turns[:place] for f in t.found)


def _given_up(scene: Scene, place: int, id: str) -> bool:
    return any(f.id == id and f.verdict == "corrected" for t in scene.turns[place + 1 :] for f in t.found)


def _boundary(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no experiment was brought to a decision in its time")
    for scene in held:
        decides = scene.decided_in_time
        if not any(s.area == BOUNDED for s in scene.sheets.values()) or decides is None:
            continue
        asked = any(t.target == BOUNDARY or asks_boundary(t.text) for _, t in scene.spoken)
        looked.add(None if asked else passage(decides, note="a decision was reached, the boundary never asked for"))
    return looked


def _both_sides(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no round with challenges of both kinds was brought to a decision in its time")
    for scene in held:
        kinds = {p.valid for s in scene.sheets.values() for p in s.push_backs}
        decides = scene.decided_in_time
        if kinds != {True, False} or decides is None:
            continue
        posed = {c.valid for c in convictions(scene) if c.posed}
        missing = " and ".join("one that is right" if kind else "one that is wrong" for kind in sorted(kinds - posed))
        looked.add(passage(decides, note=f"{scene.round}: never posed {missing}") if missing else None)
    return looked


def _stands(held: Sequence[Scene]) -> Looked:
    """A challenge isn't dropped because somebody insists, and isn't put again once it was answered with a reason."""
    looked = Looked(none="no challenge was answered")
    for scene in held:
        for place, turn in scene.spoken:
            if turn.move is not Move.PUSH_BACK or not (given := answered(scene, place)):
                continue
            looked.add(_gave_way(scene, place, turn, given))
    return looked


def _gave_way(scene: Scene, place: int, turn: Turn, given: list[Turn]) -> Passage | None:
    reasoned = any(f.id == turn.target and f.verdict in ("met", "corrected") for t in given for f in t.found)
    after = scene.after(place)
    dropped = next((t for t in after[:SOON] if withdraws(t.text)), None)
    if dropped and all(t.kind is AnswerKind.THIN for t in given) and not reasoned:
        return passage(dropped, note=f"withdrew turn {turn.index} for nothing but insistence")
    again = next((t for t in after if t.move is Move.PUSH_BACK and t.target == turn.target), None)
    return passage(again, note=f"put turn {turn.index} again after it was answered") if again and reasoned else None


RULES = (
    Rule(
        "takes-up", "A follow-up takes up what was just said or says that it changes the subject.", "follow-ups",
        _takes_up,
    ),
    Rule(
        "no-structure-first", "No structure is hinted at before the first full answer.", "turns before it", _unhurried
    ),
    Rule("chases", f"What is vague, contradictory or mistaken is probed within {SOON} turns.", "such answers", _chased),
    Rule("boundary", "In experiments it is asked when one would not do this.", "rounds", _boundary),
    Rule("both-sides", "Each round poses a challenge that is right and one that is wrong.", "rounds", _both_sides),
    Rule("stands", "A challenge is not withdrawn for insistence, and is for a reason.", "challenges answered", _stands),
)  # fmt: skip
