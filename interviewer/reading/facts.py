"""Which facts of a sheet are asked for: each question gets the one fact that fits it best, or none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewer.models.question import Fact, QuestionSheet
from interviewer.reading.match import Span, mentions
from interviewer.reading.nearest import NONE, Learned, learned
from interviewer.reading.questions import interrogative
from interviewer.reading.tokens import Token, content, sentences, stems, tokens

ABOUT = 0.5  # of a question's words that belong to a fact or to the case, for the fact to answer it
OWN, SAID = 2, 0.6  # words of a question, and their share of it, that a fact holds which is told by none of its names
LIKE, SURE, CLEAR = (
    0.38,
    0.55,
    0.12,
)  # scores from which a fact is meant: in a question, in a part of one, beside NONE's
BESIDE = 0.85  # of the best score, from which a second fact is meant too
CERTAIN = 0.7  # a score from which a question is as good as listed
RETOLD = 0.8  # what a fact that was told already counts, beside others
BARE = 6  # words of a question without a verb
AT_ONCE = 3  # facts for one question
AGAIN = 0.5  # what a fact that was told already counts, beside others that fit

# Other names for what sheets list facts under.
_EFFECT = ("effect size", "lift", "how much better")
_SAME = {
    "difference": _EFFECT, "gap": _EFFECT, "uplift": _EFFECT, "delta": _EFFECT, "gain": _EFFECT, "improvement": _EFFECT,
    "measures": ("metrics", "how many metrics"),
}  # fmt: skip
_BARE = re.compile(r"\b(?:how (?:many|much|long|big|often|large)|when|who|where|what else|what|why)\b", re.I)
# What a question may want of a figure, and how a fact shows that it has it.
_MEASURES = (
    (
        r"\b(?:confidence|credible)? ?intervals?\b|\bci\b|\berror bars?\b|\bmargin of error\b|\bstandard errors?\b|"
        r"\buncertainty\b|\bhow precise\b",
        r"\bbetween\b.+\band\b|give or take|plus or minus|interval|standard error|usually moves",
    ),
    (r"\bp[- ]?values?\b", r"\bp (?:equals|is|below|=|<)|p[- ]value"),
    (r"\bstandard deviations?\b|\bvariances?\b", r"deviation|variance|spread"),
    (r"\bmedians?\b|\bpercentiles?\b|\bdistributions?\b", r"median|percentile|distribution|quartile"),
)
_HEAD = r"(?:what|how|who|which|when|where|why|whether|was|were|is|are|did|do|does|has|have|any)\b"
_CUT = re.compile(
    rf"(?:,|;|\s[–—-]+\s|:)\s*(?:and |or |also |plus )*(?={_HEAD})|\b(?:and|or|also|plus) (?={_HEAD})", re.I
)
# Words that say nothing of what is asked for.
_GENERAL = """people users members number total in all test tests study run runs running last lasted take took go going
    keep begin end stay see look show be get have know tell exactly roughly currently actually today data"""
_EMPTY = stems(_GENERAL)
# What leads up to a question and asks nothing: "Two more:", "Before I start, could I ask a few things?"
_LEADING = stems("""ask question questions thing things start begin one two three few more first next quick small real
    another last time check moment something wonder tell give know want""")
_NOUNS = re.compile(r",\s*(?:and |or )?|\s(?:and|or|as well as|plus)\s", re.I)
# About the interviewer's own words, or about how to go about the answer.
_MEANT = re.compile(
    r"\b(?:(?:do|did|would) you mean|what (?:do|did) you mean|you mean\b|are you asking|"
    r"(?:is|was) (?:the|your|this) question|"
    r"do you want me to|would you like me to|you(?:'d| would)? like me to|what (?:exactly )?(?:counts|do you count) as|"
    r"how do you define|meant by|mean by|as in\b.*\bor\b)",
    re.I,
)
_ALOUD = re.compile(r"\W*(?:oh|ah|hm+|um+|so|like|okay|ok|right|wait)\b", re.I)
_LICENCE = re.compile(
    r"\b(?:can|could|may|should|shall|do) (?:i|we) (?:assume|take|start|begin|go|treat|focus|use|pick)\b", re.I
)
_AGAIN = re.compile(
    r"\b(?:repeat|rephrase|say (?:that|it) (?:again|once more)|come again|ask (?:that|it) again|what was the question|"
    r"once more|didn't (?:get|catch|understand) (?:that|the question|your question))\b",
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
    r"sufficient|(?:un)?likely|plausible|realistic|problem|possible|allowed|better|worse|help|work|within|chance|normal|"
    r"usual|expected|large|small|big|high|low|much|many|long|convincing|surprising|true|valid|matter|agree|too)\b|"
    r",? (?:right|no|yes|correct|true|okay|ok|isn't it|doesn't it|don't they|agreed|you agree)\?\W*$",
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


def asked(text: str, spans: Sequence[Span], sheet: QuestionSheet, heard: str = "", told: Collection[str] = ()) -> Asked:
    """What the questions at ``spans`` are after. ``heard`` is what the interviewer said last; of facts that fit, one
    that was ``told`` already is seldom meant again."""
    facts: list[str] = []
    unknown = mused = meant = again = weighed = False
    for a, b in spans:
        before = _statement_before(text, a, spans)
        for part in clauses(text[a:b]):
            flat = part.replace("’", "'")
            judges = bool(_WEIGHS.search(flat))
            found, open_ = _told_by(part, sheet, told)
            if (judges or guesses(part)) and not _near(part, found, sheet, SURE):
                found = []  # its words are a fact's, and they want no fact
            listed = learned(sheet) is not None and _near(part, found, sheet, CERTAIN)
            if _AGAIN.search(flat) and not listed:
                again = True
                continue
            if _MEANT.search(flat) and not listed:
                meant = True
                continue
            if not found and _own_words(part, sheet, heard):
                meant = True
                continue
            if not found and before:
                found, open_ = _told_by(f"{before} {part}", sheet, told)[0][:1], False
            facts += found
            weighed |= judges and not found
            unknown |= not judges and (open_ or (not found and bool(stems(part)) and interrogative(part)))
            mused |= not found and bool(stems(part))
    return Asked(tuple(dict.fromkeys(facts)), unknown, meant, again, mused and not facts, weighed)


def _statement_before(text: str, start: int, spans: Sequence[Span]) -> str:
    """The sentence a question follows on, unless it is a question too."""
    earlier = [(a, b) for a, b in sentences(text) if b <= start]
    return text[slice(*earlier[-1])] if earlier and earlier[-1] not in spans else ""


def clauses(sentence: str) -> list[str]:
    """One question each; what is too short to ask anything ("and so:") is left with what follows it."""
    cuts = [0, *(m.end() for m in _CUT.finditer(sentence)), len(sentence)]
    return [part for a, b in pairwise(cuts) if len(tokens(part := sentence[a:b])) >= 2] or [sentence]


def _told_by(clause: str, sheet: QuestionSheet, told: Collection[str]) -> tuple[list[str], bool]:
    """The facts that answer one question, and whether some of what it asks stays open."""
    wanted = [(phrase, shows) for phrase, shows in _MEASURES if re.search(phrase, clause, re.I)]
    taught = learned(sheet)
    found = _likest(clause, taught, sheet, told) if taught else _named(clause, wanted, sheet, told)
    if not found:
        return [], bool(wanted) or len(stems(clause)) >= 1
    says = " ".join(f.say for f in found)
    return [f.id for f in found], any(not re.search(shows, says, re.I) for _, shows in wanted)


def guesses(clause: str) -> bool:
    """Whether it is thinking aloud, as in "Oh, so advertisers have a budget?"; a few bare words do ask."""
    return not interrogative(clause) and (len(tokens(clause)) > BARE or bool(_ALOUD.match(clause)))


def _near(clause: str, found: Sequence[str], sheet: QuestionSheet, least: float) -> bool:
    """Whether a question is at least so much like those the sheet lists for the first fact ``found``."""
    taught = learned(sheet)
    return bool(found) and (taught is None or taught.scores(clause)[found[0]] >= least)


def _likest(clause: str, taught: Learned, sheet: QuestionSheet, told: Collection[str]) -> list[Fact]:
    """By the sheet's example questions: the one it is most like, and others that come near it; of a question for
    several things one fact for each."""
    scores = _weighed(clause, taught, sheet, told)
    least = max(LIKE, BESIDE * max(scores.values(), default=0.0))
    found = [id for score, id in sorted(((s, id) for id, s in scores.items()), reverse=True) if score >= least]
    for noun in parts if len(parts := _NOUNS.split(clause)) > 1 else ():
        own = _weighed(noun, taught, sheet, told)
        found += [id for score, id in [max((s, id) for id, s in own.items())] if score >= SURE]
    return [f for id in list(dict.fromkeys(found))[:AT_ONCE] if (f := sheet.fact(id))]


def _weighed(clause: str, taught: Learned, sheet: QuestionSheet, told: Collection[str]) -> dict[str, float]:
    """How much a question is after each fact. After none is one that has no word of its own in common with it, and one
    that is no less like those that nothing answers."""
    scores = taught.scores(clause)
    nothing = scores.pop(NONE, 0.0)
    own = stems(clause) - _LEADING
    weighed = {}
    for f in sheet.facts:
        shared = scores[f.id] >= CERTAIN or bool(own & stems("\n".join([*f.about, *f.asked, f.say])))
        meant = shared and scores[f.id] - nothing >= CLEAR
        weighed[f.id] = scores[f.id] * (RETOLD if f.id in told else 1) if meant else 0.0
    return weighed


def _named(clause: str, wanted: Sequence[tuple[str, str]], sheet: QuestionSheet, told: Collection[str]) -> list[Fact]:
    """By the names of facts, where a sheet lists no questions."""
    for phrase, _ in wanted:  # "a p-value" is no question about value
        clause = re.sub(phrase, " ", clause, flags=re.I)
    best = _best(clause, sheet, told) or _showing(wanted, sheet)
    if best is None:
        return []
    found = [best]
    for noun in _NOUNS.split(clause):
        other = _best(noun, sheet, told)
        if other and other.id not in {f.id for f in found} and len(found) < 3 and _score(noun, other) >= 4:
            found.append(other)
    return found


def _showing(wanted: Sequence[tuple[str, str]], sheet: QuestionSheet) -> Fact | None:
    """The one fact that has what is wanted of a figure; None where several have, or none."""
    having = [f for f in sheet.facts if wanted and all(re.search(shows, f.say, re.I) for _, shows in wanted)]
    return having[0] if len(having) == 1 else None


def _best(clause: str, sheet: QuestionSheet, told: Collection[str]) -> Fact | None:
    plain = stems(f"{sheet.ask} {_GENERAL}")
    scored = [(score, -i, f) for i, f in enumerate(sheet.facts) if (score := _score(clause, f, plain))]
    weighed = [(score * (AGAIN if f.id in told else 1), place, f) for score, place, f in scored]
    return max(weighed, key=lambda s: s[:2])[2] if weighed else None


def _score(clause: str, fact: Fact, plain: frozenset[str] = frozenset()) -> float:
    """How much of ``clause`` the fact's names cover, in letters, each once.

    0 where only "how many" is in common and something is asked for that neither the fact nor ``plain`` words hold.
    """
    names = [*fact.about, *(word for word, same in _SAME.items() if any(n in fact.about for n in same))]
    found = mentions(names, clause)
    known_already = {i for t in content(clause) if t.stem in plain for i in range(t.start, t.end)}
    covered = {i for m in found for i in range(m.start, m.end)} - known_already
    covered = covered or _loosely(fact, clause) - known_already
    bare = {i for m in _BARE.finditer(clause) for i in range(m.start(), m.end())}
    telling = [t for t in content(clause) if not bare & set(range(t.start, t.end))]
    known = stems(" ".join([*names, fact.say]))
    if not _about(telling, known | plain):
        return 0
    shared = sum(t.end - t.start for t in telling if t.stem in known)
    foreign = [t for t in telling if t.stem not in plain]
    if not covered:
        own = [t for t in foreign if t.stem in known]
        return shared / 2 if len(own) >= OWN and len(own) >= SAID * len(foreign) else 0
    if covered <= bare and foreign and not shared:
        return 0
    return len(covered - bare) + len(covered & bare) / 4 + shared / 2


def _about(telling: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether enough of a question's words belong to the fact or the case for it to be about that."""
    said = [t for t in telling if t.stem not in _EMPTY]
    return sum(t.stem in known for t in said) >= ABOUT * len(said)


def _loosely(fact: Fact, clause: str) -> set[int]:
    """Half of the words that a name of several words has in common with ``clause``, where all of it does."""
    said = {t.stem: t for t in content(clause)}
    for name in fact.about:
        wanted = stems(name)
        if len(tokens(name)) > 1 and len(wanted) > 1 and wanted <= set(said):
            return {i for s in wanted for i in range(said[s].start, said[s].end, 2)}
    return set()


def _own_words(clause: str, sheet: QuestionSheet, heard: str) -> bool:
    """Whether a question is about what the interviewer's words mean, or how they want them taken."""
    plain = clause.replace("’", "'")
    if _LICENCE.search(plain):
        return True
    if not _MEANING.search(plain):
        return False
    said = f"{sheet.ask}\n{heard}".casefold()
    return any(m.group(1).strip().casefold() in said for m in _QUOTED.finditer(clause))
