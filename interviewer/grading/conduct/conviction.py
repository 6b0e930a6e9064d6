"""How challenges were met: updated on evidence, held with a reason, caved, stonewalled, or not tested.

Read from what was found in the answers when they were given (by a model, or by the sheet's cues), and from whether the
candidate agrees or insists. What neither tells is 'unread', never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from interviewer.grading.conduct.rules import passage
from interviewer.grading.conduct.scene import ANSWERS, Scene
from interviewer.models.base import AnswerKind, Move
from interviewer.models.conduct import Conviction, Passage, Reply
from interviewer.models.question import PushBack
from interviewer.models.targets import GROUNDS, LEAN
from interviewer.models.transcript import Turn
from interviewer.reading.answer import agrees_barely
from interviewer.reading.match import find
from interviewer.reading.quotes import bordered
from interviewer.reading.tokens import content

ASIDES = (Move.CLARIFY, Move.REPAIR, Move.REDIRECT)
OPENING = 160  # characters of a reply in which it agrees or insists
REASONED = 12  # words that carry meaning without which a reply gives no reason
_AGREES = re.compile(
    r"\b(?:point to you|you win|you have me there|that(?:'s| is) one to you|"
    r"(?:it|that) (?:wouldn't|doesn't|won't|isn't),? (?:correct|true|right|no)\b|"
    r"you(?:'re| are| may be| might be| could be) right|(?:fair|good) (?:point|enough)|"
    r"that(?:'s| is) (?:a )?(?:fair|true|right|valid|good)|point taken|granted|you have a point|"
    r"i (?:totally |fully |do |would )?(?:agree|concede|accept)|makes sense|i stand corrected|i take (?:that|it) back|"
    r"i(?:'d| would| will|'ll) (?:change|revise|update|drop|adjust)|agreed|true|in that case|you've convinced me|"
    r"i was wrong)\b|^\W*(?:yes|yeah|yep|ok|okay|sure|right|correct)\b",
    re.I,
)
_INSISTS = re.compile(
    r"^\W*(?:no|nope|not really|never)\b|"
    r"\b(?:i (?:still )?(?:disagree|doubt|don't (?:think so|agree|buy|accept))|"
    r"i(?:'d| would|'ll) (?:still|not|stick|keep|hold)|i wouldn't|i stand by|i(?:'m| am) not (?:convinced|persuaded)|"
    r"(?:that|this|it)(?:'s| is| does| would|'d)(?:n't| not)|"
    r"(?:is|does|isn't|doesn't|are|aren't) (?:not )?(?:the same|enough|evidence|proof|follow|mean|make)|"
    r"but (?:no|not|that|i|it|the|still)|the trouble with|however)\b",
    re.I,
)
# More than the "no" with which one may also take a challenge in: "Would you still stop then?" "No."
_REFUSES = re.compile(
    r"\bi (?:still )?(?:disagree|doubt|don't (?:think so|agree|buy|accept))\b|"
    r"\bi(?:'d| would|'ll) (?:still|stick|keep to)\b|\bi stand by\b|\bi(?:'m| am) not (?:convinced|persuaded)\b",
    re.I,
)
_WITHDRAWS = re.compile(
    r"\bi(?:'ll| will| would)? (?:withdraw|drop|take back) (?:that|it|the|my)|\bi take (?:that|it) back\b|"
    r"\bi(?:'ll| will)? (?:give|grant) you that\b|\bnever mind\b|"
    r"\b(?:you(?:'re| are) right|fair enough|i stand corrected|i concede)\b|"
    r"\blet(?:'s| us) (?:drop|forget|leave) (?:that|it|the objection)\b(?! there\b)",
    re.I,
)


def withdraws(text: str) -> bool:
    """Whether an interviewer takes a challenge back."""
    return bool(_WITHDRAWS.search(text.replace("’", "'")))


def answered(scene: Scene, place: int) -> list[Turn]:
    """The candidate's answers to the challenge at ``place``: up to the next turn that goes on to something else."""
    given: list[Turn] = []
    for turn in scene.turns[place + 1 :]:
        if turn.role == "candidate":
            given.append(turn)
        elif turn.move not in ASIDES and not (turn.move is Move.PROBE and turn.target in (GROUNDS, LEAN)):
            break
    return [t for i, t in enumerate(given) if t.kind in ANSWERS or (not i and _replies(t))]


def _replies(turn: Turn) -> bool:
    """Whether a turn of an unknown kind, or one taken for a question, says enough to be the reply."""
    if turn.kind is None:
        return bool(turn.text.strip())
    return turn.kind is AnswerKind.CLARIFYING and len(content(turn.text)) >= REASONED


@lru_cache(maxsize=16)
def convictions(scene: Scene) -> tuple[Conviction, ...]:
    """Each planned challenge that was put, in order, then each kind that wasn't although a sheet has it."""
    put = list(_put(scene))
    found = [_read(scene, place, turn, planned) for place, turn, planned in put]
    have = {p.valid for s in scene.sheets.values() for p in s.push_backs}
    missing = have - {c.valid for c in found}
    if scene.moves_known:
        found += [_never(scene.round, valid) for valid in sorted(missing, reverse=True)]
    return tuple(found)


def _put(scene: Scene) -> Iterator[tuple[int, Turn, PushBack]]:
    for place, turn in scene.spoken:
        sheet = scene.sheet(turn)
        planned = sheet.push_back(turn.target or "") if sheet and turn.move is Move.PUSH_BACK else None
        if planned:
            yield place, turn, planned


def _never(round: str, valid: bool) -> Conviction:
    return Conviction(
        round=round, question=None, push_back=None, valid=valid, posed=None, because="", reply="not_tested",
        read_by="nobody",
    )  # fmt: skip


@dataclass(frozen=True)
class _Signs:
    """What can be seen in a reply. ``stored``: what whoever read it found of the challenge."""

    agrees: bool
    insists: bool
    refuses: bool
    bare: bool
    reasoned: bool
    stored: Literal["met", "partly"] | None

    @property
    def met(self) -> bool:
        """Whether the challenge was answered with a reason: who read the answer knows, else the sheet's cues."""
        return self.stored == "met" or (self.stored is None and self.reasoned)


def _read(scene: Scene, place: int, turn: Turn, planned: PushBack) -> Conviction:
    given = answered(scene, place)
    signs, words = _signs(given, planned)
    reply: Reply = "not_tested" if not given else _right(signs) if planned.valid else _wrong(signs)
    by: Literal["cues", "model", "nobody"] = "nobody" if not given else "model" if _by_model(signs, given) else "cues"
    return Conviction(
        round=scene.round, question=turn.question, push_back=planned.id, valid=planned.valid, posed=passage(turn),
        because=planned.because, reply=reply, read_by=by, passages=words,
    )  # fmt: skip


def _by_model(signs: _Signs, given: Sequence[Turn]) -> bool:
    """Cues find no 'partly', and nothing where their words aren't."""
    return signs.stored == "partly" or (signs.stored == "met" and not signs.reasoned)


def _signs(given: Sequence[Turn], planned: PushBack) -> tuple[_Signs, tuple[Passage, ...]]:
    words: list[Passage] = []
    agrees = insists = refuses = reasoned = False
    stored: Literal["met", "partly"] | None = None
    for turn in given:
        text = turn.text.replace("’", "'")
        opening = text[:OPENING]
        agrees, insists = agrees or bool(_AGREES.search(opening)), insists or bool(_INSISTS.search(opening))
        refuses = refuses or bool(_REFUSES.search(opening))
        finding = next((f for f in turn.found if f.id == planned.id), None)
        if finding and finding.verdict in ("met", "partly") and stored != "met":
            stored = "met" if finding.verdict == "met" else "partly"
        match = find(planned.met_by, turn.text)
        reasoned = reasoned or match is not None
        start, end = bordered(turn.text, match.start, match.end) if match else (0, len(turn.text))
        quote = finding.quote if finding and finding.quote and not match else turn.text[start:end]
        words.append(passage(turn, quote.strip()))
    bare = all(agrees_barely(t.text) or len(content(t.text)) < REASONED for t in given)
    return _Signs(agrees, insists, refuses, bare, reasoned, stored), tuple(words)


def _right(s: _Signs) -> Reply:
    """Against a challenge that is right: taking it in with a reason is the thing to do."""
    met = s.met
    if met and not (s.refuses and not s.agrees):
        return "updated"
    if met:
        return "held"
    if s.agrees and not s.insists:
        return "caved" if s.bare or s.stored == "partly" else "updated"
    if s.stored == "partly" or (s.insists and s.bare):
        return "caved" if s.agrees else "stonewalled"
    return "unread"


def _wrong(s: _Signs) -> Reply:
    """Against a challenge that is wrong: keeping to one's view with a reason is."""
    met = s.met
    if met and not (s.agrees and not s.insists and s.stored != "met"):
        return "held"
    if s.agrees and not s.insists:
        return "caved"
    if s.insists:
        return "stonewalled" if s.bare or s.stored == "partly" else "held"
    return "stonewalled" if s.stored == "partly" else "unread"
