"""A candidate played by a model. It sees what a candidate sees: the talk of this round, and nothing of the sheet."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from interviewer.content.prompts import fill
from interviewer.engines.candidates.base import Seat
from interviewer.engines.llm.client import Client, Message, Wanted
from interviewer.models.candidate import Candidate, Trait

MANNERS: dict[Trait, str] = {
    "caves": "you give way as soon as somebody objects",
    "stubborn": "you never give way, whatever the reason",
    "rambles": "you wander, tell anecdotes and reach the point late",
    "terse": "you say as little as you can",
    "asks": "you ask for facts before you answer, two or three at once",
    "stuck": "you often don't know how to go on, say so, and ask for a hint",
}
WORDS = {"terse": "10 to 40", "rambles": "150 to 300"}
SCHEMA: dict[str, Any] = {
    "type": "object", "properties": {"say": {"type": "string"}}, "required": ["say"], "additionalProperties": False,
}  # fmt: skip


class _Said(BaseModel):
    say: str


class Played:
    """One candidate at one endpoint."""

    def __init__(self, candidate: Candidate, client: Client) -> None:
        self.candidate, self.client = candidate, client
        self.name = f"{candidate.name}, level {candidate.level:g}, played by {client.endpoint.model}"

    async def answer(self, seat: Seat) -> str:
        """Raises Fault."""
        said: list[str] = []

        def accept(text: str) -> None:
            words = _Said.model_validate_json(text).say.strip()
            if not words:
                raise ValueError("it said nothing")
            said.append(words)

        async for _ in self.client.stream(Wanted(self._messages(seat), "candidate_turn", SCHEMA, accept)):
            pass  # only the whole answer counts
        return said[-1]

    async def aclose(self) -> None:
        await self.client.aclose()

    def _messages(self, seat: Seat) -> list[Message]:
        c = self.candidate
        manner = "; ".join(MANNERS[t] for t in c.traits) or "plain and polite"
        words = next((WORDS[t] for t in c.traits if t in WORDS), "30 to 150")
        system = fill("candidate", name=c.name, voice=c.voice or "Nothing more is known.", level=f"{c.level:g}",
                      manner=manner, words=words)  # fmt: skip
        roles = {"interviewer": "user", "candidate": "assistant"}
        return [{"role": "system", "content": system},
                *({"role": roles[t.role], "content": t.text} for t in seat.turns)]  # fmt: skip
