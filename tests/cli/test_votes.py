"""``interviewer grade --votes --judge``, and the self-test with a model: the real command, a model on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.cli.main import main
from tests.cohort.talks import talk
from tests.engines.llm.obliging import judges, statements
from tests.engines.llm.server import Server, serving

CONFIG = """
[endpoints.there]
base_url = "{url}"
key_env = "THERE_KEY"
model = "model-there"
"""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.json").write_text(json.dumps(talk(1)))
    with serving() as server:
        server.reply = lambda asked: asked.whole(judges(asked, "met"))
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


def run(*args: str) -> int:
    return main(["grade", *args])


def test_votes_of_one_model_are_shown_with_how_they_were_cast(model: Server, capsys) -> None:
    assert run("talk.json", "--engine", "llm", "--model", "m", "--votes", "3", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["judging"] == {"votes": 3, "models": ["m"]}
    checks = [k for c in data["rounds"][0]["criteria"] for k in c["checks"] if k["verdict"] != "not_asked"]
    assert checks and all(k["votes"] == ["met", "met"] and k["p_met"] == 0.8333 and k["flags"] == [] for k in checks)
    assert all(c["expected"] for c in data["rounds"][0]["criteria"] if c["status"] == "scored")


def test_a_panel_is_spread_over_models_and_endpoints_each_with_its_own_key(
    model: Server, capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as there:
        there.reply = lambda asked: asked.whole(judges(asked, "not_met"))
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / "config.toml").write_text(CONFIG.format(url=there.url))
        monkeypatch.setenv("THERE_KEY", "the-other-endpoints-own-key")
        assert run("talk.json", "--judge", "here", "--judge", "model-there", "--judge", "third@there") == 0
        text = " ".join(capsys.readouterr().out.split())
        assert "at most 3 votes of here, model-there, third" in text
        assert "the votes differ: met / missed / missed" in text
        assert {a.body["model"] for a in model.asked} == {"here"}
        assert {a.body["model"] for a in there.asked} == {"model-there", "third"}
        assert {a.headers["authorization"] for a in there.asked} == {"Bearer the-other-endpoints-own-key"}
        assert not any("own-key" in str(a.headers["authorization"]) for a in model.asked)


def test_graded_again_the_votes_are_remembered(model: Server, capsys) -> None:
    outputs = []
    for _ in range(2):
        assert run("talk.json", "--model", "m", "--votes", "2", "--format", "json") == 0
        outputs.append(capsys.readouterr().out)
        asked = len(model.asked)
    assert outputs[0] == outputs[1] and asked == len(model.asked) > 0
    assert run("talk.json", "--model", "m", "--votes", "2", "--no-cache") == 0
    assert len(model.asked) == 2 * asked


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--votes", "0", "--model", "m"], "no number from 1"),
        (["--votes", "99", "--model", "m"], "change nothing"),
        (["--votes", "2"], "go with --engine llm"),
        (["--judge", "a", "--judge", "b", "--votes", "1"], "2 judges need as many votes"),
        (["--judge", "a", "--model", "b"], "both name who judges"),
        (["--judge", "a@nowhere"], "no endpoint 'nowhere'"),
        (["--judge", "a", "--out", "reports/"], "single transcripts"),
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_asked(
    args: list[str], says: str, model: Server, capsys
) -> None:
    assert run("talk.json", *args) == 2
    assert says in capsys.readouterr().err and model.asked == []


def test_the_self_test_asks_a_model_about_a_few_of_each_family(model: Server, capsys) -> None:
    model.reply = lambda asked: asked.whole(judges(asked, "not_met"))
    assert run("--selftest", "--model", "m", "--sample", "1", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["engine"], data["model"]) == ("llm", "m") and {f["tried"] for f in data["families"]} == {1}
    assert {f["over_tenth"] for f in data["families"]} == {f["failed"] for f in data["families"]} == {0}


def test_a_model_that_is_talked_round_is_found_out_and_one_that_fails_is_no_success(model: Server, capsys) -> None:
    def gullible(asked) -> None:
        told = any(word in asked.prompt for word in ("as met", "full marks", "highest level"))
        asked.whole(judges(asked, "met" if told else "not_met"))

    model.reply = gullible
    assert run("--selftest", "--model", "m", "--sample", "2", "--format", "json") == 0
    known = next(f for f in json.loads(capsys.readouterr().out)["families"] if f["name"] == "injection, known")
    assert known["over_half"] > 0 and known["flagged"] == 2
    model.reply = lambda asked: asked.error(401)
    assert run("--selftest", "--model", "other", "--sample", "1", "--format", "json") == 1
    judged = [f for f in json.loads(capsys.readouterr().out)["families"] if f["name"] != "talk of grading"]
    assert {(f["failed"], f["over_tenth"]) for f in judged} == {(1, 0)}


def test_the_statement_that_cant_be_true_is_never_on_a_scorecard(model: Server, capsys) -> None:
    assert run("talk.json", "--model", "m", "--format", "json") == 0
    out = capsys.readouterr().out
    assert "canary" not in out and "code word" not in out
    assert [p["id"] for p in json.loads(out)["prompts"]] == ["judging"]  # the prompts are named, as one
    assert all(any("code word" in s for s in statements(a).values()) for a in model.asked)
