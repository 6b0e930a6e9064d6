"""A hundred interviews of which three requests in ten fail: nothing is lost, doubled, half or made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.bad_network import AGAIN, POINTLESS, figures, run
from tests.bench.bad_network_promises import broken


@pytest.mark.slow
async def test_a_hundred_interviews_come_through_a_bad_network(tmp_path: Path) -> None:
    held = await run(tmp_path / "kept")
    found = figures(held)
    assert broken(held) == []
    assert (found["interviews"], found["ended"]) == (100, 100)
    # It was bad indeed: a fault that isn't served is none that was survived.
    assert found["kinds of fault"] == len(AGAIN) + len(POINTLESS)
    assert 0.25 <= found["of them spoilt"] / found["requests"] <= 0.35
    assert min(found["turns that failed"], found["gone on offline"], found["criteria shown as failed"]) >= 3
    assert found["left or broken off, then resumed"] >= 3
