"""What a candidate's own questions at the close are about.

A topic is named only where a question is near to it and clearly nearer than to any other: a general reply is honest,
one to something that wasn't asked is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from interviewer.reading.nearest import NONE, Learned, learn
from interviewer.reading.questions import asking
from interviewer.reading.tokens import content

# Chosen by tenfold cross-validation over the questions listed, so that 19 of 20 topics named are right.
NEAR = 0.56  # a score from which a question is about a topic
APART = 0.26  # how far the next best topic is behind
WEIGHT = 2.0  # of a whole question and of a topic's own words, as examples
FEWEST = 2  # words of content by which part of a sentence can be known
OTHERS = "others"  # the questions that no topic answers
REPLIES = Path(__file__).with_name("replies.yaml")
_PART = re.compile(
    r"(?:[,;:]|\b(?:and|or|but)\b)\s+(?=(?:(?:and|or|but|so|also|then)\s+)*"
    r"(?:how|what|when|where|who|whose|which|why|is|are|was|were|do|does|did|can|could|would|will|has|have|should)\b)",
    re.I,
)


@dataclass(frozen=True)
class Topic:
    """What candidates ask about at the close, by the words they use, and what can honestly be said.

    ``here``: it is about this practice, not about a workplace.
    """

    about: tuple[str, ...]
    asked: tuple[str, ...]  # whole questions
    lines: tuple[str, ...]
    here: bool = False


@lru_cache(maxsize=1)
def _listed() -> dict[str, Topic]:
    from ruamel.yaml import YAML

    read = YAML(typ="safe").load(REPLIES.read_text("utf-8"))
    return {
        name: Topic(
            tuple(topic.get("about", ())),
            tuple(topic["asked"]),
            tuple(topic.get("lines", ())),
            topic.get("here", False),
        )
        for name, topic in read.items()
    }


def topics() -> dict[str, Topic]:
    """The topics of a candidate's own questions, by name."""
    return {name: topic for name, topic in _listed().items() if name != OTHERS}


def examples() -> list[tuple[str, str, float]]:
    """What topics are learned from: a topic or ``NONE``, a text, its weight; whole questions first."""
    listed = [(NONE if name == OTHERS else name, topic) for name, topic in _listed().items()]
    asked = [(name, text, WEIGHT) for name, topic in listed for text in topic.asked]
    return asked + [(name, text, WEIGHT) for name, topic in listed for text in topic.about]


@lru_cache(maxsize=1)
def _taught() -> Learned:
    return learn(examples())


def topics_of(text: str) -> dict[str, float]:
    """The topics of the questions in ``text``, in the order they were asked, and how near each is; empty where they
    are near to none."""
    found: dict[str, float] = {}
    for question in [text[a:b] for a, b in asking(text).spans] or [text]:
        for name, score in _named(question):
            found[name] = max(score, found.get(name, 0.0))
    return found


def _named(question: str) -> list[tuple[str, float]]:
    """What the parts of a sentence are about, where two are: "how big is the team, and do you sit together"; else what
    it is about as a whole, or the one part that is about something."""
    parts = [part for part in _PART.split(question) if len(content(part)) >= FEWEST]
    named = [found for part in parts if (found := _clearly(part))]
    whole = _clearly(question)
    return named if len({name for name, _ in named}) > 1 or not whole else [whole]


def _clearly(question: str) -> tuple[str, float] | None:
    return nearest(_taught().scores(question))


def nearest(scores: dict[str, float]) -> tuple[str, float] | None:
    """The topic that is near and clearly nearer than the next, with its score."""
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    clear = best != NONE and scores[best] >= NEAR and scores[best] - scores[second] >= APART
    return (best, scores[best]) if clear else None
