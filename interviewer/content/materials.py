"""The content one interview is held with, parsed when first needed: as it was when the interview began."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from interviewer.content.files import Kind
from interviewer.content.held import from_held
from interviewer.content.library import Library
from interviewer.errors import InterviewerError
from interviewer.models.events import Held, Started
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric

HIRING_MANAGER = "debrief"  # the key in a header's personas

T = TypeVar("T", Persona, QuestionSheet, Rubric)


@lru_cache(maxsize=64)
def _unpacked(held: Held, model: type[T]) -> T:
    """Parsing takes a tenth of a second; the same copy is parsed once a run."""
    return from_held(held, model)


class Materials:
    """Rubric, persona and sheets of each round of an interview, by its header."""

    def __init__(self, header: Started, library: Library) -> None:
        self._header = header
        self._library = library
        self._parsed: dict[tuple[str, str], Persona | QuestionSheet | Rubric] = {}

    def rubric(self, round: str) -> Rubric:
        return self._get(Rubric, "rubric", self._header.rubrics.get(round) or Held(id=round, sha256=""))

    def persona(self, round: str) -> Persona:
        return self._get(Persona, "persona", self._header.personas[round])

    def sheets(self, round: str) -> tuple[QuestionSheet, ...]:
        return tuple(self._get(QuestionSheet, "question", held) for held in self._header.questions.get(round, ()))

    def sheet(self, round: str, id: str | None) -> QuestionSheet | None:
        return next((s for s in self.sheets(round) if s.id == id), None)

    def _get(self, model: type[T], kind: Kind, held: Held) -> T:
        key = (kind, held.id)
        if key not in self._parsed:
            # The copy wins: an interview goes on with what it began with, also when the files have changed since.
            same = held.copy_ is None or self._is_ours(kind, held)
            self._parsed[key] = self._library.parsed(kind, held.id).model if same else _unpacked(held, model)
        found = self._parsed[key]
        assert isinstance(found, model)
        return found

    def _is_ours(self, kind: Kind, held: Held) -> bool:
        """Whether today's file is the one that was held with; then it need not be parsed a second time."""
        try:
            return self._library.entry(kind, held.id).sha256 == held.sha256
        except InterviewerError:
            return False
