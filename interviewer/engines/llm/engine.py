"""The engine that thinks with a language model: one structured call a turn, words shown while they arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from interviewer import config
from interviewer.engines.base import JudgeTask, LegalMove, Reading, TurnContext, Waiting
from interviewer.engines.llm import judge, partial
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.prompting import turn_messages
from interviewer.engines.llm.wire import FoundOnWire, SpokenOnWire, spoken_schema
from interviewer.engines.offline.engine import OfflineEngine
from interviewer.errors import EngineError
from interviewer.models.base import Move
from interviewer.models.events import Finding
from interviewer.models.scorecard import CheckVerdict
from interviewer.reading.quotes import verify


class LLMEngine:
    """Interviews and judges with one model at one endpoint. Never changes either by itself."""

    name = "llm"

    def __init__(self, client: Client, seed: int = 0) -> None:
        self.client = client
        self.model = client.endpoint.model
        self._own_words = OfflineEngine(seed)

    @classmethod
    def from_settings(cls, model: str | None = None, seed: int = 0) -> LLMEngine:
        """As settings and environment say. Raises EngineError when no model or key is named."""
        where, settings = config.endpoint(model), config.settings()
        if not where.model:
            raise EngineError("no_model", "No model is named.", next_step="Add --model NAME, or set INTERVIEWER_MODEL.")
        if where.api_key is None and not where.local:
            raise EngineError(
                "no_key", f"There is no key for {where.host}.",
                next_step="Set OPENAI_API_KEY, point OPENAI_BASE_URL at a local server, or use --engine offline.",
            )  # fmt: skip
        return cls(Client(where, settings.deadline, settings.patience), seed)

    async def respond(self, turn: TurnContext) -> AsyncIterator[Reading | str | Waiting]:
        """One call. If the model picks a move that isn't open, the sheet's own words are said, without a second call."""
        wanted = Wanted(turn_messages(turn), "interviewer_turn", spoken_schema(turn), _whole)
        text, shown, move = "", "", None
        async for piece in self.client.stream(wanted):
            if isinstance(piece, Waiting):
                text, shown, move = "", "", None
                yield piece
                continue
            text += piece
            so_far = partial.parse(text)
            if move is None and "say" in so_far:
                move = _legal(turn, so_far)
                if move is None:
                    break
            if move is not None:
                say = str(so_far.get("say") or "")
                if fresh := say[len(shown) :]:
                    shown = say
                    yield fresh
        if move is None:
            async for part in self._instead(turn, text):
                yield part
            return
        yield _reading(turn, move, _whole(text))

    async def judge(self, task: JudgeTask) -> list[CheckVerdict]:
        """Verdicts, criterion by criterion; 'failed' where none came back."""
        return await judge.judge(self.client, task)

    async def aclose(self) -> None:
        await self.client.aclose()

    async def _instead(self, turn: TurnContext, text: str) -> AsyncIterator[Reading | str]:
        chosen = str(partial.parse(text).get("move") or "nothing")[:40]
        async for part in self._own_words.respond(turn):
            if isinstance(part, Reading):
                note = f"the model chose '{chosen}', which was not open; the sheet's own words were said"
                yield Reading(part.move, part.reason, part.target, part.rung, part.found, note)
            elif isinstance(part, str):
                yield part


def _legal(turn: TurnContext, so_far: dict[str, object]) -> LegalMove | None:
    """The legal move that was chosen, its chosen target first; None if there is none such."""
    for legal in turn.legal:
        if legal.move.value == so_far.get("move"):
            target = so_far.get("target")
            if not legal.targets:
                return legal
            if target in legal.targets:
                return LegalMove(legal.move, (str(target),), legal.why)
            return LegalMove(legal.move, legal.targets[:1], legal.why)
    return None


def _whole(text: str) -> SpokenOnWire:
    """The whole turn; raises ValueError when it doesn't fit or says nothing."""
    spoken = SpokenOnWire.model_validate_json(text)
    if not spoken.say.strip():
        raise ValueError("it said nothing")
    return spoken


def _reading(turn: TurnContext, move: LegalMove, spoken: SpokenOnWire) -> Reading:
    target = move.targets[0] if move.targets else None
    rung = None
    if move.move is Move.HINT and turn.question is not None and target is not None:
        rung = min(3, turn.question.rungs.get(target, 0) + 1)
    return Reading(move.move, spoken.reason, target, rung, tuple(_found(turn, spoken.found)))


def _found(turn: TurnContext, found: list[FoundOnWire]) -> Iterator[Finding]:
    """The findings whose ids are on the sheet and whose quotes are really in the answer."""
    if turn.answer is None or turn.sheet is None:
        return
    s = turn.sheet
    for f in found:
        known = s.expectation(f.id) or s.misconception(f.id) or s.push_back(f.id)
        span = verify(f.quote, turn.answer.text)
        if known and span:
            yield Finding(id=f.id, verdict=f.verdict, quote=span)
