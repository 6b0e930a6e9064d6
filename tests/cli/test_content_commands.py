"""``personas``, ``rubrics`` and ``questions`` from the command line: list, show, check, new."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.cli.main import main
from tests.content.folders import PERSONA, filled, put

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = filled(tmp_path / "ws").root
    monkeypatch.chdir(root)
    return root


def test_a_list_shows_where_each_comes_from_and_what_it_overrides(workspace: Path, home: Path, capsys: Out) -> None:
    for root in (workspace, home):
        put(filled(root), "personas/anna.md", PERSONA.format(id="anna", round="forecasting"))
    assert main(["personas", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    anna = next(line for line in lines if line.startswith("anna "))
    assert "Robin Vance" in anna
    assert anna.endswith("workspace  overrides user")
    assert any(line.endswith("built-in") for line in lines)


def test_a_list_names_a_broken_file_and_shows_the_rest(workspace: Path, capsys: Out) -> None:
    (workspace / "personas" / "broken.md").write_text("---\nid: broken\nhints: 9\n---\n")
    assert main(["personas", "list"]) == 1
    said = capsys.readouterr()
    assert "robin" in said.out
    assert "broken.md" in said.err
    assert "hints: '9' does not fit" in said.err or "is missing" in said.err


def test_questions_are_listed_for_a_round(capsys: Out) -> None:
    assert main(["questions", "list", "--round", "forecasting"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["seats"]
    assert main(["questions", "list", "--round", "sales"]) == 2
    assert "Known: " in capsys.readouterr().err


def test_a_question_is_shown_without_its_hidden_parts(capsys: Out) -> None:
    assert main(["questions", "show", "seats"]) == 0
    said = capsys.readouterr()
    assert "A theatre asks you on Thursday" in said.out
    for hidden in ("quantile", "Between ten and ninety", "Which mistake", "just take the average", "Hold back"):
        assert hidden not in said.out + said.err
    assert "3 expectations" in said.err


def test_spoilers_are_shown_when_asked_for(capsys: Out) -> None:
    assert main(["questions", "show", "seats", "--spoilers"]) == 0
    out = capsys.readouterr().out
    assert "quantile" in out
    assert "Between ten and ninety" in out


def test_a_rubric_is_shown_with_checks_and_anchors(capsys: Out) -> None:
    assert main(["rubrics", "show", "forecasting"]) == 0
    out = capsys.readouterr().out
    assert "! The candidate names a horizon in weeks. [B4, weight 2]" in out
    assert "5: Ties a range to a decision." in out


def test_a_persona_is_shown_with_dials_and_voice(capsys: Out) -> None:
    assert main(["personas", "show", "robin"]) == 0
    out = capsys.readouterr().out
    assert "warmth 4, scepticism 3" in out
    assert "Speaks slowly" in out


def test_escape_sequences_in_a_file_never_reach_the_terminal(workspace: Path, capsys: Out) -> None:
    text = PERSONA.format(id="evil", round="forecasting").replace("Speaks slowly", "\x1b]52;c;aGk=\x07Speaks\u202e")
    (workspace / "personas" / "evil.md").write_text(text)
    main(["personas", "show", "evil"])
    main(["personas", "check", "evil"])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\u202e" not in said.out


@pytest.mark.parametrize("command", ["personas", "rubrics", "questions"])
def test_good_content_checks_with_0(command: str, capsys: Out) -> None:
    assert main([command, "check"]) == 0
    assert "no errors" in capsys.readouterr().err


def test_errors_exit_with_2_and_name_file_line_key_and_choices(workspace: Path, capsys: Out) -> None:
    bad = workspace / "personas" / "robin.md"
    bad.write_text(bad.read_text().replace("warmth: 4", "wramth: 4"))
    assert main(["personas", "check"]) == 2
    out = capsys.readouterr().out
    assert f"{bad}:6: error: wramth:" in out
    assert "did you mean 'warmth'?" in out
    assert "known keys: id, name, title" in out


def test_warnings_alone_exit_with_0(workspace: Path, capsys: Out) -> None:
    sheet = next(workspace.rglob("seats.yaml"))
    sheet.write_text("\n".join(line for line in sheet.read_text().split("\n") if "id: more" not in line))
    assert main(["questions", "check", "seats"]) == 0
    said = capsys.readouterr()
    assert ": warning: misconceptions: " in said.out
    assert "1 file checked: no errors, 1 warning." in said.err


def test_check_takes_files_and_ids_and_one_that_is_unknown_stops_none(
    workspace: Path, tmp_path: Path, capsys: Out
) -> None:
    elsewhere = tmp_path / "draft.md"
    elsewhere.write_text(PERSONA.format(id="robin", round="nowhere"))
    assert main(["personas", "check", "nobody", str(elsewhere), "robin", str(tmp_path / "none.md")]) == 2
    said = capsys.readouterr()
    assert "There is no persona 'nobody'" in said.out
    assert f"{elsewhere}:5: error: rounds[0]: 'nowhere' is no round" in said.out
    assert f"{elsewhere}:2: warning: id: " in said.out
    assert "There is no file" in said.out
    assert "4 files checked" in said.err


def test_new_prints_the_path_and_refuses_to_overwrite(workspace: Path, capsys: Out) -> None:
    assert main(["questions", "new", "mine", "--round", "forecasting"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path == workspace / "rubrics" / "questions" / "ml_statistics" / "mine.yaml"
    assert main(["questions", "check", "mine"]) == 0
    assert main(["questions", "new", "mine"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_new_from_another_goes_to_the_users_folder_outside_a_workspace(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["personas", "new", "theo-brandt", "--from", "theo-brandt"]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(home / "personas" / "theo-brandt.md")
    assert "takes the place of the built-in one" in said.err
    assert main(["personas", "list"]) == 0
    theo = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("theo-brandt"))
    assert theo.split()[-3:] == ["user", "overrides", "built-in"]


@pytest.mark.parametrize("args", [["personas"], ["rubrics", "destroy"], ["questions", "show"], ["personas", "new"]])
def test_wrong_use_exits_with_2_and_says_where_help_is(args: list[str], capsys: Out) -> None:
    assert main(args) == 2
    assert "--help" in capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom interviewer.cli.main import main\n"
        "try: main(['questions', '--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('pydantic', 'ruamel.yaml', 'textual', 'langgraph', 'openai') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
