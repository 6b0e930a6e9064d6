"""A candidate by script: what they know is the graded answer of their level on the sheet, told bit by bit.

A puppet, not a person: it reads the sheet it is asked from. Good for trying a persona's manner, a rubric's arithmetic
and a sheet's cues against a known level; it says nothing about how people talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from interviewer.engines.candidates.base import Seat
from interviewer.models.base import Move
from interviewer.models.candidate import Candidate
from interviewer.models.question import Expectation, Misconception, PushBack, QuestionSheet
from interviewer.models.targets import INVITE
from interviewer.reading.decisions import decision
from interviewer.reading.match import find
from interviewer.reading.tokens import sentences

STRONG = 3.5  # the level from which a challenge is met with a reason
SHRUGS = (
    "I hadn't thought about that part.", "I don't have much to add there.", "That I'd have to look up.",
    "I'm not sure. I'd leave it as I said.", "I don't know, to be honest.", "Nothing comes to mind on that.",
)  # fmt: skip
ASIDES = (
    "Before I get to that, it reminds me of a dashboard with forty tiles, and nobody could say who read it.",
    "There is a story behind it: at my last place we moved offices that very month, and half the data was lost.",
    "It was like that when we changed the logging: the numbers doubled, and three people found three reasons.",
)
CAVES = ("Yes, you're right, I'd drop that.", "Okay, fair, then not.", "You may well be right. I'd change it.")
STAYS = ("No, I'd still do it my way.", "I don't see it. I stay with what I said.", "No. It's fine as it is.")


class Script:
    """The same answers for the same seed and questions."""

    def __init__(self, candidate: Candidate, seed: int = 0) -> None:
        self.candidate = candidate
        self.seed = seed
        self.name = f"{candidate.name}, level {candidate.level:g}, by script"

    async def aclose(self) -> None:
        """Nothing to let go of."""

    async def answer(self, seat: Seat) -> str:
        """A line of the file's own while there is one, else what a candidate of this level has to say."""
        if seat.answers < len(self.candidate.answers):
            return self.candidate.answers[seat.answers]
        move = seat.turns[-1].move
        if move is Move.CLOSE:
            return self._closing(seat)
        if seat.sheet is None:
            return self._one_of(SHRUGS, seat)
        by_move = {
            Move.ASK: self._opening, Move.NEXT: self._opening, Move.PUSH_BACK: self._pushed, Move.DECIDE: self._decided,
        }  # fmt: skip
        return by_move.get(move or Move.PROBE, self._about)(seat, seat.sheet)

    def _opening(self, seat: Seat, sheet: QuestionSheet) -> str:
        if "asks" in self.candidate.traits and not _said(seat) and sheet.facts:
            return f"Before I begin: what do we know about {sheet.facts[0].about[0]}?"
        if "stuck" in self.candidate.traits and not _said(seat):
            return "I'm not sure where to begin. Could you give me a hint?"
        knows = self._knows(sheet)
        first = knows[:1] if "terse" in self.candidate.traits else knows[: max(2, len(knows) // 2)]
        return self._in_manner(" ".join(first), seat)

    def _about(self, seat: Seat, sheet: QuestionSheet) -> str:
        """What they know of the point asked about; else the next thing they have not said; else nothing."""
        left = [s for s in self._knows(sheet) if s not in _said(seat)]
        point = sheet.expectation(seat.turns[-1].target or "")
        if point and (told := [s for s in left if find(point.cues, s)]):
            return self._in_manner(" ".join(told[:2]), seat)
        if point and self.candidate.level >= STRONG and (more := _of_the_model_answer(point, sheet, seat)):
            return self._in_manner(more, seat)
        if point is None and left:
            return self._in_manner(" ".join(left[:2]), seat)
        return self._in_manner(self._one_of(SHRUGS, seat), seat)

    def _pushed(self, seat: Seat, sheet: QuestionSheet) -> str:
        target = seat.turns[-1].target or ""
        challenge = sheet.push_back(target) or sheet.misconception(target)
        if "caves" in self.candidate.traits:
            return self._one_of(CAVES, seat)
        if "stubborn" in self.candidate.traits:
            return self._one_of(STAYS, seat)
        return self._reasoned(challenge, seat)

    def _reasoned(self, challenge: PushBack | Misconception | None, seat: Seat) -> str:
        if isinstance(challenge, PushBack) and self.candidate.level >= STRONG:
            return f"{'Fair, and I would change it.' if challenge.valid else 'I would keep to it.'} {challenge.because}"
        agrees = isinstance(challenge, Misconception) or (challenge is not None and challenge.valid)
        return self._one_of(CAVES if agrees else STAYS, seat)

    def _decided(self, seat: Seat, sheet: QuestionSheet) -> str:
        knows = self._knows(sheet)
        return next((s for s in reversed(knows) if decision(s)), knows[-1])

    def _closing(self, seat: Seat) -> str:
        if "asks" in self.candidate.traits and seat.turns[-1].target == INVITE:
            return "How do you decide here when the data says one thing and the director another?"
        return "No more questions from me. Thank you."

    def _knows(self, sheet: QuestionSheet) -> list[str]:
        """The sentences of the graded answer nearest to their level; of a sheet without any, its model answer's."""
        near = min(sheet.examples, key=lambda e: abs(e.level - self.candidate.level), default=None)
        text = near.answer if near else sheet.model_answer
        return [text[a:b].strip() for a, b in sentences(text)]

    def _in_manner(self, text: str, seat: Seat) -> str:
        return f"{self._one_of(ASIDES, seat)} {text} {ASIDES[-1]}" if "rambles" in self.candidate.traits else text

    def _one_of(self, lines: Sequence[str], seat: Seat) -> str:
        """Another one each time, as far as there are any."""
        order = Random(self.seed).sample(lines, len(lines))
        return order[seat.answers % len(order)]


def _said(seat: Seat) -> str:
    return "\n".join(t.text for t in seat.turns if t.role == "candidate")


def _of_the_model_answer(point: Expectation, sheet: QuestionSheet, seat: Seat) -> str:
    text, said = sheet.model_answer, _said(seat)
    told = [text[a:b].strip() for a, b in sentences(text) if find(point.cues, text[a:b])]
    return " ".join([s for s in told if s not in said][:2])
