"""Personas, rubrics and question sheets by id, out of the workspace, the user's folder and the built-ins.

Ids come from file names; a file is read when it is asked for, so that a broken one breaks only itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from interviewer import paths
from interviewer.content.files import KINDS, Found, Listing, listing
from interviewer.content.files import Kind as Kind
from interviewer.content.held import from_held as from_held
from interviewer.content.held import pack
from interviewer.content.parsers import PARSERS, Content
from interviewer.content.questions import rounds_of
from interviewer.content.schema import Parsed, faults_of
from interviewer.content.yamlfile import read_bytes, read_head
from interviewer.errors import ContentError, NotFound
from interviewer.models.events import Held
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.paths import Origin

M = TypeVar("M", Persona, Rubric, QuestionSheet)
_SAID = {"persona": "persona", "rubric": "round", "question": "question"}


@dataclass(frozen=True)
class Entry:
    """Where the content of an id comes from. ``sha256`` is of the file's bytes."""

    id: str
    kind: Kind
    path: Path
    origin: Origin
    sha256: str
    overrides: tuple[Origin, ...] = ()


class Library:
    """The content of some origins, the first of which to have an id wins."""

    def __init__(self, origins: Sequence[Origin] | None = None) -> None:
        self.origins = tuple(paths.origins() if origins is None else origins)
        self._listings: dict[Kind, Listing] = {}
        self._bytes: dict[tuple[Kind, str], bytes] = {}
        self._suiting: dict[str, list[str]] = {}

    def ids(self, kind: Kind) -> list[str]:
        return list(self._listing(kind).found)

    def persona_ids(self) -> list[str]:
        return self.ids("persona")

    def round_ids(self) -> list[str]:
        return self.ids("rubric")

    def question_ids(self, round: str | None = None) -> list[str]:
        """All ids, or those of the sheets that say they suit ``round`` and are no draft; nothing is parsed for it."""
        ids = self.ids("question")
        if round is None:
            return ids
        if round not in self._suiting:
            self._suiting[round] = [id for id in ids if self._suits(id, round)]
        return list(self._suiting[round])

    def persona(self, id: str) -> Persona:
        """Raises NotFound, ContentError."""
        return self._model("persona", id, Persona)

    def rubric(self, round: str) -> Rubric:
        """Raises NotFound, ContentError."""
        return self._model("rubric", round, Rubric)

    def question(self, id: str) -> QuestionSheet:
        """Raises NotFound, ContentError."""
        return self._model("question", id, QuestionSheet)

    def get(self, kind: Kind, id: str) -> Content:
        """The persona, rubric or question ``id``. Raises NotFound, ContentError."""
        content: Content = self.parsed(kind, id).model
        return content

    def entry(self, kind: Kind, id: str) -> Entry:
        """Where ``id`` comes from; the file is read, not parsed. Raises NotFound, ContentError."""
        data = self.read(kind, id)
        found = self._listing(kind).found[id]
        return Entry(id, kind, found.path, found.origin, hashlib.sha256(data).hexdigest(), found.overrides)

    def entries(self, kind: Kind) -> list[Entry]:
        """All of a kind whose file can be read at all."""
        entries = []
        for id in self._listing(kind).found:
            try:
                entries.append(self.entry(kind, id))
            except ContentError:  # named by problems()
                continue
        return entries

    def held(self, kind: Kind, id: str) -> Held:
        """The file as it is now, for keeping in an interview. Raises NotFound, ContentError."""
        return pack(id, self.read(kind, id))

    def problems(self) -> list[ContentError]:
        """What is wrong with any file; reads everything."""
        found: list[ContentError] = []
        for kind in KINDS:
            found += self.name_problems(kind)
            for id in self._listing(kind).found:
                try:
                    self.parsed(kind, id)
                except ContentError as error:
                    found += faults_of(error)
        return found

    def name_problems(self, kind: Kind) -> tuple[ContentError, ...]:
        """Files left out because of their names."""
        return self._listing(kind).problems

    def parsed(self, kind: Kind, id: str) -> Parsed[Any]:
        """The model with its document, for those who report lines. Raises NotFound, ContentError."""
        return _parsed(kind, self.read(kind, id), self.path(kind, id), id)

    def read(self, kind: Kind, id: str) -> bytes:
        """The file's bytes, read once. Raises NotFound, ContentError."""
        key = (kind, id)
        if key not in self._bytes:
            self._bytes[key] = read_bytes(self.path(kind, id))
        return self._bytes[key]

    def path(self, kind: Kind, id: str) -> Path:
        """The file ``id`` is read from. Raises NotFound."""
        return self.found(kind, id).path

    def found(self, kind: Kind, id: str) -> Found:
        """The file of ``id`` with its origin, unopened. Raises NotFound."""
        known = self._listing(kind).found
        if id not in known:
            raise NotFound.among(_SAID[kind], id, list(known))
        return known[id]

    def _model(self, kind: Kind, id: str, model: type[M]) -> M:
        parsed = self.parsed(kind, id).model
        assert isinstance(parsed, model)
        return parsed

    def _suits(self, id: str, round: str) -> bool:
        try:
            # Not kept, and no more of it than its head: a bank of hundreds is not to fill the memory.
            if (rounds := rounds_of(read_head(self.path("question", id)))) is not None:
                return round in rounds
            sheet = self.question(id)
            return round in sheet.rounds and not sheet.draft
        except ContentError:  # named by problems()
            return False

    def _listing(self, kind: Kind) -> Listing:
        if kind not in self._listings:
            self._listings[kind] = listing(kind, self.origins)
        return self._listings[kind]


@lru_cache(maxsize=256)
def _parsed(kind: Kind, data: bytes, path: Path, id: str) -> Parsed[Any]:
    """The same bytes at the same place are the same content, whichever library asks; parsing a sheet takes .1 s."""
    return PARSERS[kind](data, path, id)


@lru_cache(maxsize=8)
def _library(origins: tuple[Origin, ...]) -> Library:
    return Library(origins)


def library() -> Library:
    """The library of where we are now; files are read once as long as that doesn't change."""
    return _library(paths.origins())


def forget() -> None:
    """Have ``library()`` look at the files again."""
    _library.cache_clear()
