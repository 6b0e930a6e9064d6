"""While a candidate types, what reads their answer is loaded, so that the first one isn't waited for longer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import interviewer.session
from interviewer.models.question import QuestionSheet
from interviewer.session import WARMING
from tests.holding import PROSE, listen, start


async def test_a_question_is_read_ahead_once_beside_the_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_wrong: list[object] = []
    monkeypatch.setattr(threading, "excepthook", went_wrong.append)
    loaded: list[tuple[str, str | None]] = []
    load = interviewer.session._load

    def counted(sheet: QuestionSheet | None) -> None:
        load(sheet)
        loaded.append((threading.current_thread().name, sheet and sheet.id))

    monkeypatch.setattr(interviewer.session, "_load", counted)
    session = start(tmp_path / "kept", ["experimentation"])
    await listen(session)
    for _ in range(3):
        session.warm_up()
    session.answer(PROSE[0])
    assert len(await listen(session)) == 1  # which waits for it
    session.close()
    assert loaded == [(WARMING, session.interview.rounds[0].questions[0].id)] and not went_wrong
