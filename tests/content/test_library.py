"""The library finds content by id, the nearest origin first, and a broken file breaks only itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from interviewer.content.held import pack, unpack
from interviewer.content.library import Kind, Library, from_held, library
from interviewer.errors import ContentError, NotFound
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.paths import Origin, built_in
from interviewer.reading.facts import asked
from tests.content.folders import PERSONA, SHEET, filled, origin, put


def test_the_first_origin_wins_and_says_what_it_overrides(tmp_path: Path) -> None:
    ours, theirs = filled(tmp_path / "ws"), filled(tmp_path / "built", "built-in")
    put(ours, "personas/robin.md", PERSONA.format(id="robin", round="forecasting").replace("Robin Vance", "Robin Two"))
    content = Library((ours, theirs))
    assert content.persona("robin").name == "Robin Two"
    entry = content.entry("persona", "robin")
    assert (entry.origin, entry.overrides) == (ours, (theirs,))
    assert entry.sha256 == hashlib.sha256(entry.path.read_bytes()).hexdigest()


def test_ids_are_known_without_opening_any_file(tmp_path: Path) -> None:
    made = filled(tmp_path)
    put(made, "personas/broken.md", b"\xff\xfe")
    put(made, "rubrics/questions/sql/broken-too.yaml", "a: [")
    content = Library((made,))
    assert content.persona_ids() == ["broken", "robin"]
    assert content.round_ids() == ["forecasting"]
    assert content.question_ids() == ["broken-too", "seats"]


def test_one_broken_file_never_stops_the_rest(tmp_path: Path) -> None:
    made = filled(tmp_path)
    put(made, "personas/broken.md", "---\nid: broken\nwarmth: 12\n---\n")
    put(made, "rubrics/questions/sql/bomb.yaml", "a: &a [1]\nb: [*a, *a]")
    put(made, "rubrics/half/rubric.yaml", "id: half\n")
    content = Library((made,))
    assert content.persona("robin").name == "Robin Vance"
    assert content.question_ids("forecasting") == ["seats"]
    found = {(problem.path.name, problem.key) for problem in content.problems()}
    assert {("broken.md", "warmth"), ("broken.md", "name"), ("bomb.yaml", "a"), ("rubric.yaml", "criteria")} <= found


def test_an_unknown_id_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no round 'sales'.*Known: forecasting"):
        Library((filled(tmp_path),)).rubric("sales")


@pytest.mark.parametrize("id", ["../robin", "/etc/passwd", "", "robin.md", "ROBIN"])
def test_an_id_never_reaches_outside_of_its_folder(tmp_path: Path, id: str) -> None:
    put(filled(tmp_path), "robin.md", PERSONA.format(id="robin", round="forecasting"))
    with pytest.raises(NotFound):
        Library((origin(tmp_path),)).persona(id)


def test_files_whose_names_are_no_ids_are_named_and_left_out(tmp_path: Path) -> None:
    made = filled(tmp_path)
    put(made, "personas/Robin Vance.md", "x")
    put(made, "personas/README.md", "not a persona")
    put(made, "rubrics/questions/sql/seats.yaml", SHEET.format(id="seats", round="forecasting"))
    content = Library((made,))
    assert content.persona_ids() == ["robin"]
    assert {problem.path.name for problem in content.problems()} == {"Robin Vance.md", "seats.yaml"}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    content = Library((origin(tmp_path / "empty"),))
    assert (content.persona_ids(), content.round_ids(), content.question_ids(), content.problems()) == ([], [], [], [])


def test_what_was_held_comes_back_though_the_file_has_changed(tmp_path: Path) -> None:
    made = filled(tmp_path)
    content = Library((made,))
    held = {kind: content.held(kind, id) for kind, id in CONTENT}
    put(made, "personas/robin.md", "gone")
    assert from_held(held["persona"]) == content.persona("robin")
    assert from_held(held["rubric"], Rubric) == content.rubric("forecasting")
    assert from_held(held["question"], QuestionSheet) == content.question("seats")
    assert "quantile" not in str(held["question"].copy_)


CONTENT: tuple[tuple[Kind, str], ...] = (("persona", "robin"), ("rubric", "forecasting"), ("question", "seats"))


def test_a_copy_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    held = Library((filled(tmp_path),)).held("persona", "robin")
    other = pack("robin", PERSONA.format(id="robin", round="culture").encode())
    for copy, says in ((None, "only its hash"), ("????", "damaged"), (other.copy_, "changed after the interview")):
        with pytest.raises(ContentError, match=says):
            from_held(held.model_copy(update={"copy_": copy}), Persona)


def test_a_copy_that_unfolds_to_gigabytes_is_refused() -> None:
    with pytest.raises(ContentError, match="larger than"):
        unpack(pack("bomb", b"x" * 50_000_000))


def test_the_current_folder_decides_which_library_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "ws")
    assert "robin" not in library().persona_ids()
    monkeypatch.chdir(tmp_path / "ws")
    assert "robin" in library().persona_ids()
    assert library() is library()


BUILT_IN = Library([Origin("built-in", built_in())])


@pytest.mark.parametrize("id", BUILT_IN.question_ids())
def test_the_questions_a_sheet_lists_find_their_fact_and_those_nothing_answers_find_none(id: str) -> None:
    sheet = BUILT_IN.question(id)
    listed = [(text, f.id) for f in sheet.facts for text in f.asked]
    lost = [(text, fact) for text, fact in listed if fact not in asked(text, [(0, len(text))], sheet).facts]
    found = [(text, f) for text in sheet.unknown if (f := asked(text, [(0, len(text))], sheet).facts)]
    assert len(lost) <= 0.01 * len(listed), lost
    assert len(found) <= 1, found


def test_what_stands_beside_or_is_one_question_and_draws_one_fact() -> None:
    text = "Is there something that both halves share, like advertisers or budgets?"
    assert asked(text, [(0, len(text))], BUILT_IN.question("viewers-in-each-others-way")).facts == ("orders",)
