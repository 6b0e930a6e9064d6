"""Judging with a scripted model: a verdict is checked or it has failed; none is ever filled in."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable

import pytest

from interviewer.content.library import Library
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.grading.grade import grade
from interviewer.models.base import Move
from interviewer.models.scorecard import CheckVerdict, Grade
from interviewer.models.transcript import Transcript, Turn
from tests.engines.llm.conftest import KEY
from tests.engines.llm.obliging import CANARY, candidate_turns, judges
from tests.engines.llm.server import Asked, Server
from tests.engines.llm.test_client import AGAIN, POINTLESS

ROUND = "experimentation"
QUESTION = "price-rise-one-region"
ANSWER = (
    "I'd compare the change there with the change in countries whose price stayed, then ask what else happened there."
)
Connect = Callable[..., Client]


def transcript(content: Library) -> Transcript:
    ask = content.question(QUESTION).ask
    return Transcript(
        id="t", rubrics={}, turns=(
            Turn(index=0, role="interviewer", text=ask, round=ROUND, question=QUESTION, move=Move.ASK),
            Turn(index=1, role="candidate", text=ANSWER, round=ROUND, question=QUESTION),
        ),
    )  # fmt: skip


async def graded(connect: Connect, content: Library) -> Grade:
    return await grade(transcript(content), LLMEngine(connect()), content)


def checks(result: Grade) -> list[CheckVerdict]:
    return [c for criterion in result.rounds[0].criteria for c in criterion.checks if c.verdict != "not_asked"]


async def test_every_statement_is_judged_once_by_criterion(server: Server, connect: Connect, content: Library) -> None:
    server.reply = lambda asked: asked.whole(judges(asked, "met"))
    result = await graded(connect, content)
    assert checks(result) and {c.verdict for c in checks(result)} == {"met"}
    said = Counter(line for a in server.asked for line in a.prompt.splitlines() if line.startswith("- s"))
    stated = [line.partition(": ")[2] for line in said.elements() if CANARY not in line]
    assert sorted(stated) == sorted(c.says for c in checks(result))
    sizes = [len(judges(a)["verdicts"]) for a in server.asked]
    assert max(sizes) <= 10 + 1  # and the canary


async def test_the_judge_is_told_nothing_but_words_and_statements(
    server: Server, connect: Connect, content: Library
) -> None:
    server.reply = lambda asked: asked.whole(judges(asked))
    await graded(connect, content)
    persona = content.persona("marguerite-osei")
    for asked in server.asked:
        assert persona.name not in asked.prompt and persona.voice.strip() not in asked.prompt
        assert candidate_turns(asked) == [(1, ANSWER)]
        assert not any(c.id in asked.prompt for c in content.question(QUESTION).expectations)


async def test_a_verdict_on_made_up_words_is_not_met(server: Server, connect: Connect, content: Library) -> None:
    server.reply = lambda asked: asked.whole(judges(asked, "met", quote="I would randomise by household for two weeks"))
    result = await graded(connect, content)
    assert {c.verdict for c in checks(result)} == {"not_met"}
    assert not any(c.evidence for c in checks(result))


def doubled(asked: Asked) -> object:
    given = judges(asked)["verdicts"]
    return {"verdicts": [*given, given[0] | {"verdict": "met"}]}


def one_missing(asked: Asked) -> object:
    return {"verdicts": judges(asked)["verdicts"][1:]}


def unknown_verdict(asked: Asked) -> object:
    return judges(asked, "excellent")


def a_score(asked: Asked) -> object:
    return {"verdicts": judges(asked)["verdicts"], "score": float("nan")} | {"verdicts": 999}


def stranger(asked: Asked) -> object:
    given = judges(asked)["verdicts"]
    return {"verdicts": [given[0] | {"id": "s99"}, *given[1:]]}


@pytest.mark.parametrize("bad", [doubled, one_missing, unknown_verdict, a_score, stranger])
async def test_a_bad_answer_is_asked_for_again_and_then_has_failed(
    bad: Callable[[Asked], object], server: Server, connect: Connect, content: Library
) -> None:
    server.reply = lambda asked: asked.whole(json.dumps(bad(asked)))
    result = await graded(connect, content)
    assert {c.verdict for c in checks(result)} == {"failed"}
    assert all(count == 3 for count in Counter(a.prompt for a in server.asked).values())
    card = result.rounds[0]
    assert card.overall is None and {c.level for c in card.criteria} == {None}


@pytest.mark.parametrize("kind", [*AGAIN, *POINTLESS])
async def test_no_fault_becomes_a_verdict(kind: str, server: Server, connect: Connect, content: Library) -> None:
    server.reply = {**AGAIN, **POINTLESS}[kind]
    result = await graded(connect, content)
    assert {c.verdict for c in checks(result)} == {"failed"}
    assert result.rounds[0].overall is None
    assert KEY not in result.model_dump_json()


async def test_one_failed_call_spoils_its_own_criterion_only(
    server: Server, connect: Connect, content: Library
) -> None:
    def one_fails(asked: Asked) -> None:
        if "belong to: Communication" in asked.prompt:
            asked.error(400)
        else:
            asked.whole(judges(asked, "met"))

    server.reply = one_fails
    card = (await graded(connect, content)).rounds[0]
    failed = {c.id for c in card.criteria if any(check.verdict == "failed" for check in c.checks)}
    assert failed == {"communication"}


async def test_a_refused_key_is_not_tried_by_every_call(server: Server, connect: Connect, content: Library) -> None:
    server.reply = POINTLESS["key_refused"]
    await graded(connect, content)
    assert len(server.asked) <= 4


async def test_cancelling_a_judgement_ends_all_its_calls(server: Server, connect: Connect, content: Library) -> None:
    import threading

    over, begun = threading.Event(), threading.Event()

    def hangs(asked: Asked) -> None:
        asked.begin()
        begun.set()
        over.wait(10)

    server.reply = hangs
    task = asyncio.create_task(graded(connect, content))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    over.set()
    assert len(asyncio.all_tasks()) == 1
