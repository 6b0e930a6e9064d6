"""``interviewer grade`` from the command line, with the offline engine and the content that comes with it."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.content.held import pack, unpack
from interviewer.content.library import library
from interviewer.grading import cards
from interviewer.models.base import Move
from interviewer.models.events import (
    CandidateSaid,
    Ended,
    InterviewerSaid,
    RoundClosed,
    RoundOpened,
    SelfRated,
    Started,
)
from interviewer.storage.log import Log

ANSWER = (
    "I'd randomise members, half keep the old page as a control group. Before we start I would agree one "
    "primary metric, weekly hours per member, with cancellations as a guardrail. "
    "I'd run it four weeks because novelty fades. "
    "With 20,000 an arm we could detect 1 percent, interval plus or minus half a point. "
    "I would launch if the lift holds in week four, and roll back if cancellations rise."
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def talk(tmp_path: Path) -> Callable[..., str]:
    def write(name: str = "talk.json", round: str | None = "experimentation") -> str:
        turns = [
            {"role": "interviewer", "text": "How would you test a new home page?"},
            {"role": "candidate", "text": ANSWER},
            {"role": "interviewer", "text": "And then?"},
            {"role": "candidate", "text": "Then I'd write down what we learned and what we still can't tell."},
        ]
        data = {"id": name.removesuffix(".json"), "turns": turns} | ({"round": round} if round else {})
        (tmp_path / name).write_text(json.dumps(data))
        return name

    return write


def run(*args: str) -> int:
    return main(["grade", *args])


def test_a_transcript_from_elsewhere_is_graded_with_quotes_from_its_turns(talk, capsys) -> None:
    assert run(talk(), "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    (card,) = data["rounds"]
    assert card["round"] == "experimentation" and card["overall"] is not None and data["engine"] == "offline"
    assert [c["id"] for c in card["criteria"]] == [
        "design_rigor", "statistical_depth", "causal_inference", "judgment", "communication",
    ]  # fmt: skip
    quotes = [e for c in card["criteria"] for k in c["checks"] for e in k["evidence"]]
    assert quotes and all(e["turn"] in (1, 3) for e in quotes)
    assert all(e["quote"] in ANSWER for e in quotes if e["turn"] == 1)


def test_the_same_file_gives_the_same_bytes(talk, capsys) -> None:
    outputs = []
    for _ in range(2):
        assert run(talk(), "--format", "json") == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_several_files_give_a_list_and_a_bad_one_is_named(talk, capsys, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{broken")
    assert run(talk("a.json"), "bad.json", "missing.json", talk("b.json"), "--format", "json") == 1
    out, err = capsys.readouterr()
    assert [g["transcript"] for g in json.loads(out)] == ["a", "b"]
    assert "bad.json" in err and "missing.json" in err and "Traceback" not in err


def test_nothing_but_bad_input_is_2(capsys, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{broken")
    assert run("bad.json", "missing.json") == 2
    assert capsys.readouterr().out == ""


def test_culture_gets_no_level_offline_and_no_decision(talk, capsys) -> None:
    assert run(talk(round="culture"), "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    (card,) = data["rounds"]
    assert card["overall"] is None and card["recommendation"] is None and data["debrief"]["decision"] is None
    assert {c["status"] for c in card["criteria"]} == {"not_assessed"} and all(c["reason"] for c in card["criteria"])


def test_a_file_that_names_no_round_is_told_from_its_words_and_says_so(talk, capsys) -> None:
    assert run(talk(round=None), "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["rounds"][0]["round"] == "experimentation" and any("--round" in p for p in data["problems"])


def test_round_overrides_what_the_file_says(talk, capsys) -> None:
    assert run(talk(), "--round", "product_case", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["rounds"][0]["round"] == "product_case"
    assert run(talk(), "--round", "juggling") == 2
    assert "juggling" in capsys.readouterr().err


def test_a_rubric_of_ones_own_is_used_and_named_by_its_hash(talk, capsys, tmp_path: Path) -> None:
    checks = "".join(
        f"      - {{id: c{i}, says: Names a control., source: B1, cues: [{{phrase: control group}}]}}\n"
        for i in range(4)
    )
    (tmp_path / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\nlooks_for: controls\npersona: anyone\nareas: [experiment_design]\ncriteria:\n"
        f"  - id: only\n    title: Only\n    about: controls\n    checks:\n{checks}"
        "    anchors: {1: none named, 3: one named, 5: one justified}\n"
    )
    assert run(talk(), "--rubric", "mine.yaml", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["rubrics"][0]["id"] == "mine" and len(data["rubrics"][0]["sha256"]) == 64
    assert data["rounds"][0]["criteria"][0]["level"] == 5.0
    assert run(talk(), "--rubric", "missing.yaml") != 0


@pytest.mark.parametrize("format", ["text", "markdown", "html", "csv"])
def test_every_format_is_written_where_it_is_asked_for_and_private(talk, capsys, tmp_path: Path, format: str) -> None:
    assert run(talk(), "--format", format, "--out", "report") == 0
    assert capsys.readouterr().out == ""
    report = tmp_path / "report"
    assert "talk" in report.read_text() and stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_transcript_is_never_overwritten_by_its_report(talk, capsys, tmp_path: Path) -> None:
    before = (tmp_path / talk()).read_bytes()
    assert run("talk.json", "--out", "./talk.json") == 2
    assert (tmp_path / "talk.json").read_bytes() == before


def test_a_model_without_the_engine_for_it_is_wrong_use(talk, capsys) -> None:
    assert run(talk(), "--engine", "offline", "--model", "m") == 2


def test_nothing_is_written_beside_a_transcript_from_elsewhere(talk, tmp_path: Path, capsys) -> None:
    run(talk())
    assert sorted(p.name for p in tmp_path.glob("talk*")) == ["talk.json"]


QUESTION = "flat-engagement-better-retention"


def held_here(folder: Path, *, damage: bool = False) -> Path:
    """An interview as the app would have stored it, over one question; with ``damage`` its rubric has changed since."""
    content = library()
    rubric = content.held("rubric", "experimentation")
    if damage:
        data = unpack(rubric).replace(b"title: ", b"title: Old ", 1)
        rubric = pack("experimentation", data)
    header = Started(
        id="mine",
        created="2026-01-01T00:00:00Z",
        loop="custom",
        rounds=("experimentation",),
        engine="offline",
        rubrics={"experimentation": rubric},
        questions={"experimentation": (content.held("question", QUESTION),)},
    )
    ask = content.question(QUESTION).ask
    with Log.create(folder / "mine.jsonl", header) as log:
        log.append(
            RoundOpened(round="experimentation"),
            InterviewerSaid(
                turn=0, round="experimentation", text=ask, move=Move.ASK, reason="opens", question=QUESTION
            ),
            CandidateSaid(turn=1, round="experimentation", text=ANSWER),
            RoundClosed(round="experimentation", reason="time"),
            SelfRated(round="experimentation", levels={"judgment": 4.0}),
            Ended(reason="completed"),
        )
    return folder / "mine.jsonl"


def test_an_interview_of_ours_is_graded_on_its_question_and_the_card_lies_beside_it(tmp_path: Path, capsys) -> None:
    path = held_here(tmp_path)
    before = path.read_bytes()
    assert run(str(path), "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [q["id"] for q in data["questions"]] == [QUESTION] and data["problems"] == []
    assert data["rounds"][0]["self_rating"] == {"judgment": 4.0}
    assert path.read_bytes() == before
    ((stored,), problems) = cards.read(path)
    assert stored.sha256 == hashlib.sha256(before).hexdigest() and problems == ()


def test_a_changed_rubric_is_said_and_the_old_one_is_used_only_as_held(tmp_path: Path, capsys) -> None:
    path = str(held_here(tmp_path, damage=True))
    hashes = []
    for option in ((), ("--as-held",)):
        assert run(path, "--format", "json", *option) == 0
        data = json.loads(capsys.readouterr().out)
        assert any("has changed" in p for p in data["problems"]) == (not option)
        hashes.append(data["rubrics"][0]["sha256"])
    assert hashes[0] == library().entry("rubric", "experimentation").sha256 != hashes[1]


def test_a_folder_that_cant_be_written_still_shows_the_grade(tmp_path: Path, capsys) -> None:
    path = held_here(tmp_path)
    (tmp_path / "mine.scorecards.jsonl").mkdir()
    assert run(str(path), "--format", "json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["transcript"] == "mine" and "could not be saved" in err
