"""Tokens: counted where tiktoken's table is, estimated where it isn't, and never fetched."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.engines.llm import tokens


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "tables"))
    tokens._encoding.cache_clear()
    yield tmp_path / "tables"
    tokens._encoding.cache_clear()


def no_net(*_: object) -> None:
    raise AssertionError("something went to the net")


def test_without_a_table_it_is_estimated_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", no_net)
    assert not tokens.exact()
    assert 20 <= tokens.count("A fairly ordinary sentence of English, as somebody might say it in an interview.") <= 24


def test_a_broken_table_is_left_alone_and_not_fetched_again(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", no_net)
    fresh.mkdir()
    table = fresh / hashlib.sha1(tokens.TABLE.encode()).hexdigest()
    table.write_bytes(b"half of it")
    assert not tokens.exact()
    assert table.read_bytes() == b"half of it"


def test_the_table_we_look_for_is_the_one_tiktoken_would_fetch() -> None:
    import inspect

    from tiktoken_ext import openai_public

    source = inspect.getsource(openai_public.o200k_base)
    assert tokens.TABLE in source and tokens.CONTENT in source


@pytest.mark.parametrize(
    ("text", "about"),  # as o200k_base counts them
    [
        ("The effect is measured as randomised, so what switched off is diluted by the share reached.", 19),
        ("def mean(xs):\n    return sum(xs) / len(xs)\n", 15), ("実験の結果は曖昧でした。", 10),
    ],
)  # fmt: skip
def test_the_estimate_is_near_what_is_counted(text: str, about: int) -> None:
    assert abs(tokens.estimate(text) - about) <= 0.4 * about


def test_a_message_costs_a_little_more_than_its_words() -> None:
    assert tokens.count_messages([{"role": "user", "content": ""}]) == tokens.A_MESSAGE
    assert tokens.count("<|endoftext|>") > 0
