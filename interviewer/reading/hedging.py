"""Answers that weigh everything and lean nowhere: "It depends. One could ...; then again it may be the reverse." """

from __future__ import annotations

import re

from interviewer.reading.decisions import decision
from interviewer.reading.tokens import tokens

SHORTEST = 30  # words
OFTEN, SHARE = 4, 1 / 18  # hedges, and hedges to words, from which an answer is all weighing
_HEDGES = re.compile(
    r"\b(?:it|that|this|which)(?:'d| would| all| really| also)? depends?\b|\bdepend(?:s|ing) on\b|\bmight\b|\bmay\b|"
    r"\bcould\b|\bperhaps\b|\bmaybe\b|\bpossibly\b|\bone (?:could|would|might|may)\b|\bsome would\b|\bone hand\b|"
    r"\b(?:on the other|then again|equally|to be fair|either way|both ways|i suppose|arguably|hard to say)\b|"
    r"\b(?:not|wouldn't be) (?:really |quite |so )?(?:sure|certain)\b|\bi(?:'d| would) hesitate\b|\bi tend to\b",
    re.I,
)


def hedged(text: str) -> bool:
    """Whether a whole answer weighs one thing against another and commits its speaker to none."""
    flat = text.replace("’", "'")
    size, hedges = len(tokens(flat)), len(_HEDGES.findall(flat))
    return size >= SHORTEST and hedges >= max(OFTEN, SHARE * size) and decision(text) is None
