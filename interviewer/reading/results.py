"""What a candidate has worked out: the last figure that they come to, in their own words."""

from __future__ import annotations

import re

from interviewer.reading.tokens import sentences

_UNIT = (
    r"(?:percent|%|percentage points?|points?|k|thousand|million|billion|dollars?|euros?|bucks|members?|accounts?|"
    r"people|customers|sign-?ups?|hours?|minutes?|weeks?|days?)"
)
_NUMBER = r"[-−+]?\d[\d.,]*(?:\s?(?:thousand|million|billion|k|m)\b)?"
_SUM = (
    rf"(?:\b(?:times|over|divided by|minus|plus)|[×x/*])\s?{_NUMBER}(?:\s?{_UNIT}\b|%)?,?\s+(?:is |are |so |that's )?"
)
_RESULT = re.compile(
    r"(?:\b(?:that(?:'s| is| makes| gives| leaves)|makes|gives|leaves|comes? to|equals|call it|lands? at|"
    rf"works out (?:at|to)|ends? up (?:at|with))\s+(?:me |us |you )?|[=≈]\s+|{_SUM})"
    r"(?P<figure>(?:about |around |roughly |some |only |at least |at most )?[-−+]?\d[\d.,]*"
    rf"(?:\s?{_UNIT}\b|%)+(?: (?:a|per) (?:month|year|week|quarter|member|person|account|head))?)"
    r"(?!\s*(?:times|over|divided|×|x\b|[/*]|minus|plus|less|of)\b)",
    re.I,
)
_FIGURE = re.compile(rf"\d\s?{_UNIT}(?:\b|(?<=%))", re.I)
AFTER = 40  # words that may follow it
_DOUBTED = re.compile(r"\b(?:if|not|n't|wrong|mistake|no,|wait|isn't)\b|\?", re.I)


def result(text: str) -> str | None:
    """The last figure with a unit that ``text`` comes to; None where it is doubted or supposed, or where others follow
    it, or a good deal of talk: then it was a step on the way."""
    flat = text.replace("’", "'")
    found = [
        (m["figure"], a + m.end())
        for a, b in sentences(flat)
        if not _DOUBTED.search(flat[a:b])
        for m in _RESULT.finditer(flat[a:b])
    ]
    if not found:
        return None
    figure, end = found[-1]
    passed = _FIGURE.search(flat, end) or len(flat[end:].split()) > AFTER
    return None if passed else figure.strip(" ,.")
