"""A scripted model on loopback that the command line is pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cohort.talks import met
from tests.engines.llm.server import Server, serving


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as server:
        server.reply = met
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server
