"""What to do next: one of the moves the gate allows, chosen by rule. Says nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.engines.base import LegalMove, TurnContext
from interviewer.models.base import AnswerKind, Move
from interviewer.models.interview import Phase
from interviewer.models.question import PushBack
from interviewer.models.targets import (
    BOUNDARY,
    FAREWELL,
    GROUNDS,
    LEAN,
    MORE,
    NUMBER,
    OCCASION,
    OWN_PART,
    OWNED,
    REPLY,
    SIDE,
)
from interviewer.reading.match import find
from interviewer.reading.tokens import stems

FACTS = 5  # told at once
ALONG = 26  # words of facts that are told along with another move; more is a turn of its own
NEAR = 2  # words a probe has in common with the answer to be called the nearest
SETTLED = 2  # answers before which the sheet's own order is kept, so that the basics come first
AHEAD = 2  # of a story's questions, how far one may run ahead of the order in which things happened
SCEPTIC = 4  # from this dial on, a persona pushes back as soon as it may


@dataclass(frozen=True)
class Choice:
    """A move, what it is about and why, in one sentence that gives nothing of the sheet away."""

    move: Move
    reason: str
    target: str | None = None
    rung: int | None = None
    told: tuple[str, ...] = ()  # facts to be told, first


def choose(turn: TurnContext) -> Choice:
    """One of ``turn.legal``."""
    legal = {m.move: m for m in turn.legal}
    kind = turn.answer.kind if turn.answer else None
    move = next((m for m in _preferred(turn, kind) if m in legal), turn.legal[0].move)
    if move in _LEAVES and Move.CLARIFY in legal and _along(turn) and turn.progress.seconds_left > 0:
        move = Move.CLARIFY  # what is told on leaving can't be taken up any more
    choice = _made(turn, legal[move])
    if move is Move.CLARIFY:
        return replace(choice, told=tuple(choice.target.split(",")) if choice.target else ())
    return replace(choice, told=_along(turn)) if move not in _LEAVES or _waits(turn) else choice


def _waits(turn: TurnContext) -> bool:
    return turn.answer is not None and turn.answer.waits_for


def _along(turn: TurnContext) -> tuple[str, ...]:
    """The facts asked for in an answer that goes on to something else: told before the next question."""
    asked = turn.answer.facts if turn.answer and turn.sheet and turn.progress.phase is Phase.ASKING else ()
    told = turn.question.told if turn.question else set()
    return tuple(f for f in asked if f not in told)[:FACTS]


def _goes_along(turn: TurnContext) -> bool:
    """Whether what was asked can be answered in passing: an answer was given too, and there are few words to say."""
    answer, sheet = turn.answer, turn.sheet
    if answer is None or sheet is None or answer.meant or answer.again:
        return False
    if not answer.found and (answer.facts or answer.kind is not AnswerKind.SUBSTANTIVE):
        return False
    says = " ".join(f.say for id in _along(turn) if (f := sheet.fact(id)))
    return len(says.split()) <= ALONG


def _preferred(turn: TurnContext, kind: AnswerKind | None) -> tuple[Move, ...]:
    """Moves by how well they answer what was just said."""
    if kind is AnswerKind.CLARIFYING:
        return (Move.CLARIFY, *_onward(turn))
    if kind in (AnswerKind.HINT_REQUEST, AnswerKind.NON_ANSWER):
        return (Move.HINT, Move.REPAIR, *_onward(turn))
    if kind in (
        AnswerKind.EMPTY,
        AnswerKind.GIBBERISH,
        AnswerKind.OFF_TOPIC,
        AnswerKind.SKIP,
        AnswerKind.REPEAT,
        AnswerKind.ORDER,
        AnswerKind.THINKING,
    ):
        return (Move.REPAIR, Move.HINT, *_onward(turn))
    if kind is AnswerKind.RAMBLE:
        return (Move.REDIRECT, *_onward(turn))
    if turn.answer and turn.answer.asks and not _goes_along(turn):
        return (Move.CLARIFY, *_onward(turn))
    return _onward(turn)


def _onward(turn: TurnContext) -> tuple[Move, ...]:
    """After an answer: a mistake just made first; then what's missing, or for a sceptic the other side of it."""
    answers = turn.question.answers if turn.question else 0
    held = _held_now(turn) or _number_now(turn)
    sceptical = turn.persona.scepticism >= SCEPTIC and answers >= 1
    first = (Move.PUSH_BACK, Move.PROBE) if held or sceptical else (Move.PROBE, Move.PUSH_BACK)
    return (*first, Move.DECIDE, Move.NEXT, Move.ASK, Move.CLOSE, Move.CLARIFY, Move.HINT, Move.REDIRECT, Move.REPAIR)


def _held_now(turn: TurnContext) -> str | None:
    """The misconception stated in this answer that may be challenged now."""
    push = next((m for m in turn.legal if m.move is Move.PUSH_BACK), None)
    held = {f.id for f in turn.answer.found if f.verdict == "held"} if turn.answer else set()
    return next((t for t in push.targets if t in held), None) if push else None


def _number_now(turn: TurnContext) -> str | None:
    """A number of this answer that may be asked about now."""
    return next((NUMBER for m in turn.legal if m.move is Move.PUSH_BACK and NUMBER in m.targets), None)


_PLAIN = {
    Move.ASK: "The round opens with its question.",
    Move.REDIRECT: "The answer was long and little of it was on the question.",
    Move.DECIDE: "A decision is asked for before the question is left.",
}


def _made(turn: TurnContext, legal: LegalMove) -> Choice:
    made = {
        Move.CLARIFY: _clarify, Move.PROBE: _probe, Move.PUSH_BACK: _push_back, Move.HINT: _hint,
        Move.REPAIR: _repair, Move.NEXT: _next, Move.CLOSE: _close,
    }  # fmt: skip
    if legal.move in _PLAIN:
        return Choice(legal.move, _PLAIN[legal.move], _best(legal))
    return made[legal.move](turn, legal)


def _best(legal: LegalMove) -> str | None:
    return legal.targets[0] if legal.targets else None


def _clarify(turn: TurnContext, legal: LegalMove) -> Choice:
    """Every fact that was asked for; one that was told before only where nothing else is left to say."""
    told = turn.question.told if turn.question else set()
    answer = turn.answer
    asked = [t for t in legal.targets if t not in told]
    if not asked and not (answer and (answer.unknown or answer.meant or answer.again)):
        asked = list(legal.targets)
    if asked:
        return Choice(Move.CLARIFY, "The candidate asked for a fact the sheet holds.", ",".join(asked[:FACTS]))
    if answer and (answer.meant or answer.again):
        return Choice(Move.CLARIFY, "The candidate asked how the interviewer's words are to be taken.")
    return Choice(Move.CLARIFY, "The candidate asked for something the sheet doesn't hold.")


def _probe(turn: TurnContext, legal: LegalMove) -> Choice:
    target = _best(legal)
    if target in _PRESSES:
        return Choice(Move.PROBE, _PRESSES[target], target)
    early = turn.question is not None and turn.question.answers < SETTLED
    story = turn.sheet is not None and turn.sheet.story
    next_ones = replace(legal, targets=legal.targets[:AHEAD]) if story else legal
    near = None if early or turn.answer is None else _nearest_point(turn, next_ones, turn.answer.text)
    why = "It is the nearest to what was just said of what hasn't come up yet." if near else _LEFT
    return Choice(Move.PROBE, why, near or target)


_LEAVES = (Move.ASK, Move.NEXT, Move.CLOSE)  # what nobody waits for isn't told any more
_LEFT = "Something that weighs most of what is left hasn't come up yet."
_PRESSES = {
    MORE: "The answer was short, so the candidate is asked for more.",
    OCCASION: "Nothing that happened has been told yet, so an occasion is asked for.",
    OWN_PART: "The answer says 'we', so the candidate's own part is asked for.",
    LEAN: "The answer weighs much and leans nowhere, so it is asked which way.",
    GROUNDS: "The challenge was met without a reason, so the reason is asked for.",
    OWNED: "Something was admitted in passing, so it is asked about.",
    SIDE: "Somebody was mentioned, so it is asked how they saw it.",
    BOUNDARY: "A position was taken, so it is asked where it ends.",
}


def _nearest_point(turn: TurnContext, legal: LegalMove, text: str) -> str | None:
    """Of what may be asked about, the point that has most words in common with ``text``; None where none has enough."""
    if turn.sheet is None:
        return None
    said = stems(text) - stems(turn.sheet.ask)
    points = [e for t in legal.targets if (e := turn.sheet.expectation(t))]
    shared = {e.id: len(said & stems(f"{e.point} {e.probe} {e.topic or ''}")) for e in points}
    best = max(shared, key=shared.__getitem__, default=None)
    return best if best and shared[best] >= NEAR else None


def _push_back(turn: TurnContext, legal: LegalMove) -> Choice:
    target = _held_now(turn) or _number_now(turn) or _nearest(turn, legal)
    if target == NUMBER:
        return Choice(Move.PUSH_BACK, "A number in the answer doesn't follow from what was said.", target)
    if turn.sheet and target and turn.sheet.misconception(target):
        return Choice(Move.PUSH_BACK, "The candidate stated a belief that deserves a challenge.", target)
    return Choice(Move.PUSH_BACK, "The candidate has taken a position, which is now tested.", target)


def _nearest(turn: TurnContext, legal: LegalMove) -> str | None:
    """Of the planned push-backs one the candidate hasn't answered by themselves, nearest to what they just said."""
    sheet, answer = turn.sheet, turn.answer
    if sheet is None or answer is None or any(sheet.misconception(t) for t in legal.targets):
        return _best(legal)
    planned = [p for t in legal.targets if (p := sheet.push_back(t))]
    said = stems(answer.text) - stems(sheet.ask)
    known = turn.heard

    def rank(p: PushBack) -> tuple[bool, bool, int]:
        met = find(p.met_by, turn.spoken) is not None
        return met, p.put(known) == p.cold, -len(said & (stems(p.say) | stems(p.because)))

    return min(planned, key=rank).id if planned else _best(legal)


def _hint(turn: TurnContext, legal: LegalMove) -> Choice:
    target = _stuck_on(turn, legal)
    given = turn.question.rungs.get(target, 0) if turn.question and target else 0
    rung = min(3, given + 1)
    asked = turn.answer is not None and turn.answer.kind is AnswerKind.HINT_REQUEST
    why = "The candidate asked for a hint" if asked else "The candidate is stuck"
    return Choice(Move.HINT, f"{why}: hint {rung} of 3.", target, rung)


def _stuck_on(turn: TurnContext, legal: LegalMove) -> str | None:
    """What was just probed; after anything else, the point that has most words in common with what was said."""
    last = next((t for t in reversed(turn.turns) if t.role == "interviewer"), None)
    if last is None or last.move in (Move.PROBE, Move.HINT) or turn.answer is None:
        return _best(legal)
    return _nearest_point(turn, legal, f"{last.text}\n{turn.answer.text}") or _best(legal)


_UNUSED = {
    AnswerKind.EMPTY: "The turn was empty.",
    AnswerKind.GIBBERISH: "The turn held no words to work with.",
    AnswerKind.OFF_TOPIC: "The turn was not about the question.",
    AnswerKind.SKIP: "The candidate wanted to move on without an answer.",
    AnswerKind.REPEAT: "The turn said again what had been said.",
    AnswerKind.THIN: "Several short turns in a row said nothing to work with.",
    AnswerKind.ORDER: "The turn told the interviewer what to do instead of answering.",
    AnswerKind.NON_ANSWER: "The candidate had no answer.",
    AnswerKind.THINKING: "The candidate wants time to think.",
    AnswerKind.HINT_REQUEST: "The candidate asked for a hint and there is none left.",
}


def _repair(turn: TurnContext, legal: LegalMove) -> Choice:
    kind = turn.answer.kind if turn.answer else AnswerKind.EMPTY
    return Choice(Move.REPAIR, _UNUSED.get(kind, "The turn did not take up the question."), _best(legal))


def _next(turn: TurnContext, legal: LegalMove) -> Choice:
    return Choice(Move.NEXT, f"On to the next question: {legal.why or 'this one is finished'}.", _best(legal))


_CLOSING = {
    REPLY: "The candidate has the floor for questions of their own.",
    FAREWELL: "The candidate has no more questions, or the time for them is used up.",
}


def _close(turn: TurnContext, legal: LegalMove) -> Choice:
    why = f"The round closes: {legal.why or 'what there was to ask has been asked'}."
    return Choice(Move.CLOSE, _CLOSING.get(_best(legal) or "", why), _best(legal))
