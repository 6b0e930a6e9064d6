"""Where things stand on the page: ids of rounds and turns, links to them, which words of a turn were quoted where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.quotes import located
from interviewer.reports import wording
from interviewer.text import sanitise

_TURN = re.compile(r"\b([Tt]urn) (\d{1,6})(?=: |\))")  # as our sentences name one
FLAG = "flag"


@dataclass(frozen=True)
class Talk:
    """The turns of one round, as they stand on the page."""

    id: str
    title: str
    turns: tuple[Turn, ...]
    minutes: int | None = None  # on the candidate's clock, where that is known


@dataclass(frozen=True)
class Cited:
    """Words of a turn, and the place that quotes them. ``start`` and ``end`` are in the sanitised text."""

    start: int
    end: int
    place: str
    name: str


class Places:
    """One grade's places. What is quoted is noted while the scorecard is written and marked in the transcript below."""

    def __init__(self, grade: Grade, talk: Transcript | None, prefix: str = "") -> None:
        self.prefix = prefix
        self.talks = tuple(_talks(grade, talk, prefix)) if talk else ()
        self.texts = {t.index: sanitise(t.text) for part in self.talks for t in part.turns}
        self.ids = {t.index: f"{part.id}-t{t.index}" for part in self.talks for t in part.turns}
        self.cited: dict[int, list[Cited]] = {}

    def round(self, number: int) -> str:
        """The id of the round with that place among the scorecards, from 0."""
        return f"{self.prefix}r{number + 1}"

    def of_round(self, id: str) -> Talk | None:
        return next((t for t in self.talks if t.id == id), None)

    def cite(self, turn: int, quote: str, place: str, name: str) -> None:
        """Note that ``place`` quotes these words; what doesn't stand in the turn is not marked."""
        found = located(sanitise(quote), self.texts[turn]) if turn in self.texts else None
        if found is not None:
            self.cited.setdefault(turn, []).append(Cited(*found, place, name))

    def link(self, turn: int) -> str:
        """ "turn 12", as a link where that turn is on the page."""
        return f'<a href="#{self.ids[turn]}">turn {turn}</a>' if turn in self.ids else f"turn {turn}"

    def prose(self, text: str) -> str:
        """A sentence of ours, safe to show, with links where it names a turn."""
        return _TURN.sub(self._named, escape(wording.quote(text)))

    def _named(self, match: re.Match[str]) -> str:
        turn = int(match[2])
        return f'<a href="#{self.ids[turn]}">{match[0]}</a>' if turn in self.ids else match[0]


def _talks(grade: Grade, talk: Transcript, prefix: str) -> Iterator[Talk]:
    """The graded rounds; then those that the interviewer's report points into. A file without that round is all of
    it: so it was graded."""
    graded = [card.round for card in grade.rounds]
    for n, card in enumerate(grade.rounds):
        turns = talk.of_round(card.round).turns if card.round in talk.rounds else talk.turns
        yield Talk(f"{prefix}r{n + 1}", card.title, turns, talk.minutes.get(card.round))
    if not set(graded) & set(talk.rounds):
        return
    named = {p.turn for rule in (grade.conduct.rules if grade.conduct else ()) for p in rule.passages}
    rest = [r for r in talk.rounds if r not in graded and named & {t.index for t in talk.of_round(r).turns}]
    for n, name in enumerate(rest, len(graded)):
        yield Talk(f"{prefix}r{n + 1}", f"{name} (not graded)", talk.of_round(name).turns)
