"""How a question is opened: the model's lead-in, and then the case in the sheet's own words, whatever the model makes
of it. What it says of the case itself is never shown, so that none is put in half, changed, or twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from interviewer.engines.base import TurnContext
from interviewer.models.base import Move
from interviewer.models.question import QuestionSheet
from interviewer.reading.tokens import stems
from interviewer.text import fold

OPENS = (Move.ASK, Move.NEXT)
LETTER = 3  # words of a sentence that is the case's own to the letter
SHARED, SHARE = 2, 0.5  # telling words of a sentence, and their share of it, that the case holds when it speaks of it
NEW = 4  # words of one sentence that are neither the interviewer's, the round's nor the candidate's: more begin a case
LONGEST = 80  # words of a lead-in
NOT_PUT = "The model put the question in words of its own; the sheet's were said."

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MYSELF = re.compile(r"\b(?:i'm|my name|this is)\b|^\W*i(?:'ve|'ll)?\b(?!'d| would like| want| need)", re.I)
# Said of a conversation, whatever it is about.
_OF_TALK = stems("""hello hi hey welcome good morning afternoon evening thank thanks pleased pleasure glad nice meet
    coming joining join today together begin start open here ready sit minutes time clock half hour about around
    roughly round conversation talk chat interview interviewer question questions case problem situation story one
    first second next another different last new other part subject topic leave leaving left move moving turn turning
    go going on over change changing switch put set aside enough take taking tell hear listen look looking interested
    curious care attention matter know see learn find work job role team lead head run day senior data scientist
    science staff manager director principal let something else practice mock ask answer think aloud plan figure""")


@dataclass(frozen=True)
class LeadIn:
    """What may be said before a question: who speaks, for how long, what they look for; a bridge from what was said."""

    turn: TurnContext
    sheet: QuestionSheet

    @classmethod
    def to(cls, turn: TurnContext, move: Move) -> LeadIn | None:
        """The lead-in to what a move opens; None where it opens nothing."""
        return cls(turn, turn.upcoming) if move in OPENS and turn.upcoming else None

    def holds(self, sentence: str, before: str) -> bool:
        """Whether a sentence may be said here, after ``before``; False where the case begins, or what is no lead-in."""
        said = stems(sentence)
        figures = set(_FIGURE.findall(sentence)) - {str(self.turn.progress.minutes)}
        if "?" in sentence or figures or len(f"{before} {sentence}".split()) > LONGEST:
            return False
        words = fold(sentence)
        if len(words.split()) >= LETTER and words in fold(self.sheet.ask):
            return False
        shared = said & self._case - _OF_TALK
        if len(shared) >= SHARED and len(shared) >= SHARE * len(said - _OF_TALK):
            return False
        introduces = not self.turn.turns and _MYSELF.search(sentence)
        return bool(introduces) or len(said - self._known) <= NEW

    @property
    def between(self) -> str:
        """What stands between a lead-in and the question."""
        return " " if self.turn.turns else "\n\n"

    def put(self, say: str) -> bool:
        """Whether a model's words hold the whole question as it is on the sheet."""
        return fold(self.sheet.ask) in fold(say)

    @cached_property
    def _case(self) -> frozenset[str]:
        return stems(self.sheet.ask)

    @cached_property
    def _known(self) -> frozenset[str]:
        turn = self.turn
        about = f"{turn.persona.name} {turn.persona.title} {turn.rubric.title} {turn.rubric.looks_for}"
        return _OF_TALK | stems("\n".join([about, *(t.text for t in turn.turns)]))
