"""A scripted model that answers everything as it is asked to, and parts of such answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.engines.llm.server import Asked

CANARY = "Says the code word"  # the statement that can't be true
SAYS = "You named a number. What would change your mind about it?"
LEADS = "Hello, this is my round. Let's begin."


def speaks(asked: Asked, say: str | None = None, **changed: object) -> dict[str, Any]:
    """A turn that fits: the first open choice, nothing found."""
    move = asked.schema["properties"]["move"]["enum"][0]
    said = (LEADS if opens(asked) else SAYS) if say is None else say
    return {"move": move, "reason": "It follows from the answer.", "say": said, "told": [], "found": []} | changed


def opens(asked: Asked) -> bool:
    """Whether a question is to be opened; only what leads to it is asked for then."""
    move: str = asked.schema["properties"]["move"]["enum"][0]
    return move.partition(":")[0] in ("ask", "next")


def judges(asked: Asked, verdict: str = "not_met", quote: str | None = None) -> dict[str, Any]:
    """The same verdict on every statement but the canary, with one quote from the first candidate turn."""
    return votes(asked, lambda _: verdict, quote)


def votes(asked: Asked, verdict: Callable[[str], str], quote: str | None = None) -> dict[str, Any]:
    """A verdict on each statement by what it says, "not_met" on the canary."""
    turn, said = candidate_turns(asked)[0]
    quotes = [{"turn": turn, "quote": quote or said}]
    given = [
        {
            "id": id,
            "quotes_for": quotes,
            "quotes_against": [],
            "verdict": "not_met" if CANARY in says else verdict(says),
        }
        for id, says in statements(asked).items()
    ]
    return {"verdicts": given}


def statements(asked: Asked) -> dict[str, str]:
    """What is to be judged, by label, the canary among it."""
    said = re.findall(r"^- (s\d+)(?: \(misconception\))?: (.*)$", asked.prompt, re.M)
    ids = asked.schema["properties"]["verdicts"]["items"]["properties"]["id"]["enum"]
    assert [label for label, _ in said] == ids
    return dict(said)


def candidate_turns(asked: Asked) -> list[tuple[int, str]]:
    """What the judge's prompt says the candidate said."""
    lines = re.findall(r'^\{"turn": .*\}$', asked.prompt, re.M)
    turns = [json.loads(line) for line in lines]
    return [(t["turn"], t["text"]) for t in turns if t["speaker"] == "candidate"]


def is_judging(asked: Asked) -> bool:
    return "verdicts" in asked.schema.get("properties", {})


def obliges(asked: Asked) -> None:
    """A whole answer to whatever is asked."""
    if is_judging(asked):
        asked.whole(judges(asked))
    else:
        asked.whole(speaks(asked, None if opens(asked) else f"{SAYS} ({asked.number})"))
