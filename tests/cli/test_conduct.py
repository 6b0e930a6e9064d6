"""``interviewer conduct``: the interviewer's own report from the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.storage import store
from tests.grading.test_conduct import ROUNDS
from tests.holding import hold, start, steady

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
BROKEN = EXAMPLES / "hand-played-experimentation.jsonl"


def test_a_broken_rule_is_said_with_its_turn_and_gives_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conduct", str(BROKEN)]) == 1
    out = capsys.readouterr().out
    assert "1 broken" in out and "✗ broken: In experiments it is asked when one would not do this." in out
    assert "turn 16: “" in out
    assert "experimentation, one that is wrong: held with a reason" in out
    assert "Facts told:" in out


def test_as_json_it_holds_every_rule_every_challenge_and_every_fact(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conduct", str(BROKEN), "--format", "json"]) == 1
    made = json.loads(capsys.readouterr().out)
    assert made["broken"] == ["boundary"] and made["model"] == "hand-played"
    assert {r["outcome"] for r in made["rules"]} == {"pass", "fail", "not_applicable"}
    assert {(c["valid"], c["reply"]) for c in made["convictions"]} == {(True, "updated"), (False, "held")}
    assert all(r["asked"] for r in made["reveals"])


def test_an_interview_that_keeps_every_rule_gives_exit_code_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = start(tmp_path, ROUNDS[:1])
    asyncio.run(hold(session, steady))
    session.close()
    assert main(["conduct", str(session.path)]) == 0
    assert "broken" not in capsys.readouterr().out


def test_a_scorecard_of_the_same_file_shows_whether_hints_were_charged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = start(tmp_path, ROUNDS[:1])
    asyncio.run(hold(session, steady))
    session.close()
    assert main(["grade", str(session.path)]) == 0
    assert store.scorecards(session.path).exists()
    capsys.readouterr()
    main(["conduct", str(session.path), "--format", "json"])
    assert "hints-cost" in [r["id"] for r in json.loads(capsys.readouterr().out)["rules"]]


def test_several_files_are_a_list_and_one_that_fails_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere.jsonl"
    assert main(["conduct", str(BROKEN), str(missing), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 1 and "nowhere" in err


def test_a_transcript_that_says_nothing_of_moves_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turns = [{"role": "interviewer", "text": "Why did it fall?"}, {"role": "candidate", "text": "The price, I think."}]
    path = tmp_path / "theirs.json"
    path.write_text(json.dumps({"id": "theirs", "round": "experimentation", "turns": turns}))
    assert main(["conduct", str(path)]) == 2
    assert "nothing to report on" in capsys.readouterr().err
