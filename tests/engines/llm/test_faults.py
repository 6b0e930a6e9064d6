"""Every fault of an endpoint, in the interviewer's place and in the judge's: what a person sees, and what it costs.

What is found is docs/faults.md. After a change on purpose: make faults
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from interviewer.config import Endpoint
from interviewer.content.library import Library
from interviewer.engines.llm import judge
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.errors import EngineError
from interviewer.grading.grade import grade
from interviewer.models.base import Length
from interviewer.models.events import InterviewerSaid
from interviewer.plan import Plan
from interviewer.session import Session
from interviewer.storage.store import read
from interviewer.text import sanitise
from tests.engines.llm.conftest import KEY, Waits
from tests.engines.llm.faulty import FAULTS
from tests.engines.llm.obliging import is_judging, judges, speaks
from tests.engines.llm.server import Asked, Server
from tests.engines.llm.test_judge import transcript
from tests.holding import PROSE

DOCUMENT = Path(__file__).parents[3] / "docs" / "faults.md"
ROUND = "experimentation"
MOST = 3  # requests


@dataclass(frozen=True)
class Seen:
    """What came of a fault that stays: words for the person, and requests."""

    words: str
    requests: int


def good(asked: Asked) -> str:
    return json.dumps(judges(asked, "met") if is_judging(asked) else speaks(asked))


def works(asked: Asked) -> None:
    asked.whole(json.loads(good(asked)))


@pytest.fixture
async def engine(server: Server, fault: str) -> AsyncIterator[LLMEngine]:
    where = Endpoint(base_url=server.url, api_key=SecretStr(KEY), model="scripted")
    patience = 0.5 if fault.startswith("hangs") else 20.0  # what hangs would hang for ever
    made = LLMEngine(Client(where, deadline=40.0, patience=patience, sleep=Waits()))
    yield made
    await made.aclose()


async def interviewing(engine: LLMEngine, fault: str, server: Server, content: Library, folder: Path) -> Seen:
    """One turn, the second; then the same again with an endpoint that works, as after 'retry'."""
    server.reply = works
    plan = Plan((ROUND,), length=Length.QUICK, seed=3, folder=folder)
    session = Session.start(plan, content)
    session._engine = engine
    try:
        await _turn(session)
        session.answer(PROSE[0])
        server.asked.clear()
        server.reply = lambda asked: FAULTS[fault][1](asked, good(asked))
        words = await _turn(session)
        requests = len(server.asked)
        if not session.interview.awaiting_candidate:  # it waits: nothing was kept of it
            server.reply = works
            assert "conduct" not in await _turn(session)
        said = [e for e in read(session.path).events if isinstance(e, InterviewerSaid)]
        assert len(said) == 2
        assert KEY not in session.path.read_text()
    finally:
        session.close()
    return Seen(words, requests)


async def _turn(session: Session) -> str:
    async with asyncio.timeout(60):
        try:
            async for part in session.advance():
                assert KEY not in repr(part)
        except EngineError as error:
            assert error.next_step
            return str(error)
    said = session.interview.last
    assert said is not None
    return _shown(said.text, said.note)


def _shown(text: str, note: str) -> str:
    assert not {
        c
        for c in sanitise(text)
        if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or ord(c) in range(0x202A, 0x202F)
    }
    return f"The turn is spoken. {note}".strip()


async def judging(engine: LLMEngine, fault: str, server: Server, content: Library) -> Seen:
    """One round's statements, in several calls; the requests are those of the call that was asked most often."""
    server.reply = lambda asked: FAULTS[fault][1](asked, good(asked))
    engine.client.capabilities = engine.client.capabilities.__class__()
    asked = len(server.asked)
    async with asyncio.timeout(120):
        result = await grade(transcript(content), engine, content)
    checks = [c for one in result.rounds[0].criteria for c in one.checks if c.verdict != "not_asked"]
    assert checks and KEY not in result.model_dump_json()
    per_call: dict[str, int] = {}
    for one in server.asked[asked:]:
        statements = one.prompt.partition("Statements")[2].partition("The JSON object must fit")[0]
        per_call[statements] = per_call.get(statements, 0) + 1
    failed = {without_wait(fault, c.note) for c in checks if c.verdict == "failed"}
    if not failed:
        quoted = any(c.evidence for c in checks)
        words = (
            "Judged." if quoted else "Judged; quotes that nobody said are dropped, and what rests on them is not met."
        )
        return Seen(words, max(per_call.values()))
    assert len(failed) == 1 and all(c.verdict == "failed" for c in checks)
    assert all(one.level is None for one in result.rounds[0].criteria)
    return Seen(f"Not graded: {failed.pop()}", max(per_call.values()))


@pytest.fixture(autouse=True)
def one_call_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no call learns from another what the endpoint takes."""
    monkeypatch.setattr(judge, "AT_ONCE", 1)


async def both(fault: str, engine: LLMEngine, server: Server, content: Library, folder: Path) -> tuple[Seen, Seen]:
    first = await interviewing(engine, fault, server, content, folder)
    return first, await judging(engine, fault, server, content)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_ends_in_words_a_choice_and_few_requests_and_is_documented(
    fault: str, engine: LLMEngine, server: Server, content: Library, tmp_path: Path
) -> None:
    seen = await both(fault, engine, server, content, tmp_path / "kept")
    for one in seen:
        assert 1 <= one.requests <= MOST
        assert "unknown error" not in one.words.lower() and "Traceback" not in one.words
    compare(fault, line(fault, *seen))


def compare(fault: str, row: str) -> None:
    """The row with the document's; or into it, where it is to be written."""
    if not os.environ.get("WRITE_FAULTS"):
        assert row in DOCUMENT.read_text(encoding="utf-8").splitlines(), "run: make faults"
        return
    table, names = DOCUMENT.read_text(encoding="utf-8").splitlines(), list(FAULTS)
    rows = {name_of(old): old for old in table if name_of(old) in FAULTS} | {fault: row}
    text = [old for old in table if name_of(old) not in FAULTS]
    DOCUMENT.write_text("\n".join([*text, *sorted(rows.values(), key=lambda r: names.index(name_of(r)))]) + "\n")


def name_of(row: str) -> str:
    return row.split(" | ")[0].removeprefix("| ")


def line(fault: str, interviewing: Seen, judging: Seen) -> str:
    """A row of the table."""
    words = [without_wait(fault, one.words) for one in (interviewing, judging)]
    counts = (str(interviewing.requests), str(judging.requests))
    cells = [fault, FAULTS[fault][0], words[0], counts[0], words[1], counts[1]]
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def without_wait(fault: str, words: str) -> str:
    """How long it is until a date differs from call to call, so no row and no comparison holds it."""
    until = r"asks to wait \d+ s" if fault == "busy-date" else r"asks to wait 1 s"
    return re.sub(until, "asks to wait", words)


def test_the_document_holds_each_fault_once() -> None:
    rows = [row.split(" | ")[0].removeprefix("| ") for row in DOCUMENT.read_text(encoding="utf-8").splitlines()
            if row.startswith("| ")]  # fmt: skip
    assert rows[1:] == list(FAULTS)
