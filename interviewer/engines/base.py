"""The seam between an interview and who thinks: two verbs, each around one context object."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from interviewer.models.base import Move
from interviewer.models.events import Finding
from interviewer.models.interview import QuestionProgress, RoundProgress
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Transcript, Turn
from interviewer.models.usage import Usage
from interviewer.reading.answer import Answer

__all__ = ["Answer", "Engine", "JudgeTask", "LegalMove", "Reading", "TurnContext"]


@dataclass(frozen=True)
class LegalMove:
    """One move the gate allows now, what it may be about, and why it is allowed.

    ``targets`` are ids on the sheet, best first: expectations (probe, hint), a misconception or push-back
    (push_back), facts (clarify), the next sheet (next). Empty: the move needs no target.
    """

    move: Move
    targets: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class TurnContext:
    """All an engine may know when it speaks: one round, never the others."""

    persona: Persona
    rubric: Rubric
    sheet: QuestionSheet | None  # the question on the table; None before the first
    upcoming: QuestionSheet | None  # what ASK or NEXT would open
    turns: tuple[Turn, ...]  # this round's, the candidate's answer last
    progress: RoundProgress
    answer: Answer | None  # None when nothing was answered yet (opening)
    legal: tuple[LegalMove, ...]  # never empty
    seed: int
    next_persona: Persona | None = None  # who takes over after this round
    loop_turns: int = 0  # spoken turns before this one in the whole interview; varies the offline choice of words
    used: frozenset[str] = frozenset()  # lines already said in this interview, so that none is said twice
    earlier: tuple[QuestionSheet, ...] = ()  # sheets of this round that were on the table before

    @property
    def question(self) -> QuestionProgress | None:
        return self.progress.question

    @property
    def spoken(self) -> str:
        """All that the candidate has said on this question."""
        on_it = [t.text for t in self.turns if t.role == "candidate" and self.sheet and t.question == self.sheet.id]
        return "\n\n".join(on_it)

    @property
    def heard(self) -> frozenset[str]:
        """The points and beliefs that were found in what the candidate has said on this question."""
        before = self.question.found if self.question else {}
        return frozenset(before) | frozenset(f.id for f in (self.answer.found if self.answer else ()))


@dataclass(frozen=True)
class Reading:
    """What the engine makes of the answer and does next; comes before the words or after them."""

    move: Move
    reason: str
    target: str | None = None
    rung: int | None = None
    told: tuple[str, ...] = ()  # facts of the sheet that the words give
    found: tuple[Finding, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """The engine will ask its model again after ``seconds``; whatever it had said of this turn is withdrawn."""

    why: str
    seconds: float
    attempt: int  # the one that failed, from 1


@dataclass(frozen=True)
class JudgeTask:
    """One round to be judged: every item the engine is to give a verdict on."""

    transcript: Transcript  # only this round's turns
    rubric: Rubric
    sheets: tuple[QuestionSheet, ...]  # of the questions asked, where known
    items: tuple[CheckVerdict, ...]  # templates with verdict 'not_asked'; return them with verdict and evidence


class Engine(Protocol):
    """Who thinks. ``respond`` yields one Reading and the words in pieces; after a Waiting it begins anew."""

    name: str
    model: str | None

    @property
    def usage(self) -> Usage:
        """What a model has cost so far; all zero where none is asked."""
        ...

    def began_with(self, used: Usage) -> None:
        """What this interview had used before counts against what it may use."""
        ...

    def respond(self, turn: TurnContext) -> AsyncIterator[Reading | str | Waiting]:
        """Choose one of ``turn.legal`` and say it. Raises EngineError."""
        ...

    async def judge(self, task: JudgeTask) -> list[CheckVerdict]:
        """A verdict for each of ``task.items``; 'failed' where none came back. Raises nothing for a bad answer."""
        ...

    async def aclose(self) -> None: ...
