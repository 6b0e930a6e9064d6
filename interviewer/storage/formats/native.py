"""Our own files: one event a line. Reading gives up every whole turn; importing turns any transcript into events."""

from __future__ import annotations

import re

from interviewer.errors import TranscriptError
from interviewer.models import events as ev
from interviewer.models.base import Move
from interviewer.models.interview import Interview
from interviewer.models.transcript import Transcript, Turn
from interviewer.storage import lines
from interviewer.storage.mend import stand_in
from interviewer.text import one_line

NAME = "native"
# An imported turn has no move; the file's events must have one. This reason says that it stands for none.
UNKNOWN_MOVE = "imported: the move is not known"
_KINDS = "started|round_opened|interviewer|candidate|read|paused|resumed|round_closed|self_rated|engine_failed|ended"
_EVENT_LINE = re.compile(rb'^(?:\xef\xbb\xbf)?[\0 \t]*\{"kind":\s*"(?:' + _KINDS.encode() + rb')"', re.M)


def sniff(data: bytes) -> bool:
    """Whether any line begins as an event: the header may be what was damaged."""
    return _EVENT_LINE.search(data) is not None


def read(data: bytes, *, name: str, round: str | None = None, candidate: str | None = None) -> Transcript:
    """The turns that stand. ``round`` is given to turns that name none. Raises TranscriptError if no line is whole."""
    loaded = lines.parse(data)
    if not loaded.events:
        why = one_line("; ".join(loaded.problems[:2]))
        raise TranscriptError(
            f"{one_line(name)} is an interview file, but no line of it is whole ({why}).",
            next_step="Take a copy from a backup.",
        )
    return transcript(loaded, name=name, round=round)


def transcript(loaded: lines.Loaded, *, name: str, round: str | None = None) -> Transcript:
    """What a file's events say was spoken. There must be an event."""
    events = loaded.events if loaded.header else [stand_in(loaded.events, name), *loaded.events]
    interview = Interview.of(events)
    made = interview.transcript(source=NAME, sha256=loaded.sha256, problems=tuple(loaded.problems))
    imported = interview.header.origin == "imported"
    turns = tuple(_turn(turn, round, imported) for turn in made.turns)
    return made.model_copy(update={"turns": turns, "engine": made.engine or None})


def _turn(turn: Turn, round: str | None, imported: bool) -> Turn:
    changes: dict[str, object] = {}
    if not turn.round:
        changes["round"] = round
    if imported and turn.reason == UNKNOWN_MOVE:
        changes |= {"move": None, "reason": ""}
    return turn.model_copy(update=changes) if changes else turn


def imported(data: bytes, id: str) -> tuple[ev.Started, list[ev.Event]]:
    """The events of one of our own files from elsewhere, under a new id and marked as imported: header, rest."""
    events = lines.parse(data).events
    header = next((e for e in events if isinstance(e, ev.Started)), None) or stand_in(events)
    rest: list[ev.Event] = [e for e in events if not isinstance(e, ev.Started | ev.Repaired)]
    return header.model_copy(update={"id": id, "origin": "imported", "schema_": ev.SCHEMA}), rest


def events_of(t: Transcript, id: str) -> tuple[ev.Started, list[ev.Event]]:
    """A transcript from elsewhere as events: header, rest. What isn't known stays empty, nothing is made up."""
    rounds = tuple(dict.fromkeys([*(turn.round or "" for turn in t.turns), *t.self_ratings]))
    header = ev.Started(
        id=id, created=t.created, loop="imported", rounds=rounds, engine=t.engine or "", model=t.model,
        personas=t.personas, rubrics=t.rubrics, questions=t.questions, origin="imported", candidate=t.candidate,
    )  # fmt: skip
    events: list[ev.Event] = []
    opened: set[str] = set()
    for n, turn in enumerate(t.turns):
        if (name := turn.round or "") not in opened:
            opened.add(name)
            events.append(ev.RoundOpened(round=name))
        events.append(_said(turn, n))
    if t.complete:
        events += [ev.RoundClosed(round=name, reason="imported") for name in rounds]
    events += [ev.SelfRated(round=r, levels=levels) for r, levels in t.self_ratings.items()]
    if t.complete:
        events.append(ev.Ended(reason="completed"))
    return header, events


def _said(turn: Turn, n: int) -> ev.Event:
    if turn.role == "candidate":
        return ev.CandidateSaid(turn=n, round=turn.round or "", text=turn.text, seconds=turn.seconds)
    return ev.InterviewerSaid(
        turn=n, round=turn.round or "", text=turn.text, move=turn.move or Move.ASK, persona=turn.speaker,
        reason=turn.reason if turn.move else UNKNOWN_MOVE, question=turn.question, target=turn.target,
        rung=turn.rung, note=turn.note,
    )  # fmt: skip
