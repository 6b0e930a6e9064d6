"""Which rubric and sheets a transcript is judged with: ours, unless the person asks for the ones it was held with.

A transcript brings copies of its rubric and sheets. They count only with ``as_held``: otherwise whoever edits
a transcript could bring an easier rubric along.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from interviewer.content import prompts
from interviewer.content.held import from_held
from interviewer.content.library import Library
from interviewer.errors import InterviewerError
from interviewer.models.events import Held
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import UsedRubric
from interviewer.models.transcript import Transcript

M = TypeVar("M", Rubric, QuestionSheet)
_KIND: dict[type, Literal["rubric", "question"]] = {Rubric: "rubric", QuestionSheet: "question"}


@dataclass
class Sources:
    """Finds rubrics and sheets for one transcript; ``problems`` collects what is not as it was."""

    transcript: Transcript
    library: Library
    as_held: bool = False
    problems: list[str] = field(default_factory=list)
    used: dict[tuple[str, str], UsedRubric] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # sheets that were asked and judged with, over all rounds
    on_table: list[str] = field(default_factory=list)  # sheets that were asked, judged with or not

    def rubric(self, round: str) -> Rubric | None:
        return self._get(Rubric, round, self.transcript.rubrics.get(round))

    def sheets(self, round: str, talk: Transcript) -> tuple[QuestionSheet, ...]:
        """The sheets that may have been asked: those the turns name, else those planned, else all of the round."""
        held = {h.id: h for h in self.transcript.questions.get(round, ())}
        named = dict.fromkeys(t.question for t in talk.turns if t.question)
        ids: Iterable[str] = named or held or self.library.question_ids(round)
        found = (self._get(QuestionSheet, name, held.get(name)) for name in ids)
        return tuple(sheet for sheet in found if sheet is not None)

    def _get(self, model: type[M], id: str, held: Held | None) -> M | None:
        kind = _KIND[model]
        try:
            if self.as_held and held is not None and held.copy_:
                copy = from_held(held, model)
                self.used[kind, id] = UsedRubric(id=held.id, sha256=held.sha256)
                return copy
            return self._ours(model, id, held)
        except InterviewerError as error:
            more = (
                " It was held with its own copy; --as-held grades with that."
                if held and held.copy_ and not self.as_held
                else ""
            )
            self.problems.append(f"The {kind} '{id}' can't be used: {error}{more}")
            return None

    def _ours(self, model: type[M], id: str, held: Held | None) -> M:
        kind = _KIND[model]
        entry = self.library.entry(kind, id)
        ours = self.library.rubric(id) if model is Rubric else self.library.question(id)
        if self.as_held:
            if held is not None:
                self.problems.append(f"The transcript holds no copy of the {kind} '{id}'; graded with today's.")
        elif held is not None and held.sha256 and held.sha256 != entry.sha256:
            self.problems.append(
                f"The {kind} '{id}' has changed since this interview was held; graded with today's. "
                "--as-held grades with the old one."
            )
        self.used[kind, id] = UsedRubric(id=id, sha256=entry.sha256)
        assert isinstance(ours, model)
        return ours


def as_used(rubric: Rubric, sha256: str | None) -> UsedRubric:
    """A rubric of one's own, named by its file's hash."""
    return UsedRubric(id=rubric.id, sha256=sha256 or hashlib.sha256(rubric.model_dump_json().encode()).hexdigest())


def judging_prompts() -> tuple[UsedRubric, ...]:
    """What a model judges with, as one hash: single names would tell who reads a scorecard how a judge is watched."""
    whole = "".join(prompts.sha256(name) for name in prompts.JUDGING)
    return (UsedRubric(id="judging", sha256=hashlib.sha256(whole.encode()).hexdigest()),)
