"""Answers that were given by hand to our own prompts, replayed through the real client.

The round they are from is transcripts/examples/hand-played-experimentation.jsonl: a person's stand-in read each request
and wrote each answer, hence the model's name. A cassette is matched by model and by the form of answer that is asked
for, not by the words of the prompt.

The judge's answer was written before a statement that can't be true was put among the others; that one has been
answered since, and the labels follow. To record again, serve the endpoint at BASE_URL and pass --record-mode=rewrite.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.config import Endpoint
from interviewer.content.library import Library
from interviewer.content.materials import Materials
from interviewer.engines.base import JudgeTask, LegalMove, Reading
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.graph.nodes import turn_context
from interviewer.graph.state import Stage
from interviewer.models import events as ev
from interviewer.models.base import Move
from interviewer.models.interview import Interview
from interviewer.models.scorecard import CheckVerdict
from interviewer.reading.answer import Answer
from interviewer.storage.store import read

ROOT = Path(__file__).parents[3]
BASE_URL = "http://127.0.0.1:8399/v1"
ROUND = "experimentation"
CRITERION = "causal_inference"

pytestmark = pytest.mark.vcr


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, object]:
    private = ["authorization", "host", "user-agent", "cookie"]
    stainless = ("lang", "package-version", "os", "arch", "runtime", "runtime-version", "async", "retry-count")
    kept_out = [*private, *(f"x-stainless-{name}" for name in stainless), "x-stainless-read-timeout"]
    return {"filter_headers": kept_out, "match_on": ["method", "path", "asks_the_same"]}


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(ROOT / "tests" / "cassettes" / "hand-played")


@pytest.fixture
def held() -> list[ev.Event]:
    """The events of the hand-played round, with its own copies of persona, rubric and sheet."""
    return read(ROOT / "transcripts" / "examples" / "hand-played-experimentation.jsonl").events


@pytest.fixture
async def engine() -> AsyncIterator[LLMEngine]:
    made = LLMEngine(Client(Endpoint(base_url=BASE_URL, api_key=None, model="hand-played"), deadline=20.0))
    yield made
    await made.aclose()


async def respond(
    engine: LLMEngine, held: list[ev.Event], turn: int, *legal: LegalMove, content: Library
) -> tuple[Reading, str]:
    """What the engine makes of the interview as it stood before spoken turn ``turn``, these moves being open."""
    before = next(n for n, e in enumerate(held) if isinstance(e, ev.InterviewerSaid) and e.turn == turn)
    standing = [e for e in held[:before] if not (isinstance(e, ev.AnswerRead) and e.turn == turn - 1)]
    interview = Interview.of(standing)
    stage = Stage(interview, Materials(interview.header, content), engine, lambda *_: None, lambda: "")
    read_ = next((e for e in held if isinstance(e, ev.AnswerRead) and e.turn == turn - 1), None)
    answer = Answer(interview.turns[-1].text, read_.answer) if read_ else None
    parts = [p async for p in engine.respond(turn_context(stage, interview.round(ROUND), answer, legal))]
    (reading,) = [p for p in parts if isinstance(p, Reading)]
    words = "".join(p for p in parts if isinstance(p, str))
    (said,) = [e for e in held if isinstance(e, ev.InterviewerSaid) and e.turn == turn]
    assert words == said.text
    return reading, words


async def test_a_round_is_opened_with_its_whole_case(engine: LLMEngine, held: list[ev.Event], content: Library) -> None:
    opens = LegalMove(Move.ASK, ("price-rise-one-region",), "the round opens with a question")
    reading, words = await respond(engine, held, 0, opens, content=content)
    assert (reading.move, reading.target) == (Move.ASK, "price-rise-one-region")
    assert "Marguerite Osei" in words and "Spain and Portugal" in words and "rival" in words


async def test_a_question_of_the_candidates_is_answered_with_the_sheets_fact(
    engine: LLMEngine, held: list[ev.Event], content: Library
) -> None:
    asks = LegalMove(Move.CLARIFY, (), "the candidate asked a question")
    reading, words = await respond(engine, held, 10, asks, content=content)
    assert (reading.move, reading.target) == (Move.CLARIFY, "telecom")
    assert "2.2 went to 3.0" in words
    assert {f.id: f.verdict for f in reading.found} == {
        "everyone-can-see-it": "met", "contrast-inside-the-region": "met",
    }  # fmt: skip


async def test_a_position_is_challenged_in_the_candidates_own_words(
    engine: LLMEngine, held: list[ev.Event], content: Library
) -> None:
    probes = LegalMove(Move.PROBE, ("autumn-call", "only-one-region-moved"), "something that matters hasn't come up")
    pushes = LegalMove(Move.PUSH_BACK, ("one-fed-the-other",), "a position has been taken")
    reading, words = await respond(engine, held, 12, probes, pushes, content=content)
    assert (reading.move, reading.target) == (Move.PUSH_BACK, "one-fed-the-other")
    assert "If the rival pulls both groups equally." in words
    assert all(f.quote in Interview.of(held).turns[11].text for f in reading.found) and reading.found


async def test_statements_are_judged_with_quotes_that_are_there(
    engine: LLMEngine, held: list[ev.Event], content: Library
) -> None:
    interview = Interview.of(held)
    materials = Materials(interview.header, content)
    (sheet,) = materials.sheets(ROUND)
    points = [sheet.expectation("rival-hits-the-same-place"), sheet.expectation("contrast-inside-the-region")]
    items = [CheckVerdict(id=e.id, criterion=CRITERION, says=e.point, kind="expectation", verdict="not_asked")
             for e in points if e]  # fmt: skip
    items += [CheckVerdict(id=m.id, criterion=CRITERION, says=m.belief, kind="misconception", verdict="not_asked")
              for m in sheet.misconceptions if m.criterion == CRITERION]  # fmt: skip
    talk = interview.transcript().of_round(ROUND)
    verdicts = await engine.judge(JudgeTask(talk, materials.rubric(ROUND), (sheet,), tuple(items)))
    assert [v.id for v in verdicts] == [i.id for i in items]
    assert [v.verdict for v in verdicts] == ["met", "met", "not_met", "not_met", "not_met", "not_met"]
    quotes = [(e, talk.turn(e.turn)) for v in verdicts for e in v.evidence]
    assert len(quotes) == 4 and all(turn and e.quote in turn.text for e, turn in quotes)


def test_cassettes_hold_no_key_and_nothing_of_a_machine() -> None:
    cassettes = sorted((ROOT / "tests" / "cassettes" / "hand-played").glob("*.yaml"))
    assert len(cassettes) == 4
    for cassette in cassettes:
        text = cassette.read_text().lower()
        for word in ("authorization", "x-stainless", "user-agent", "/tmp", "/home/", "/users/", "sk-"):
            assert word not in text.replace("risk-", "").replace("task-", ""), f"{cassette.name}: {word}"
        assert "hand-played" in text


def asks_the_same(one: object, other: object) -> None:
    """Two requests that name the same model and ask for the same form of answer."""
    ours, theirs = (json.loads(r.body) for r in (one, other))  # type: ignore[attr-defined]
    assert (ours["model"], ours["response_format"]) == (theirs["model"], theirs["response_format"])
