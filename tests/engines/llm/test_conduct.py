"""Sentences of the model are checked before a word of them is shown; what fails is never shown, and nothing is asked
twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.grading.conduct import report
from interviewer.graph.state import Chunk
from interviewer.models.base import Length, Move
from interviewer.models.events import InterviewerSaid
from interviewer.models.question import QuestionSheet
from interviewer.plan import Plan
from interviewer.session import Session
from tests.engines.llm.obliging import obliges, speaks
from tests.engines.llm.server import Asked, Server
from tests.holding import PROSE, listen

ROUND, QUESTION = "experimentation", "price-rise-one-region"
ANSWER = (
    "I'd compare the change in Spain and Portugal with the change in Italy and France, where nobody paid more, and see "
    "what is left of the jump; the baseline has to end before the first of March."
)


@pytest.fixture
async def session(
    server: Server, connect: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: Library
) -> Iterator[Session]:  # type: ignore[misc]
    """A round on one question, opened, and one answer given."""
    server.reply = obliges
    plan = Plan((ROUND,), questions=(QUESTION,), engine="llm", model="scripted", length=Length.QUICK, seed=3,
                folder=tmp_path / "kept")  # fmt: skip
    with monkeypatch.context() as env:
        env.setenv("OPENAI_BASE_URL", server.url)
        held = Session.start(plan, content)
    held._engine = LLMEngine(connect())
    sheet = content.question(QUESTION)
    server.next = [lambda asked: asked.whole(speaks(asked, f"I'm Marguerite. We have 10 minutes. {sheet.ask}"))]
    await listen(held)
    held.answer(ANSWER)
    yield held
    held.close()


@pytest.fixture
def sheet(content: Library) -> QuestionSheet:
    return content.question(QUESTION)


async def turn(session: Session) -> tuple[list[str], InterviewerSaid]:
    """The pieces that were shown of one turn, and the turn as it was stored."""
    parts = [p async for p in session.advance()]
    (said,) = [p for p in parts if isinstance(p, InterviewerSaid)]
    return [p.text for p in parts if isinstance(p, Chunk)], said


def says(text: str, **changed: object) -> Callable[[Asked], None]:
    return lambda asked: asked.whole(speaks(asked, text, **changed))


def probe(sheet: QuestionSheet, id: str) -> dict[str, object]:
    assert sheet.expectation(id)
    return {"move": f"probe:{id}"}


async def test_a_turn_that_keeps_to_the_rules_is_shown_as_it_is(session: Session, server: Server) -> None:
    server.next = [says("You take Italy and France away. When would such a comparison mislead us?")]
    pieces, said = await turn(session)
    assert [p.strip() for p in pieces] == [
        "You take Italy and France away.", "When would such a comparison mislead us?",
    ]  # fmt: skip
    assert said.note == "" and said.text == "".join(pieces)


async def test_of_praise_nothing_is_shown_and_the_sheets_own_words_are_said(
    session: Session, server: Server, sheet: QuestionSheet
) -> None:
    server.next = [says("Excellent point. What is inside that number?", **probe(sheet, "same-path-assumption"))]
    pieces, said = await turn(session)
    point = sheet.expectation("same-path-assumption")
    assert point and point.probe in said.text and "xcellent" not in "".join(pieces)
    assert said.text == "".join(pieces).strip()
    assert (said.move, said.target) == (Move.PROBE, point.id)
    assert said.note.startswith("The model praised or judged the answer; that sentence was not shown, and the sheet's")
    assert len(server.asked) == 2


async def test_before_a_second_question_the_turn_ends_and_stands(session: Session, server: Server) -> None:
    server.next = [says("You take Italy away. What would mislead us there? And which months are normal for you?")]
    pieces, said = await turn(session)
    assert said.text == "You take Italy away. What would mislead us there?" == "".join(pieces).strip()
    assert said.note == "The model asked a second question; that sentence was not shown."
    assert len(server.asked) == 2


async def test_what_was_shown_before_a_leak_stays_and_is_made_a_whole_turn(
    session: Session, server: Server, sheet: QuestionSheet
) -> None:
    hidden = sheet.expectation("rival-hits-the-same-place")
    assert hidden
    server.next = [says(f"You take Italy and France away. {hidden.point} So?", **probe(sheet, "same-path-assumption"))]
    pieces, said = await turn(session)
    own = sheet.expectation("same-path-assumption")
    assert own and said.text == f"You take Italy and France away. {own.probe}" == "".join(pieces).strip()
    assert "gave away" in said.note and hidden.point[:20] not in said.note


async def test_a_method_of_the_models_own_is_not_shown(session: Session, server: Server, sheet: QuestionSheet) -> None:
    server.next = [says("Would a bootstrap help you here?", **probe(sheet, "same-path-assumption"))]
    _, said = await turn(session)
    assert "bootstrap" not in said.text and "supplied a method" in said.note


async def test_a_case_that_breaks_off_is_told_whole(
    server: Server, session: Session, connect: Callable[..., Client], content: Library, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, sheet: QuestionSheet,
) -> None:  # fmt: skip
    plan = Plan(
        (ROUND,), questions=(QUESTION,), engine="llm", model="scripted", length=Length.QUICK, folder=tmp_path / "2"
    )
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    other = Session.start(plan, content)
    other._engine = LLMEngine(connect())
    server.next = [says("I'm Marguerite. We have 10 minutes. You should control for the rival first.")]
    _, said = await turn(other)
    other.close()
    assert said.text == f"I'm Marguerite. We have 10 minutes. {sheet.ask}"


async def test_what_the_rest_of_the_answer_found_still_counts(
    session: Session, server: Server, sheet: QuestionSheet
) -> None:
    found = [{"id": "change-against-change", "verdict": "met", "quote": "the change in Italy and France"}]
    server.next = [says("Great answer. And?", found=found, reason="It named a comparison.")]
    _, said = await turn(session)
    assert said.reason == "It named a comparison."
    assert "change-against-change" in {f.id for f in session.interview.turns[1].found}


async def test_only_facts_that_were_shown_count_as_told(session: Session, server: Server, sheet: QuestionSheet) -> None:
    session.answer("How large was the jump, and what happened in Italy?", continues=True)
    first, second = sheet.facts[0], sheet.facts[1]
    told = f"{first.say} Exactly what I hoped to hear. {second.say}"
    server.next = [says(told, move="clarify", told=[first.id, second.id])]
    _, said = await turn(session)
    assert said.text == first.say and said.told == (first.id,) and said.target == first.id


@pytest.mark.parametrize("broken", ["cut short", "not json"])
async def test_a_stream_that_breaks_after_the_turn_was_ended_is_not_asked_for_again(
    broken: str, session: Session, server: Server
) -> None:
    def breaks(asked: Asked) -> None:
        whole = json.dumps(speaks(asked, "You take Italy away. What would mislead us? And which months are normal?"))
        asked.begin()
        asked.pieces(whole[: whole.index('"told"')])
        if broken == "not json":
            asked.pieces('"told": oops')
            asked.piece(finish="stop")
            asked.event("[DONE]")

    server.next = [breaks]
    _, said = await turn(session)
    assert said.text == "You take Italy away. What would mislead us?"
    assert len(server.asked) == 2 and session.interview.awaiting_candidate


async def test_words_that_come_before_their_move_are_checked_too(session: Session, server: Server) -> None:
    def words_first(asked: Asked) -> None:
        given = speaks(asked, "Great. What would mislead us?")
        asked.whole({key: given[key] for key in ("say", "found", "told", "reason", "move")})

    server.next = [words_first]
    pieces, said = await turn(session)
    assert "Great" not in "".join(pieces) and said.note


async def test_a_sentence_is_shown_as_soon_as_it_is_whole(session: Session, server: Server) -> None:
    seen = threading.Event()

    def waits(asked: Asked) -> None:
        whole = json.dumps(speaks(asked, "You take Italy away. What would mislead us?"))
        asked.begin()
        asked.pieces(whole[: whole.index("away.") + 5])
        assert seen.wait(10), "the first sentence was not shown before the second began"
        asked.pieces(whole[whole.index("away.") + 5 :])
        asked.piece(finish="stop")
        asked.event("[DONE]")

    server.next = [waits]
    shown: list[str] = []
    async for part in session.advance():
        if isinstance(part, Chunk):
            shown.append(part.text)
            seen.set()
    assert shown[0] == "You take Italy away."


async def test_a_round_in_which_every_turn_went_wrong_still_passes_the_report(
    session: Session, server: Server, content: Library
) -> None:
    server.reply = says("That's a brilliant answer, exactly right!")
    for n in range(6):
        await turn(session)
        session.answer(f"{PROSE[n % 4]} That is point {n}.")
    made = report(session.interview.transcript(), content)
    assert {r.id for r in made.broken} == set()
    assert all(t.note for t in session.interview.turns if t.role == "interviewer" and t.index > 0)
