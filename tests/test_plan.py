"""What a plan becomes: which questions are drawn, and at what cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interviewer.content import library as module
from interviewer.content.library import Library
from interviewer.errors import NotFound, UsageError
from interviewer.models.base import Length
from interviewer.paths import Origin, built_in
from interviewer.plan import Plan, make_header


@pytest.fixture
def content() -> Library:
    return Library((Origin("built-in", built_in()),))


def test_drawing_a_question_parses_no_sheet_that_is_not_drawn(
    content: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    whole = Library.parsed

    def counted(self: Library, kind: Any, id: str) -> Any:
        parsed.append(id)
        return whole(self, kind, id)

    monkeypatch.setattr(Library, "parsed", counted)
    header = make_header(Plan(rounds=("experimentation",), length=Length.QUICK, seed=1), content)
    drawn = [held.id for held in header.questions["experimentation"]]
    assert len(content.question_ids("experimentation")) > 2
    assert [id for id in parsed if id in content.question_ids()] == drawn


def test_the_seed_alone_draws_the_questions(content: Library) -> None:
    plan = Plan(rounds=("experimentation", "culture"), seed=4)
    assert make_header(plan, content).questions == make_header(plan, content).questions
    drawn = {make_header(Plan(rounds=("culture",), seed=n), content).questions["culture"] for n in range(12)}
    assert len(drawn) > 1


def test_a_named_question_is_asked_in_its_round_and_no_other_is(content: Library) -> None:
    header = make_header(Plan(rounds=("culture", "experimentation"), questions=("found-it-alone",), seed=4), content)
    assert [held.id for held in header.questions["culture"]] == ["found-it-alone"]
    assert "found-it-alone" not in [held.id for held in header.questions["experimentation"]]


def test_what_does_not_exist_is_said_with_what_does(content: Library) -> None:
    with pytest.raises(NotFound, match="culture"):
        make_header(Plan(rounds=("karaoke",)), content)
    with pytest.raises(UsageError, match="It holds: experimentation"):
        make_header(Plan(rounds=("culture",), personas={"culture": "marguerite-osei"}), content)


def kept(content: Library) -> tuple[int, int]:
    """How many files a library holds on to once a round is planned, and how many of them it parsed."""
    module._parsed.cache_clear()
    make_header(Plan(rounds=("culture",), length=Length.QUICK, seed=3), content)
    return len(content._bytes), module._parsed.cache_info().currsize


def test_a_bank_of_hundreds_is_neither_kept_in_memory_nor_parsed(tmp_path: Path, content: Library) -> None:
    folder = tmp_path / "rubrics" / "questions" / "culture"
    folder.mkdir(parents=True)
    original = content.read("question", "found-it-alone").decode()
    for n in range(300):
        text = original.replace("id: found-it-alone", f"id: another-{n}", 1)
        (folder / f"another-{n}.yaml").write_text(text, encoding="utf-8")
    large = Library((Origin("workspace", tmp_path), *content.origins))
    assert len(large.question_ids("culture")) >= 300
    (few, parsed), (many, parsed_of_many) = kept(Library(content.origins)), kept(large)
    assert parsed_of_many == parsed
    assert many == few
