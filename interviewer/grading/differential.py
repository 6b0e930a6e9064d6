"""The grade once more, without the words that are aimed at the grader: what difference they made."""

from __future__ import annotations

from interviewer.models.scorecard import Difference, Scorecard, Shift
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.answer import without
from interviewer.reading.flags import injection_spans


def cleaned(talk: Transcript) -> Transcript:
    """The talk with the flagged spans of the candidate's turns cut out; the same where there are none."""
    return talk.model_copy(update={"turns": tuple(map(_cleaned, talk.turns))})


def _cleaned(turn: Turn) -> Turn:
    spans = injection_spans(turn.text) if turn.role == "candidate" else []
    return turn.model_copy(update={"text": without(turn.text, spans).strip()}) if spans else turn


def difference(card: Scorecard, again: Scorecard) -> Difference:
    """The levels of a round without the flagged words, and how much higher each is with them."""
    levels = {c.id: c.level for c in again.criteria}
    shifts = tuple(
        Shift(id=c.id, title=c.title, level=levels[c.id], raised=_raised(c.level, levels[c.id])) for c in card.criteria
    )
    return Difference(
        round=card.round, overall=again.overall, raised=_raised(card.overall, again.overall), criteria=shifts
    )


def _raised(given: float | None, without: float | None) -> float | None:
    return None if given is None or without is None else round(given - without, 1)
