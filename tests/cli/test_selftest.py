"""``interviewer grade --selftest``: what it prints, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.cli.main import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> int:
    return main(["grade", "--selftest", *args])


def test_a_table_names_every_family_and_what_its_columns_mean(capsys) -> None:
    assert run("--sample", "1") == 0
    out = capsys.readouterr().out
    for family in ("empty", "question echo", "rubric paste", "glue-word bag", "injection, apart", "fillers *"):
        assert f"\n{family}" in out
    assert "over .5" in out and "benign" in out


def test_as_json_each_attack_says_where_it_stood_and_what_it_moved(capsys) -> None:
    assert run("--sample", "2", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["engine"] == "offline" and data["model"] is None
    tried = {family["name"]: family["tried"] for family in data["families"]}
    assert sum(tried.values()) == len(data["cases"]) and set(tried.values()) <= {1, 2}
    for family in data["families"]:
        own = [c["moved"] for c in data["cases"] if c["family"] == family["name"]]
        assert family["worst"] == max(own) and family["over_half"] == sum(m > 0.5 for m in own)


def test_it_is_written_where_it_is_asked_for(capsys, tmp_path: Path) -> None:
    assert run("--sample", "1", "--format", "markdown", "--out", "attacks.md") == 0
    assert capsys.readouterr().out == "" and (tmp_path / "attacks.md").read_text().startswith("| family |")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["talk.json"], "takes no FILE"),
        (["--format", "csv"], "no format 'csv'"),
        (["--sample", "0"], "no number from 1"),
        (["--engine", "llm"], "model"),
    ],
)
def test_what_makes_no_sense_is_said_and_is_2(args: list[str], says: str, capsys) -> None:
    assert run(*args) == 2
    out, err = capsys.readouterr()
    assert out == "" and says in err and "Traceback" not in err


def test_without_a_file_and_without_the_selftest_there_is_nothing_to_grade(capsys) -> None:
    assert main(["grade"]) == 2
    assert "No FILE is named" in capsys.readouterr().err
