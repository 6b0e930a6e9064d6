"""What somebody believes, read without a model: stated as one's own, corrected, or given up when challenged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.models.base import Move
from interviewer.models.events import Finding
from interviewer.models.interview import QuestionProgress
from interviewer.models.question import Misconception
from interviewer.models.transcript import Turn
from interviewer.reading.match import Match, Span, find
from interviewer.reading.negation import negator
from interviewer.reading.tokens import content, sentences, tokens

_REJECTING = re.compile(
    r"\b(?:wrong|mistake|trap|tempting|temptation|myth|fallacy|naive(?:ly)?|people (?:think|say|assume)|"
    r"some(?:one|body)? (?:might|may|will|would)|"
    r"they(?:'ll| will| might| may)? (?:say|think|argue|claim|want)|danger(?:ous)?|risk|problem|misleading|"
    r"careful|wary|beware|flaw(?:ed)?|cheat(?:s|ing)?|fool(?:s|ed|ing)?|cherry.?pick(?:s|ed|ing)?|p.?hack(?:s|ed|ing)?|"
    r"however|even if|even though|doubt|worr(?:y|ied)|inflates?|false positives?|instead of|rather than|whether|"
    r"unless|only if)\b",
    re.I,
)
_CORRECTS = re.compile(
    r"\b(?:actually,? (?:no|wait|that|i)|scratch that|i take (?:that|it) back|on (?:reflection|"
    r"second thoughts?)|let me correct|i was wrong|"
    r"that(?:'s| is| was) (?:wrong|not right|my mistake)|which (?:is|was|would be) wrong|"
    r"i misspoke|no,? wait|wait,? no|i(?:'d|"
    r" would) (?:change|revise) (?:that|my)|my mistake|"
    r"i stand corrected|you(?:'re| are) right|fair (?:point|enough)|good (?:point|catch)|i concede|"
    r"i agree with you|^\W*correction(?=[:,.]))\b",
    re.I,
)
# "But we'd stop once it's significant, so it's quicker?" says what one would do; a question begins by asking.
_WOULD = re.compile(r"\b(?:i|we)(?:'d|'ll| would| will)\b(?!.*\bor\b)", re.I)
_ASKS = re.compile(
    r"\W*(?:(?:but|so|and|then|or|well|ok(?:ay)?|hmm+|also)\W+)*(?:what|why|how|who|which|when|where|is|are|was|were|do|does|"
    r"did|can|could|should|shall|would|will|may|might|isn't|aren't|don't|doesn't|wouldn't|shouldn't|can't|couldn't|"
    r"you mean|you say|suppose)\b",
    re.I,
)
_NOD = re.compile(r",? (?:right|no|yes|yeah|correct|true|ok(?:ay)?|isn't it|i (?:think|guess|suppose))\?\W*$", re.I)
FEWEST = 4  # words that carry meaning without which "you're right" corrects nothing


def belief_in(
    belief: Misconception, text: str, met: dict[str, Match], question: QuestionProgress | None, last: Turn | None,
    void: Sequence[Span],
) -> Finding | None:  # fmt: skip
    before = question.found if question else {}
    stated = held(belief, text, void)
    if stated is None:
        standing = belief.id in before and before[belief.id].verdict == "held"
        given_up = _given_up(belief, text, met, last, void) if standing else None
        return Finding(id=belief.id, verdict="corrected", quote=given_up) if given_up else None
    later = [m for id in belief.corrected_by if (m := met.get(id)) and m.start >= stated.end]
    if later or corrects(text, stated.end):
        return Finding(id=belief.id, verdict="corrected", quote=(later[0] if later else stated).text)
    if any(id in before and before[id].verdict == "met" for id in belief.corrected_by):
        return None  # the right belief was stated before: more likely ours to misread
    return Finding(id=belief.id, verdict="held", quote=stated.text)


def _given_up(
    belief: Misconception, text: str, met: dict[str, Match], last: Turn | None, void: Sequence[Span]
) -> str | None:
    """The words that give up a belief stated before: the right one instead, or, once challenged, a denial of it."""
    if right := next((met[id] for id in belief.corrected_by if id in met), None):
        return right.text
    challenged = last is not None and last.move is Move.PUSH_BACK and last.target == belief.id
    return _taken_back(belief, text, void) if challenged else None


def held(belief: Misconception, text: str, void: Sequence[Span] = ()) -> Match | None:
    """Where a belief is stated as the speaker's own: not in a sentence that doubts, rejects or asks it."""
    for cue in belief.cues:
        match = find([cue], text, void=void, together=True)
        if match and not _rejected(text, match, " ".join([cue.phrase or "", *(w for g in cue.all for w in g)])):
            return match
    return None


def _rejected(text: str, match: Match, cue: str) -> bool:
    around = [(a, b) for a, b in sentences(text) if a < match.end and match.start < b]
    start, end = around[0][0], around[-1][1]
    sentence = text[start:end]
    if "?" in text[match.start : end] and not _meant(sentence):
        return True
    cued = {t.word for t in tokens(cue)}
    denies = any(negator(t.word) and t.word not in cued for t in tokens(sentence) if t.start + start < match.end)
    doubt = _REJECTING.search(sentence)
    return denies or bool(doubt and doubt.group().casefold() not in cue.casefold())


def _meant(question: str) -> bool:
    """Whether a sentence with a question mark says what its speaker would do, or states and only wants a nod."""
    said = question.replace("’", "'")
    return bool(_WOULD.search(said) or _NOD.search(said)) and not _ASKS.match(said)


def corrects(text: str, after: int) -> bool:
    """Whether the speaker takes back what they said before ``after``."""
    return bool(_CORRECTS.search(text.replace("’", "'"), after))


def _taken_back(belief: Misconception, text: str, void: Sequence[Span]) -> str | None:
    """The words that give a challenged belief up: a concession, or the belief now denied."""
    if len(content(text)) >= FEWEST and (concession := _CORRECTS.search(text.replace("’", "'"))):
        return text[concession.start() : concession.end()]
    denied = find(belief.cues, text, void=void, guard=False, together=True)
    return denied.text if denied else None
