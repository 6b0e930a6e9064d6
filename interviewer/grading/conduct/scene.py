"""One round as it is looked back on: its turns, the sheets they were spoken from, its clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from interviewer.content.held import from_held
from interviewer.content.library import Library
from interviewer.errors import InterviewerError
from interviewer.models.base import AnswerKind, Move
from interviewer.models.events import Held
from interviewer.models.question import QuestionSheet
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.conduct import Breach, Room, breaches, room
from interviewer.reading.decisions import settled

LONGEST = 6000  # characters of a turn that are looked at
ANSWERS = (AnswerKind.SUBSTANTIVE, AnswerKind.RAMBLE, AnswerKind.THIN)
FULL = (AnswerKind.SUBSTANTIVE, AnswerKind.RAMBLE)


@dataclass(frozen=True, eq=False)
class Scene:
    """``sheets`` by id, as far as they are known; ``about``: what the round looks for, in words that its opening may
    say; ``minutes`` on the candidate's clock, None where the transcript doesn't say."""

    round: str
    turns: tuple[Turn, ...]
    sheets: dict[str, QuestionSheet]
    about: str = ""
    minutes: int | None = None
    engine: str | None = None

    @property
    def spoken(self) -> Iterator[tuple[int, Turn]]:
        """The interviewer's turns with their places in ``turns``."""
        return ((i, t) for i, t in enumerate(self.turns) if t.role == "interviewer")

    @cached_property
    def breached(self) -> dict[int, list[Breach]]:
        """What each of the interviewer's turns says that it must not, by the turn's index."""
        return {turn.index: breaches(turn.text, self._room(place, turn)) for place, turn in self.spoken}

    def _room(self, place: int, turn: Turn) -> Room:
        about = f"{self.about} {turn.speaker or ''} {self._introduction(turn)}"
        return room(self.sheet(turn), self.turns[:place], turn.move, turn.target, turn.rung, about=about)

    def _introduction(self, turn: Turn) -> str:
        """What the offline interviewer says before it opens a question: its persona's lines, the same for any case."""
        sheet = self.sheet(turn)
        if self.engine != "offline" or turn.move not in (Move.ASK, Move.NEXT) or sheet is None:
            return ""
        introduction, opened, _ = turn.text.partition(sheet.ask)
        return introduction if opened else ""

    def _asked(self, place: int) -> str | None:
        """The question that was on the table before ``place``."""
        return self.turns[place - 1].question if place else None

    @property
    def moves_known(self) -> bool:
        return any(t.move is not None for _, t in self.spoken)

    def sheet(self, turn: Turn) -> QuestionSheet | None:
        return self.sheets.get(turn.question or "")

    def answer(self, place: int) -> Turn | None:
        """What the candidate said last before ``place``."""
        return next((t for t in reversed(self.turns[:place]) if t.role == "candidate"), None)

    def after(self, place: int) -> list[Turn]:
        """The interviewer's turns after ``place``, in order."""
        return [t for t in self.turns[place + 1 :] if t.role == "interviewer"]

    @property
    def closed_at(self) -> int:
        """The place of the turn that begins the close; the number of turns where there is none."""
        return next((i for i, t in self.spoken if t.move is Move.CLOSE), len(self.turns))

    def out_of_time(self, turn: Turn) -> bool:
        """Whether the clock had run out when a turn was said; False where it isn't known."""
        return self.minutes is not None and turn.clock is not None and turn.clock >= self.minutes * 60

    @property
    def decided_in_time(self) -> Turn | None:
        """The turn that asks for a decision, or that goes on because one was voiced; None
        where there is none before the clock ran out."""
        for place, turn in self.spoken:
            given = [t.text for t in self.turns[:place] if t.role == "candidate" and t.question == self._asked(place)]
            voiced = settled(given)
            if turn.move is Move.DECIDE or (turn.move in (Move.NEXT, Move.CLOSE) and voiced):
                return None if self.out_of_time(turn) else turn
        return None


def scenes(transcript: Transcript, library: Library) -> tuple[Scene, ...]:
    """The rounds of a transcript; where it names none, all of it is one."""
    rounds: tuple[str | None, ...] = transcript.rounds or (None,)
    return tuple(_scene(transcript, library, name) for name in rounds)


def _scene(transcript: Transcript, library: Library, name: str | None) -> Scene:
    turns = tuple(_short(t) for t in transcript.turns if t.round == name)
    held = {h.id: h for h in transcript.questions.get(name or "", ())}
    named = dict.fromkeys(t.question for t in turns if t.question)
    sheets = {id: s for id in named if (s := _sheet(id, held.get(id), library))}
    about = ""
    try:
        rubric = library.rubric(name or "")
        about = f"{rubric.looks_for} {rubric.title}"
    except InterviewerError:  # a round of somebody else's
        pass
    return Scene(name or "", turns, sheets, about, transcript.minutes.get(name or ""), transcript.engine)


def _short(turn: Turn) -> Turn:
    return turn if len(turn.text) <= LONGEST else turn.model_copy(update={"text": turn.text[:LONGEST]})


def _sheet(id: str, held: Held | None, library: Library) -> QuestionSheet | None:
    """The sheet as it was held with, else today's: what matters is which words the interviewer had before them."""
    try:
        changed = held is not None and held.copy_ and held.sha256 != _ours(id, library)
        return from_held(held, QuestionSheet) if held and changed else library.question(id)
    except InterviewerError:
        return None


def _ours(id: str, library: Library) -> str:
    """The hash of today's sheet; "" where there is none."""
    try:
        return library.entry("question", id).sha256
    except InterviewerError:
        return ""
