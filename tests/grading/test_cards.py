"""Scorecards on disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from interviewer.errors import StorageError
from interviewer.grading import cards
from interviewer.models.scorecard import Grade


def grade(id: str = "a") -> Grade:
    return Grade(transcript=id, engine="offline")


def test_grades_are_read_back_in_the_order_they_were_added(tmp_path: Path) -> None:
    interview = tmp_path / "x.jsonl"
    for name in ("a", "b"):
        target = cards.append(interview, grade(name))
    assert target == tmp_path / "x.scorecards.jsonl"
    assert [g.transcript for g in cards.read(interview)[0]] == ["a", "b"]


def test_grading_again_with_the_same_result_adds_nothing(tmp_path: Path) -> None:
    for _ in range(3):
        cards.append(tmp_path / "x.jsonl", grade())
    assert len(cards.read(tmp_path / "x.jsonl")[0]) == 1


def test_scorecards_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        target = cards.append(tmp_path / "x.jsonl", grade())
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_line_cut_by_a_crash_is_stepped_over_and_named(tmp_path: Path) -> None:
    target = tmp_path / "x.scorecards.jsonl"
    target.write_text('{"transcript": "a", "eng')
    cards.append(tmp_path / "x.jsonl", grade("b"))
    found, problems = cards.read(tmp_path / "x.jsonl")
    assert [g.transcript for g in found] == ["b"] and "line 1" in problems[0]


def test_without_scorecards_there_are_none(tmp_path: Path) -> None:
    assert cards.read(tmp_path / "x.jsonl") == ((), ())


def test_a_place_that_cant_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be saved"):
        cards.append(tmp_path / "missing" / "x.jsonl", grade())


def test_scorecards_are_never_written_through_a_link(tmp_path: Path) -> None:
    aim = tmp_path / "precious"
    aim.write_text("kept")
    (tmp_path / "x.scorecards.jsonl").symlink_to(aim)
    with pytest.raises(StorageError):
        cards.append(tmp_path / "x.jsonl", grade())
    assert aim.read_text() == "kept"
