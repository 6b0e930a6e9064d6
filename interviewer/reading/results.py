"""What a candidate has worked out: the last figure that they come to, in their own words."""

from __future__ import annotations

import re

from interviewer.reading.tokens import sentences

_UNIT = (
    r"(?:percent|%|percentage points?|points?|k|thousand|million|billion|dollars?|euros?|bucks|members?|accounts?|"
    r"people|customers|sign-?ups?|hours?|minutes?|weeks?|days?)"
)
_RESULT = re.compile(
    r"(?:\bthat(?:'s| is| makes| gives| leaves)|\b(?:makes|gives|leaves|comes? to|equals|call it|lands? at|"
    r"works out (?:at|to)|ends? up (?:at|with))|=|≈)\s+(?:me |us |you )?"
    r"(?P<figure>(?:about |around |roughly |some |only |at least |at most )?[-−+]?\d[\d.,]*"
    rf"(?:\s?{_UNIT}\b|%)+(?: (?:a|per) (?:month|year|week|quarter|member|person|account))?)",
    re.I,
)
_DOUBTED = re.compile(r"\b(?:if|not|n't|wrong|mistake|no,|wait|isn't)\b|\?", re.I)


def result(text: str) -> str | None:
    """The last figure with a unit that ``text`` comes to; None where there is none, or it is doubted or supposed."""
    flat = text.replace("’", "'")
    found = [
        m["figure"] for a, b in sentences(flat) if not _DOUBTED.search(flat[a:b]) for m in _RESULT.finditer(flat[a:b])
    ]
    return found[-1].strip(" ,.") if found else None
