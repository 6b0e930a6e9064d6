"""A sheet takes a common belief by its id and says the rest itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content import beliefs
from interviewer.content.beliefs import common_beliefs
from interviewer.content.library import Library, from_held
from interviewer.content.questions import parse_question
from interviewer.content.schema import Invalid
from interviewer.errors import ContentError
from interviewer.models.question import QuestionSheet
from tests.content.folders import SHEET, filled, put

TEXT = SHEET.format(id="seats", round="forecasting")
TAKES = "push_backs:"
ENTRY = "  - {{common: {}, criterion: foresight, challenge: How would you tell?{}}}\npush_backs:"
PEEK = "peek-until-significant"


def taking(name: str, more: str = "") -> bytes:
    return TEXT.replace(TAKES, ENTRY.format(name, more)).encode()


def sheet(data: bytes) -> QuestionSheet:
    return parse_question(data, Path("seats.yaml")).model


def test_a_common_belief_brings_its_id_its_belief_and_its_cues() -> None:
    taken, common = sheet(taking(PEEK)).misconceptions[-1], common_beliefs()[PEEK]
    assert (taken.id, taken.belief, taken.cues, taken.challenge) == (
        PEEK,
        common.belief,
        common.cues,
        "How would you tell?",
    )


def test_what_a_sheet_says_itself_stands_and_its_own_cues_come_first() -> None:
    taken = sheet(taking(PEEK, ", id: counts-daily, belief: Count daily., cues: [{phrase: count}]")).misconceptions[-1]
    assert (taken.id, taken.belief, taken.cues[0].phrase) == ("counts-daily", "Count daily.", "count")
    assert taken.cues[1:] == common_beliefs()[PEEK].cues


def test_an_id_that_is_no_common_belief_is_named_with_its_line_and_the_nearest() -> None:
    with pytest.raises(ContentError) as caught:
        sheet(taking("peek-until-significance"))
    assert caught.value.key == "misconceptions[3].common"
    assert caught.value.line == TEXT[: TEXT.index(TAKES)].count("\n") + 1
    assert f"did you mean '{PEEK}'?" in caught.value.problem


@pytest.mark.parametrize(
    ("name", "more", "key"),
    [("[a]", "", "misconceptions[3].common"), (PEEK, ", cues: count", "misconceptions[3].cues"),
     (PEEK, ", cue: count", "misconceptions[3].cue")],
)  # fmt: skip
def test_an_entry_that_does_not_fit_is_said_to_not_fit(name: str, more: str, key: str) -> None:
    with pytest.raises(Invalid) as caught:
        sheet(taking(name, more))
    assert key in [fault.key for fault in caught.value.all]


def test_a_kept_interview_reads_it_like_the_folder_does(tmp_path: Path) -> None:
    origin = filled(tmp_path)
    put(origin, "rubrics/questions/ml_statistics/seats.yaml", taking(PEEK))
    library = Library([origin])
    assert from_held(library.held("question", "seats"), QuestionSheet) == library.question("seats")


def test_a_fault_in_the_file_of_beliefs_is_named_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rubrics").mkdir()
    file = tmp_path / "rubrics" / "beliefs.yaml"
    file.write_text("beliefs:\n- {id: peek-until-significant, belief: Peek., cues: []}\n", encoding="utf-8")
    monkeypatch.setattr(beliefs.paths, "built_in", lambda: tmp_path)
    with pytest.raises(ContentError) as caught:
        sheet(taking(PEEK))
    assert (caught.value.path, caught.value.line, caught.value.key) == (file, 2, "beliefs[0].cues")
