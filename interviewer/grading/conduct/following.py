"""Rules of following up: what is taken up, what isn't said too early, what must not be let go, what each round asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviewer.grading.conduct.conviction import answered, convictions, withdraws
from interviewer.grading.conduct.rules import Looked, Rule, passage
from interviewer.grading.conduct.scene import ANSWERS, FULL, Scene
from interviewer.models.base import AnswerKind, Move
from interviewer.models.conduct import Passage
from interviewer.models.transcript import Turn
from interviewer.reading.conduct import share_of
from interviewer.reading.conduct.boundary import asks_boundary
from interviewer.reading.quotes import verify
from interviewer.reading.tokens import stems

FOLLOWS = (Move.PROBE, Move.PUSH_BACK, Move.DECIDE)
CHASES = (Move.PROBE, Move.PUSH_BACK, Move.REPAIR, Move.REDIRECT, Move.HINT)
SOON = 2  # turns of the interviewer within which something is probed
BOUNDED = "experiment_design"  # the area in which a boundary is asked for
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,400})[\"”]")
_CHANGES = re.compile(
    r"\b(?:another (?:side|thought|angle|part|piece|point)|elsewhere|next point|other side|turn (?:to|that)|new page|"
    r"different (?:point|thought|angle|piece|part|subject|question)|(?:something|somewhere|someone) else|"
    r"moving (?:off|on)|leav(?:e|ing) (?:that|it|this|\w+(?: \w+){0,6}?) there|change (?:of |the )?subject|"
    r"apart from that|on another note|one more thing|set (?:that|this|it) aside|let me (?:go|move|turn|switch)|"
    r"back to|from \w+(?: \w+){0,5} to|enough on|beside that)\b|^\W*now\b",
    re.I,
)
_OBJECTS = re.compile(
    r"\b(?:push(?:ing)? back|disagree|object(?:s|ion)?|difficult|not with you|opposite|against|suppose|"
    r"let me (?:play|lean|press|test)|i(?:'d| would) (?:say|argue|expect|book|write|launch)|"
    r"(?:would|will|might|may) (?:say|tell|argue)|isn't|doesn't|aren't|wouldn't)\b",
    re.I,
)
_REFERS = re.compile(
    r"\b(?:you (?:say|said|named|have|had|chose|call|called|mention\w*|raised|heard)|says? so|so that's|"
    r"(?:of|about|for|behind|with|in|on|from|is|does|was|under|after|do|run|round) (?:that|this)|"
    r"that(?:'s| was) (?:brief|quick|a heading|how)|use yours|stand by it|why there|which of (?:these|those|them)|"
    r"such as|your (?:call|decision|list|own|view|answer|story))\b",
    re.I,
)
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
    """Whether a turn quotes the answer, has one of its telling words, speaks of it, or says that it leaves it."""
    if any(verify(m[1], answer.text) for m in _QUOTED.finditer(turn.text)):
        return True
    sheet = scene.sheet(turn)
    common = stems(sheet.ask) if sheet else frozenset()
    shared = stems(turn.text) & stems(answer.text)
    if shared - common or len(shared) > 1:
        return True
    plain = turn.text.replace("’", "'")
    signs = [_CHANGES, _REFERS, *([_OBJECTS] if turn.move is Move.PUSH_BACK else [])]
    return turn.move is Move.DECIDE or any(sign.search(plain) for sign in signs)


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
    """Vague answers, contradictions and mistaken beliefs are probed soon after."""
    looked = Looked(none="nothing vague, contradictory or mistaken was found by whoever read the answers")
    for scene in held:
        for place, turn, what, ids in _weak(scene):
            following = [t for t in scene.after(place) if t.move is not Move.CLARIFY][:SOON]
            if following and place < scene.closed_at:
                looked.add(None if any(_probes(t, ids) for t in following) else passage(turn, note=what))
    return looked


def _weak(scene: Scene) -> Iterator[tuple[int, Turn, str, frozenset[str]]]:
    """The candidate's turns that call for a probe, why, and what a probe may be about; empty: anything."""
    settled: set[str] = set()
    for place, turn in enumerate(scene.turns):
        if turn.role != "candidate":
            continue
        asked = next((t for t in reversed(scene.turns[:place]) if t.role == "interviewer"), None)
        if (
            turn.kind is AnswerKind.THIN
            and not turn.found
            and (asked is None or asked.move not in (Move.PUSH_BACK, Move.DECIDE))
        ):
            yield place, turn, "vague", frozenset()
        for finding in turn.found:
            sheet = scene.sheets.get(turn.question or "")
            belief = sheet.misconception(finding.id) if sheet else None
            if belief and finding.verdict == "held":
                again = finding.id in settled or settled & set(belief.corrected_by)
                what = "contradicts what was said before" if again else f"holds '{finding.id}'"
                if not _challenged(scene, place, finding.id) or again:
                    yield place, turn, what, frozenset({finding.id, *belief.corrected_by})
        settled |= {f.id for f in turn.found if f.verdict in ("met", "corrected")}


def _challenged(scene: Scene, place: int, id: str) -> bool:
    """Whether a belief had been challenged before: that is done once."""
    return any(t.move is Move.PUSH_BACK and t.target == id for t in scene.turns[:place])


def _probes(turn: Turn, ids: frozenset[str]) -> bool:
    return turn.move in CHASES if not ids else turn.move in (Move.PROBE, Move.PUSH_BACK) and turn.target in ids


def _boundary(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no experiment was brought to a decision in its time")
    for scene in held:
        if not any(s.area == BOUNDED for s in scene.sheets.values()) or not scene.decided_in_time:
            continue
        asked = any(t.target == "boundary" or asks_boundary(t.text) for _, t in scene.spoken)
        decides = next(t for _, t in scene.spoken if t.move is Move.DECIDE)
        looked.add(None if asked else passage(decides, note="the decision was asked for, the boundary never was"))
    return looked


def _both_sides(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no round with challenges of both kinds was brought to a decision in its time")
    for scene in held:
        kinds = {p.valid for s in scene.sheets.values() for p in s.push_backs}
        if kinds != {True, False} or not scene.decided_in_time:
            continue
        posed = {c.valid for c in convictions(scene) if c.posed}
        missing = " and ".join("one that is right" if kind else "one that is wrong" for kind in sorted(kinds - posed))
        decides = next(t for _, t in scene.spoken if t.move is Move.DECIDE)
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
