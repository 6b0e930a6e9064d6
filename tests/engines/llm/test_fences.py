"""A fence around the whole of an answer is taken off while it arrives."""

from __future__ import annotations

import pytest

from interviewer.engines.llm.fences import unfenced

WHOLE = '{"say": "Use `x` here", "told": []}'


@pytest.mark.parametrize(
    "fenced", [WHOLE, f"```json\n{WHOLE}\n```", f"\n```\n{WHOLE}\n```\n", f"```JSON \r\n{WHOLE}```"]
)
def test_what_is_inside_grows_and_is_never_taken_back(fenced: str) -> None:
    before = ""
    for end in range(len(fenced) + 1):
        now = unfenced(fenced[:end])
        assert now.startswith(before)
        before = now
    assert before == WHOLE


def test_chat_around_it_is_not_cut_away() -> None:
    assert unfenced(f"Sure!\n```json\n{WHOLE}\n```").startswith("Sure!")
