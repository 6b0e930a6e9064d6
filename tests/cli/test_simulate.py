"""Interviews with a candidate who isn't there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.engines.llm.candidate import MANNERS
from interviewer.models.candidate import Candidate, Trait
from interviewer.models.events import CandidateSaid, Started
from interviewer.storage.store import read
from tests.engines.llm.conftest import KEY
from tests.engines.llm.server import Asked, serving

QUESTION = "flat-engagement-better-retention"
HELD = ("--question", QUESTION, "--length", "quick")


def written(folder: Path, level: float, traits: str = "", answers: str = "") -> str:
    file = folder / f"ana-{level}-{traits}.md"
    said = f"answers: [{answers}]\n" if answers else ""
    file.write_text(f"---\nname: Ana\nlevel: {level}\ntraits: [{traits}]\n{said}---\nSeven years of experiments.\n")
    return str(file)


def simulated(capsys: pytest.CaptureFixture[str], file: str, *options: str) -> tuple[str, Path]:
    """What was printed, and the interview's file."""
    assert main(["simulate", "--candidate-file", file, *HELD, *options]) == 0
    out = capsys.readouterr().out
    return out, Path(next(line for line in out.splitlines() if line.startswith("Saved: ")).removeprefix("Saved: "))


def overall(capsys: pytest.CaptureFixture[str], path: Path) -> float:
    capsys.readouterr()
    main(["grade", str(path), "--format", "json"])
    return float(json.loads(capsys.readouterr().out)["rounds"][0]["overall"])


def test_a_round_is_held_and_graded_and_says_that_nobody_was_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, path = simulated(capsys, written(tmp_path, 4.5))
    header = read(path).events[0]
    assert isinstance(header, Started) and header.candidate == "Ana, level 4.5, by script" and header.seed == 0
    assert "The candidate was no person" in out
    main(["transcripts", "show", str(path)])
    assert "simulated: Ana" in capsys.readouterr().out


def test_the_same_file_gives_the_same_talk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, 3, "rambles")
    first, _ = simulated(capsys, file, "--no-grade", "--id", "a1")
    second, _ = simulated(capsys, file, "--no-grade", "--id", "a2")
    assert first.replace("a1", "a2") == second


def test_who_is_better_is_graded_better(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    levels = []
    for level in (1, 3, 5):
        _, path = simulated(capsys, written(tmp_path, level), "--no-grade")
        levels.append(overall(capsys, path))
    assert levels == sorted(levels) and levels[0] < levels[-1]


@pytest.mark.parametrize("trait", MANNERS)
def test_every_manner_comes_to_an_end(trait: Trait, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, path = simulated(capsys, written(tmp_path, 3, trait), "--no-grade")
    assert read(path).events[-1].kind in ("ended", "used")
    said = [e.text for e in read(path).events if isinstance(e, CandidateSaid)]
    assert len(said) >= 4 and all(said)
    assert Candidate(name="x", level=1, traits=(trait,)).traits == (trait,)


def test_lines_of_ones_own_come_first_word_for_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, 3, answers='"Who decides on this?", "I would wait a week."')
    _, path = simulated(capsys, file, "--no-grade")
    said = [e.text for e in read(path).events if isinstance(e, CandidateSaid)]
    assert said[:2] == ["Who decides on this?", "I would wait a week."]


def test_a_model_plays_them_and_sees_nothing_of_the_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from interviewer.content.library import library

    def reply(asked: Asked) -> None:
        asked.whole({"say": f"I'd look at retention first, then decide ({asked.number})."})

    with serving() as server:
        server.reply = reply
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        file = written(tmp_path, 4, "terse")
        _, path = simulated(capsys, file, "--no-grade", "--candidate-engine", "llm", "--candidate-model", "scripted")
        prompts = [asked.prompt for asked in server.asked]
    assert "Seven years of experiments." in prompts[0] and MANNERS["terse"] in prompts[0]
    sheet = library().question(QUESTION)
    hidden = [e.point for e in sheet.expectations] + [sheet.model_answer]
    assert not [h for h in hidden for prompt in prompts if h in prompt]
    header = read(path).events[0]
    assert isinstance(header, Started) and header.candidate.endswith("played by scripted")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: Ana\n", "---"), ("---\nname: Ana\nlevel: 9\n---\n", "level"),
        ("---\nname: Ana\nlevel: 3\ntraits: [brave]\n---\n", "caves"),
        ("---\nname: Ana\nlevel: 3\nsecret: 1\n---\n", "secret"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_what_would_be_right(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ana.md"
    file.write_text(text)
    assert main(["simulate", "--candidate-file", str(file), *HELD]) == 2
    error = capsys.readouterr().err
    assert "ana.md" in error and says in error and error.count("\n") == 1
