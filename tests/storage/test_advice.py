"""A failed save says what helps where it happened."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from interviewer.storage import files


def test_in_a_workspace_a_failed_save_never_advises_a_variable_that_is_not_read_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("personas", "rubrics", "transcripts"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    error = files.failed(tmp_path / "transcripts" / "a.jsonl", PermissionError(errno.EACCES, "Permission denied"))
    assert "INTERVIEWER_HOME" not in error.next_step
    assert "Allow writing in that folder" in error.next_step
    assert f"from a folder outside {tmp_path}" in error.next_step


def test_a_full_disk_in_the_users_folder_advises_space_or_another_folder(home: Path) -> None:
    error = files.failed(home / "transcripts" / "a.jsonl", OSError(errno.ENOSPC, "No space left on device"))
    assert error.next_step == "Free some space there and try again, or set INTERVIEWER_HOME to another folder."


def test_elsewhere_another_place_is_advised(tmp_path: Path) -> None:
    error = files.failed(tmp_path / "out.json", PermissionError(errno.EACCES, "Permission denied"))
    assert error.next_step.endswith("or choose another place.")
