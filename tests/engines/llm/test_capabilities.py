"""What an endpoint takes: found out by asking or on the way, remembered, and never given up silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer import config
from interviewer.cli.main import main
from interviewer.engines.llm import capabilities
from interviewer.engines.llm.capabilities import Capabilities, named
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.probing import probe
from tests.engines.llm.conftest import KEY
from tests.engines.llm.server import Asked, Reply, Server
from tests.engines.llm.test_client import GOOD, Connect, ask

YES = {"word": "yes"}


def takes(*refused: str) -> Reply:
    """An endpoint that refuses what is named here, in the words of several servers."""

    def reply(asked: Asked) -> None:
        format = asked.body.get("response_format", {}).get("type")
        for name in refused:
            if name in asked.body:
                return asked.error(400, f"Unsupported parameter: '{name}' is not supported with this model.")
            if name == format:
                return asked.error(422, f"response_format.type: {name} is unknown here")
        if asked.body.get("stream"):
            return asked.whole(YES)
        content = [{"token": "y", "logprob": -0.1, "bytes": None, "top_logprobs": []}]
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "{}"},
                  "logprobs": {"content": content, "refusal": None}}  # fmt: skip
        return asked.raw(200, json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "m",
                                          "choices": [choice]}).encode())  # fmt: skip

    return reply


@pytest.mark.parametrize(
    ("refused", "found"),
    [
        ((), Capabilities(logprobs=True)),
        (("json_schema",), Capabilities(format="json_object", logprobs=True)),
        (("json_schema", "json_object"), Capabilities(format="text", logprobs=True)),
        (("response_format", "logprobs"), Capabilities(format="text", logprobs=False)),
        (("max_completion_tokens",), Capabilities(limit="max_tokens", logprobs=True)),
        (("max_completion_tokens", "max_tokens"), Capabilities(limit="none", logprobs=True)),
        (("temperature", "stream_options"), Capabilities(temperature=False, stream_usage=False, logprobs=True)),
    ],
)
async def test_probing_finds_what_is_taken(
    refused: tuple[str, ...], found: Capabilities, server: Server, connect: Connect
) -> None:
    server.reply = takes(*refused)
    client = connect()
    learned: list[Capabilities] = []
    client.learned = learned.append
    assert await probe(client) == found.model_copy(update={"probed": True})
    assert learned[-1] == client.capabilities
    last = server.asked[-2].body  # the one before log probabilities were asked for
    assert [name for name in refused if name in last] == []


async def test_an_endpoint_that_is_broken_is_not_taken_for_one_that_takes_little(
    server: Server, connect: Connect
) -> None:
    server.reply = lambda asked: asked.error(401)
    with pytest.raises(Fault, match="refused the key"):
        await probe(connect())


async def test_what_was_learned_on_the_way_is_kept_for_the_next_time(
    server: Server, connect: Connect, home: Path
) -> None:
    client = connect()
    client.learned = lambda c: capabilities.remember(client.endpoint, c)
    server.reply = lambda asked: (
        asked.error(400, "unknown field: stream_options") if "stream_options" in asked.body else asked.whole(GOOD)
    )
    _, waited = await ask(client)
    assert len(waited) == 1
    assert capabilities.known(client.endpoint) == Capabilities(stream_usage=False)
    assert KEY not in (home / "capabilities.json").read_text()
    other = client.endpoint.model_copy(update={"model": "another"})
    assert capabilities.known(other) == Capabilities()


def test_a_remembering_file_of_another_shape_means_nothing_is_known(home: Path) -> None:
    where = config.Endpoint(base_url="http://localhost/v1", api_key=None, model="m")
    home.mkdir()
    for text in ("[1]", "{", '{"http://localhost/v1 m": {"format": "xml"}}'):
        (home / "capabilities.json").write_text(text)
        assert capabilities.known(where) == Capabilities()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'.", "limit"),
        ("Unsupported value: 'temperature' does not support 0 with this model.", "temperature"),
        ("json_schema response format needs a newer model", "format"), ("no credit", None),
    ],
)  # fmt: skip
def test_the_part_that_is_refused_is_the_one_named_first(said: str, what: str | None) -> None:
    assert named(said) == what


def test_doctor_probes_only_when_told_to_and_shows_what_it_found(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.reply = takes("json_schema")
    main(["doctor", "--model", "scripted"])
    assert "isn't known yet" in capsys.readouterr().out and not server.asked
    main(["doctor", "--model", "scripted", "--probe"])
    said = capsys.readouterr().out
    assert "JSON schemas: no" in said and "log probabilities: yes" in said and KEY not in said
    asked = len(server.asked)
    main(["doctor", "--model", "scripted"])
    assert "JSON schemas: no" in capsys.readouterr().out and len(server.asked) == asked


@pytest.fixture
def spends(server: Server, connect: Connect) -> Callable[..., Client]:
    from interviewer.engines.llm.allowance import Allowance

    def client(tokens: int | None = None, cost: float | None = None, price: config.Price | None = None) -> Client:
        server.reply = lambda asked: asked.whole(GOOD)
        made = connect()
        made.allowance = Allowance(tokens, cost, price)
        return made

    return client


async def test_nothing_is_asked_beyond_the_tokens_that_are_allowed(
    server: Server, spends: Callable[..., Client]
) -> None:
    client = spends(tokens=530)
    await ask(client)
    assert client.usage.tokens == 16
    await ask(client)
    with pytest.raises(Fault, match="530 tokens you allow") as caught:
        await ask(client)
    assert caught.value.code == "spent" and "most_tokens" in caught.value.next_step
    assert len(server.asked) == 2


async def test_nothing_is_asked_beyond_the_money_that_is_allowed(server: Server, spends: Callable[..., Client]) -> None:
    client = spends(cost=1.0, price=config.Price(input=1000, output=1900))
    await ask(client)
    assert client.usage.cost == pytest.approx((11 * 1000 + 5 * 1900) / 1e6)
    with pytest.raises(Fault, match=r"0\.02 of the 1\.00"):
        client.allowance = client.allowance.__class__(None, 1.0, config.Price(input=1000, output=2000))
        await ask(client)
    assert len(server.asked) == 1


async def test_a_server_that_names_its_cost_is_believed_and_one_that_counts_nothing_is_estimated(
    server: Server, spends: Callable[..., Client]
) -> None:
    def priced(asked: Asked) -> None:
        asked.begin()
        asked.pieces(json.dumps(GOOD))
        asked.piece(finish="stop")
        asked.event({"choices": [], "usage": {"prompt_tokens": 40, "completion_tokens": 9, "cost": 0.25,
                                              "prompt_tokens_details": {"cached_tokens": 32}}})  # fmt: skip

    client = spends()
    server.next = [priced]
    await ask(client)
    assert (client.usage.cost, client.usage.cached, client.usage.estimated) == (0.25, 32, False)
