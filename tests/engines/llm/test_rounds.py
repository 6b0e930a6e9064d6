"""Whole rounds that were answered by hand, every turn of them through the real client again.

The rounds are transcripts/examples/hand-played-*.jsonl; their cassettes hold what was answered and, of what was asked,
the beginnings. To record again, serve the endpoint at BASE_URL and pass --record-mode=rewrite.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.config import Endpoint
from interviewer.content.library import Library
from interviewer.content.materials import Materials
from interviewer.engines.base import LegalMove, Reading
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.graph.nodes import turn_context
from interviewer.graph.state import Stage
from interviewer.models import events as ev
from interviewer.models.interview import Interview
from interviewer.reading.answer import Answer
from interviewer.storage.store import read

ROOT = Path(__file__).parents[3]
CASSETTES = ROOT / "tests" / "cassettes" / "rounds"
BASE_URL = "http://127.0.0.1:8399/v1"
ROUNDS = ("caves", "hostile", "rambles", "strong")
KEPT = 160  # characters of each message that a cassette keeps

pytestmark = pytest.mark.vcr


def lean(request: Any) -> Any:
    """The same request with the beginnings of its messages; what is compared is the form of answer it asks for."""
    body = json.loads(request.body)
    body["messages"] = [{**m, "content": str(m.get("content"))[:KEPT]} for m in body["messages"]]
    request.body = json.dumps(body).encode()
    return request


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, object]:
    private = ["authorization", "host", "user-agent", "cookie"]
    stainless = ("lang", "package-version", "os", "arch", "runtime", "runtime-version", "async", "retry-count")
    kept_out = [*private, *(f"x-stainless-{name}" for name in stainless), "x-stainless-read-timeout"]
    return {
        "filter_headers": kept_out, "match_on": ["method", "path", "asks_the_same"], "before_record_request": lean,
    }  # fmt: skip


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(CASSETTES)


@pytest.fixture
async def engine() -> AsyncIterator[LLMEngine]:
    made = LLMEngine(Client(Endpoint(base_url=BASE_URL, api_key=None, model="hand-played"), deadline=20.0))
    yield made
    await made.aclose()


async def again(engine: LLMEngine, held: list[ev.Event], at: int, content: Library) -> tuple[Reading, str]:
    """What the engine says where ``held[at]`` was said, that move being the only one that is open."""
    said = held[at]
    assert isinstance(said, ev.InterviewerSaid)
    answer_read = next((e for e in held if isinstance(e, ev.AnswerRead) and e.turn == said.turn - 1), None)
    interview = Interview.of([e for e in held[:at] if e is not answer_read])
    stage = Stage(interview, Materials(interview.header, content), engine, lambda *_: None, lambda: "")
    answer = Answer(interview.turns[-1].text, answer_read.answer, facts=answer_read.facts) if answer_read else None
    legal = (LegalMove(said.move, (said.target,) if said.target else ()),)
    parts = [p async for p in engine.respond(turn_context(stage, interview.round(said.round), answer, legal))]
    (reading,) = [p for p in parts if isinstance(p, Reading)]
    return reading, "".join(p for p in parts if isinstance(p, str))


@pytest.mark.parametrize("name", ROUNDS)
async def test_a_round_is_spoken_again_in_the_words_it_was_played_in(
    name: str, engine: LLMEngine, content: Library
) -> None:
    held = read(ROOT / "transcripts" / "examples" / f"hand-played-{name}.jsonl").events
    spoken = [n for n, e in enumerate(held) if isinstance(e, ev.InterviewerSaid)]
    changed = []
    for at in spoken:
        said = held[at]
        assert isinstance(said, ev.InterviewerSaid)
        reading, words = await again(engine, held, at, content)
        assert reading.move is said.move and (reading.target == said.target or not said.target or said.note)
        if words != said.text:
            changed.append(said)
    assert all(said.note for said in changed)  # then the sheet's words had been put in place of what was answered
    assert len(changed) == (1 if name in ("caves", "hostile") else 0)


def test_the_cassettes_of_rounds_hold_no_key_and_nothing_of_a_machine() -> None:
    cassettes = sorted(CASSETTES.glob("*.yaml"))
    assert len(cassettes) == len(ROUNDS)
    for cassette in cassettes:
        text = cassette.read_text("utf-8").lower()
        for word in ("authorization", "x-stainless", "user-agent", "/tmp", "/home/", "/users/", "sk-"):
            assert word not in text.replace("risk-", "").replace("task-", ""), f"{cassette.name}: {word}"
        assert "hand-played" in text
