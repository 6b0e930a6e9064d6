"""Several votes on each statement, the canary among them, and the second question about what nobody can quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.library import Library
from interviewer.engines.llm.ballot import ballot
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.engines.llm.panel import Panel
from interviewer.engines.llm.votes import tally
from interviewer.grading.grade import grade
from interviewer.models.scorecard import CheckVerdict, Evidence, Grade
from tests.engines.llm.obliging import CANARY, candidate_turns, judges, statements, votes
from tests.engines.llm.server import Asked, Server
from tests.engines.llm.test_judge import ANSWER, checks, transcript

Connect = Callable[..., Client]
AGAIN = "An earlier answer called these statements true"


async def voted(connect: Connect, content: Library, n: int, models: int = 1) -> Grade:
    clients = [connect() for _ in range(models)]
    for number, client in enumerate(clients):
        client.endpoint = client.endpoint.model_copy(update={"model": f"model-{number}"})
    return await grade(transcript(content), Panel(clients, n), content)


def by_model(verdicts: dict[str, str]) -> Callable[[Asked], None]:
    return lambda asked: asked.whole(judges(asked, verdicts[asked.body["model"]]))


def asked_of(server: Server, criterion: str) -> list[Asked]:
    return [a for a in server.asked if f"belong to: {criterion}" in a.prompt]


# How many votes are cast


async def test_two_votes_that_agree_are_enough(server: Server, connect: Connect, content: Library) -> None:
    server.reply = lambda asked: asked.whole(judges(asked, "met"))
    result = await voted(connect, content, 5)
    assert {c.votes for c in checks(result)} == {("met", "met")} and {c.verdict for c in checks(result)} == {"met"}
    assert {c.p_met for c in checks(result)} == {0.8333} and not any(c.flags for c in checks(result))
    said = Counter(s for a in server.asked for s in statements(a).values() if CANARY not in s)
    assert set(said.values()) == {2}


async def test_what_the_votes_differ_on_is_asked_on_and_shown_as_a_conflict(
    server: Server, connect: Connect, content: Library
) -> None:
    server.reply = by_model({"model-0": "met", "model-1": "not_met", "model-2": "met"})
    result = await voted(connect, content, 3, models=3)
    assert {c.votes for c in checks(result)} == {("met", "not_met", "met")}
    assert {c.verdict for c in checks(result)} == {"met"} and {c.flags for c in checks(result)} == {("conflict",)}
    assert {c.p_met for c in checks(result)} == {(2 + 0.5) / 4}
    assert "the votes differ on" in result.rounds[0].criteria[0].reason
    assert (result.judging.votes, result.judging.models) == (3, ("model-0", "model-1", "model-2"))


async def test_only_the_statements_in_dispute_are_asked_on(server: Server, connect: Connect, content: Library) -> None:
    disputed = checks(await voted_by(server, connect, content, "met"))[0].says
    server.asked.clear()
    swings = count()

    def differs(says: str) -> str:
        return ("met", "not_met")[next(swings) % 2] if says == disputed else "met"

    server.reply = lambda asked: asked.whole(votes(asked, differs))
    result = await voted(connect, content, 5)
    found = {c.says: c.votes for c in checks(result)}
    assert len(found.pop(disputed)) == 5 and {len(v) for v in found.values()} == {2}
    assert [len(statements(a)) for a in server.asked if disputed in a.prompt][2:] == [2, 2, 2]  # it and the canary


async def voted_by(server: Server, connect: Connect, content: Library, verdict: str) -> Grade:
    server.reply = lambda asked: asked.whole(judges(asked, verdict))
    return await voted(connect, content, 2)


async def test_the_statements_are_put_in_another_order_each_vote_and_the_same_way_in_each_run(
    server: Server, connect: Connect, content: Library
) -> None:
    prompts = []
    for _ in range(2):
        await voted_by(server, connect, content, "not_met")
        prompts.append(sorted(a.prompt for a in server.asked))
        server.asked.clear()
    assert prompts[0] == prompts[1]
    server.reply = lambda asked: asked.whole(judges(asked))
    await voted(connect, content, 2)
    first, second = ([s for s in statements(a).values() if CANARY not in s] for a in asked_of(server, "Communication"))
    assert first != second and sorted(first) == sorted(second)


async def test_a_vote_that_did_not_come_back_counts_for_nothing(
    server: Server, connect: Connect, content: Library
) -> None:
    def one_is_down(asked: Asked) -> None:
        if asked.body["model"] == "model-1":
            asked.error(401)
        else:
            asked.whole(judges(asked, "met"))

    server.reply = one_is_down
    result = await voted(connect, content, 3, models=3)
    assert {c.votes for c in checks(result)} == {("met", "failed", "met")}
    assert {(c.verdict, c.p_met) for c in checks(result)} == {("met", 0.8333)}
    server.reply = lambda asked: asked.error(401)
    result = await voted(connect, content, 3, models=3)
    assert {c.verdict for c in checks(result)} == {"failed"} and result.rounds[0].overall is None


async def test_what_a_panel_used_is_added_up(server: Server, connect: Connect, content: Library) -> None:
    server.reply = by_model({"model-0": "met", "model-1": "met"})
    clients = [connect(), connect()]
    engine = Panel(clients, 2)
    await grade(transcript(content), engine, content)
    assert engine.usage.requests == len(server.asked) == sum(c.usage.requests for c in clients)


def cast(verdict: str, *flags: str, p: float | None = None) -> CheckVerdict:
    evidence = (Evidence(turn=1, quote=verdict),) if verdict in ("met", "partly") else ()
    return CheckVerdict(id="a", criterion="c", says="s", verdict=verdict, evidence=evidence, flags=flags, p_met=p)


verdicts = st.lists(st.sampled_from(["met", "partly", "not_met", "failed"]), min_size=2, max_size=9)


@given(verdicts, st.randoms(use_true_random=False))
def test_a_tally_is_the_middle_vote_whatever_the_order(said: list[str], random) -> None:
    found = tally([cast(v) for v in said])
    shuffled = tally([cast(v) for v in random.sample(said, len(said))])
    assert (found.verdict, found.p_met, found.flags) == (shuffled.verdict, shuffled.p_met, shuffled.flags)
    back = [v for v in said if v != "failed"]
    if not back:
        assert found.verdict == "failed" and found.p_met is None
        return
    assert sum(v == "met" for v in back) > len(back) / 2 or found.verdict != "met"
    assert 0 < found.p_met < 1 and all(e.quote == found.verdict for e in found.evidence)
    assert ("conflict" in found.flags) == (len(set(back)) > 1)


def test_token_probabilities_are_used_where_every_vote_has_one() -> None:
    assert tally([cast("met", p=0.9), cast("met", p=0.7)]).p_met == 0.8
    assert tally([cast("met", p=0.9), cast("met")]).p_met == 0.8333


# The canary


async def test_every_call_holds_a_statement_that_cant_be_true_each_with_a_word_of_its_own(
    server: Server, connect: Connect, content: Library
) -> None:
    server.reply = lambda asked: asked.whole(judges(asked, "met"))
    await voted(connect, content, 2)
    planted = [[s for s in statements(a).values() if CANARY in s] for a in server.asked]
    assert {len(p) for p in planted} == {1} and len({p[0] for p in planted}) == len(server.asked)
    assert not any(p[0].split()[4] in ANSWER for p in planted)


def yes_to_all(asked: Asked) -> None:
    turn, said = candidate_turns(asked)[0]
    quotes = [{"turn": turn, "quote": said}]
    given = [{"id": i, "quotes_for": quotes, "quotes_against": [], "verdict": "met"} for i in statements(asked)]
    asked.whole({"verdicts": given})


async def test_a_judge_that_says_yes_to_everything_has_judged_nothing(
    server: Server, connect: Connect, content: Library
) -> None:
    server.reply = yes_to_all
    result = await grade(transcript(content), LLMEngine(connect()), content)
    assert {c.verdict for c in checks(result)} == {"failed"} and result.rounds[0].overall is None
    assert {c.flags for c in checks(result)} == {("canary",)} and "can't be, twice" in checks(result)[0].note
    assert any("thrown away" in flag for flag in result.flags)
    assert set(Counter(put_to(a) for a in server.asked).values()) == {2}


def put_to(asked: Asked) -> frozenset[str]:
    """The statements of a call, without the canary."""
    return frozenset(s for s in statements(asked).values() if CANARY not in s)


async def test_one_that_comes_to_its_senses_is_believed_and_flagged(
    server: Server, connect: Connect, content: Library
) -> None:
    seen: Counter[frozenset[str]] = Counter()

    def first_yes_to_all(asked: Asked) -> None:
        seen[put_to(asked)] += 1
        if seen[put_to(asked)] == 1:
            yes_to_all(asked)
        else:
            asked.whole(judges(asked, "not_met"))

    server.reply = first_yes_to_all
    result = await grade(transcript(content), LLMEngine(connect()), content)
    assert {(c.verdict, c.flags) for c in checks(result)} == {("not_met", ("canary",))}
    assert result.rounds[0].overall == 1.0 and any("thrown away" in flag for flag in result.flags)


@given(st.text(max_size=30), st.booleans(), st.integers(1, 9))
def test_a_ballot_holds_every_statement_once_and_one_canary(seed: str, shuffled: bool, size: int) -> None:
    items = [CheckVerdict(id=f"i{n}", criterion="c", says=f"Says {n}.", verdict="not_asked") for n in range(size)]
    put = ballot(items, seed, shuffled=shuffled)
    rest = [i for label, i in put.statements.items() if label != put.canary]
    assert list(put.statements) == [f"s{n}" for n in range(1, size + 2)]
    assert sorted(i.id for i in rest) == sorted(i.id for i in items) and (shuffled or rest == items)
    assert put == ballot(items, seed, shuffled=shuffled) != ballot(items, f"{seed}.", shuffled=shuffled)


# What nobody can quote


async def test_a_yes_without_a_quote_that_stands_is_asked_once_more_and_then_is_none(
    server: Server, connect: Connect, content: Library
) -> None:
    server.reply = lambda asked: asked.whole(judges(asked, "met", quote="I would randomise by household"))
    result = await grade(transcript(content), LLMEngine(connect()), content)
    assert {(c.verdict, c.flags) for c in checks(result)} == {("not_met", ("unsupported",))}
    again = [AGAIN in a.prompt for a in server.asked]
    assert again.count(True) == again.count(False)


async def test_a_quote_found_when_asked_again_counts(server: Server, connect: Connect, content: Library) -> None:
    def remembers(asked: Asked) -> None:
        asked.whole(judges(asked, "met", quote=ANSWER if AGAIN in asked.prompt else "Made up from nothing at all"))

    server.reply = remembers
    result = await grade(transcript(content), LLMEngine(connect()), content)
    assert {(c.verdict, c.flags) for c in checks(result)} == {("met", ())}
    assert {e.quote for c in checks(result) for e in c.evidence} == {ANSWER}


async def test_only_what_has_no_quote_is_asked_again(server: Server, connect: Connect, content: Library) -> None:
    def one_unsupported(asked: Asked) -> None:
        given = judges(asked, "met")
        if AGAIN not in asked.prompt and "belong to: Communication" in asked.prompt:
            told = next(v for v in given["verdicts"] if v["verdict"] == "met")
            told["quotes_for"] = []
        asked.whole(given)

    server.reply = one_unsupported
    result = await grade(transcript(content), LLMEngine(connect()), content)
    (again,) = [a for a in server.asked if AGAIN in a.prompt]
    assert len(statements(again)) == 2 and {c.verdict for c in checks(result)} == {"met"}


# Token probabilities


def weighing(asked: Asked, p: float) -> None:
    """An answer in whose tokens "met" has the probability ``p`` and "not" the rest."""
    import json
    import math
    import re

    asked.begin()
    for piece in re.split(r"(?<=\")(met|not_met)(?=\")", json.dumps(judges(asked, "met"))):
        others = [("met", p), ("not", 1 - p)] if piece in ("met", "not_met") else [(piece, 1.0)]
        top = [{"token": token, "logprob": math.log(share), "bytes": None} for token, share in others]
        said = {"token": piece, "logprob": top[0]["logprob"], "bytes": None, "top_logprobs": top}
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": None, "logprobs": {"content": [said]}}
        asked.event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "x", "choices": [choice]})
    asked.piece(finish="stop")
    asked.event("[DONE]")


async def test_where_the_endpoint_tells_token_probabilities_they_say_how_sure_it_was(
    server: Server, connect: Connect, content: Library
) -> None:
    client = connect()
    client.capabilities = client.capabilities.model_copy(update={"logprobs": True})
    server.reply = lambda asked: weighing(asked, 0.8)
    result = await grade(transcript(content), LLMEngine(client), content)
    assert {c.p_met for c in checks(result)} == {0.8} and all(a.body["logprobs"] for a in server.asked)
    level = result.rounds[0].criteria[0]
    assert level.level == 5.0 and level.expected is not None and level.expected < 5.0


async def test_they_are_not_asked_for_where_it_isnt_known_to_tell_them(
    server: Server, connect: Connect, content: Library
) -> None:
    server.reply = lambda asked: asked.whole(judges(asked, "met"))
    result = await grade(transcript(content), LLMEngine(connect()), content)
    assert not any("logprobs" in a.body for a in server.asked)
    assert {c.p_met for c in checks(result)} == {None} and result.rounds[0].criteria[0].expected is None


@pytest.mark.parametrize("models", [1, 2])
async def test_the_same_votes_give_the_same_grade(
    models: int, server: Server, connect: Connect, content: Library
) -> None:
    server.reply = by_model({"model-0": "met", "model-1": "partly"})
    results = [(await voted(connect, content, 3, models=models)).model_dump_json() for _ in range(2)]
    assert results[0] == results[1]
