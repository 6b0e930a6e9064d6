"""One answer from an endpoint that may fail in any way: whole, or a Fault that says what happened."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import AsyncGeneratorType
from typing import Any

import pytest

from interviewer.engines.base import Waiting
from interviewer.engines.llm import connection
from interviewer.engines.llm.client import LONGEST_ANSWER, Client, Wanted
from interviewer.engines.llm.faults import Fault
from tests.engines.llm.conftest import KEY, Waits
from tests.engines.llm.server import Asked, Reply, Server

Connect = Callable[..., Client]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}
GOOD = {"word": "blue"}


def accept(text: str) -> None:
    if not isinstance(json.loads(text).get("word"), str):
        raise ValueError("no word")


def wanted() -> Wanted:
    return Wanted([{"role": "user", "content": "A colour?"}], "colour", SCHEMA, accept)


async def ask(client: Client) -> tuple[str, list[Waiting]]:
    """The answer's text with withdrawn pieces left out, and the waits."""
    text, waited = "", list[Waiting]()
    async for part in client.stream(wanted()):
        if isinstance(part, Waiting):
            text, waited = "", [*waited, part]
        else:
            text += part
    return text, waited


def good(asked: Asked) -> None:
    asked.whole(GOOD)


def streams(*pieces: str, finish: str | None = "stop", refusal: str = "") -> Reply:
    def reply(asked: Asked) -> None:
        asked.begin()
        for piece in pieces:
            asked.piece(piece)
        if refusal:
            asked.piece(refusal=refusal)
        if finish:
            asked.piece(finish=finish)
        asked.event("[DONE]")

    return reply


def cut_off(asked: Asked) -> None:
    asked.begin()
    asked.piece('{"word": "bl')
    asked.cut()


def events(*data: object) -> Reply:
    def reply(asked: Asked) -> None:
        asked.begin()
        for one in data:
            asked.event(one)

    return reply


def error(status: int, message: str = "no", code: str | None = None, **headers: str) -> Reply:
    return lambda asked: asked.error(status, message, code, **headers)


def body(data: bytes, kind: str = "application/json", **headers: str) -> Reply:
    return lambda asked: asked.raw(200, data, kind, **headers)


def endless(asked: Asked) -> None:
    asked.begin()
    for _ in range(LONGEST_ANSWER):
        asked.piece("x" * 1000)


AGAIN = {
    "connection": cut_off,
    "cut": streams('{"word": "bl', finish=None),
    "too_long": streams('{"word": "blue"}', finish="length"),
    "busy": error(429, "slow down", retry_after="3"),
    "server": error(503),
    "malformed: HTML": body(b"<html><b>Welcome</b></html>", "text/html"),
    "malformed: nothing at all": body(b""),
    "malformed: null": body(b"null"),
    "malformed: an error with status 200": body(b'{"error": {"message": "no"}}'),
    "malformed: no choices": events({"choices": None}, {"choices": []}, "[DONE]"),
    "malformed: choices of another shape": events({"choices": {"a": 1}}, "[DONE]"),
    "malformed: no delta": events({"choices": [{"delta": None, "finish_reason": None}]}, "[DONE]"),
    "malformed: empty": streams("", finish="stop"),
    "malformed: prose": streams("Blue, I think."),
    "malformed: another shape": streams('{"colour": "blue"}'),
    "malformed: a broken line": events("{nope", "[DONE]"),
    "malformed: no UTF-8": body(b'data: {"choices": "\xff\xfe"}\n\n', "text/event-stream"),
    "malformed: a key twice": streams('{"word": "red", "word": "blue"}'),
    "malformed: not a number": streams('{"word": "blue", "score": NaN}'),
    "malformed: two answers": streams('{"word": "red"}{"word": "blue"}'),
    "malformed: an unknown ending": streams('{"word": "blue"}', finish="sk-whatever"),
    "malformed: packed": body(b"\x1f\x8b", "text/event-stream", content_encoding="gzip"),
    "malformed: nested too deeply": streams('{"word":' + "[" * 30_000),
    "server: an error within the stream": events({"error": {"message": f"bad {KEY}"}}),
}  # fmt: skip
POINTLESS = {
    "key_refused": error(401, f"Incorrect API key provided: {KEY}"),
    "key_refused: forbidden": error(403),
    "not_found": error(404),
    "bad_request": error(400, "no such parameter"),
    "quota": error(429, "pay first", "insufficient_quota"),
    "quota: 402": error(402),
    "refused": streams(refusal="I would rather not."),
    "filtered": streams('{"word": "bl', finish="content_filter"),
    "key_echoed": streams(f'{{"word": "{KEY}"}}'),
    "key_echoed: escaped": streams('{"word": "\\u0073' + KEY[1:] + '"}'),
    "busy: an absurd wait": error(429, retry_after="86400"),
    "busy: endless": error(429, retry_after="inf"),
}


@pytest.mark.parametrize("kind", AGAIN)
async def test_a_passing_fault_is_asked_past_once(
    kind: str, server: Server, connect: Connect, waits: Waits, caplog: pytest.LogCaptureFixture
) -> None:
    server.next, server.reply = [AGAIN[kind]], good
    text, waited = await ask(connect())
    assert json.loads(text) == GOOD
    assert [w.attempt for w in waited] == [1]
    assert waits == [waited[0].seconds]
    assert KEY not in waited[0].why + caplog.text
    assert len(server.asked) == 2


@pytest.mark.parametrize("kind", AGAIN)
async def test_a_fault_that_stays_ends_after_three_requests(kind: str, server: Server, connect: Connect) -> None:
    server.reply = AGAIN[kind]
    with pytest.raises(Fault) as caught:
        await ask(connect())
    assert caught.value.code == kind.partition(":")[0]
    assert len(server.asked) == 3
    said_plainly(caught.value)


@pytest.mark.parametrize("kind", POINTLESS)
async def test_a_fault_that_asking_again_cant_mend_costs_one_request(
    kind: str, server: Server, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply = POINTLESS[kind]
    with pytest.raises(Fault) as caught:
        await ask(connect())
    assert caught.value.code == kind.partition(":")[0]
    assert len(server.asked) == 1
    assert KEY not in caplog.text
    said_plainly(caught.value)


def said_plainly(fault: Fault) -> None:
    """One sentence, one next step, and nothing of the server's own words anywhere in the error."""
    assert fault.message.endswith(".") and fault.next_step
    error: BaseException | None = fault
    while error is not None:
        assert KEY not in repr(error) and KEY not in str(error)
        error = error.__cause__ or error.__context__


async def test_what_was_shown_of_a_broken_answer_is_withdrawn(server: Server, connect: Connect) -> None:
    server.next, server.reply = [streams('{"word": "red', finish=None)], good
    parts = [part async for part in connect().stream(wanted())]
    cut = next(n for n, part in enumerate(parts) if isinstance(part, Waiting))
    assert "".join(map(str, parts[:cut])) == '{"word": "red'
    assert json.loads("".join(map(str, parts[cut + 1 :]))) == GOOD


async def test_an_answer_without_an_ending_is_whole_if_its_json_is(server: Server, connect: Connect) -> None:
    server.reply = streams('{"word": "blue"}', finish=None)
    text, waited = await ask(connect())
    assert json.loads(text) == GOOD and not waited


async def test_a_wait_that_is_asked_for_is_kept_to(server: Server, connect: Connect, waits: Waits) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    server.next, server.reply = [error(429, retry_after="7"), error(503, retry_after=at)], good
    await ask(connect(deadline=60))
    assert waits[0] == 7
    assert 15 < waits[1] <= 20


async def test_a_wait_beyond_the_deadline_is_not_begun(server: Server, connect: Connect, waits: Waits) -> None:
    server.reply = error(429, retry_after="25")
    with pytest.raises(Fault, match="25 s"):
        await ask(connect(deadline=10))
    assert not waits and len(server.asked) == 1


async def test_the_deadline_holds_although_pieces_keep_dripping(server: Server, connect: Connect) -> None:
    over = threading.Event()

    def drips(asked: Asked) -> None:
        asked.begin()
        while not over.wait(0.02):
            asked.piece(" ")

    server.reply = drips
    clock = asyncio.get_running_loop().time
    began = clock()
    with pytest.raises(Fault) as caught:
        await ask(connect(deadline=0.4))
    over.set()
    assert caught.value.code == "timeout"
    assert clock() - began < 2.0


async def test_a_reader_who_takes_long_is_not_cut_off_by_the_deadline(server: Server, connect: Connect) -> None:
    """The deadline runs out while the pieces are being used, which must not cancel whoever uses them."""
    server.reply = good
    with pytest.raises(Fault) as caught:
        async for _ in connect(deadline=0.2).stream(wanted()):
            await asyncio.to_thread(threading.Event().wait, 0.3)  # raises nothing, though the time is up
    assert caught.value.code == "timeout"


async def test_cancelling_leaves_no_connection_behind(server: Server, connect: Connect) -> None:
    over, gone = threading.Event(), threading.Event()

    def hangs(asked: Asked) -> None:
        asked.begin()
        asked.piece('{"word')
        try:
            while not over.wait(0.01):
                asked.piece(" ")
        except OSError:
            gone.set()

    server.reply = hangs
    client, first = connect(), asyncio.Event()

    async def listen() -> None:
        async for _ in client.stream(wanted()):
            first.set()

    task = asyncio.create_task(listen())
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    closed = await asyncio.to_thread(gone.wait, 5)
    over.set()
    assert closed
    assert len(asyncio.all_tasks()) == 1


async def test_leaving_an_answer_half_read_closes_it(server: Server, connect: Connect) -> None:
    gone = threading.Event()

    def talks(asked: Asked) -> None:
        asked.begin()
        try:
            for _ in range(100_000):
                asked.piece("x")
        except OSError:
            gone.set()

    server.reply = talks
    async with aclosing(connect().stream(wanted())) as parts:
        async for _ in parts:
            break
    assert await asyncio.to_thread(gone.wait, 5)


async def test_an_endless_answer_is_given_up(server: Server, connect: Connect) -> None:
    server.reply = endless
    with pytest.raises(Fault) as caught:
        await ask(connect())
    assert caught.value.code == "too_long"


async def test_a_huge_body_is_not_read_to_its_end(server: Server, connect: Connect) -> None:
    server.reply = body(b"data: " + b"x" * (connection.MOST_BYTES + 1), "text/event-stream")
    with pytest.raises(Fault) as caught:
        await ask(connect())
    assert caught.value.code == "too_long"


async def test_an_endpoint_without_schemas_gets_the_schema_in_words(server: Server, connect: Connect) -> None:
    def no_schemas(asked: Asked) -> None:
        if asked.given:
            asked.error(400, "response_format.type json_schema is not supported")
        else:
            asked.whole(GOOD)

    server.reply, client = no_schemas, connect()
    text, waited = await ask(client)
    assert json.loads(text) == GOOD
    assert len(waited) == 1
    assert server.asked[1].body["response_format"] == {"type": "json_object"}
    assert json.dumps(SCHEMA) in server.asked[1].prompt
    assert not client.schemas
    await ask(client)
    assert len(server.asked) == 3  # it is not tried again


async def test_two_calls_at_once_both_get_past_missing_schemas(server: Server, connect: Connect) -> None:
    both = threading.Barrier(2, timeout=10)

    def no_schemas(asked: Asked) -> None:
        if asked.given:
            both.wait()
            asked.error(422, "unknown field response_format")
        else:
            asked.whole(GOOD)

    server.reply, client = no_schemas, connect()
    answers = await asyncio.gather(ask(client), ask(client))
    assert [json.loads(text) for text, _ in answers] == [GOOD, GOOD]


async def test_neither_words_nor_key_follow_a_redirect(server: Server, connect: Connect) -> None:
    from tests.engines.llm.server import serving

    with serving() as other:
        server.reply = lambda asked: asked.raw(307, b"", location=f"{other.url}/chat/completions")
        with pytest.raises(Fault) as caught:
            await ask(connect())
        assert caught.value.code == "redirected"
        assert not other.asked


async def test_the_key_goes_into_the_header_alone(server: Server, connect: Connect) -> None:
    server.reply = good
    await ask(connect())
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(server.asked[0].body)


async def test_a_proxy_of_the_environment_is_not_used_for_this_machine(
    server: Server, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.reply = good
    text, _ = await ask(connect())
    assert json.loads(text) == GOOD


async def test_tokens_are_counted(server: Server, connect: Connect) -> None:
    server.reply, client = good, connect()
    await ask(client)
    assert (client.usage.requests, client.usage.prompt, client.usage.completion) == (1, 11, 5)


async def test_nonsense_counts_spoil_no_answer(server: Server, connect: Connect) -> None:
    def miscounts(asked: Asked) -> None:
        asked.begin()
        asked.pieces(json.dumps(GOOD))
        asked.piece(finish="stop")
        asked.event({"choices": [], "usage": {"prompt_tokens": "many", "completion_tokens": -3}})

    server.reply, client = miscounts, connect()
    text, waited = await ask(client)
    assert json.loads(text) == GOOD and not waited
    assert client.usage.estimated  # counted here instead
    assert 0 < client.usage.prompt < 20 and 0 < client.usage.completion < 10


async def test_nobody_there_is_said_so(connect: Connect, server: Server) -> None:
    import socket

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = connect()
        client.endpoint = client.endpoint.model_copy(
            update={"base_url": f"http://127.0.0.1:{unused.getsockname()[1]}/v1"}
        )
        with pytest.raises(Fault) as caught:
            await ask(client)
    assert caught.value.code == "connection"


@pytest.mark.parametrize("kind", [*AGAIN, *POINTLESS])
async def test_nothing_of_a_connection_is_left_to_the_garbage_collector(
    kind: str, server: Server, connect: Connect
) -> None:
    """It would end what it finds on any thread, the scripted server's or the app's."""
    server.reply = {**AGAIN, **POINTLESS}[kind]
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(Fault):
            await ask(connect())
        for _ in range(30):  # each generator ends the next one inside it in a turn of the loop of its own
            await asyncio.sleep(0)
        left = [g for g in gc.get_objects() if isinstance(g, AsyncGeneratorType) and g.ag_frame is not None]
        assert [g.__qualname__ for g in left if g.__qualname__ != "connect"] == []
    finally:
        gc.enable()
