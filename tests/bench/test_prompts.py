"""The promises on what is sent: nearly all of a prompt is the beginning of the next, and a round sees only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.models.base import Length
from tests.bench.prompts import costs, onsite


async def test_prompts_grow_at_their_end_and_cost_far_less_than_resending_the_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "")  # set by the script, and taken back here
    found = costs(await onsite(tmp_path / "kept", Length.QUICK))
    assert found.turns >= 30
    assert min(found.shares) >= 0.85
    assert found.of_resending <= 0.60
