"""Whether a follow-up takes up what was just said, or says that it changes the subject."""

from __future__ import annotations

import re

from interviewer.reading.quotes import verify
from interviewer.reading.tokens import stems

OWN = 3  # telling words up to which a turn has so little to say for itself that it can only be about what was said
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,400})[\"”]")
_PIECE = (
    r"(?:side|thought|angle|part|piece|point|corner|room|subject|question|bit|aspect|matter|end|stretch|moment|thing|one|"
    r"scene|line)"
)
_CHANGES = re.compile(
    rf"\b(?:(?:another|different|other|separate|further|next|more) (?:\w+ )?{_PIECE}|elsewhere|turn (?:to|that)|"
    r"(?:something|somewhere|someone) else|new page|"
    r"moving (?:off|on)|leav(?:e|ing) (?:that|it|this|\w+(?: \w+){0,6}?) there|change (?:of |the )?subject|"
    r"apart from that|on another note|set (?:that|this|it) aside|(?:let (?:me|us)|like to) (?:go|move|turn|switch)|"
    r"back to|from \w+(?: \w+){0,5} to|enough on|beside that)\b|^\W*(?:now|next)\b",
    re.I,
)
_OBJECTS = re.compile(
    r"\b(?:push(?:ing)? back|disagree|object(?:s|ion)?|difficult|not with you|opposite|against|suppose|"
    r"let me (?:play|lean|press|test)|try (?:something|this) on|i(?:'d| would) (?:say|argue|expect|book|write|launch)|"
    r"(?:would|will|might|may) (?:say|tell|argue)|isn't|doesn't|aren't|wouldn't)\b",
    re.I,
)
_REFERS = re.compile(
    r"\b(?:you (?:may|might) (?:have|already)|you've (?:been (?:there|near)|spoken to)|in what you said|"
    r"you (?:say|said|named|have|had|chose|call|called|mention\w*|raised|heard)|says? so|so that's|"
    r"(?:of|about|for|behind|with|in|on|from|is|does|was|under|after|do|run|round) (?:that|this)|"
    r"that(?:'s| was) (?:brief|quick|a heading|how)|use yours|stand by it|why there|which of (?:these|those|them)|"
    r"tell me (?:a (?:little|bit) )?more|say more|(?:one|a single|one real) (?:occasion|case)|one time it|"
    r"such as|your (?:call|decision|list|own|view|answer|story))\b",
    re.I,
)


def takes_up(text: str, answer: str, ask: str = "", *, challenges: bool = False) -> bool:
    """Whether ``text`` quotes ``answer``, has a telling word of it (not the question's, or two), speaks of it, says
    that it leaves it, or, where it ``challenges``, objects to it."""
    if any(verify(m[1], answer) for m in _QUOTED.finditer(text)):
        return True
    own = stems(text)
    shared = own & stems(answer)
    if shared - stems(ask) or len(shared) > 1 or len(own) <= OWN:
        return True
    plain = text.replace("’", "'")
    return any(sign.search(plain) for sign in (_CHANGES, _REFERS, *([_OBJECTS] if challenges else [])))
