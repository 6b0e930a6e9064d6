"""What somebody owns up to while telling a story: one clause, in their own words."""

from __future__ import annotations

import re

from interviewer.reading.tokens import sentences

_OWNS = re.compile(
    r"(?<![\w'])I (?:(?:also|simply|just|really|honestly|never|still) )?(?:"
    r"(?:noticed|knew|saw|heard|felt|suspected)\b[^.;:!?,]{0,25}? (?:and|but) (?:I )?(?:didn't|did not|did nothing|"
    r"said nothing|told (?:nobody|no one)|kept (?:quiet|silent|it to myself)|stayed (?:quiet|silent)|waited(?! for\b))|"
    r"(?:never|didn't|did not|hadn't) (?:even )?"
    r"(?:(?:tell|told)(?! \w+ what\b)|(?:say|said)(?! (?:otherwise|so|that|it|he|she|they|no)\b)|"
    r"ask|asked|check|checked|correct|corrected|apologise|apologize|thank|thanked|speak|spoke|call|called|listen|"
    r"listened|warn|warned|admit|stop|notice|noticed|credit|dare|look at|read it|want to know|see it)|"
    r"should(?:n't)? have|should've|ought to have|"
    r"was (?:just |simply |too |so |really )?(?:wrong|unfair|scared|afraid|a coward|too proud|too late|jealous|ashamed|"
    r"stubborn|impatient|lazy|harsh|blind|rude|vain)|"
    r"(?:stayed|kept) (?:quiet|silent|my mouth shut)|"
    r"(?:let|left) (?:it|him|her|them) (?:slide|go on|down|happen|alone)|"
    r"looked away|put (?:it|that) off(?! the\b)|sat on (?:it|that)|lied|blamed|missed (?:it|that)|underestimated|"
    r"overlooked|forgot|failed (?:him|her|them|to \w+)|regret|'m not proud|am not proud|read it too late)\b"
    r"|(?<![\w'])I(?:'d| had) (?:just |simply )?"
    r"(?:sat on|kept (?:it|that|quiet|silent)|ignored|hidden|avoided|put off)\b"
    r"|^\W*(?:Should(?:n't)? have|Should've|Sat on (?:it|that|them)|Missed (?:it|that)|"
    r"Never (?:told|asked|checked|said)|Didn't (?:tell|ask|check|say|want|dare|listen))\b"
    r"|\bWhat I (?:didn't|did not|should have|never) (?:do|done|did|thought of|think of) (?:was|is)\b"
    r"|\b(?:[Ii]t|[Tt]hat|[Tt]his)(?: one)?(?:'s| is| was) on me\b"
    r"|\b(?:it|that|this) was my (?:own )?(?:fault|mistake|doing|failure)\b",
)
_ENDS = re.compile(r"[.!?;:,]|\s[–—-]+\s|\s(?:because|and I|but I|so I|which|when|until)\b")
_UNSURE = re.compile(r"\b(?:if|would|might|wouldn't)\b|\?|[\"“”]")
_TO_YOU = re.compile(r"\byou\b|\bjust now\b|\bask(?:ed)? (?:for|to)\b")  # of this talk, not of the story
_SAID = re.compile(r"\b(?:told me|says?|said|thought|argued|claimed|wrote|felt that|convinced)\b", re.I)
NEAR = 30  # characters before it in which somebody else may be speaking
FEWEST, LONGEST = 4, 13  # words of a clause that can be said back


def admission(text: str) -> str | None:
    """The last thing in ``text`` that the speaker admits, from its "I", or the verb of one who leaves that away, to
    where the clause ends; None where there is nothing, or nothing that can be said in a few words."""
    flat = text.replace("’", "'")
    for a, b in reversed(sentences(flat)):
        sentence = flat[a:b]
        if _UNSURE.search(sentence):
            continue
        for match in reversed(list(_OWNS.finditer(sentence))):
            if _SAID.search(sentence[max(0, match.start() - NEAR) : match.start()]):
                continue
            end = _ENDS.search(sentence, match.end())
            said = " ".join(sentence[match.start() : end.start() if end else len(sentence)].split()).lstrip("-–— ")
            if FEWEST <= len(said.split()) <= LONGEST and not _TO_YOU.search(said):
                return said
    return None
