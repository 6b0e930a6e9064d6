"""A file that doesn't fit says where, what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content.personas import parse_persona
from interviewer.content.questions import parse_question
from interviewer.content.rubrics import parse_rubric
from interviewer.content.schema import Invalid, faults_of
from interviewer.errors import ContentError
from tests.content.folders import PERSONA, RUBRIC, SHEET

HEAD = "---\nid: robin\nname: Robin\ntitle: Lead\n{}\n---\nA voice.\n"
SHEET_TEXT, RUBRIC_TEXT = SHEET.format(id="seats", round="forecasting"), RUBRIC.format(id="forecasting")


def fault(parse: Callable[[bytes, Path, str | None], object], text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse(text.encode(), Path("file"), None)
    return caught.value


@pytest.mark.parametrize(
    ("key", "at", "says"),
    [
        ("wramth: 3", "wramth", "did you mean 'warmth'?"),
        ("rubric: {judgment: 5}", "rubric", "can't reach what counts"),
        ("phrases: {opening: [Hello.]}", "phrases.opening", "did you mean 'openings'?"),
        ("warmth: 9", "warmth", "a whole number from 1 to 5"),
        ("warmth: '3'", "warmth", "without quotes"),
        ("warmth: true", "warmth", "a whole number from 1 to 5"),
        ("warmth: 2.5", "warmth", "a whole number from 1 to 5"),
        ("rounds: culture", "rounds", "must be a list"),
        ("rounds: [Cul ture]", "rounds[0]", "is no id"),
        ("phrases: [Hello.]", "phrases", "keys and values"),
        ("phrases: {waits: ['']}", "phrases.waits[0]", "is empty"),
        ("phrases: {waits: [{a: b}]}", "phrases.waits[0]", "must be text"),
        ("voice: mine", "voice", "text below"),
    ],
)
def test_a_wrong_key_of_a_persona_is_named_with_its_line_and_choices(key: str, at: str, says: str) -> None:
    error = fault(parse_persona, HEAD.format(key))
    assert (error.line, error.key) == (5, at)
    assert says in error.problem


def test_an_unknown_key_lists_the_known_ones() -> None:
    assert "known keys: id, name, title, rounds, warmth" in fault(parse_persona, HEAD.format("score: 5")).problem


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("area: ml_statistics", "area: ml_statistic", "area", "did you mean 'ml_statistics'?"),
        ("essential: true", "essential: yes", "expectations[0].essential", "true or false"),
        ("    probe: Which mistake would hurt them more?\n", "", "expectations[0].probe", "missing"),
        ("[Think of two ways to be wrong., Compare", "[Compare", "expectations[0].hints", "has 2 entries; it needs 3"),
        ("[Think of two", "[Zero., Think of two", "expectations[0].hints", "4"),
        ("weight: 2", "weight: 7", "expectations[0].weight", "from 1 to 3"),
        ("{phrase: fair}", "{phrases: fair}", "push_backs[1].met_by[0].phrases", "did you mean 'phrase'?"),
        ("{phrase: fair}", "{phrase: fair, all: [[a]]}", "push_backs[1].met_by[0]", "either 'all'"),
        ("id: weather", "id: asymmetry", "", "used twice"),
        ("rounds: [forecasting]", "rounds: []", "rounds", "at least 1"),
    ],
)
def test_a_fault_in_a_sheet_is_named(old: str, new: str, at: str, says: str) -> None:
    assert old in SHEET_TEXT
    error = fault(parse_question, SHEET_TEXT.replace(old, new, 1))
    assert error.key == at
    assert says in error.problem
    assert error.line


def test_every_fault_of_a_file_is_kept_in_the_order_of_lines() -> None:
    text = SHEET_TEXT.replace("area: ml_statistics", "area: cooking").replace("weight: 2", "weight: 0")
    error = fault(parse_question, text)
    assert isinstance(error, Invalid)
    assert [f.key for f in faults_of(error)] == ["area", "expectations[0].weight"]
    assert "1 more" in str(error)


def test_a_rubric_with_too_few_checks_says_how_many_it_needs() -> None:
    lines = [line for line in RUBRIC_TEXT.split("\n") if "id: owner" not in line]
    error = fault(parse_rubric, "\n".join(lines))
    assert (error.key, error.problem) == ("criteria[0].checks", "has 3 entries; it needs at least 4")


def test_numbers_and_true_are_text_where_text_is_meant_as_they_were_written() -> None:
    text = SHEET_TEXT.replace("about: [history, stubs]", "about: [2024, 1.10, true, no]")
    assert parse_question(text.encode(), Path("file")).model.facts[0].about == ("2024", "1.10", "true", "no")


def test_the_id_inside_must_be_the_one_the_file_is_found_by() -> None:
    with pytest.raises(ContentError, match="'robin', but the file name says 'marion'") as caught:
        parse_persona(PERSONA.format(id="robin", round="culture").encode(), Path("marion.md"), "marion")
    assert caught.value.line == 2


@pytest.mark.parametrize("text", ["", "id: robin", "---\nid: robin\nname: R\n", "\n---\nid: x\n---\n"])
def test_a_persona_without_its_two_rules_says_so(text: str) -> None:
    assert "'---'" in fault(parse_persona, text).problem


def test_a_persona_with_windows_lines_and_a_byte_order_mark_reads_the_same() -> None:
    text = PERSONA.format(id="robin", round="culture")
    plain = parse_persona(text.encode(), Path("f")).model
    assert parse_persona(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), Path("f")).model == plain
    assert plain.voice.startswith("Speaks slowly")
