"""The model engine with several votes on each statement, of one model or of several at their own endpoints."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer import config
from interviewer.engines.base import JudgeTask
from interviewer.engines.llm import votes as voting
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine, connect
from interviewer.models.scorecard import CheckVerdict, Judging
from interviewer.models.usage import Usage

MOST = 15  # votes; more change nothing but the bill


class Panel(LLMEngine):
    """Interviews with the first of its models and judges with all of them."""

    def __init__(self, clients: Sequence[Client], votes: int, seed: int = 0) -> None:
        super().__init__(clients[0], seed)
        self.clients, self.votes = tuple(clients), votes
        models = [c.endpoint.model or "" for c in clients]
        self.model = ", ".join(models)
        self.judging = Judging(votes=votes, models=tuple(models))

    @classmethod
    def named(cls, model: str | None, judges: Sequence[str], votes: int, *, remember: bool = False) -> Panel:
        """As settings and environment say: ``judges`` by name, else ``model`` alone. What may be used is shared out
        among them. Raises EngineError or ConfigError where one can't be set up."""
        places = [config.judge(name) for name in judges] or [config.endpoint(model)]
        return cls([connect(where, remember=remember, share=len(places)) for where in places], votes)

    @property
    def usage(self) -> Usage:
        """What all its models have cost."""
        return sum((c.usage for c in self.clients), Usage())

    async def judge(self, task: JudgeTask) -> list[CheckVerdict]:
        """Verdicts by votes; 'failed' where none came back."""
        return await voting.judge(self.clients, task, self.votes)

    async def aclose(self) -> None:
        for client in self.clients:
            await client.aclose()
