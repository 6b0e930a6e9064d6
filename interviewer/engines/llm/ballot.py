"""What one call of the judge is asked: statements under labels, and among them one that can't be true.

# source: GRADING.md ("Injection"): a canary that can't be met in every call gives away a judge that was talked round
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.content.prompts import fill
from interviewer.models.scorecard import CheckVerdict


@dataclass(frozen=True)
class Ballot:
    """The statements by label, in the order they are put; ``canary`` is the label of the one that can't be true."""

    statements: Mapping[str, CheckVerdict]
    canary: str


def ballot(items: Sequence[CheckVerdict], seed: str, *, shuffled: bool) -> Ballot:
    """``items`` as a ballot, never empty. The same ``seed`` gives the same; who knows the transcript only in part, as a
    candidate does who is still writing it, can't know the code word, for the seed holds all of it."""
    digest = hashlib.sha256(seed.encode("utf-8", "backslashreplace")).hexdigest()
    order = list(items)
    if shuffled:
        random.Random(digest).shuffle(order)
    at = int(digest[:8], 16) % (len(order) + 1)
    says = fill("judge_canary", nonce=digest[8:18]).strip()
    order.insert(at, order[0].model_copy(update={"id": "canary", "kind": "check", "question": None, "says": says}))
    return Ballot({f"s{n}": item for n, item in enumerate(order, 1)}, f"s{at + 1}")
