from __future__ import annotations

from pathlib import Path

import pytest

import interviewer


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's real home, and no workspace above."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(interviewer.__file__).parents[1]))  # for second processes
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"
