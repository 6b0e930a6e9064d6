"""The gate: which moves an interviewer may make now. A pure function; neither persona nor model can widen it.

What it holds to: a turn that does not take up the question never advances it. While there is time, each question is
pushed on from the right and from the wrong side, and in experiments it is asked when one would not do this. A decision
is asked for before a question is left, unless it has been voiced. Every kind of move has a budget of its own, so a
round always ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.engines.base import Answer, LegalMove
from interviewer.models.base import AnswerKind, Length, Move
from interviewer.models.interview import UNPRODUCTIVE, Phase, QuestionProgress, RoundProgress
from interviewer.models.question import Expectation, QuestionSheet
from interviewer.models.targets import (
    BOUNDARY,
    FAREWELL,
    GROUNDS,
    INVITE,
    LEAN,
    MORE,
    NUMBER,
    OCCASION,
    OWN_PART,
    OWNED,
    REPLY,
    SIDE,
    WAIT,
)
from interviewer.reading.conduct.boundary import asks_boundary

BOUNDED = ("experiment_design",)  # areas in which one is asked for the boundary of what one proposes
TOLD = 2  # answers after which a story has been told, in which others have a side
PROPOSED = 4  # answers after which a way of doing it has been proposed, whose boundary can be asked for


@dataclass(frozen=True)
class Budget:
    """How often each move may be made on one question; ``questions`` and ``closing`` are per round."""

    questions: int
    probes: int
    extra: int = 3  # further probes while less than half of the round's time is gone
    presses: int = 2  # for an occasion, and for one's own part in it
    sides: int = 1  # of a story, how often to ask how somebody in it saw it
    owned: int = 2  # of a story, how often to stay with something the candidate admits
    redirects: int = 2
    clarifications: int = 10
    waits: int = 3
    thin_in_a_row: int = 2  # short answers that pass before one is asked for again
    repairs_in_a_row: int = 3
    given_up: int = 4  # turns that came to nothing, after which somebody who doesn't know is asked what they'd do
    unproductive: int = 9
    turns: int = 30
    closing: int = 4


BUDGETS = {
    Length.QUICK: Budget(questions=1, probes=3),
    Length.STANDARD: Budget(questions=2, probes=4),
    Length.REAL: Budget(questions=3, probes=6),
}


def legal_moves(
    progress: RoundProgress, sheet: QuestionSheet | None, answer: Answer | None, budget: Budget, upcoming: str | None
) -> tuple[LegalMove, ...]:
    """The moves allowed now, never empty, each with its targets, best first.

    ``answer`` is the one just given and not yet folded into ``progress``; None when the round opens. ``upcoming`` is
    the id of the next sheet, None when there is none left to ask.
    """
    question = progress.question
    if question is None or sheet is None or answer is None:
        return (LegalMove(Move.ASK, (upcoming,) if upcoming else (), "the round opens with a question"),)
    if progress.phase is Phase.CLOSING:
        return (_closing(progress, answer, budget),)
    if question.unproductive + 1 > budget.unproductive and answer.kind in UNPRODUCTIVE:
        return (LegalMove(Move.CLOSE, (INVITE,), f"{budget.unproductive} turns did not take up the question"),)
    if len(question.moves) >= budget.turns:
        return (_advance(progress, upcoming, budget, "this question has had its turns"),)
    gate = _Gate(progress, question, sheet, answer, budget, upcoming)
    return gate.moves()


def _closing(progress: RoundProgress, answer: Answer, budget: Budget) -> LegalMove:
    ends = answer.kind in (AnswerKind.DONE, AnswerKind.SKIP, AnswerKind.EMPTY, AnswerKind.NON_ANSWER)
    if ends:
        return LegalMove(Move.CLOSE, (FAREWELL,), "the candidate has no more questions")
    if progress.closing_turns >= budget.closing:
        return LegalMove(Move.CLOSE, (FAREWELL,), "the time for questions is used up")
    return LegalMove(Move.CLOSE, (REPLY,), "the candidate asks about the work")


def _advance(progress: RoundProgress, upcoming: str | None, budget: Budget, why: str) -> LegalMove:
    """To the next question while there is one and time for it, else to the close."""
    share = progress.minutes * 60 / budget.questions
    if upcoming and progress.seconds_left > share / 3:
        return LegalMove(Move.NEXT, (upcoming,), why)
    return LegalMove(Move.CLOSE, (INVITE,), why)


@dataclass(frozen=True)
class _Gate:
    progress: RoundProgress
    question: QuestionProgress
    sheet: QuestionSheet
    answer: Answer
    budget: Budget
    upcoming: str | None

    def moves(self) -> tuple[LegalMove, ...]:  # noqa: PLR0911 - a table of kinds
        kind, hint = self.answer.kind, self._hint()
        if kind is AnswerKind.THINKING and self._count(Move.REPAIR, WAIT) < self.budget.waits:
            return (LegalMove(Move.REPAIR, (WAIT,), "the candidate wants to think"),)
        if kind is AnswerKind.CLARIFYING and self.question.count(Move.CLARIFY) < self.budget.clarifications:
            return (LegalMove(Move.CLARIFY, self.answer.facts, "the candidate asked a question"),)
        if kind is AnswerKind.HINT_REQUEST and hint:
            return (hint,)
        if kind in UNPRODUCTIVE:
            given_up = kind is AnswerKind.NON_ANSWER and self.question.unproductive >= self.budget.given_up
            if given_up and (decide := self._decide()):
                return (decide,)
            stuck = kind is AnswerKind.NON_ANSWER or self.question.stuck >= self.budget.repairs_in_a_row
            pointer = stuck and (kind is AnswerKind.NON_ANSWER or not self.question.rungs)  # noise climbs no ladder
            return (hint,) if hint and pointer else (LegalMove(Move.REPAIR, (), f"the turn was {kind.value}"),)
        if kind is AnswerKind.THIN and not self._replies and self.question.thin >= self.budget.thin_in_a_row:
            return (LegalMove(Move.REPAIR, (), "several short turns in a row said nothing to work with"),)
        if kind is AnswerKind.RAMBLE and self.question.count(Move.REDIRECT) < self.budget.redirects:
            return (LegalMove(Move.REDIRECT, (), "a long answer that left the question"),)
        return self._after_an_answer()

    def _after_an_answer(self) -> tuple[LegalMove, ...]:
        if self.answer.stuck and (hint := self._hint()):
            return (hint,)
        held, number, planned, decide = self._held(), self._number(), self._planned(), self._decide()
        probes = () if self._time_up else self._probes()
        if self._owes_boundary and (self.question.answers >= PROPOSED or not probes):
            probes = (BOUNDARY, *probes)
        if (press := self._press()) and not (held or number):
            return (press,)
        brief = self.answer.kind is AnswerKind.THIN and not self._just(Move.DECIDE)
        if brief and not self._count(Move.PROBE, MORE) and not (held or number):
            return (LegalMove(Move.PROBE, (MORE,), "the answer was short"),)
        legal = []
        if self.answer.asks and self.question.count(Move.CLARIFY) < self.budget.clarifications:
            legal.append(LegalMove(Move.CLARIFY, self.answer.facts, "the answer holds a question"))
        if held:
            legal.append(LegalMove(Move.PUSH_BACK, held, "a mistaken belief was stated"))
        if probes:
            legal.append(LegalMove(Move.PROBE, probes, "something that matters hasn't come up"))
        if (number or planned) and not held:
            why = "a number doesn't follow from what was said" if number else "what was said is to be tested"
            legal.append(LegalMove(Move.PUSH_BACK, (*number, *planned), why))
        pushed = self._pushed and not self._owes_push_back
        if decide and pushed and not self._owes_boundary:
            legal.append(decide)
        if not probes and pushed and (not decide or self._time_up):
            legal.append(_advance(self.progress, self.upcoming, self.budget, self._why_enough()))
        return tuple(legal) or (decide or _advance(self.progress, self.upcoming, self.budget, self._why_enough()),)

    @property
    def _time_up(self) -> bool:
        return self.progress.seconds_left <= 0

    @property
    def _pushed(self) -> bool:
        """True once the question was pushed on, or nothing is left to push with."""
        return bool(self.question.targets(Move.PUSH_BACK) - {NUMBER}) or not self.sheet.push_backs

    @property
    def _owes_push_back(self) -> bool:
        """While there is time, a question isn't left before both sides its sheet has were tried."""
        return not self._time_up and bool({p.valid for p in self.sheet.push_backs} - self._tried)

    @property
    def _tried(self) -> set[bool]:
        made = self.question.targets(Move.PUSH_BACK)
        return {p.valid for p in self.sheet.push_backs if p.id in made}

    @property
    def _owes_boundary(self) -> bool:
        """Once a round, after a position was challenged, unless a question of the sheet's own has asked it."""
        if self.sheet.area not in BOUNDED or self._time_up or not self._pushed:
            return False
        asked = [t for q in self.progress.questions for t in q.targets(Move.PROBE)]
        points = [e for e in self.sheet.expectations if e.id in asked]
        return BOUNDARY not in asked and not any(asks_boundary(e.probe) for e in points)

    def _why_enough(self) -> str:
        return "the round's time is up" if self._time_up else "what there was to ask here has been asked"

    def _count(self, move: Move, target: str) -> int:
        return sum(1 for made in self.question.moves if made == (move, target))

    def _verdict(self, id: str) -> str | None:
        now = {f.id: f.verdict for f in self.answer.found}
        before = self.question.found.get(id)
        if before is not None and before.verdict in ("met", "corrected"):
            return before.verdict
        return now.get(id) or (before.verdict if before else None)

    def _unmet(self) -> list[Expectation]:
        unmet = [e for e in self.sheet.expectations if self._verdict(e.id) != "met"]
        return sorted(unmet, key=lambda e: (not e.essential, -e.weight))

    @property
    def _replies(self) -> bool:
        """True where a word or two may be all there is to say: something was found, challenged or to be decided."""
        last = self.question.moves[-1][0] if self.question.moves else None
        return bool(self.answer.found) or last in (Move.PUSH_BACK, Move.DECIDE)

    def _press(self) -> LegalMove | None:
        """For what a story can't do without, and for what a reply left open."""
        if story := self._press_story():
            return story
        if self._bare_reply and not self._count(Move.PROBE, GROUNDS):
            return LegalMove(Move.PROBE, (GROUNDS,), "a challenge was met without a reason")
        if self._owes_side and not self._time_up:
            return LegalMove(Move.PROBE, (SIDE,), "somebody was mentioned who will have seen it too")
        if self.answer.hedged and not self._count(Move.PROBE, LEAN):
            return LegalMove(Move.PROBE, (LEAN,), "everything was weighed and nothing chosen")
        return None

    def _press_story(self) -> LegalMove | None:
        """An occasion first, then what was owned up to, then who did it."""
        if self.answer.general and self._count(Move.PROBE, OCCASION) < self.budget.presses:
            return LegalMove(Move.PROBE, (OCCASION,), "nothing that happened has been told yet")
        if self.answer.admits and not self._time_up and self._count(Move.PROBE, OWNED) < self.budget.owned:
            return LegalMove(Move.PROBE, (OWNED,), "the candidate owned up to something in passing")
        just = bool(self.question.moves) and self.question.moves[-1] == (Move.PROBE, OWN_PART)
        if self.answer.plural and not just and self._count(Move.PROBE, OWN_PART) < self.budget.presses:
            return LegalMove(Move.PROBE, (OWN_PART,), "the answer says 'we' and not who did it")
        return None

    @property
    def _owes_side(self) -> bool:
        """True once a story has been told in which somebody is mentioned whose side hasn't been asked for."""
        told = bool(self.answer.people) and self.question.answers >= TOLD
        return told and self._count(Move.PROBE, SIDE) < self.budget.sides

    @property
    def _bare_reply(self) -> bool:
        """True when a push-back was just answered by agreeing or insisting and nothing else."""
        last, target = self.question.moves[-1] if self.question.moves else (None, None)
        met = any(f.id == target for f in self.answer.found)
        return last is Move.PUSH_BACK and target != NUMBER and self.answer.bare and not met

    def _probes(self) -> tuple[str, ...]:
        """What is left to ask for: as much as the budget holds of what weighs most, in the sheet's order."""
        points = {e.id for e in self.sheet.expectations}
        made = sum(1 for move, target in self.question.moves if move is Move.PROBE and target in points)
        early = self.progress.seconds < self.progress.minutes * 30
        left = self.budget.probes + (self.budget.extra if early else 0) - made
        past = self.question.targets(Move.PROBE) | self.answer.tried  # asked again for what was said, one feels unheard
        chosen = [e.id for e in self._unmet() if e.id not in past][: max(0, left)]
        return tuple(e.id for e in self.sheet.expectations if e.id in chosen)

    def _held(self) -> tuple[str, ...]:
        """Misconceptions stated and not yet challenged: each once, and however many."""
        challenged = self.question.targets(Move.PUSH_BACK)
        return tuple(
            m.id for m in self.sheet.misconceptions if self._verdict(m.id) == "held" and m.id not in challenged
        )

    def _number(self) -> tuple[str, ...]:
        """A number that is clearly wrong is asked about once a round; stories aren't reckoned with."""
        if self.answer.doubt is None or self.sheet.story or self._time_up:
            return ()
        asked = any(NUMBER in q.targets(Move.PUSH_BACK) for q in self.progress.questions)
        return () if asked else (NUMBER,)

    def _planned(self) -> tuple[str, ...]:
        """Of the push-backs one that is right and one that is wrong, not in a row while there is more to probe."""
        if self._just(Move.PUSH_BACK) and (self._owes_boundary or self._probes()):
            return ()
        return tuple(p.id for p in self.sheet.push_backs if p.valid not in self._tried)

    def _just(self, move: Move) -> bool:
        return bool(self.question.moves) and self.question.moves[-1][0] is move

    def _hint(self) -> LegalMove | None:
        """The next rung for what was last probed, else for the weightiest thing unmet."""
        unmet = [e.id for e in self._unmet() if self.question.rungs.get(e.id, 0) < 3]
        if not unmet:
            return None
        last = next((t for m, t in reversed(self.question.moves) if m in (Move.PROBE, Move.HINT) and t in unmet), None)
        ordered = ([last] if last else []) + [id for id in unmet if id != last]
        return LegalMove(Move.HINT, tuple(ordered), "the candidate is stuck or asked for a hint")

    def _decide(self) -> LegalMove | None:
        voiced = self.answer.decided and not self.sheet.story
        if self.question.count(Move.DECIDE) or voiced:
            return None
        return LegalMove(Move.DECIDE, (), "the decision hasn't been asked for")
