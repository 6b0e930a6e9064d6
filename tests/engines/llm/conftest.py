"""A scripted server for every test, and the real client and engine pointed at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from interviewer.config import Endpoint
from interviewer.content.library import Library
from interviewer.engines.llm.client import Client
from interviewer.paths import Origin, built_in
from tests.engines.llm.server import Server, serving

KEY = "song-of-a-canary-0123456789"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


class Waits(list[float]):
    """The waits a client was asked to make; none is really waited."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture(scope="package")
def content() -> Library:
    """The content that comes with the program, parsed once."""
    return Library([Origin("built-in", built_in())])


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
async def connect(server: Server, waits: Waits) -> AsyncIterator[Callable[..., Client]]:
    """A client of the scripted server; its deadline can be given."""
    made: list[Client] = []

    def client(deadline: float = 20.0) -> Client:
        where = Endpoint(base_url=server.url, api_key=SecretStr(KEY), model="scripted")
        made.append(Client(where, deadline, deadline, sleep=waits))
        return made[-1]

    yield client
    for one in made:
        await one.aclose()


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    from tests.engines.llm.test_cassettes import asks_the_same

    vcr.register_matcher("asks_the_same", asks_the_same)
