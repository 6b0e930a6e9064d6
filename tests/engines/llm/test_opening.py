"""A question is put as its sheet has it, once and whole, whatever a model makes of it; the model leads to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from string import Template

import pytest

from interviewer.content.library import Library
from interviewer.content.materials import Materials
from interviewer.engines.base import TurnContext
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.engines.llm.opening import NOT_PUT, LeadIn
from interviewer.engines.offline.engine import OfflineEngine
from interviewer.engines.offline.words import house
from interviewer.graph.nodes import turn_context
from interviewer.graph.state import Chunk, Stage
from interviewer.models.base import Length, Move
from interviewer.models.events import InterviewerSaid, RoundOpened
from interviewer.models.interview import Interview
from interviewer.plan import Plan, make_header
from interviewer.reading.conduct import sentences_of
from interviewer.session import Session
from interviewer.storage.store import read
from tests.engines.llm.obliging import obliges, speaks
from tests.engines.llm.server import Asked, Reply, Server
from tests.holding import hold, steady

ROUND, QUESTION = "experimentation", "price-rise-one-region"
HELLO = "I'm Marguerite. We have 10 minutes, and I look at how you design a test."


@pytest.fixture
def begin(
    server: Server, connect: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: Library
) -> Iterator[Callable[..., Session]]:
    """Begins a round that the scripted model holds."""
    held: list[Session] = []

    def begun(length: Length = Length.QUICK, questions: tuple[str, ...] = (QUESTION,)) -> Session:
        plan = Plan((ROUND,), questions=questions, engine="llm", model="scripted", length=length, seed=3,
                    folder=tmp_path / "kept")  # fmt: skip
        with monkeypatch.context() as env:
            env.setenv("OPENAI_BASE_URL", server.url)
            held.append(Session.start(plan, content))
        held[-1]._engine = LLMEngine(connect())
        return held[-1]

    server.reply = obliges
    yield begun
    for session in held:
        session.close()


@pytest.fixture
def ask(content: Library) -> str:
    return content.question(QUESTION).ask


def says(text: str) -> Reply:
    return lambda asked: asked.whole(speaks(asked, text))


async def opened(session: Session) -> tuple[str, InterviewerSaid]:
    """What was shown of the next turn, and the turn as the file has it."""
    shown = "".join([p.text async for p in session.advance() if isinstance(p, Chunk)])
    said = [e for e in read(session.path).events if isinstance(e, InterviewerSaid)]
    return shown, said[-1]


def half(ask: str) -> str:
    sentences = sentences_of(ask)
    return "".join(sentences[: len(sentences) // 2])


def changed(ask: str) -> str:
    return ask.replace("Spain and Portugal", "Norway").replace("Three weeks", "Ten weeks")


@pytest.mark.parametrize(
    ("model", "note"),
    [
        (lambda ask: HELLO, ""),
        (lambda ask: f"{HELLO} {half(ask)}", NOT_PUT),
        (lambda ask: f"{HELLO} {''.join(sentences_of(ask)[1:])}", NOT_PUT),
        (lambda ask: f"{HELLO} {ask}", ""),
        (lambda ask: f"{HELLO} {ask} Take all the time you want.", ""),
        (lambda ask: f"{HELLO} {changed(ask)}", NOT_PUT),
        (lambda ask: f"{HELLO} A shop of ours lost 12 percent of its buyers last winter. What would you do?", NOT_PUT),
        (lambda ask: f"{HELLO} What is it that you do all day?", NOT_PUT),
    ],
    ids=["leaves it out", "puts half", "puts the other half", "puts it whole", "and more", "changes it",
         "puts another", "asks something else"],
)  # fmt: skip
async def test_whatever_a_model_opens_with_the_question_is_put_whole_and_once(
    model: Callable[[str], str], note: str, begin: Callable[..., Session], server: Server, ask: str
) -> None:
    server.next = [says(model(ask))]
    session = begin()
    shown, said = await opened(session)
    assert said.text == shown and shown.split() == f"{HELLO} {ask}".split()
    assert (said.move, said.question, said.note) == (Move.ASK, QUESTION, note)
    assert len(server.asked) == 1 and session.interview.awaiting_candidate


async def test_who_says_nothing_of_their_own_is_introduced_in_the_programmes_words(
    begin: Callable[..., Session], server: Server, ask: str
) -> None:
    server.next = [says(ask)]
    shown, said = await opened(begin())
    assert shown == said.text and said.text.endswith(ask) and said.text.count(ask) == 1
    assert "10 minutes" in said.text.removesuffix(ask)


async def test_the_next_question_is_put_whole_and_once_too(
    begin: Callable[..., Session], server: Server, content: Library
) -> None:
    bridge = "Let's leave that one and take another."

    def replies(asked: Asked) -> None:
        moves = asked.schema["properties"]["move"]["enum"]
        if moves[0].startswith("next:"):
            asked.whole(speaks(asked, f"{bridge} {half(content.question(moves[0][5:]).ask)}"))
        else:
            obliges(asked)

    server.reply = replies
    said = await hold(begin(Length.STANDARD, (QUESTION, "looked-at-every-morning")), steady)
    nexts = [s for s in said if s.move is Move.NEXT]
    assert [s.text for s in nexts] == [f"{bridge} {content.question(s.question or '').ask}" for s in nexts]
    assert nexts


async def test_the_lead_in_is_shown_before_the_model_has_come_to_the_case(
    begin: Callable[..., Session], server: Server, ask: str
) -> None:
    seen = threading.Event()

    def waits(asked: Asked) -> None:
        whole = json.dumps(speaks(asked, f"{HELLO} {ask}"))
        cut = whole.index("On the first")
        asked.begin()
        asked.pieces(whole[:cut])
        assert seen.wait(10), "the lead-in was not shown before the case began"
        asked.pieces(whole[cut:])
        asked.piece(finish="stop")
        asked.event("[DONE]")

    server.next, shown = [waits], []
    async for part in begin().advance():
        if isinstance(part, Chunk):
            shown.append(part.text)
            seen.set()
    assert shown[-1] == ask and "".join(shown) == f"{HELLO} {ask}"


async def test_a_stream_that_breaks_once_the_question_is_put_is_not_asked_for_again(
    begin: Callable[..., Session], server: Server, ask: str
) -> None:
    def breaks(asked: Asked) -> None:
        whole = json.dumps(speaks(asked, f"{HELLO} {ask}"))
        asked.begin()
        asked.pieces(whole[: whole.index("Finance plans")])

    server.next = [breaks]
    shown, said = await opened(begin())
    assert shown == said.text == f"{HELLO} {ask}"
    assert len(server.asked) == 1


async def test_a_stream_that_breaks_within_the_lead_in_is_asked_for_again(
    begin: Callable[..., Session], server: Server, ask: str
) -> None:
    def breaks(asked: Asked) -> None:
        asked.begin()
        asked.pieces(json.dumps(speaks(asked, HELLO))[:-60])

    server.next = [breaks]
    _, said = await opened(begin())
    assert said.text.endswith(ask) and said.text.count(ask) == 1 and HELLO not in said.text
    assert len(server.asked) == 2


def lead_in(content: Library, question: str, round: str, persona: str) -> LeadIn:
    """What the opening of a round is measured by."""
    header = make_header(Plan((round,), personas={round: persona}, questions=(question,), seed=1), content)
    interview = Interview.of([header, RoundOpened(round=round, at="")])
    stage = Stage(interview, Materials(header, content), OfflineEngine(), lambda *_: None, lambda: "")
    turn = replace(turn_context(stage, interview.round(round), None, ()), upcoming=content.question(question))
    made = LeadIn.to(turn, Move.ASK)
    assert made
    return made


def test_every_sentence_of_our_cases_is_taken_for_the_cases(content: Library) -> None:
    for id in content.question_ids():
        sheet = content.question(id)
        measured = lead_in(content, id, sheet.rounds[0], content.rubric(sheet.rounds[0]).persona)
        assert not [s for s in sentences_of(sheet.ask) if measured.holds(s, "")]


def test_of_the_openings_of_our_personas_at_most_one_sentence_in_fifty_is_taken_for_a_case(content: Library) -> None:
    sentences, cut = 0, 0
    for id in content.persona_ids():
        for round in content.persona(id).rounds:
            question = next(q for q in content.question_ids() if round in content.question(q).rounds)
            measured = lead_in(content, question, round, id)
            for sentence in (s for line in openings(measured.turn) for s in sentences_of(line)):
                sentences, cut = sentences + 1, cut + (not measured.holds(sentence, ""))
    assert sentences > 200 and cut <= sentences / 50


def openings(turn: TurnContext) -> Iterator[str]:
    p = turn.persona
    fields = {"name": p.name, "title": p.title, "minutes": turn.progress.minutes, "looks_for": turn.rubric.looks_for}
    for line in (*p.phrases.openings, *house()["openings"]):
        yield Template(line).substitute(fields)
