"""Marking by a person: blind until they confirm, never lost or replaced unasked, and readable by calibrate."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.content.library import library
from interviewer.storage import marks as kept
from interviewer.storage.formats.registry import load

SAID = "I'd take whole weeks on and off, since both halves draw on the same budgets, and compare about 40 of each."
FIVE = "4\n3.5\n0\n3\n4.5\n"


def written(folder: Path, name: str = "talk", said: str = SAID, **more: object) -> Path:
    turns = [{"role": "interviewer", "text": "How would you test it?"}, {"role": "candidate", "text": said}]
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"id": name, "round": "experimentation", "turns": turns, **more}), encoding="utf-8")
    return path


def onsite(folder: Path) -> Path:
    turns = [
        {"role": role, "text": text, "round": round}
        for round in ("experimentation", "culture")
        for role, text in (("interviewer", "How was that?"), ("candidate", f"{SAID} In {round}."))
    ]
    path = folder / "onsite.json"
    path.write_text(json.dumps({"id": "onsite", "turns": turns}), encoding="utf-8")
    return path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    return Typed(monkeypatch)


class Typed:
    """Runs ``mark`` with lines on stdin; a test has no terminal, so it asks line by line."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def mark(self, path: Path, lines: str, *more: str, rater: str = "ana") -> int:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        return main(["mark", str(path), "--rater", rater, *more])


def of(path: Path, rater: str = "ana") -> kept.Marks:
    found = kept.find(load(path).sha256, rater)
    assert found is not None
    return found


def test_the_machines_levels_come_only_after_the_last_word(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = written(tmp_path)
    assert typed.mark(talk, f"{FIVE}yes\n") == 0
    before, _, after = capsys.readouterr().out.partition("Type 'yes'")
    assert "machine:" not in before and "The machine: offline" in after
    assert "Design rigor" in before and "no evidence, or not asked" in before and SAID[:20] in before
    assert "lie within 0.5 of each other" in after
    found = of(talk)
    assert list(found.rounds[0].levels.values()) == [4.0, 3.5, None, 3.0, 4.5]
    assert found.confirmed and found.blind and found.shown is not None and found.shown.engine == "offline"
    assert found.rounds[0].rubric == library().entry("rubric", "experimentation").sha256


def test_marks_are_private_and_in_the_home_of_this_person(tmp_path: Path, typed: Typed, home: Path) -> None:
    typed.mark(written(tmp_path), f"{FIVE}yes\n", rater="Ana López")
    (file,) = (home / "marks").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load(tmp_path / "talk.json").sha256 in file.name
    typed.mark(tmp_path / "talk.json", f"{FIVE}yes\n", rater="ana lópez")  # somebody else
    assert len(list((home / "marks").iterdir())) == 2


def test_what_is_no_level_is_asked_again_and_b_goes_back(tmp_path: Path, typed: Typed) -> None:
    talk = written(tmp_path)
    assert typed.mark(talk, "6\n3.2\nnan\n\nfour\n4\n2\nb\n3\n3\n3\n3\nyes\n") == 0
    assert list(of(talk).rounds[0].levels.values()) == [4.0, 3.0, 3.0, 3.0, 3.0]


def test_input_that_ends_keeps_what_is_marked_and_the_next_run_goes_on(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = written(tmp_path)
    assert typed.mark(talk, "4\n3\n") == 1
    assert "3 are left to mark" in capsys.readouterr().err
    assert of(talk).left == 3 and not of(talk).confirmed
    assert typed.mark(talk, "go on\n2\n2\n2\nyes\n") == 0
    assert list(of(talk).rounds[0].levels.values()) == [4.0, 3.0, 2.0, 2.0, 2.0]


def test_without_a_last_word_nothing_is_shown_or_confirmed(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = written(tmp_path)
    assert typed.mark(talk, f"{FIVE}no\n") == 1
    assert "The machine" not in capsys.readouterr().out
    assert not of(talk).confirmed and of(talk).left == 0


def test_marks_that_are_there_are_replaced_only_when_that_is_said(tmp_path: Path, typed: Typed) -> None:
    talk = written(tmp_path)
    typed.mark(talk, f"{FIVE}yes\n")
    first = of(talk)
    for said in ("", "1\n1\n1\n1\n1\nyes\n", "replace\n2\n"):  # no answer, no such answer, and cut off while replacing
        assert typed.mark(talk, said) == 1
        assert of(talk) == first
    assert typed.mark(talk, "replace\n1\n1\n1\n1\n1\nyes\n") == 0
    assert set(of(talk).rounds[0].levels.values()) == {1.0}


def test_what_is_marked_after_the_machines_levels_were_seen_is_not_measured_with(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = written(tmp_path)
    typed.mark(talk, f"{FIVE}yes\n")
    assert typed.mark(talk, "go on\nyes\n") == 0  # only looked at again
    assert of(talk).blind
    typed.mark(talk, "replace\n1\n1\n1\n1\n1\nyes\n")
    assert not of(talk).blind
    assert main(["mark", "--export", str(tmp_path / "ratings.json")]) == 2
    assert "after the machine's levels were seen" in capsys.readouterr().err


def test_an_onsite_is_marked_round_by_round_and_measured_as_such(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = onsite(tmp_path)
    assert typed.mark(talk, f"{FIVE}2\n2\n2\n2\n2\nyes\n") == 0
    out = tmp_path / "ratings.json"
    assert main(["mark", "--export", str(out)]) == 0
    ratings = json.loads(out.read_text())
    assert {(r["file"], r["round"]) for r in ratings.values()} == {
        ("onsite.json", "experimentation"),
        ("onsite.json", "culture"),
    }
    capsys.readouterr()
    assert main(["calibrate", str(tmp_path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == 4 and found["clusters"] == 1  # of culture nothing is graded offline
    assert len(found["without_level"]) == 5


def test_two_people_who_marked_the_same_are_held_against_each_other(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        talk = written(tmp_path, name, SAID * (1 + ord(name) % 3))
        typed.mark(talk, "4\n3\n2\n3\n5\nyes\n")
        typed.mark(talk, "3\n3\n0\n3\n4\nyes\n", rater="bo")
    out = tmp_path / "ratings.json"
    assert main(["mark", "--export", str(out)]) == 0
    rated = json.loads(out.read_text())["a.json"]
    assert rated["criteria"]["design_rigor"] == 3.5 and rated["criteria"]["causal_inference"] == 2.0
    assert rated["raters"]["bo"]["causal_inference"] is None
    capsys.readouterr()
    main(["calibrate", str(tmp_path), "--format", "json"])
    human = json.loads(capsys.readouterr().out)["human"]
    assert human["n"] == 12 and human["mae"] == 0.5
    assert main(["mark", "--export", str(out), "--rater", "bo"]) == 0
    assert set(json.loads(out.read_text())["a.json"]["raters"]) == {"bo"}


def test_a_transcript_that_has_changed_is_named_and_left_out(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    talk, other = written(tmp_path), written(tmp_path, "other")
    typed.mark(talk, f"{FIVE}yes\n")
    typed.mark(other, f"{FIVE}yes\n")
    written(tmp_path, said="Something else.")
    assert main(["mark", "--export", str(tmp_path / "ratings.json")]) == 1
    assert "talk by ana: its file has changed since, so it is left out." in capsys.readouterr().err
    assert list(json.loads((tmp_path / "ratings.json").read_text())) == ["other.json"]


def test_the_list_says_who_marked_what_and_how_far(
    tmp_path: Path, typed: Typed, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mark", "--list"]) == 0
    assert "No transcript is marked yet" in capsys.readouterr().out
    talk = written(tmp_path)
    typed.mark(talk, "4\n")
    typed.mark(talk, f"{FIVE}yes\n", rater="bo")
    capsys.readouterr()
    assert main(["mark", "--list"]) == 0
    head, ana, bo = capsys.readouterr().out.splitlines()
    assert head.startswith("transcript") and "1 of 5  begun" in ana and "5 of 5  confirmed" in bo
    next((home / "marks").iterdir()).write_text("{}")
    assert main(["mark", "--list"]) == 1
    assert "holds no marks that can be read" in capsys.readouterr().err


def test_captions_of_a_call_can_be_marked(tmp_path: Path, typed: Typed) -> None:
    talk = tmp_path / "call.txt"
    talk.write_text(f"Interviewer: How would you test it?\nPaolo: {SAID}\n" * 2, encoding="utf-8")
    assert typed.mark(talk, f"{FIVE}yes\n", "--round", "experimentation", "--candidate", "Paolo") == 0
    assert (of(talk).candidate, of(talk).only_round) == ("Paolo", "experimentation")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "No FILE is named."),
        (["nowhere.json"], "There is no interview 'nowhere.json'"),
        (["--list", "--export", "x.json"], "--list and --export go alone."),
        (["--export", "x.json"], "There are no marks to export."),
        (["x.json", "--model", "m"], "--model goes with --engine llm."),
        (["x.json", "--rater", " "], "is no name to keep marks under."),
    ],
)
def test_wrong_use_is_said_in_one_sentence(args: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mark", *args]) == 2
    assert says in capsys.readouterr().err
