"""The engine that thinks with a language model: one structured call a turn, words shown while they arrive."""

from __future__ import annotations

from asyncio import timeout
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, suppress
from dataclasses import replace
from functools import partial

from interviewer import config
from interviewer.engines.base import JudgeTask, Reading, TurnContext, Waiting
from interviewer.engines.llm import capabilities, mending, votes
from interviewer.engines.llm.allowance import Allowance
from interviewer.engines.llm.answers import Answers
from interviewer.engines.llm.arriving import Arriving
from interviewer.engines.llm.choices import choices
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.opening import LeadIn
from interviewer.engines.llm.pace import Pace
from interviewer.engines.llm.prompting import turn_messages
from interviewer.engines.llm.wire import FoundOnWire, spoken_schema
from interviewer.engines.offline.engine import OfflineEngine
from interviewer.errors import NotSetUp
from interviewer.models.base import Move
from interviewer.models.events import Finding
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import CheckVerdict, Judging
from interviewer.models.usage import Usage
from interviewer.reading.conduct import told
from interviewer.reading.quotes import verify

NO_SCHEMAS = "The endpoint takes no JSON schema, so the form of the model's answer was only asked for in words."
REST = 10.0  # seconds for the rest of an answer that is shown no further; what it found still counts


def connect(
    where: config.Endpoint, *, remember: bool = False, pace: Pace | None = None, client: type[Client] = Client,
    share: int = 1,
) -> Client:  # fmt: skip
    """A client of an endpoint, as the settings say; it may use one part of ``share`` of what one grading may use.

    Raises EngineError when no model or key is named.
    """
    settings = config.settings()
    if not where.model:
        raise NotSetUp("no_model", "No model is named.", next_step="Add --model NAME, or set INTERVIEWER_MODEL.")
    if where.api_key is None and not where.local:
        raise NotSetUp(
            "no_key", f"There is no key for {where.host}.",
            next_step=f"{where.key_advice} A server on this machine needs none; --engine offline no model at all.",
        )  # fmt: skip
    return client(
        where, settings.deadline, settings.patience, allowance=Allowance.of(settings, where.model).shared(share),
        capabilities=capabilities.known(where), learned=partial(capabilities.remember, where),
        pace=pace, answers=Answers() if remember else None,
    )  # fmt: skip


class LLMEngine:
    """Interviews and judges with one model at one endpoint. Never changes either by itself."""

    name = "llm"

    def __init__(self, client: Client, seed: int = 0) -> None:
        self.client = client
        self.model = client.endpoint.model
        self.judging = Judging(models=(self.model or "",))
        self._own_words = OfflineEngine(seed)

    @classmethod
    def from_settings(
        cls,
        model: str | None = None,
        seed: int = 0,
        *,
        remember: bool = False,
        pace: Pace | None = None,
        client: type[Client] = Client,
    ) -> LLMEngine:
        """As settings and environment say. Raises EngineError when no model or key is named."""
        return cls(connect(config.endpoint(model), remember=remember, pace=pace, client=client), seed)

    @property
    def usage(self) -> Usage:
        """What the model has cost: in this interview, where ``began_with`` told what had been used before."""
        return self.client.usage

    def began_with(self, used: Usage) -> None:
        self.client.usage = used + self.client.usage

    async def respond(self, turn: TurnContext) -> AsyncIterator[Reading | str | Waiting]:
        """One call: sentences as they are whole, then the Reading, for what was found comes last.

        Where the model picks a move that isn't open, or a sentence must not be said, the sheet's own words are said,
        without a second call. A question is always put in them, after what the model leads in with.
        """
        arriving = Arriving(choices(turn), partial(mending.place, turn), lambda c: LeadIn.to(turn, c.move))
        wanted = Wanted(turn_messages(turn), "interviewer_turn", spoken_schema(turn), arriving.accept)
        async with aclosing(self.client.stream(wanted)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Waiting):
                    arriving.forget()
                    yield piece
                elif words := arriving.take(piece):
                    yield words
                if arriving.stopped:
                    break
            if not arriving.stopped and (rest := arriving.rest()):
                yield rest
            if arriving.illegal:
                parts = self._instead(turn, arriving.named)
            elif arriving.stopped or arriving.lead_in:
                parts = self._completed(turn, arriving, pieces)
            else:
                yield self._reading(turn, arriving)
                return
            async for part in parts:
                yield part

    async def judge(self, task: JudgeTask) -> list[CheckVerdict]:
        """Verdicts, criterion by criterion; 'failed' where none came back."""
        return await votes.judge([self.client], task)

    async def aclose(self) -> None:
        await self.client.aclose()

    async def _instead(self, turn: TurnContext, named: str) -> AsyncIterator[Reading | str]:
        """What the offline interviewer would say, with a note why. It never quotes the server, who has the key."""
        move = named.partition(":")[0]
        chosen = f"'{move}'" if move in list(Move) else "something unknown"
        note = f"The model chose {chosen}, which was not open; the sheet's own words were said."
        async for part in self._own_words.respond(turn):
            if isinstance(part, Reading):
                yield replace(part, note=note)
            else:
                yield part

    async def _completed(
        self, turn: TurnContext, arriving: Arriving, pieces: AsyncIterator[str | Waiting]
    ) -> AsyncIterator[Reading | str]:
        """What was shown, made a whole turn; then the Reading, with what the rest of the answer found."""
        choice, said, own = arriving.choice, arriving.shown, not mending.usable(turn, arriving.choice, arriving.shown)
        spoken: Reading | None = None
        words = mending.instead(turn, choice, said) if own else ""
        if words and said and not said[-1].isspace():
            said += (between := arriving.lead_in.between if arriving.lead_in else " ")
            yield between
        if isinstance(words, TurnContext):
            async for part in self._own_words.respond(words):
                if isinstance(part, Reading):
                    spoken = part
                else:
                    said += part
                    yield part
        elif words:
            said += words
            yield words
        await _heard_out(pieces, arriving)
        given = arriving.spoken
        facts = tuple(dict.fromkeys([*(spoken.told if spoken else ()), *told(said, turn.sheet)]))
        yield Reading(
            choice.move, given.reason if given else choice.why, _target(choice.move, choice.target, facts),
            choice.rung, facts if choice.move not in (Move.ASK, Move.NEXT) else (),
            tuple(_found(turn, given.found)) if given else (),
            self._noted(mending.note(arriving, own=own)),
        )  # fmt: skip

    def _reading(self, turn: TurnContext, arriving: Arriving) -> Reading:
        choice, spoken = arriving.choice, arriving.spoken
        if spoken is None:
            raise RuntimeError("the answer is not whole yet")
        facts = _told(turn, spoken.told)
        target, found = _target(choice.move, choice.target, facts), tuple(_found(turn, spoken.found))
        return Reading(choice.move, spoken.reason, target, choice.rung, facts, found, self._noted(""))

    def _noted(self, note: str) -> str:
        return " ".join(filter(None, (note, "" if self.client.schemas else NO_SCHEMAS)))


async def _heard_out(pieces: AsyncIterator[str | Waiting], arriving: Arriving) -> None:
    """The rest of an answer of which no more is shown; where it fails, nothing is asked again."""
    with suppress(Fault, TimeoutError):
        async with timeout(REST):
            async for piece in pieces:
                if isinstance(piece, Waiting):
                    return


def _target(move: Move, target: str | None, facts: tuple[str, ...]) -> str | None:
    """A clarification is about the facts it told."""
    return (",".join(facts) or None) if move is Move.CLARIFY else target


def _told(turn: TurnContext, told: list[str]) -> tuple[str, ...]:
    """The facts of the sheet that were told."""
    return tuple(id for id in dict.fromkeys(told) if turn.sheet and turn.sheet.fact(id))


def _found(turn: TurnContext, found: list[FoundOnWire]) -> Iterator[Finding]:
    """What was found, where it is on the sheet, can be said of it, and its quote is really in the answer."""
    if turn.answer is None or turn.sheet is None:
        return
    seen: set[str] = set()
    for f in found:
        span = verify(f.quote, turn.answer.text)
        if span and f.id not in seen and f.verdict in _sayable(turn.sheet, f.id):
            seen.add(f.id)
            yield Finding(id=f.id, verdict=f.verdict, quote=span)


def _sayable(sheet: QuestionSheet, id: str) -> tuple[str, ...]:
    if sheet.expectation(id) or sheet.push_back(id):
        return ("met", "partly")
    return ("held", "corrected") if sheet.misconception(id) else ()
