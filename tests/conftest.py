"""What holds in every test: a home of its own, nothing of the developer's environment, no model."""

from __future__ import annotations

from pathlib import Path

import pytest

FOREIGN = ("OPENAI_", "OPENROUTER_", "VLLM_", "AZURE_", "INTERVIEWER_", "LANGSMITH_", "LANGCHAIN_")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of this test. The current folder is no workspace, so interviews are saved here too."""
    import os

    for name in list(os.environ):
        if name.startswith(FOREIGN):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    somewhere = tmp_path / "somewhere"
    somewhere.mkdir()
    monkeypatch.setenv("INTERVIEWER_HOME", str(folder))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(somewhere)
    return folder
