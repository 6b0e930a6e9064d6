"""The hiring manager's debrief: locked cards, a decision that is no average, reasons one can check."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.grading import levels
from interviewer.grading.debrief import decide, lock
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Evidence, Scorecard

from .samples import library_in


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path)


def card(round: str, level: float | None, *, criterion: str | None = None, status: str = "scored") -> Scorecard:
    missed = CheckVerdict(
        id="season", criterion="rigor", says=f"Minds the season of {round}.", verdict="not_met", essential=True
    )
    shown = CheckVerdict(
        id="number",
        criterion="rigor",
        says="Gives a number.",
        verdict="met",
        evidence=(Evidence(turn=1, quote="40 people"),),
    )
    score = CriterionScore.model_validate(
        {"id": criterion or f"{round}-rigor", "title": "Rigor", "level": level, "status": status, "reason": "Counted.",
         "band": None if level is None else (1.0, 5.0), "checks": (missed, shown)}
    )  # fmt: skip
    return Scorecard(
        round=round,
        title=round.capitalize(),
        overall=level,
        recommendation=levels.recommendation(level),
        criteria=(score,),
    )


def debrief(library: Library, *found: float | None) -> Debrief:
    return decide([card(f"r{i}", level) for i, level in enumerate(found)], library, chair="chair")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((4.9, 4.9, 2.0), "no"),  # an average would say yes
        ((4.9, 4.9, 1.2), "strong_no"),
        ((2.0, 2.1, 4.9), "strong_no"),
        ((4.0, 4.0, 3.0), "lean_yes"),  # one doubt, outvoted
        ((3.5, 4.0, 3.0), "lean_no"),  # one doubt that isn't
        ((4.9, 3.0, 3.0), "no"),
        ((4.0, 4.0, 3.5), "yes"),
        ((3.5, 3.5, 4.9), "lean_yes"),
        ((4.6, 4.6, 4.0), "strong_yes"),
        ((4.0, 4.0, 4.6), "yes"),
        ((4.0,), None),  # one round is no loop
    ],
)
def test_the_decision_is_no_average(library: Library, found: tuple[float, ...], expected: str | None) -> None:
    assert debrief(library, *found).decision == expected


def test_the_same_weakness_in_two_rounds_costs_a_step(library: Library) -> None:
    def loop(*criteria: str) -> Debrief:
        weak = [card(f"r{i}", 2.4, criterion=c).model_copy(update={"overall": 4.0, "recommendation": "yes"})
                for i, c in enumerate(criteria)]  # fmt: skip
        return decide(weak, library, chair="chair")

    assert loop("judgment", "impact").decision == "yes"
    assert loop("judgment", "judgment").decision == "lean_yes"


def test_there_is_no_decision_while_a_round_is_not_assessed(library: Library) -> None:
    found = debrief(library, 4.9, None)
    assert found.decision is None and "R1" in found.reasons[0] and "R0: strong yes" in found.summary


def test_a_planned_round_that_was_not_held_leaves_it_undecided(library: Library) -> None:
    found = decide([card("r0", 4.9)], library, chair="chair", missing=["culture"])
    assert found.decision is None and found.reasons[0] == "culture: planned and not held."


def test_a_failed_grading_is_named_as_such(library: Library) -> None:
    found = decide([card("r0", None, status="failed")], library, chair="chair")
    assert "did not come back" in found.reasons[0]


def test_reasons_name_criterion_level_and_the_candidates_words(library: Library) -> None:
    reason = debrief(library, 4.0).reasons[0]
    assert "Rigor 4.0" in reason and "turn 1: “40 people”" in reason


def test_dissent_names_the_round_that_disagrees(library: Library) -> None:
    assert debrief(library, 4.0, 4.0, 3.0).dissent == ("R2 disagrees: lean no at 3.0.",)
    assert debrief(library, 4.9, 4.9, 2.0).dissent == (
        "R0 disagrees: strong yes at 4.9.",
        "R1 disagrees: strong yes at 4.9.",
    )
    assert debrief(library, 4.0, 4.0).dissent == ()


def test_what_would_change_it_is_the_missed_essential(library: Library) -> None:
    assert debrief(library, 2.0).would_change == ("R0: showing this under Rigor: Minds the season of r0.",)


def test_three_things_to_practise_with_the_title_of_a_question(library: Library) -> None:
    cards = [card("baking", 1.5, criterion="rigor"), *(card(f"r{i}", 3.0) for i in range(4))]
    lines = decide(cards, library, chair="chair").practise
    assert len(lines) == 3
    assert lines[0] == "Rigor (Baking): Minds the season of baking. Practise on “The oven and the queue”."


def test_the_cards_are_locked_by_their_hashes(library: Library) -> None:
    cards = [card("r0", 4.0), card("r1", 3.0)]
    found = decide(cards, library, chair="chair")
    assert found.locked == {c.round: lock(c) for c in cards}
    assert lock(cards[0]) != lock(cards[0].model_copy(update={"overall": 4.1}))
