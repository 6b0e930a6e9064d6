"""What an onsite's prompts cost: how much of each is the beginning of the next, and the whole beside resending it all.

    python -m tests.bench.prompts

A scripted model answers over loopback; the candidate's answers have 40 to 60 words. Tokens as interviewer/engines/llm/
tokens.py counts them.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from pathlib import Path
from typing import Any

from interviewer.engines.llm.tokens import A_MESSAGE, count, count_messages, exact
from interviewer.models.base import Length
from interviewer.plan import Plan
from interviewer.session import Session
from tests.engines.llm.obliging import obliges
from tests.engines.llm.server import serving
from tests.holding import hold, steady

ROUNDS = ("experimentation", "product_case", "culture")
Prompt = list[dict[str, str]]


@dataclass(frozen=True)
class Costs:
    """``shares``: of each prompt, outside of openings, what is an exact beginning of the next, in tokens."""

    turns: int
    shares: list[float]
    tokens: int
    resent: int  # had each prompt held the whole interview so far

    @property
    def of_resending(self) -> float:
        return self.tokens / self.resent


async def onsite(folder: Path, length: Length) -> list[Prompt]:
    """The prompts of an onsite, in order."""
    with serving() as server:
        server.reply = obliges
        os.environ |= {"OPENAI_BASE_URL": server.url}
        session = Session.start(Plan(ROUNDS, engine="llm", model="scripted", length=length, seed=3, folder=folder))
        try:
            await hold(session, steady)
        finally:
            session.close()
            await session.engine.aclose()
        return [asked.body["messages"] for asked in server.asked]


def costs(prompts: list[Prompt]) -> Costs:
    """The figures of an interview's prompts. A round is known by its system message."""
    rounds = [list(group) for _, group in groupby(prompts, key=lambda p: p[0]["content"])]
    shares = [common(a, b) / count_messages(a) for prompts in rounds for a, b in pairwise(prompts[1:])]
    total = sum(map(count_messages, prompts))
    before, resent = 0, 0
    for in_round in rounds:
        resent += sum(count_messages(p) + before for p in in_round)
        before += count_messages(in_round[-1][1:])  # talk and sheets of a round that is over, without its manner
    return Costs(len(prompts), shares, total, resent)


def common(a: Prompt, b: Prompt) -> int:
    """Tokens of the exact beginning that two prompts share, to the character."""
    shared = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(one["content"], other["content"], strict=False))
            return shared + count("".join(a for a, _ in same))
        shared += A_MESSAGE + count(one["content"])
    return shared


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"INTERVIEWER_HOME": folder}
        for length in (Length.QUICK, Length.STANDARD):
            print(json.dumps(shown(costs(asyncio.run(onsite(Path(folder) / length.value, length)))), indent=1))


def shown(found: Costs) -> dict[str, Any]:
    """In words."""
    return {
        "turns": found.turns, "counted": "tiktoken" if exact() else "estimated",
        "prefix, least": round(min(found.shares), 3),
        "prefix, mean": round(sum(found.shares) / len(found.shares), 3), "prompt tokens": found.tokens,
        "resending the whole interview": found.resent, "share of that": round(found.of_resending, 3),
    }  # fmt: skip


if __name__ == "__main__":
    main()
