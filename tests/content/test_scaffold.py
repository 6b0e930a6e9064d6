"""``new`` writes a valid file to start from, where the person works, and never over another."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from interviewer.content.files import KINDS
from interviewer.content.form.check import check_file
from interviewer.content.library import Kind, Library
from interviewer.content.scaffold import create
from interviewer.errors import NotFound, StorageError, UsageError
from tests.content.folders import filled, origin


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = filled(tmp_path / "ws").root
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_is_commented_and_has_no_error(kind: Kind, workspace: Path) -> None:
    path = create(kind, "my-own", Library())
    assert path.is_relative_to(workspace)
    assert "#" in path.read_text()
    assert "HERE" not in path.read_text()
    problems = check_file(kind, path, Library()).problems
    assert all(p.severity == "warning" and ("take the line out" in p.says or "placeholder" in p.says) for p in problems)
    assert Library().get(kind, "my-own").id == "my-own"


@pytest.mark.parametrize("round", ["forecasting", "experimentation", "product_case", "culture"])
def test_a_new_question_expects_something_for_every_criterion_of_its_round(round: str, workspace: Path) -> None:
    path = create("question", "asked", Library(), round=round)
    content = Library()
    assert path.parent.name == content.rubric(round).areas[0]
    wanted = {criterion.id for criterion in content.rubric(round).criteria}
    assert {expectation.criterion for expectation in content.question("asked").expectations} == wanted


@pytest.mark.parametrize(("kind", "source"), [("persona", "robin"), ("rubric", "forecasting"), ("question", "seats")])
def test_a_copy_differs_only_in_its_id(kind: Kind, source: str, workspace: Path) -> None:
    path = create(kind, "other", Library(), source=source)
    original = Library().path(kind, source).read_text()
    assert path.read_text() == original.replace(f"id: {source}", "id: other", 1)
    assert Library().get(kind, "other").model_copy(update={"id": source}) == Library().get(kind, source)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_overwritten(kind: Kind, workspace: Path) -> None:
    path = create(kind, "mine", Library())
    path.write_text("precious")
    with pytest.raises(UsageError, match="is there already"):
        create(kind, "mine", Library())
    assert path.read_text() == "precious"


def test_a_question_of_that_id_in_another_area_is_not_doubled(workspace: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        create("question", "seats", Library(), round="experimentation")


def test_an_id_of_the_user_may_hide_a_built_in(tmp_path: Path, home: Path) -> None:
    builtin = filled(tmp_path / "built", "built-in")
    path = create("persona", "robin", Library((origin(home, "user"), builtin)), source="robin")
    assert path == home / "personas" / "robin.md"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("id", ["../up", "Anna", "", "a b", "a/b", "x" * 65])
def test_what_is_no_id_is_refused(id: str, workspace: Path) -> None:
    with pytest.raises(UsageError, match="is no id"):
        create("persona", id, Library())


def test_an_unknown_source_round_or_area_lists_what_there_is(workspace: Path) -> None:
    for options in ({"source": "nobody"}, {"round": "sales"}, {"area": "cooking"}):
        with pytest.raises(NotFound, match="Known: "):
            create("question", "mine", Library(), **options)


def test_a_folder_that_cannot_be_made_is_said(workspace: Path) -> None:
    (workspace / "rubrics" / "questions" / "sql").write_text("a file in the way")
    with pytest.raises(StorageError, match="can't be written"):
        create("question", "mine", Library(), area="sql")


def test_a_draft_is_never_drawn_and_an_unfilled_sheet_that_is_none_is_an_error(workspace: Path) -> None:
    path = create("question", "half-done", Library(), round="culture")
    assert "half-done" not in Library().question_ids("culture")
    path.write_text(path.read_text().replace("draft: true", "draft: false"))
    assert "half-done" in Library().question_ids("culture")
    assert any(p.severity == "error" for p in check_file("question", path, Library()).problems)
