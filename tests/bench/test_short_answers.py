"""The set of short answers is written as calibrate reads it, and its figures stand beside the baselines."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from tests.bench import short_answers

REFERENCES = [{"category": "BEST", "text": "It floats on water"}, {"category": "GOOD", "text": "wood is lighter"}]
SAID = [("it floats on the water", "correct", "correct"), ("it sinks", "incorrect", "contradictory"),
        ("no idea", "incorrect", "incorrect")]  # fmt: skip


def test_a_flattened_set_becomes_csvs_and_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    question = {"corpus": "beetle", "question_id": "w", "question": "And wood?", "reference_answers": REFERENCES}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question) + "\n" + json.dumps(
        {**question, "question_id": "one", "reference_answers": REFERENCES[:1]}
    ))  # fmt: skip
    with (tmp_path / "answers.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["corpus", "split", "question_id", "answer_id", "answer", "label_2way", "label_3way"])
        writer.writerows(["beetle", "test-unseen-answers", "w", n, *said] for n, said in enumerate(SAID))
    monkeypatch.setattr(sys, "argv", ["x", str(tmp_path), "--to", str(tmp_path / "to")])
    short_answers.main()
    written = (tmp_path / "to" / "beetle-test-unseen-answers-2way.csv").read_text()
    rows = list(csv.reader(written.splitlines()))
    assert rows[1] == ["w", "And wood?", "It floats on water || wood is lighter", "it floats on the water", "correct"]
    said = capsys.readouterr().out
    line = next(row for row in said.splitlines() if "| 2way |" in row)
    assert line.endswith("| 0.809 |") and "| 3 | 1 |" in line
    assert "| our sheets | all |" in said
    assert "| the reference | 1 | 1.00 |" in said and "| I do not know | 1 | 0.00 |" in said


def test_our_own_sheets_are_a_set_too() -> None:
    rows = short_answers.ours()
    assert len({row[0] for row in rows}) >= 20 and {float(row[4]) for row in rows} >= {1.0, 3.0, 5.0}
