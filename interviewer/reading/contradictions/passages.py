"""Sentences in which a candidate tells something that happened, and how surely two of them tell of the same thing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.models.transcript import Transcript
from interviewer.reading.numbers.sentences import Sentence, said
from interviewer.reading.story import doings, past
from interviewer.reading.tokens import STOP, Token, listed, tokens

# What isn't told as a fact: conditions, wishes, plans, guesses, denials, questions, the words of others.
_NO_FACT = re.compile(
    r"\b(?:if|whether|unless|would|could|should|might|may|will|can|suppose|assum\w+|imagin\w+|maybe|perhaps|probably|"
    r"i'd|we'd|they'd|you'd|he'd|she'd|\w+'ll|expect\w*|plan(?:ned|s)?|target\w*|goals?|forecast\w*|hop(?:e|ed|ing)|"
    r"wanted|promised|estimat\w+|predict\w+|projected|budgeted|let's|not|no|never|\w+n't|cannot|without|instead|rather|"
    r"said|says|told|asked|claimed|thought|believed|felt|almost|nearly|tried|wrongly|wrong|mistaken\w*|correct\w*)\b"
    r"|[\"“”?]",
    re.I,
)
# Words that make it another figure of the same thing. What differs in them is left alone.
_SCOPE = listed("""second seconds minute minutes hour hours day days daily week weeks weekly month months monthly
    quarter quarters quarterly year years yearly annual annually annum decade first last next previous early earlier
    late later initial initially original originally final start beginning total overall
    altogether gross net average mean median peak half double again another other others additional extra further more
    less only alone each every per pilot trial sample test prototype version phase wave launch before after since until
    today now then spring summer autumn winter january february march april june july august september october november
    december monday tuesday wednesday thursday friday weekend christmas team teams company""")
_ANAPHORA = listed("it this that these those which they")
_NAME = re.compile(r"\b[A-Z][\w'’]+")
ENOUGH = 3.5  # of what shared words tell; a word in none of our questions tells 3.2, one in six of them 1.3
TELLING = 0.7
FEWEST = 2  # such words
LONGEST = 45  # words of a sentence; longer ones say several things


@dataclass(frozen=True, eq=False)
class Passage:
    """One sentence of the candidate's that tells a fact, with what tells what it is about."""

    round: str
    sentence: Sentence
    words: tuple[Token, ...]  # of the sentence
    about: Mapping[str, str]  # stem -> word, of the sentence, and of the one before where "it" stands for that
    names: frozenset[str]
    scope: frozenset[str]

    @property
    def text(self) -> str:
        return self.sentence.text[self.sentence.start : self.sentence.end].strip()


def passages(talk: Transcript) -> list[Passage]:
    """Those of all rounds, in order."""
    found: list[Passage] = []
    for round in talk.rounds:
        spoken = talk.of_round(round)
        story = {t.index for t in spoken.turns if t.role == "candidate" and doings(t.text)}
        before: Sentence | None = None
        for sentence in said(spoken.turns):
            if sentence.mine and sentence.turn in story and (made := _passage(round, sentence, before)):
                found.append(made)
            before = sentence
    return found


def _passage(round: str, sentence: Sentence, before: Sentence | None) -> Passage | None:
    text = sentence.text[sentence.start : sentence.end].replace("’", "'")
    words = tokens(text)
    if not words or len(words) > LONGEST or _NO_FACT.search(text) or not any(past(t.word) for t in words):
        return None
    about = _stems(words)
    names = {n.casefold() for n in _NAME.findall(text)} - STOP
    if words[0].word in _ANAPHORA:
        if before is None or before.turn != sentence.turn:
            return None
        earlier = before.text[before.start : before.end]
        about = _stems(tokens(earlier)) | about
        names |= {n.casefold() for n in _NAME.findall(earlier)} - STOP
    return Passage(round, sentence, words, about, frozenset(names), frozenset(t.word for t in words) & _SCOPE)


def _stems(words: Sequence[Token]) -> dict[str, str]:
    return {t.stem: t.word for t in words if t.word.isalpha() and len(t.word) > 2 and t.word not in STOP | _SCOPE}


class Rarity:
    """How much a shared word tells: little where it is in many of our questions, nothing where the interviewer said it
    first."""

    def __init__(self, talk: Transcript, common: Mapping[str, int], questions: int) -> None:
        self._common, self._questions = common, questions
        self._given = _given(talk)

    def of(self, stem: str) -> float:
        if stem in self._given:
            return 0.0
        return math.log((1 + self._questions) / (1 + self._common.get(stem, 0)))

    def shared(self, a: Mapping[str, str], b: Mapping[str, str]) -> tuple[str, ...]:
        """The words that show that both are of one thing, () where they don't suffice."""
        telling = [s for s in a if s in b and self.of(s) >= TELLING]
        enough = len(telling) >= FEWEST and sum(map(self.of, telling)) >= ENOUGH
        return tuple(a[s] for s in telling) if enough else ()


def _given(talk: Transcript) -> frozenset[str]:
    """The stems an interviewer used before the candidate did, in any round."""
    given: set[str] = set()
    for round in talk.rounds:
        own: set[str] = set()
        for turn in talk.of_round(round).turns:
            stems = {t.stem for t in tokens(turn.text)}
            if turn.role == "candidate":
                own |= stems
            else:
                given |= stems - own
    return frozenset(given)


def alike(a: Passage, b: Passage) -> bool:
    """Whether nothing sets the two apart: no name that only one of them has, no other time, part or version."""
    words_a, words_b = ({t.word for t in p.words} for p in (a, b))
    return a.scope == b.scope and a.names <= b.names | words_b and b.names <= a.names | words_a
