"""Numbers on a scorecard: worked out again, with evidence, and without weight."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.grading.grade import grade
from interviewer.models.scorecard import Grade
from interviewer.reports import render
from tests.grading.samples import ASK, Told, library_in, talk

SAYS = (
    "No. On a 10% baseline we need about {n} users per group to detect a 1 point change, and 56,000 times 3 is 168,000."
)


def graded(folder: Path, n: str) -> Grade:
    return asyncio.run(grade(talk(ASK, SAYS.format(n=n)), Told(), library_in(folder)))


def test_a_wrong_number_names_its_inputs_and_moves_no_level(tmp_path: Path) -> None:
    wrong, right = graded(tmp_path, "1,600").rounds[0], graded(tmp_path, "15,000").rounds[0]
    (found,) = [f for f in wrong.numbers if f.verdict == "wrong"]
    assert found.should_be == "about 14,700 per group"
    assert {i.name: i.said for i in found.inputs if i.evidence} == {"baseline": "10%", "effect": "1 point"}
    assert {i.name for i in found.inputs if i.assumed} == {"alpha", "power"}
    assert [f.verdict for f in right.numbers] == ["right", "right"]
    assert [(c.level, c.band) for c in wrong.criteria] == [(c.level, c.band) for c in right.criteria]
    assert wrong.overall == right.overall


def test_every_quote_stands_in_its_turn(tmp_path: Path) -> None:
    said = SAYS.format(n="1,600")
    for found in graded(tmp_path, "1,600").rounds[0].numbers:
        assert found.said in said
        for where in (*found.evidence, *(i.evidence for i in found.inputs if i.evidence)):
            assert where.turn == 1
            assert where.quote in said


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_reports_have_a_short_section(tmp_path: Path, format: str) -> None:
    shown = render(format, [graded(tmp_path, "1,600")])
    for words in ("worked out again", "1 right, 1 wrong", "They move no level", "about 14,700 per group"):
        assert words in " ".join(shown.split())


def test_a_round_without_numbers_has_no_section(tmp_path: Path) -> None:
    quiet = asyncio.run(grade(talk(ASK, "No, I would compare it with others."), Told(), library_in(tmp_path)))
    assert "worked out again" not in render("text", [quiet])


def test_json_has_them_by_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turns = [
        {"role": "interviewer", "text": "How many do you need?"},
        {"role": "candidate", "text": SAYS.format(n="1,600")},
    ]
    file = tmp_path / "one.json"
    file.write_text(json.dumps({"id": "one", "round": "experimentation", "turns": turns}), encoding="utf-8")
    assert main(["grade", str(file), "--engine", "offline", "--format", "json"]) == 0
    numbers = json.loads(capsys.readouterr().out)["rounds"][0]["numbers"]
    wrong = next(n for n in numbers if n["verdict"] == "wrong")
    assert (wrong["kind"], wrong["said"], wrong["off_by"]) == ("sample_size", "1,600", "9.2 times too small")
    assert wrong["evidence"] == [{"turn": 1, "quote": wrong["evidence"][0]["quote"]}]
    assert next(n for n in numbers if n["verdict"] == "right")["should_be"] is None
