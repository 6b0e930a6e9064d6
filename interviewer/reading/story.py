"""Whether an answer tells a story that happened, and who does things in it. For questions about behaviour."""

from __future__ import annotations

import re

from interviewer.reading.tokens import listed, plain, sentences, tokens

HAPPENED = 3  # verbs of things that happened, without which nothing is told
PLACED = 2  # signs of a time, a place, a person or a figure, with half as many verbs
SHARED = 3  # times "we" acts before it is asked who that is
_PAST = listed("""asked became began bet broke brought built called came caught changed checked chose cost cut decided
    did drew drove dug ended fell felt fixed flew forgot fought found gave got grew had heard held hid hired hit
    insisted kept knew launched learned learnt led left lost made meant met moved noticed offered owned paid pulled
    pushed put raised ran rang read realised realized refused resigned rewrote said sat saw sent shipped showed sold
    spent spoke started stood stopped talked taught thought threw told took tore tried turned used walked wanted was
    went were woke won wore worked wrote""")
_HABIT = re.compile(
    r"\b(?:i(?:'d| would| will| always| usually| generally| tend to| try to| believe| think it's important)|"
    r"you (?:have to|need to|should|must)|it's (?:important|essential|key)|people should|one should|in general|"
    r"as a (?:leader|person|data scientist))\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+(?:[.,]\d+)*\b|\b(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|"
    r"christmas|q[1-4])\b|\b(?:last|that|one|the next|two|three|four|five|six|ten|twelve|"
    r"\w+teen|twenty) (?:year|month|week|morning|evening|"
    r"night|afternoon|day|years|months|weeks|days|summer|winter)\b|"
    r"\bmy (?:boss|manager|director|lead|colleague|team lead|vp)\b|\bour (?:director|vp|ceo|cto|head)\b",
    re.I,
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")
_ACTS = re.compile(
    r"\b(?P<who>i|we|the team|our team|everyone|everybody)\b(?:'d|'ve|'ll)?\s+(?:\w+ly )?(?P<does>[a-z]+)", re.I
)
_HURT = re.compile(
    r"\b(?:cried|crying|in tears|burst into tears|hung up on|ashamed|humiliat\w+|embarrass\w+|burn-?out|broke down|"
    r"(?:i|he|she|they|who|we) (?:was|were|got|had been) (?:fired|sacked|laid off)|lost (?:his|her|their|my) jobs?|"
    r"(?:i|he|she|they|we) (?:was|were|felt|feel) (?:awful|terrible|horrible|sick|guilty|small|stupid|hurt|lonely|"
    r"burnt out|burned out)|i felt bad|(?:couldn't|didn't|hardly|barely) (?:sleep|slept)|i(?:'m| am) not proud|"
    r"still (?:hurts|bothers me|think about)|i let (?:him|her|them|\w+) down|never (?:spoke|talked) to me again|"
    r"i failed (?:him|her|them)|(?:broken|broke) (?:his|her|my) (?:leg|arm|heart)|funeral|"
    r"(?:he|she|father|mother|husband|wife|son|daughter|friend) (?:had )?died|"
    r"(?:i|he|she|they) (?:was|were|got|fell) (?:very |so |really )?ill)\b",
    re.I,
)
_NOBODY = re.compile(r"\b(?:nobody|no one|none|joke|joking|kidding)\b", re.I)


def hurt(text: str) -> bool:
    """Whether somebody seems to have come to harm, or to be sorry, in a story."""
    flat = text.replace("’", "'")
    said = [flat[a:b] for a, b in sentences(flat)]
    return any(_HURT.search(s) and not _NOBODY.search(s) for s in said)


def happened(text: str) -> bool:
    """Whether ``text`` tells an occasion: things that happened, in a time or a place or to somebody."""
    verbs = places = 0
    flat = text.replace("’", "'")
    for a, b in sentences(flat):
        sentence = flat[a:b]
        if _HABIT.search(sentence):
            continue
        verbs += sum(past(t.word) for t in tokens(sentence))
        places += len(_PLACE.findall(sentence)) + len(_NAME.findall(sentence))
    much, some = verbs >= HAPPENED, verbs >= HAPPENED // 2
    mine = [m for m in _ACTS.finditer(flat) if m["who"].casefold() == "i" and past(plain(m["does"]))]
    told = verbs >= 2 * HAPPENED - bool(mine)
    return (much and places > 0) or told or (some and places >= (1 if mine else PLACED))


def doings(text: str) -> bool:
    """Whether somebody on the candidate's side did something in it: "I changed", "the team built"."""
    return any(past(plain(m["does"])) for m in _ACTS.finditer(text.replace("’", "'")))


def past(word: str) -> bool:
    """Whether a word, folded, is a verb in the past."""
    return word in _PAST or (len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))


def plural(text: str) -> bool:
    """Whether "we" or "the team" does things in ``text`` and "I" hardly any."""
    acts = [(m["who"].casefold(), plain(m["does"])) for m in _ACTS.finditer(text.replace("’", "'"))]
    done = [who for who, does in acts if past(does)]
    mine = done.count("i")
    return len(done) - mine >= SHARED and len(done) - mine > 2 * mine
