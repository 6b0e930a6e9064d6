"""``interviewer transcripts``: stdout is data, stderr is narration, nothing hidden without being asked for."""

from __future__ import annotations

import argparse
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from interviewer.cli import transcripts
from interviewer.errors import NotFound, UsageError
from interviewer.models import events as ev
from interviewer.models.base import Move
from interviewer.storage.log import Log

ID = "2026-01-05-0900-abcd"
HIDDEN = "the-hidden-expectation"


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One interview in a home of its own."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "home" / "transcripts" / f"{ID}.jsonl"
    head = ev.Started(
        id=ID, created="2026-01-05T09:00:00+00:00", loop="onsite", rounds=("experimentation",), engine="offline"
    )
    asked = ev.InterviewerSaid(
        turn=0, round="experimentation", text="How would you test it?", move=Move.ASK, reason="the round begins",
        persona="someone", question="row-order", target=HIDDEN,
    )  # fmt: skip
    with Log.create(path, head) as log:
        log.append(asked, ev.CandidateSaid(turn=1, round="experimentation", text="With \x1b]0;a\x07 coin."))
    return path


@pytest.fixture
def call(saved: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*words: str) -> Said:
        parser = argparse.ArgumentParser()
        transcripts.configure(parser)
        code = transcripts.run(parser.parse_args(words))
        return Said(code, *capsys.readouterr())

    return run


def test_the_list_has_a_line_for_each_interview(call: Callable[..., Said]) -> None:
    said = call("list")
    assert said.code == 0 and said.err == ""
    assert said.out.split() == f"{ID} 2026-01-05 09:00 2 turns unfinished offline experimentation".split()
    (only,) = json.loads(call("list", "--format", "json").out)
    assert (only["id"], only["turns"], only["ended"], only["imported"]) == (ID, 2, None, False)


def test_an_empty_list_says_where_it_looked(call: Callable[..., Said], saved: Path) -> None:
    saved.unlink()
    said = call("list")
    assert said.out == "" and str(saved.parent) in said.err


def test_show_is_safe_to_print_and_keeps_secrets(call: Callable[..., Said]) -> None:
    said = call("show", ID[:12])
    assert "How would you test it?" in said.out and "coin." in said.out
    assert HIDDEN not in said.out and "\x1b" not in said.out
    assert HIDDEN in call("show", ID, "--spoilers").out


def test_export_prints_json_that_holds_the_words_as_they_were(call: Callable[..., Said]) -> None:
    said = call("export", ID)
    assert "\x1b" not in said.out and HIDDEN not in said.out
    assert json.loads(said.out)["turns"][1]["text"] == "With \x1b]0;a\x07 coin."
    assert "2 turns" in said.err and "names" in said.err and "no scorecards" in said.err
    assert HIDDEN in call("export", ID, "--spoilers").out


def test_export_to_a_file_is_private_and_takes_its_format_from_the_name(
    call: Callable[..., Said], tmp_path: Path
) -> None:
    for name, begins in (("a.json", "{"), ("a.md", "# Interview"), ("a.txt", "{")):
        said = call("export", ID, "--out", str(tmp_path / name))
        assert said.out == "" and name in said.err
        assert (tmp_path / name).read_text().startswith(begins)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    call("export", ID, "--format", "markdown", "--out", str(tmp_path / "a.json"))
    assert (tmp_path / "a.json").read_text().startswith("# Interview")


def test_export_never_replaces_the_interview(call: Callable[..., Said], saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(UsageError, match="the interview itself"):
        call("export", ID, "--out", str(saved))
    assert saved.read_bytes() == before


def test_names_can_be_left_out(call: Callable[..., Said]) -> None:
    for format in ("json", "markdown"):
        assert "someone" in call("export", ID, "--format", format).out
        said = call("export", ID, "--format", format, "--without-names")
        assert "someone" not in said.out and "names" not in said.err


def test_export_import_export_by_command_is_the_identity(
    call: Callable[..., Said], saved: Path, tmp_path: Path
) -> None:
    first = call("export", ID).out
    (tmp_path / "kept.json").write_text(first)
    call("delete", ID, "--yes")
    said = call("import", str(tmp_path / "kept.json"))
    assert said.out == f"{ID}\n" and "2 turns" in said.err
    assert call("export", ID).out == first
    assert "imported" in call("list").out


def test_an_export_of_an_import_from_elsewhere_works(call: Callable[..., Said], tmp_path: Path) -> None:
    chat = [{"role": "system", "text": "x"}, {"role": "assistant", "text": "Why?"}, {"role": "user", "text": "So."}]
    (tmp_path / "chat.json").write_text(json.dumps({"id": "chat", "turns": chat}))
    said = call("import", str(tmp_path / "chat.json"), "--round", "culture")
    assert said.out == "chat\n" and "turns[0]" in said.err
    exported = json.loads(call("export", "chat").out)
    assert exported["round"] == "culture"
    assert exported["turns"] == [{"role": "interviewer", "text": "Why?"}, {"role": "candidate", "text": "So."}]
    assert "### Candidate\n\nSo." in call("show", "chat").out


@pytest.mark.parametrize(
    ("answer", "gone"), [("y\n", True), ("yes\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_delete_asks_and_takes_silence_for_no(
    call: Callable[..., Said], saved: Path, monkeypatch: pytest.MonkeyPatch, answer: str, gone: bool
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    said = call("delete", ID)
    assert said.code == (0 if gone else 1) and saved.exists() is not gone
    assert said.out == "" and "[y/N]" in said.err


def test_delete_with_yes_removes_the_scorecards_too(call: Callable[..., Said], saved: Path) -> None:
    saved.with_name(f"{ID}.scorecards.jsonl").write_text("{}\n")
    assert call("delete", ID, "--yes").code == 0
    assert list(saved.parent.iterdir()) == []


def test_what_is_damaged_is_said_and_the_rest_is_exported(call: Callable[..., Said], saved: Path) -> None:
    with saved.open("ab") as file:
        file.write(b'{"kind": "candi')
    said = call("export", ID)
    assert said.code == 0 and len(json.loads(said.out)["turns"]) == 2
    assert "line 4" in said.err
    assert "damaged" in call("list").out


def test_an_unknown_interview_is_an_error_with_the_known_ones(call: Callable[..., Said]) -> None:
    for action in ("show", "export", "delete"):
        with pytest.raises(NotFound, match=ID):
            call(action, "nobody")
