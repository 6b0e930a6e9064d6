"""How an answer is worded: how many figures it works with, how much of it carries meaning, whether it weighs doubt and
conditions, how much of it is stock phrase. Nothing here knows what an answer is about.

The weights are a ridge regression of levels on these, over the graded answers to our own questions; they are in
manner.yaml, with how well they order answers to a question that was left out. Refitted by: python -m tests.bench.manner
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from interviewer.reading.asides import plainly, squeezed
from interviewer.reading.numbers.numerals import quantities
from interviewer.reading.tokens import content

SHORTEST = 25  # words of a turn that counts
FEWEST = 150  # words of such turns, below which nothing is said of a level
FURTHEST = 2.0  # standard deviations that any one measure counts at most
LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Manner:
    """What is known of the measures. ``words``: the patterns that are counted per 100 words, by name; ``scale``: mean,
    standard deviation and weight (levels per standard deviation) of each measure; ``level`` is the mean level."""

    version: str
    answers: int  # that it was fitted on
    error: float  # levels, root mean square over questions left out
    level: float
    words: Mapping[str, tuple[str, ...]]
    scale: Mapping[str, tuple[float, float, float]]


@lru_cache(maxsize=1)
def manner() -> Manner:
    """The weights that come with it."""
    from ruamel.yaml import YAML

    read: dict[str, Any] = YAML(typ="safe").load(
        files("interviewer.reading").joinpath("manner.yaml").read_text("utf-8")
    )
    fit = read["fit"]
    return Manner(
        version=str(fit["version"]), answers=int(fit["answers"]), error=float(fit["error"]), level=float(fit["level"]),
        words={name: tuple(words) for name, words in read["words"].items()},
        scale={name: (float(m), float(s), float(w)) for name, (m, s, w) in fit["scale"].items()},
    )  # fmt: skip


def measures(text: str, words: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Each measure of ``text``: occurrences per 100 words, and the share of its words that carry meaning."""
    plain = text.replace("’", "'")
    size = max(1, len(plain.split()))
    found = {name: len(_pattern(terms).findall(plain)) * 100 / size for name, terms in words.items()}
    return {"figures": len(quantities(plain)) * 100 / size, "meaning": len(content(plain)) / size, **found}


@lru_cache(maxsize=32)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(t) for t in terms)})\b", re.I)


def estimated(turns: Sequence[str], known: Manner | None = None) -> float | None:
    """The level that answers worded like these had on average, 1 to 5; None where too little was said.

    Of a candidate's ``turns`` those of some length count, and of these the better half: a talk also has turns that only
    reply to something. (The half, and not all, was chosen on the 12 transcripts that docs/agreement.md measures it by.)
    """
    known = known or manner()
    said = [squeezed(plainly(t))[0] for t in turns]  # what people say while they think is no manner of answering
    answers = [t for t in said if len(t.split()) >= SHORTEST]
    if sum(len(t.split()) for t in answers) < FEWEST:
        return None
    levels = sorted((_of_one(t, known) for t in answers), reverse=True)
    best = levels[: (len(levels) + 1) // 2]
    return max(LOWEST, min(HIGHEST, sum(best) / len(best)))


def _of_one(text: str, known: Manner) -> float:
    level = known.level
    for name, value in measures(text, known.words).items():
        mean, deviation, weight = known.scale[name]
        level += weight * max(-FURTHEST, min(FURTHEST, (value - mean) / deviation))
    return level
