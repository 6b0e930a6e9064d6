"""How likely a model held each verdict, by the probabilities of the tokens it was written with.

How sure a model says it is means little (.92 said, .68 right); what it would have written instead means more.
# source: GRADING.md ("What the literature and our measurements say", "The LLM judge" 5)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

TOP = 5  # alternatives asked for at each token
LEAST = 0.5  # of the probability that must be on words that are verdicts
WORTH = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
_VERDICTS = re.compile(r'"id"\s*:\s*"(?P<id>s\d+)".*?"verdict"\s*:\s*"(?P<verdict>met|partly|not_met)"', re.S)

Alternatives = Mapping[str, float]  # token -> log probability
Token = tuple[str, Alternatives]


def tokens(choice: Mapping[str, Any]) -> list[Token]:
    """The tokens of one piece of a stream, with their alternatives; none where they don't come."""
    try:
        content = (choice.get("logprobs") or {}).get("content") or []
        return [(t["token"], {t["token"]: t["logprob"], **{o["token"]: o["logprob"] for o in t["top_logprobs"]}})
                for t in content]  # fmt: skip
    except (AttributeError, KeyError, TypeError):
        return []


def chances(said: Sequence[Token]) -> dict[str, float]:
    """For each label, the share of probability on "met", half of that on "partly" added. Labels whose verdict can't be
    found among the tokens are left out."""
    starts, at = list[int](), 0
    for token, _ in said:
        starts.append(at)
        at += len(token)
    found: dict[str, float] = {}
    for match in _VERDICTS.finditer("".join(token for token, _ in said)):
        place = max(i for i, start in enumerate(starts) if start <= match.start("verdict"))
        before = said[place][0][: match.start("verdict") - starts[place]]
        if (chance := _chance(before, said[place][1])) is not None:
            found[match["id"]] = chance
    return found


def _chance(before: str, alternatives: Alternatives) -> float | None:
    shares = dict.fromkeys(WORTH, 0.0)
    for token, logprob in alternatives.items():
        word = token.removeprefix(before) if token.startswith(before) else ""
        verdict = next((v for v in WORTH if word and (v.startswith(word) or word.startswith(v))), None)
        if verdict and isinstance(logprob, int | float):
            shares[verdict] += exp(min(0.0, logprob))
    whole = sum(shares.values())
    return round(sum(WORTH[v] * share for v, share in shares.items()) / whole, 4) if whole >= LEAST else None
