"""How long until the first words of a turn are seen, beside the bare client reading the same answer.

    python -m tests.bench.first_word

One server, one run, one answer a turn, a token every few milliseconds. The words of a turn are shown a sentence at a
time, each checked before it is seen. Two ratios, of medians: to the bare client having read as much as is shown (what
our reading, checking and parsing add), and to the bare client having read the first spoken word (what waiting for a
whole sentence adds to that).
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openai

from interviewer.engines.llm import partial
from interviewer.graph.state import Chunk
from interviewer.models.base import Length
from interviewer.plan import Plan
from interviewer.session import Session
from tests.engines.llm.obliging import speaks
from tests.engines.llm.server import Asked, serving
from tests.holding import PROSE

A_TOKEN = 0.008  # seconds
READS = 0.3  # seconds a server takes to read the prompt; the second run is without
CHARACTERS = 4  # a token
RUNS = 15
LAST: list[str] = []
reads = [READS]
SAYS = "You named the decision first. What would change your mind about it, once the first weeks are in?"
REASON = "The comparison is named and what the groups were like before it is not."


def answers(asked: Asked) -> None:
    """One answer, token by token; the bare client gets the one before it again."""
    time.sleep(reads[0])
    asked.begin()
    if asked.given:
        LAST.append(json.dumps(speaks(asked, SAYS, reason=REASON)))
    text = LAST[-1]
    for start in range(0, len(text), CHARACTERS):
        time.sleep(A_TOKEN)
        asked.piece(text[start : start + CHARACTERS])
    asked.piece(finish="stop")
    asked.event("[DONE]")


async def bare(messages: list[dict[str, str]], url: str, shown: Callable[[str], bool]) -> float:
    """Seconds until the bare client has read enough of the answer."""
    client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
    began, text = time.perf_counter(), ""
    async with client:
        stream = await client.chat.completions.create(
            messages=messages, model="scripted", stream=True, response_format={"type": "json_object"}
        )  # type: ignore[call-overload]
        took = 0.0
        async for chunk in stream:
            text += chunk.choices[0].delta.content or ""
            if not took and shown(str(partial.parse(text).get("say") or "")):
                took = time.perf_counter() - began
    return took


async def ours(session: Session) -> tuple[float, str]:
    """Seconds until the first words of the next turn are shown, and those words."""
    session.answer(PROSE[0])
    began, took, words = time.perf_counter(), 0.0, ""
    async for part in session.advance():
        if isinstance(part, Chunk) and not took:
            took, words = time.perf_counter() - began, part.text
    return took, words


async def measure(folder: Path) -> dict[str, float]:
    with serving() as server:
        server.reply = answers
        os.environ |= {"OPENAI_BASE_URL": server.url}
        ratios: dict[str, list[float]] = {"as much": [], "first word": [], "ours": []}
        for run in range(RUNS):
            plan = Plan(("experimentation",), engine="llm", model="scripted", length=Length.REAL, seed=3,
                        folder=folder, id=f"run-{run}")  # fmt: skip
            session = Session.start(plan)
            [_ async for _ in session.advance()]
            took, words = await ours(session)
            if not SAYS.startswith(words.strip()):
                raise SystemExit(f"the model's own words were not shown, but: {words}")
            messages = server.asked[-1].body["messages"]
            session.close()
            ratios["ours"].append(took)
            ratios["as much"].append(await bare(messages, server.url, lambda said, w=words: said.startswith(w.strip())))
            ratios["first word"].append(await bare(messages, server.url, lambda said: " " in said))
        return {name: statistics.median(times) for name, times in ratios.items()}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"INTERVIEWER_HOME": folder}
        for reads[0] in (READS, 0.0):
            found = asyncio.run(measure(Path(folder) / f"kept-{reads[0]}"))
            print(f"after {reads[0] * 1000:.0f} ms of reading the prompt:")
            print(f"  first words shown after {found['ours'] * 1000:.0f} ms")
            print(f"  {found['ours'] / found['as much']:.2f} of the bare client having read as much")
            print(f"  {found['ours'] / found['first word']:.2f} of the bare client having read the first spoken word")
            print(f"  {found['as much'] / found['first word']:.2f} of that by the first sentence's length alone")


if __name__ == "__main__":
    main()
