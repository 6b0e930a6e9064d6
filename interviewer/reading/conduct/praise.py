"""Praise and verdicts: what lets a candidate know how an answer was taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.reading.conduct.room import Room


def _any(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


_VERY = r"(?:(?:a|an|the|very|really|such|so|quite|pretty|absolutely|extremely|truly|rather|particularly|always)\s+)*"
_FINE = _any(
    r"good|great|nice|excellent|perfect|brilliant|awesome|fantastic|wonderful|superb|terrific|amazing|impressive",
    r"strong|solid|smart|clever|sharp|thoughtful|insightful|lovely|outstanding|sensible|astute|elegant|compelling",
    r"convincing|thorough|well[- ]reasoned|spot[- ]on|helpful|interesting|fascinating",
)
_DONE = _any(
    r"point|answer|question|idea|start|catch|instincts?|thought|thinking|observation|approach|way|job|work|call",
    r"reasoning|argument|plan|framing|structure|move|one|intuition|insight|response|reply|summary|distinction|case",
)
_ENDS = r"(?=\s*(?:[,.!;:–—-]|$|(?:and|but|so)\b))"
_STOPS = r"(?=\s*[,.!])"
_LEADS = r"^\W*(?:(?:oh|ah|ok|okay|yes|yeah|yep|well|right|hm+|and|wow|thanks|thank you)\b[\s,.!]*)*"
_OPENING = re.compile(
    _LEADS
    + _any(
        rf"{_VERY}{_FINE}(?:\s+{_DONE})?{_ENDS}",
        r"exactly\b(?!\s+(?:what|how|which|who|when|where|why|as|one|two|three|the|\d))",
        rf"(?:precisely|correct|absolutely|agreed|true){_STOPS}",
        r"(?:yes|right|indeed)(?=\s*[.!]\s*$)",
        rf"what {_VERY}{_FINE}\s+(?:\w+\s+)?{_DONE}(?=\s*[.!])",
        r"love (?:it|that)\b",
        r"(?:bravo|kudos|bingo|wow|spot on|nicely (?:done|put)|well (?:done|put|said|reasoned|spotted|thought))\b",
    ),
    re.I,
)
_IT = r"(?:that(?:'s| is| was)|your \w+(?:'s| is| was))"
_STATED = re.compile(
    r"\b"
    + _any(
        rf"(?:{_IT}|this is|it(?:'s| is| was)|those (?:are|were))\s+{_VERY}{_FINE}(?:\s+\w+)?\s+{_DONE}\b",
        rf"you(?:'ve| have)?(?: got| made| given(?: me)?)?\s+{_VERY}{_FINE}(?:\s+\w+)?\s+{_DONE}\b",
        rf"{_IT}\s+{_VERY}(?:{_FINE}|right|correct|true|exactly right|it exactly){_ENDS}",
        r"you(?:'re| are| were) (?:(?:absolutely|quite|exactly|of course|completely|totally) )?"
        r"(?:right|correct|spot on)\b",
        r"you(?:'ve| have)? (?:nailed|got it|hit the nail|answered (?:that )?(?:well|nicely|perfectly|correctly))",
        r"i (?:really |do |quite )?(?:like|love|appreciate|admire) (?:that\b|how you|the way you|your\b|where you)",
        r"i(?:'m| am) (?:very |really |quite )?impressed\b",
        r"(?:that|it) makes (?:(?:a lot of|perfect|total|good|complete) )?sense(?! of)\b",
        r"(?:well (?:done|put|said|reasoned|spotted)|nicely (?:done|put))\b",
        r"(?:exactly|precisely) (?:what|the (?:kind|sort|thing)) (?:i|we) (?:wanted|was|were|am|had|hoped|look)",
    ),
    re.I,
)
# Said of the case and not of the answer: asked, supposed or put into somebody's mouth.
_NOT_OURS = re.compile(
    r"\b(?:whether|if|suppose|says?|said|thinks?|claims?|argues?|believes?|calls? (?:it|that|this)|tells?|told|why|how|"
    r"what|which|would you say)\b[^.?!]*$",
    re.I,
)
_FAIR = re.compile(r"\bfair (?:point|enough)\b|\bi(?:'ll| will)? (?:grant|give) you that\b", re.I)
_COURTESY = re.compile(
    r"\b(?:good|great|nice|lovely) to (?:meet|see|have|be|talk|hear from)\b|"
    r"\bgood (?:morning|afternoon|evening|day|luck|bye)\b|\bfor good\b|\bgoodbye\b|\ba good (?:deal|many|while|part)\b",
    re.I,
)


def praise(sentence: str, place: Room) -> str:
    """The words that praise or judge; "" where none do. After a challenge that was answered, "fair point" gives way."""
    plain = _COURTESY.sub(" ", sentence.replace("’", "'"))
    if found := _OPENING.search(plain):
        return found.group().strip()
    for found in _STATED.finditer(plain):
        if not _NOT_OURS.search(plain[: found.start()]):
            return found.group().strip()
    if not place.challenged and (found := _FAIR.search(plain)):
        return found.group().strip()
    return ""
