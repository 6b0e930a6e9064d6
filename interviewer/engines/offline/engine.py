"""The interviewer that needs no model: cues read the answer, rules choose the move, prepared lines speak."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from interviewer.engines.base import JudgeTask, Reading, TurnContext
from interviewer.engines.offline import judge
from interviewer.engines.offline.policy import choose
from interviewer.engines.offline.speech import utterance
from interviewer.models.scorecard import CheckVerdict
from interviewer.models.usage import Usage


class OfflineEngine:
    """Deterministic: the same turn and seed give the same words. Opens no connection."""

    name = "offline"
    model: str | None = None
    usage = Usage()

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    async def respond(self, turn: TurnContext) -> AsyncIterator[Reading | str]:
        """One Reading, then the words one at a time."""
        choice = choose(turn)
        found = turn.answer.found if turn.answer else ()
        yield Reading(choice.move, choice.reason, choice.target, choice.rung, choice.told, found)
        for piece in re.findall(r"\s*\S+", utterance(turn, choice, self.seed)):
            yield piece

    async def judge(self, task: JudgeTask) -> list[CheckVerdict]:
        """A verdict for each item from the cues alone; what has no cues can't be read and is 'not_asked'."""
        return judge.verdicts(task)

    async def aclose(self) -> None:
        """Nothing to let go of."""

    def began_with(self, used: Usage) -> None:
        """Nothing is used up."""
