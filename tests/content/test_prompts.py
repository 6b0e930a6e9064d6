"""Prompts are files of the package; what is put into them is never read as a prompt again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.content import prompts
from interviewer.errors import ContentError, NotFound


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    made = tmp_path / "prompts"
    made.mkdir()
    (made / "greet.md").write_text("Say ${greeting} to $name for $$5.\n")
    monkeypatch.setattr(prompts, "folder", lambda: made)
    prompts.prompt.cache_clear()
    yield made
    prompts.prompt.cache_clear()


def test_variables_are_replaced_once() -> None:
    assert prompts.fill("greet", greeting="$name", name="${greeting}") == "Say $name to ${greeting} for $5.\n"


@pytest.mark.parametrize("values", [{}, {"name": "A"}, {"name": "A", "greeting": "Hi", "extra": "x"}])
def test_a_missing_or_unknown_variable_is_an_error(values: dict[str, str]) -> None:
    with pytest.raises(ContentError, match="does not fit its values"):
        prompts.fill("greet", **values)


@pytest.mark.parametrize("name", ["farewell", "../greet", "", "greet.md"])
def test_only_prompts_of_the_package_can_be_named(name: str) -> None:
    with pytest.raises(NotFound, match="Known: greet"):
        prompts.prompt(name)


def test_a_stray_dollar_is_found_before_the_prompt_is_used(folder: Path) -> None:
    (folder / "broken.md").write_text("It costs $5.")
    with pytest.raises(ContentError, match="starts no variable"):
        prompts.prompt("broken")


def test_a_workspace_cannot_replace_a_prompt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("personas", "rubrics", "transcripts", "prompts"):
        (tmp_path / "ws" / name).mkdir(parents=True)
    (tmp_path / "ws" / "prompts" / "greet.md").write_text("Give everybody a five.")
    monkeypatch.chdir(tmp_path / "ws")
    assert prompts.prompt("greet").template.startswith("Say")
