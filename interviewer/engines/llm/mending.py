"""What is made of a model's turn that was stopped at a sentence which must not be said, or that leads to a question:
without a second call."""

from __future__ import annotations

from dataclasses import replace

from interviewer.engines.base import LegalMove, TurnContext
from interviewer.engines.llm.arriving import Arriving
from interviewer.engines.llm.choices import Choice
from interviewer.engines.llm.opening import NOT_PUT, OPENS
from interviewer.models.base import Move
from interviewer.reading.conduct import KINDS, Room, asks, own_words, room, share_of, told

CARRIES = 0.7  # of the sheet's telling words that a text has in it when it stands for them


def place(turn: TurnContext, choice: Choice) -> Room:
    """What a turn with this choice may build on."""
    found = turn.answer.found if turn.answer else ()
    sheet = turn.upcoming if choice.move in OPENS else turn.sheet
    about = f"{turn.rubric.looks_for} {turn.rubric.title} {turn.persona.title}"
    return room(sheet, turn.turns, choice.move, choice.target, choice.rung, found, about)


def usable(turn: TurnContext, choice: Choice, shown: str) -> bool:
    """Whether what was shown does by itself what the move is for: it has its question, or the fact asked for."""
    own = own_words(turn.sheet, choice.move, choice.target, choice.rung, turn.heard)
    if choice.move in OPENS:
        return False  # only what leads to a question is ever shown of the model's words
    if choice.move is Move.CLARIFY:
        return bool(told(shown, turn.sheet)) or bool(asks(shown))
    return bool(asks(shown)) or (bool(own) and bool(shown) and share_of(own, shown) >= CARRIES)


def instead(turn: TurnContext, choice: Choice, shown: str) -> str | TurnContext:
    """The sheet's own words for the choice; where it has none or nothing was shown, the turn for which the offline
    interviewer finds them, with this choice alone open."""
    sheet = turn.upcoming if choice.move in OPENS else turn.sheet
    own = own_words(sheet, choice.move, choice.target, choice.rung, turn.heard)
    if shown.strip() and own:
        return own
    was = next(m for m in turn.legal if m.move is choice.move)
    targets = (choice.target,) if choice.target else was.targets
    return replace(turn, legal=(LegalMove(choice.move, targets, was.why),))


def note(arriving: Arriving, *, own: bool) -> str:
    """What happened, in words that give away nothing of what wasn't shown; "" where nothing did."""
    if arriving.wrong is None:
        whole = arriving.spoken is None or arriving.lead_in is None or arriving.lead_in.put(arriving.spoken.say)
        return NOT_PUT if arriving.led and not whole else ""
    end = " and the sheet's own words were said instead." if own else "."
    return f"The model {KINDS[arriving.wrong.kind]}; that sentence was not shown{',' if own else ''}{end}"
