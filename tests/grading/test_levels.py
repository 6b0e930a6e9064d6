"""The published rule: verdicts to levels, levels to an overall, an overall to a recommendation."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading import levels
from interviewer.models.rubric import Anchors, Check, Criterion
from interviewer.models.scorecard import CheckVerdict, CriterionScore

BETTER = {"failed": None, "not_asked": None, "not_met": "partly", "partly": "met", "met": None}


def item(verdict: str, *, weight: int = 1, essential: bool = False, rung: int | None = None, kind: str = "check"):
    return CheckVerdict.model_validate(
        {
            "id": "x",
            "criterion": "c",
            "says": "Says it.",
            "kind": kind,
            "verdict": verdict,
            "weight": weight,
            "essential": essential,
            "rung": rung,
        }
    )


def score(level: float | None, status: str = "scored") -> CriterionScore:
    band = None if level is None else (1.0, 5.0)
    return CriterionScore.model_validate(
        {"id": "c", "title": "C", "level": level, "band": band, "status": status, "reason": ""}
    )


def criterion(*, weight: int = 1, essential: bool = False) -> Criterion:
    checks = tuple(Check(id=f"c{i}", says="Says it.", source="B1") for i in range(4))
    anchors = Anchors(one="one", three="three", five="five")
    return Criterion(id="c", title="C", about="a", weight=weight, essential=essential, checks=checks, anchors=anchors)


def test_all_met_is_five_and_nothing_met_is_one() -> None:
    assert levels.level([item("met")] * 4).value == 5.0
    assert levels.level([item("not_met")] * 4).value == 1.0


def test_a_level_is_one_plus_four_times_the_weighted_share() -> None:
    assert levels.level([item("met", weight=3), item("not_met"), item("partly", weight=2)]).value == 3.7


@pytest.mark.parametrize(("rung", "expected"), [(None, 5.0), (1, 4.2), (2, 3.4), (3, 2.2)])
def test_a_hint_lowers_what_meeting_a_point_earns(rung: int | None, expected: float) -> None:
    assert levels.level([item("met", rung=rung)] * 3).value == expected


def test_a_hint_never_raises_what_was_partly_met() -> None:
    assert levels.credit(item("partly", rung=1)) == Fraction(1, 2)
    assert levels.credit(item("partly", rung=3)) == Fraction(3, 10)


def test_a_missed_essential_holds_a_level_at_two_and_a_half() -> None:
    assert levels.level([item("met")] * 9 + [item("not_met", essential=True)]).value == 2.5


def test_an_essential_nobody_asked_about_holds_nothing() -> None:
    assert levels.level([item("met")] * 3 + [item("not_asked", essential=True)]).value == 5.0


def test_a_misconception_that_stands_holds_a_level_at_three() -> None:
    assert levels.level([item("met")] * 5 + [item("met", kind="misconception")]).value == 3.0
    assert levels.level([item("met")] * 5 + [item("partly", kind="misconception")]).value == 5.0


def test_fewer_than_three_opportunities_are_not_assessed() -> None:
    found = levels.level([item("met"), item("not_met"), item("not_asked"), item("not_met", kind="misconception")])
    assert (found.status, found.value, found.band) == ("not_assessed", None, None)


def test_more_than_a_quarter_failed_shows_as_failed_and_a_quarter_widens_the_band() -> None:
    assert levels.level([item("met")] * 2 + [item("failed")]).status == "failed"
    whole, torn = levels.level([item("met")] * 3), levels.level([item("met")] * 3 + [item("failed")])
    assert torn.status == "scored" and torn.band is not None and whole.band is not None
    assert torn.band[0] < whole.band[0]


def test_a_margin_widens_the_band_and_leaves_the_level() -> None:
    plain, wide = levels.level([item("partly")] * 4), levels.level([item("partly")] * 4, margin=0.3)
    assert plain.value == wide.value == 3.0
    assert plain.band == (2.2, 3.8) and wide.band == (1.9, 4.1)


def test_a_round_is_at_most_one_above_its_lowest_essential_criterion() -> None:
    pairs = [(criterion(essential=True), score(2.0)), (criterion(weight=3), score(5.0))]
    assert levels.overall(pairs) == 3.0


def test_a_criterion_that_was_not_assessed_costs_nothing() -> None:
    assert levels.overall([(criterion(), score(4.0)), (criterion(), score(None, "not_assessed"))]) == 4.0


def test_a_round_with_a_failed_criterion_or_little_assessed_has_no_overall() -> None:
    assert levels.overall([(criterion(), score(4.0)), (criterion(), score(None, "failed"))]) is None
    assert levels.overall([(criterion(), score(4.0)), (criterion(weight=2), score(None, "not_assessed"))]) is None


@pytest.mark.parametrize(
    ("overall", "expected"),
    [
        (5.0, "strong_yes"),
        (4.5, "strong_yes"),
        (4.4, "yes"),
        (3.8, "yes"),
        (3.7, "lean_yes"),
        (3.3, "lean_yes"),
        (3.2, "lean_no"),
        (2.7, "lean_no"),
        (2.6, "no"),
        (1.8, "no"),
        (1.7, "strong_no"),
        (1.0, "strong_no"),
        (None, None),
    ],
)
def test_recommendations_follow_the_published_cuts(overall: float | None, expected: str | None) -> None:
    assert levels.recommendation(overall) == expected


verdicts = st.sampled_from(["met", "partly", "not_met", "not_asked", "failed"])
items = st.lists(
    st.builds(
        item,
        verdicts,
        weight=st.sampled_from([-3, 0, 1, 2, 3, 999]),
        essential=st.booleans(),
        rung=st.sampled_from([None, 1, 2, 3, 7]),
        kind=st.sampled_from(["check", "expectation", "misconception"]),
    ),
    max_size=14,
)


@given(items)
def test_whatever_comes_in_a_level_is_in_its_band_in_tenths_or_absent(found: list[CheckVerdict]) -> None:
    result = levels.level(found)
    assert (result.value is None) == (result.status != "scored") == (result.band is None)
    if result.value is not None and result.band is not None:
        assert 1 <= result.band[0] <= result.value <= result.band[1] <= 5
        assert math.isclose(result.value * 10, round(result.value * 10))


@given(items, st.data())
def test_a_better_verdict_never_lowers_a_level(found: list[CheckVerdict], data: st.DataObject) -> None:
    before = levels.level(found)
    raisable = [i for i, x in enumerate(found) if BETTER[x.verdict] and x.kind != "misconception"]
    if before.value is None or not raisable:
        return
    at = data.draw(st.sampled_from(raisable))
    better = found[at].model_copy(update={"verdict": BETTER[found[at].verdict]})
    after = levels.level([*found[:at], better, *found[at + 1 :]])
    assert after.value is not None and after.value >= before.value


@given(items)
def test_giving_up_misconceptions_never_lowers_a_level(found: list[CheckVerdict]) -> None:
    free = [x.model_copy(update={"verdict": "not_met"}) if x.kind == "misconception" else x for x in found]
    before, after = levels.level(found).value, levels.level(free).value
    assert before is None or after is None or after >= before


@given(items, st.randoms(use_true_random=False))
def test_the_order_of_verdicts_changes_nothing(found: list[CheckVerdict], random) -> None:
    shuffled = random.sample(found, len(found))
    before, after = levels.level(found), levels.level(shuffled)
    assert (before.value, before.band, before.status) == (after.value, after.band, after.status)


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.integers(10, 50)), min_size=1, max_size=6))
def test_an_overall_lies_between_its_criteria(found: list[tuple[int, bool, int]]) -> None:
    pairs = [(criterion(weight=w, essential=e), score(tenths / 10)) for w, e, tenths in found]
    overall = levels.overall(pairs)
    low, high = min(t for *_, t in found) / 10, max(t for *_, t in found) / 10
    assert overall is not None and low <= overall <= high
