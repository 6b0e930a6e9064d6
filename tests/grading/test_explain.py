"""A level taken apart: what it rests on, and what would raise it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.content.library import Library
from interviewer.grading import levels
from interviewer.grading.explain import explain
from interviewer.models.explanation import Explanation
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Scorecard
from interviewer.models.transcript import Transcript, Turn
from interviewer.paths import Origin, built_in

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
ROUND, CRITERION, SHEET = "product_case", "investigation", "licence-or-make"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def content() -> Library:
    return Library([Origin("built-in", built_in())])


def explained(content: Library, items: list[CheckVerdict], said: str) -> Explanation:
    found = levels.level(items)
    score = CriterionScore(
        id=CRITERION, title="Investigation", level=found.value, band=found.band, status=found.status,
        reason=found.reason, checks=tuple(items),
    )  # fmt: skip
    card = Scorecard(round=ROUND, title=ROUND, overall=None, recommendation=None, criteria=(score,))
    talk = Transcript(id="t", turns=(Turn(index=0, role="candidate", text=said, round=ROUND, question=SHEET),))
    made = explain(card, CRITERION, content.rubric(ROUND), talk, [content.question(SHEET)])
    assert made is not None
    return made


def item(id: str, verdict: str, **more: object) -> CheckVerdict:
    return CheckVerdict.model_validate(
        {"id": id, "criterion": CRITERION, "says": f"Says {id}.", "verdict": verdict, **more}
    )


def test_an_essential_that_holds_the_level_down_comes_first_however_little_it_weighs(content: Library) -> None:
    items = [
        item("a", "met", weight=3),
        item("b", "met"),
        item("c", "not_met", essential=True),
        item("d", "not_met", weight=3),
    ]
    made = explained(content, items, "Something.")
    assert made.level == 2.5 and made.towards == 3.0
    assert [n.item.id for n in made.needs] == ["c"]
    assert (
        made.reaches
        == made.needs[0].alone
        == levels.level([*items[:2], item("c", "met", essential=True), items[3]]).value
    )


def test_what_is_named_reaches_the_next_half_level_by_the_published_rule(content: Library) -> None:
    items = [item("a", "met"), *(item(name, "not_met") for name in "bcdefgh")]
    made = explained(content, items, "Something.")
    named = {n.item.id for n in made.needs}
    raised = [i if i.id not in named else i.model_copy(update={"verdict": "met"}) for i in items]
    assert levels.level(raised).value == made.reaches and made.reaches is not None and made.towards is not None
    assert made.reaches >= made.towards
    fewer = [i if i.id not in named - {min(named)} else i.model_copy(update={"verdict": "met"}) for i in items]
    assert (levels.level(fewer).value or 0) < made.towards


def test_a_belief_that_stands_is_to_be_given_up_and_is_shown_where_it_was_said(content: Library) -> None:
    belief = item(
        "all-of-them-go",
        "met",
        kind="misconception",
        question=SHEET,
        evidence=({"turn": 0, "quote": "they all leave"},),
    )
    made = explained(content, [item("a", "met"), item("b", "met"), item("c", "met"), belief], "So they all leave.")
    (need,) = made.needs
    assert made.level == 3.0 and need.item.id == "all-of-them-go" and need.alone == 5.0
    assert need.nearest is not None and need.nearest.quote == "they all leave"
    assert need.stronger is not None and "licence" not in need.stronger.source.split("“")[0]


def test_the_nearest_words_are_the_candidates_own_and_a_stronger_version_is_quoted_from_the_sheet(
    content: Library,
) -> None:
    sheet = content.question(SHEET)
    point = next(e for e in sheet.expectations if e.criterion == CRITERION)
    missing = item(point.id, "not_met", says=point.point, kind="expectation", question=SHEET, weight=3)
    said = f"First the weather. {point.point.split(',')[0]} perhaps. Then lunch."
    made = explained(content, [item("a", "met"), item("b", "not_met"), missing, item("d", "not_met")], said)
    need = next(n for n in made.needs if n.item.id == point.id)
    assert need.nearest is not None and need.nearest.quote in said and "weather" not in need.nearest.quote
    texts = [" ".join(t.split()) for t in (sheet.model_answer, *(e.answer for e in sheet.examples))]
    assert need.stronger is not None and any(need.stronger.text in t for t in texts)


def test_at_the_top_nothing_is_missing(content: Library) -> None:
    made = explained(content, [item("a", "met"), item("b", "met"), item("c", "met")], "All of it.")
    assert made.level == 5.0 and made.towards is None and made.needs == ()


def test_the_command_explains_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(EXAMPLES / "hand-played-hostile.jsonl")
    assert main(["grade", file, "--explain", CRITERION, "--engine", "offline"]) == 0
    text = capsys.readouterr().out
    assert "Why:" in text and "the fewest things" in text and "By itself" in text
    assert main(["grade", file, "--explain", CRITERION, "--engine", "offline", "--format", "json"]) == 0
    (made,) = [Explanation.model_validate(e) for e in json.loads(capsys.readouterr().out)]
    assert made.level is not None and made.needs and made.counted


def test_a_criterion_that_no_round_has_is_met_with_those_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["grade", str(EXAMPLES / "hand-played-hostile.jsonl"), "--explain", "charm", "--engine", "offline"]) != 0
    )
    assert "investigation" in capsys.readouterr().err
