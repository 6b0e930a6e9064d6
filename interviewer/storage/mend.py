"""Events as they were read, made into a list that always folds: damage takes away what it hit and nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.models.events import AnswerRead, CandidateSaid, Event, Started
from interviewer.models.interview import Interview


def rounds_of(events: Sequence[Event]) -> tuple[str, ...]:
    """The rounds events name, in order."""
    return tuple(dict.fromkeys(r for e in events if isinstance(r := getattr(e, "round", None), str)))


def stand_in(events: Sequence[Event], id: str = "unknown") -> Started:
    """A header for a file whose own can't be read."""
    return Started(id=id, created="", loop="unknown", rounds=rounds_of(events), engine="")


def mend(events: Sequence[Event], *, damaged: bool) -> tuple[list[Event], list[str]]:
    """The events that fold, the header first, and what was put right. Undamaged files come out as they went in."""
    problems: list[str] = []
    headers = [e for e in events if isinstance(e, Started)]
    rest = [e for e in events if not isinstance(e, Started)]
    if not events:
        return [], []
    if not headers:
        problems.append("the first line, which says what was held, can't be read")
    if len(headers) > 1:
        problems.append(f"{len(headers)} headers; only the first counts")
    header = headers[0] if headers else stand_in(rest)
    if unknown := [r for r in rounds_of(rest) if r not in header.rounds]:
        problems.append(f"rounds the header doesn't name: {', '.join(unknown)}")
        header = header.model_copy(update={"rounds": (*header.rounds, *unknown)})
    kept = _that_fold(header, rest, damaged, problems)
    return ([header, *kept] if headers else kept), problems


def _that_fold(header: Started, events: Sequence[Event], damaged: bool, problems: list[str]) -> list[Event]:
    """Fold step by step, leaving out what doesn't fit."""
    interview = Interview.of([header])
    said: CandidateSaid | None = None
    kept: list[Event] = []
    for event in events:
        if damaged and isinstance(event, AnswerRead):
            placed = _placed(event, said, interview)
            if placed is None:
                problems.append(f"what was read in turn {event.turn} was left out: that turn is lost")
                continue
            event = placed
        try:
            interview.apply(event)
        except (LookupError, ValueError) as error:
            problems.append(f"an event ({event.kind}) does not fit: {type(error).__name__}")
            continue
        if isinstance(event, CandidateSaid):
            said = event
        kept.append(event)
    return kept


def _placed(event: AnswerRead, said: CandidateSaid | None, interview: Interview) -> AnswerRead | None:
    """A reading moved to where its answer now is: turns before it may be lost, or the answer itself."""
    if said is None or not (said.continues or said.turn == event.turn):
        return None
    at = max((t.index for t in interview.turns if t.role == "candidate"), default=None)
    return None if at is None else event.model_copy(update={"turn": at})
