"""Whether a question asks where a way of doing things ends."""

from __future__ import annotations

import re

_THIS = r"(?:this|that|it|these|those|your \w+|the \w+|a \w+(?: of that kind)?)"
_WAYS = (
    r"\b(?:when|where|in (?:which|what) (?:case|cases|situation)|under (?:which|what) \w+) "
    r"(?:would|should|might|do|can) (?:you|one|we|anybody|somebody) "
    r"(?:(?:still|rather|ever) )?(?:not|never|refuse|stop|advise against)\b",
    r"\b(?:when|where|in (?:which|what) (?:case|situation)) (?:wouldn't|shouldn't|don't|can't) (?:you|one|we)\b",
    rf"\b(?:when|where) (?:does|would|do|might|could) {_THIS}\b[^.?!]{{0,40}}"
    r"\b(?:stop|break|fail|end|mislead|fall apart)",
    rf"\bwhat (?:would|could|might) (?:make|stop) (?:you|{_THIS}) (?:not|from|fail|break|fall apart)",
    r"\b(?:name|give me|tell me|think of) an? (?:case|situation|setting|example)\b[^.?!]{0,40}"
    r"\b(?:not|wouldn't|fails?)\b",
)
_BOUNDARY = re.compile("|".join(_WAYS), re.I)


def asks_boundary(text: str) -> bool:
    """Whether ``text`` asks when one would not do this, or where it breaks."""
    return bool(_BOUNDARY.search(text.replace("’", "'")))
