"""Which facts of a sheet are asked for, and what else its questions want."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from interviewer.models.question import Fact, QuestionSheet
from interviewer.reading.match import Span
from interviewer.reading.named import MEASURES, named
from interviewer.reading.nearest import NONE, Learned, learned
from interviewer.reading.questions import interrogative
from interviewer.reading.tokens import sentences, stems, tokens

# Scores from which a fact is meant: in a question, in a part of one, beside NONE's, as if it were listed.
LIKE, SURE, CLEAR, CERTAIN = 0.45, 0.55, 0.12, 0.7
ALONE, APART = 0.38, 0.2  # the score that will do where no other fact comes near
BESIDE = 0.9  # of the best score, from which a second fact is meant too
RETOLD = 0.8  # what a fact that was told already counts, beside others
BARE = 6  # words of a question without a verb
AT_ONCE = 3  # facts for one question
QUESTIONS = 30  # of one text that are met
SHORT = 40  # words of a text in which any question about the interviewer's words is met; of a longer one the last
BRIEF = 3  # words that carry meaning of a question that needs the sentence before it: "And since when?"
PART = 7  # words of one of several things that are asked for in a row
_HEAD = r"(?:what|how|who|which|when|where|why|whether|was|were|is|are|did|do|does|has|have|any)\b"
_CUT = re.compile(rf"(?:,|;|\s[–—-]+\s|:)\s*(?:and |or |also |plus )*(?={_HEAD})|\b(?:and|or|plus) (?={_HEAD})", re.I)
# What leads up to a question and asks nothing: "Two more:", "Before I start, could I ask a few things?"
_LEADING = stems("""ask question questions thing things start begin one two three few more first second third fourth
    next quick small real another last lastly finally time check moment something wonder tell give know want also
    clarify""")
_ANNOUNCES = re.compile(
    r"\b(?:can|could|may|might) i (?:first |just |quickly )?(?:ask|check|clarify|have)\b[^?]{0,25}\b(?:things|"
    r"questions|bits|points|something)\b(?!.*\b(?:how|what|which|who|whose|when|whether)\b)",
    re.I,
)
_OPENS = re.compile(r"\W*(?:before|if|once|when|to) (?!what|which|whom?|how)[^?]*:\s*$", re.I)
_SEVERAL = re.compile(r",\s*(?:and )?|\s(?:and|as well as|plus)\s", re.I)  # what stands beside "or" is one question
# About the interviewer's own words, or about how to go about the answer.
_MEANT = re.compile(
    r"\b(?:(?:do|did|would) you mean|what (?:do|did) you mean|you mean\b|are you asking|"
    r"(?:is|was) (?:the|your|this) question|"
    r"do you want me to|would you like me to|you(?:'d| would)? like me to|what (?:exactly )?(?:counts|do you count) as|"
    r"how do you define|meant by|mean by|as in\b.*\bor\b|(?:use|run|do|trust|mean) which\b|"
    r"which (?:one|way|test|analysis|method|of (?:them|those|these|the two)) (?:do you|you) mean)",
    re.I,
)
_ALOUD = re.compile(r"\W*(?:oh|ah|hm+|um+|so|like|okay|ok|right|wait)\b", re.I)
_LICENCE = re.compile(
    r"\b(?:can|could|may|should|shall|do) (?:i|we) "
    r"(?:assume|take|start|begin|go(?! on\b| ahead\b|\?)|treat|focus|use|pick|say more|tell|talk|describe|explain)\b",
    re.I,
)
_AGAIN = re.compile(
    r"\b(?:repeat|rephrase|say (?:that |it )?(?:again|once more)|come again|pardon|"
    r"(?<!me )(?<!i )(?<!i'll )ask (?:that|it) again|what was the question|"
    r"once more|didn't (?:get|catch|understand) (?:that|the question|your question))\b",
    re.I,
)
_ONCE_MORE = re.compile(
    r"\W*(?:(?:sorry|please|could|can|would|will|you|hm+|oh|what)\W+){0,6}"
    r"(?:(?:repeat|rephrase|say)(?: (?:that|it|this|the question|your question|again|once more|please|for me)){0,3}|"
    r"pardon(?: me)?|come again|once more|what was the question|"
    r"i (?:didn't|did not) (?:quite |really )?(?:get|catch|understand|hear) (?:that|it|you|the question|your question))"
    r"(?:\W+please)?\W*",
    re.I,
)
_MEANING = re.compile(
    r"\b(?:mean|means|meaning|define|defined|definition|stand for|what'?s|what is|what are|count|counts|as in)\b", re.I
)
_QUOTED = re.compile(r"(?:^|[\s(])['‘\"“]([^'’\"”]{3,40})['’\"”]")
# For the interviewer to judge or confirm: "Is one percent within what chance would give?", "So it's real, right?"
_WEIGHS = re.compile(
    r"^\W*(?:(?:so|and|but|then|first|ok|okay)\b\W*)*(?:is|are|was|were|does|do|would|could|isn't|doesn't|can|should)\b.*"
    r"\b(?:enough|ok|okay|right|correct|fair|fine|reasonable|acceptable|means?|supports?|significant|good|bad|sense|"
    r"sufficient|(?:un)?likely|plausible|realistic|problem|better|worse|help|work|within|chance|normal|"
    r"usual|expected|large|small|big|high|low|convincing|surprising|true|valid|matter|agree|too)\b|"
    r"(?:^\W*|,? )(?:right|no|yes|correct|true|okay|ok|isn't it|doesn't it|don't they|agreed|you agree)\?\W*$",
    re.I,
)
_EITHER = re.compile(r"\w \bor\b (?!not\b|no\b|so\b)\w", re.I)
_STATES = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|means?|gives?|makes?|costs?)\b|'s\b", re.I
)
# What the interviewer thinks of it: "Are you asking because you think they'd be fine?", "What would change your mind?"
_OPINION = re.compile(
    r"\byou(?:r colleague)?(?:'d| would)? (?:expect|have (?:a|an|something|anything) (?:\w+ ){0,2}in mind)\b|"
    r"\byou(?:'d| would)? (?:think|believe|trust|feel|prefer|agree|worry|mind|rather|personally|buy)\b|"
    r"\byour (?:mind|view|opinion|take|gut|own)\b|\b(?:tempts?|bothers?|worries|convinces?|troubles?) you\b",
    re.I,
)


@dataclass(frozen=True)
class Asked:
    """``facts``: ids, in the order asked; ``unknown``: something else was asked that no fact tells; ``meant``: a
    question about the interviewer's own words; ``again``: to hear them once more; ``mused``: nothing that is known was
    asked for, but a question mark stood behind something; ``weighed``: the interviewer was to judge or to confirm."""

    facts: tuple[str, ...] = ()
    unknown: bool = False
    meant: bool = False
    again: bool = False
    mused: bool = False
    weighed: bool = False
    open: tuple[str, ...] = ()  # in the candidate's words, what no fact tells


def asked(text: str, spans: Sequence[Span], sheet: QuestionSheet, heard: str = "", told: Collection[str] = ()) -> Asked:
    """What the questions at ``spans`` are after. ``heard`` is what the interviewer said last; of facts that fit, one
    that was ``told`` already is seldom meant again."""
    facts: list[str] = []
    lacking: list[str] = []
    unknown = mused = meant = again = weighed = False
    for a, b in spans[:QUESTIONS]:
        before, named = _statement_before(text, a, spans), False
        waits = (a, b) == spans[-1] or len(text.split()) <= SHORT
        for part in clauses(text[a:b]):
            flat = part.replace("’", "'")
            judges = _judging(part)
            found = _told_by(part, sheet, told)
            if judges and found.score < SURE:
                found = replace(found, facts=())  # its words are a fact's, and they want no fact
            listed = found.score >= CERTAIN
            if _AGAIN.search(flat) and not listed:
                again |= waits
                continue
            if (_MEANT.search(flat) and not listed) or (not found.facts and _own_words(part, sheet, heard)):
                meant |= waits
                continue
            if not found.facts and not judges and before and len(stems(part) - _LEADING) <= BRIEF:
                found = _Told(_told_by(f"{before} {part}", sheet, told).facts[:1], open=False)
            facts += found.facts
            nothing = not found.facts
            weighed |= judges and nothing and waits
            lacks = nothing and bool(stems(part)) and interrogative(part)
            unknown |= not judges and (found.open or lacks)
            if lacks and not judges and not named:  # "stable, or does it wobble?" is one question
                named = True
                lacking.append(part.strip())
            mused |= nothing and bool(stems(part))
    return Asked(tuple(dict.fromkeys(facts)), unknown, meant, again, mused and not facts, weighed, tuple(lacking))


def again(text: str) -> bool:
    """Whether all a text does is ask to hear the question once more: "Please repeat it", not "I'd repeat it"."""
    return _ONCE_MORE.fullmatch(text.replace("’", "'")) is not None


def _statement_before(text: str, start: int, spans: Sequence[Span]) -> str:
    """The sentence a question follows on, unless it is a question too."""
    earlier = [(a, b) for a, b in sentences(text) if b <= start]
    return text[slice(*earlier[-1])] if earlier and earlier[-1] not in spans else ""


def clauses(sentence: str) -> list[str]:
    """One question each; what is too short to ask anything ("and so:") is left with what follows it."""
    cuts = [0, *(m.end() for m in _CUT.finditer(sentence)), len(sentence)]
    parts = [sentence[a:b] for a, b in pairwise(cuts)]
    if all(map(_leads, parts)):
        return []
    return [part for part in parts if len(tokens(part)) >= 2 and not _leads(part)] or [sentence]


def _leads(part: str) -> bool:
    """Whether it leads up to a question and asks nothing itself."""
    said = stems(part)
    return bool(_ANNOUNCES.search(part) or _OPENS.match(part)) or (bool(said) and said <= _LEADING and "?" not in part)


def _judging(clause: str) -> bool:
    """Whether the interviewer is to judge or confirm it, or to say what they think."""
    flat = clause.replace("’", "'")
    states = guesses(clause) and _STATES.search(flat)  # "so half a point is the price?"
    return bool(states or _WEIGHS.search(flat) or _OPINION.search(flat))


def guesses(clause: str) -> bool:
    """Whether it is thinking aloud, as in "Oh, so advertisers have a budget?"; a few bare words do ask."""
    return not interrogative(clause) and (len(tokens(clause)) > BARE or bool(_ALOUD.match(clause)))


@dataclass(frozen=True)
class _Told:
    """``facts``: ids; ``open``: some of what is asked they don't tell; ``score``: how surely the first is meant."""

    facts: tuple[str, ...]
    open: bool
    score: float = 0.0


def _told_by(clause: str, sheet: QuestionSheet, told: Collection[str]) -> _Told:
    """The facts that answer one question, by the questions a sheet lists; by their names where it lists none."""
    wanted = [(phrase, shows) for phrase, shows in MEASURES if re.search(phrase, clause, re.I)]
    taught = learned(sheet)
    found, score = _likest(clause, taught, sheet, told) if taught else (named(clause, wanted, sheet, told), SURE)
    if not found:
        return _Told((), bool(wanted) or bool(stems(clause)))
    says = " ".join(f.say for f in found)
    lacks = any(not re.search(shows, says, re.I) for _, shows in wanted)
    return _Told(tuple(f.id for f in found), lacks, score)


def _likest(clause: str, taught: Learned, sheet: QuestionSheet, told: Collection[str]) -> tuple[list[Fact], float]:
    """The fact a question is most like, others that come near it, and of a question for several things one for each;
    with the first one's score."""
    scores = taught.scores(clause)
    meant = _meant(clause, scores, taught, told)
    best, second = [*sorted(meant.values(), reverse=True)[:2], 0.0, 0.0][:2]
    least = max(ALONE if best - second >= APART else LIKE, BESIDE * best)
    found = [id for score, id in sorted(((s, id) for id, s in meant.items()), reverse=True) if score >= least]
    parts = [p for p in _SEVERAL.split(clause) if len(tokens(p)) <= PART]
    for noun in parts if len(parts) > 1 else ():
        own = _meant(noun, taught.scores(noun), taught, told)
        found += [id for score, id in sorted((s, id) for id, s in own.items())[-1:] if score >= SURE]
    first = scores[found[0]] if found else 0.0
    return [f for id in list(dict.fromkeys(found))[:AT_ONCE] if (f := sheet.fact(id))], first


def _meant(clause: str, scores: Mapping[str, float], taught: Learned, told: Collection[str]) -> dict[str, float]:
    """How much a question is after each fact that it can be after: not those that it has no word of its own in common
    with, nor any where it is no less like the questions that nothing answers."""
    own, nothing = stems(clause) - _LEADING, scores.get(NONE, 0.0)
    return {
        id: score * (RETOLD if id in told else 1)
        for id, score in scores.items()
        if id != NONE and score - nothing >= CLEAR and (score >= CERTAIN or own & taught.words[id])
    }


def _own_words(clause: str, sheet: QuestionSheet, heard: str) -> bool:
    """Whether a question is about what the interviewer's words mean, or how they want them taken."""
    plain = clause.replace("’", "'")
    either = bool(_EITHER.search(plain)) and len(tokens(clause)) <= BARE  # "Renate or the CFO?"
    if either or _LICENCE.search(plain):
        return True
    if not _MEANING.search(plain):
        return False
    said = f"{sheet.ask}\n{heard}".casefold()
    return any(m.group(1).strip().casefold() in said for m in _QUOTED.finditer(clause))
