"""What doctor says of an endpoint that does not do: what is wrong, what to do about it, and what was asked."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator

import pytest

from interviewer import config
from interviewer.cli.main import main
from interviewer.engines.llm import probing
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.probing import probe, setting_up
from interviewer.errors import ConfigError
from interviewer.text import sanitise
from tests.engines.llm.conftest import KEY, Waits
from tests.engines.llm.faulty import FAULTS
from tests.engines.llm.server import Asked, Server, serving

ONE_OF_A_KIND = (
    "unauthorised-echo", "no-route", "quota", "busy-year", "internal", "redirect", "context-length", "filter-400",
    "bad-request", "unprocessable", "reset", "closed", "hangs", "early-end", "login-page", "empty-body", "error-midway",
    "huge", "refusal", "length", "missing-keys",
)  # fmt: skip
HELD = ("offline", "the interview", "doctor", "another model, or go")  # of no use to who sets something up


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The endpoint that the environment names; nothing is waited for long."""

    def engine(model: str | None) -> LLMEngine:
        return LLMEngine(Client(config.endpoint(model), deadline=20.0, patience=0.5, sleep=Waits()))

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(LLMEngine, "from_settings", engine)
    with serving() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        yield running


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[int, str]]:
    """Probes; the exit code, and the last thing that was said."""

    def run() -> tuple[int, str]:
        code = main(["doctor", "--probe", "--model", "scripted"])
        return code, capsys.readouterr().out.splitlines()[-1]

    return run


def spoilt(fault: str) -> Callable[[Asked], None]:
    return lambda asked: FAULTS[fault][1](asked, json.dumps({"word": "yes"}))


@pytest.mark.parametrize("fault", ONE_OF_A_KIND)
async def test_a_fault_is_said_in_a_sentence_with_what_to_do_and_what_was_asked(fault: str, server: Server) -> None:
    server.reply = spoilt(fault)
    engine = LLMEngine.from_settings("scripted")
    with pytest.raises(Fault) as caught:
        await probe(engine.client)
    await engine.aclose()
    said = str(setting_up(caught.value, engine.client.endpoint))
    assert not [word for word in HELD if word in said]
    assert said.endswith(f"Asked: scripted at {server.url}.")
    assert KEY not in said and said == sanitise(said) and len(said) < 300


def test_doctor_says_it_in_a_line_that_begins_with_mend(server: Server, doctor: Callable[[], tuple[int, str]]) -> None:
    server.reply = spoilt("unauthorised")
    advice = probing.ADVICE["key_refused"]
    assert doctor() == (1, f"mend  127.0.0.1 refused the key. {advice} Asked: scripted at {server.url}.")


def test_where_nothing_listens_the_address_is_what_is_to_be_mended(
    server: Server, doctor: Callable[[], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        advice = probing.ADVICE["connection"]
        assert doctor() == (1, f"mend  Nothing answers at 127.0.0.1. {advice} Asked: scripted at {url}.")


@pytest.mark.parametrize("address", ["localhost:11434", "http://", "ftp://far.test/v1", "http://a:b:c", "v1"])
def test_what_is_no_address_is_said_to_be_none_before_a_key_is_missed(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    with pytest.raises(ConfigError, match="is no address of a server") as caught:
        config.endpoint("m")
    assert address in str(caught.value) and "http://localhost:11434/v1" in caught.value.next_step
