"""The question bank and the example interviews, which others wrote and reckoned through: no false alarm in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.models.question import QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.paths import Origin, built_in
from interviewer.reading.numbers import check
from interviewer.storage.formats.registry import load

CONTENT = Library([Origin("built-in", built_in())])
EXAMPLES = sorted((Path(__file__).parents[3] / "transcripts" / "examples").glob("*.jsonl"))


def answers(sheet: QuestionSheet) -> Iterator[str]:
    yield sheet.model_answer
    yield from (example.answer for example in sheet.examples)


@pytest.mark.parametrize("id", CONTENT.question_ids())
def test_no_answer_of_a_sheet_raises_an_alarm_whether_its_facts_were_told_or_not(id: str) -> None:
    sheet = CONTENT.question(id)
    told = f"{sheet.ask} {' '.join(f.say for f in sheet.facts)}"
    for heard in (sheet.ask, told):
        for text in answers(sheet):
            turns = [Turn(index=0, role="interviewer", text=heard), Turn(index=1, role="candidate", text=text)]
            assert not [f for f in check(turns) if f.verdict == "wrong"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_example_interview_raises_an_alarm(path: Path) -> None:
    talk = load(path)
    for name in talk.rounds:
        assert not [f for f in check(talk.of_round(name).turns) if f.verdict == "wrong"]


def test_much_of_what_they_work_out_is_found_to_be_right() -> None:
    found = [f for r in load(EXAMPLES[0]).rounds for f in check(load(EXAMPLES[0]).of_round(r).turns)]
    assert [f.verdict for f in found].count("right") >= 12
