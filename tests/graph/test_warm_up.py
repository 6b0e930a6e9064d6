"""While a candidate types, what reads their answer is loaded, so that the first one isn't waited for longer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from interviewer.session import WARMING
from tests.holding import PROSE, listen, start


async def test_a_question_is_read_ahead_once_beside_the_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_wrong: list[object] = []
    monkeypatch.setattr(threading, "excepthook", went_wrong.append)
    session = start(tmp_path / "kept", ["experimentation"])
    await listen(session)
    begun = []
    for _ in range(3):
        session.warm_up()
        begun += [t for t in threading.enumerate() if t.name == WARMING and t not in begun]
    for thread in begun:
        thread.join()
    session.answer(PROSE[0])
    assert len(await listen(session)) == 1
    session.close()
    assert len(begun) == 1 and not went_wrong
