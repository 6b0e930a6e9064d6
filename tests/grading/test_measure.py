"""How well the offline reader hears is measured, and must not get worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.content.answers import read_answers
from interviewer.content.library import Library
from interviewer.errors import ContentError
from interviewer.grading.measure import Measured, measure, total
from interviewer.models.question import Example
from interviewer.paths import Origin, built_in
from tests.reading.bikes import BIKES

BLIND = Path(__file__).parents[1] / "blind"
UNSEEN = Path(__file__).parents[1] / "unseen"
SELF_SELECTED = "Riders who allow messages are keener anyway."


@pytest.fixture(scope="module")
def content() -> Library:
    return Library([Origin("built-in", built_in())])


def marked(level: float, answer: str, *reaches: str, near: tuple[str, ...] = ()) -> Example:
    return Example(level=level, answer=answer, reaches=reaches, near=near)


def test_what_was_said_and_not_heard_is_missed_and_the_other_way_round_is_imagined() -> None:
    heard = measure(BIKES, [marked(3, SELF_SELECTED, "self-selection", "holdout"), marked(3, SELF_SELECTED)], own=False)
    assert (heard.said, heard.heard, heard.imagined) == (2, 1, 1)
    assert heard.recall == 0.5 and heard.precision == 0.5
    assert {(s.kind, s.target) for s in heard.slips} == {("missed", "holdout"), ("imagined", "self-selection")}


def test_what_only_comes_near_counts_neither_way() -> None:
    heard = measure(BIKES, [marked(3, SELF_SELECTED, near=("self-selection",))], own=False)
    assert (heard.said, heard.imagined) == (0, 0)


def test_a_challenge_of_a_strong_answer_that_holds_no_such_belief_counts_and_one_of_a_weak_answer_does_not() -> None:
    belief = "I'd match riders on rides, and that removes the difference."
    assert measure(BIKES, [marked(4, belief)], own=False).false_challenges == 1
    assert measure(BIKES, [marked(2, belief)], own=False).challenged == 0
    held = Example(level=4, answer=belief, reaches=(), holds=("match-on-rides",))
    assert measure(BIKES, [held], own=False).false_challenges == 0


def test_nothing_marked_is_nothing_measured() -> None:
    assert Measured().recall is None and Measured().short_of() == []


def test_marks_the_sheet_does_not_have_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("examples:\n- level: 2\n  reaches: [nonsense]\n  answer: Hello.\n", encoding="utf-8")
    with pytest.raises(ContentError, match="nonsense"):
        read_answers(path, BIKES)


def test_the_reader_stays_above_its_floors_on_every_answer_written_blind(content: Library) -> None:
    sheets = [content.question(id) for id in content.ids("question")]
    whole = total(measure(s, read_answers(BLIND / f"{s.id}.yaml", s)) for s in sheets)
    assert whole.answers >= 24 * 8
    assert whole.short_of() == []


def test_on_answers_it_was_never_widened_by_it_gets_no_worse(content: Library) -> None:
    """No floor to be proud of: see tests/unseen/README.md."""
    sheets = [content.question(path.stem) for path in sorted(UNSEEN.glob("*.yaml"))]
    whole = total(measure(s, read_answers(UNSEEN / f"{s.id}.yaml", s), own=False) for s in sheets)
    assert whole.answers == 33 and whole.false_challenges == 0
    assert whole.recall is not None and whole.recall >= 0.75
    assert whole.precision is not None and whole.precision >= 0.88


def test_the_command_prints_a_line_a_sheet_and_the_floors(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["questions", "stats", "found-it-alone", "--measure", "--answers", str(BLIND)])
    out, err = capsys.readouterr()
    assert out.splitlines()[0].split()[:2] == ["sheet", "answers"]
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["found-it-alone", "all"]
    assert code == (1 if "Below" in err else 0)
    assert main(["questions", "stats", "found-it-alone"]) == 0
    assert "9" in capsys.readouterr().out
