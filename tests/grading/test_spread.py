"""How likely each level is, from how likely each verdict is: the same as going through every way it can come out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.engines.llm.votes import tally
from interviewer.grading import levels
from interviewer.grading.spread import chances
from interviewer.models.scorecard import CheckVerdict

KINDS = st.sampled_from(["check", "expectation", "misconception"])
SAID = st.sampled_from(["met", "partly", "not_met"])


def item(*votes: str, kind: str = "check", weight: int = 1, essential: bool = False, p: float | None = None):
    one = CheckVerdict.model_validate(
        {"id": "x", "criterion": "c", "says": "s", "kind": kind, "verdict": votes[0], "weight": weight,
         "essential": essential, "p_met": p}
    )  # fmt: skip
    cast = [one.model_copy(update={"verdict": v, "p_met": None}) for v in votes]
    return tally(cast) if len(votes) > 1 else one


voted = st.builds(
    lambda votes, kind, weight, essential: item(*votes, kind=kind, weight=weight, essential=essential),
    st.lists(SAID, min_size=2, max_size=5), KINDS, st.integers(1, 3), st.booleans(),
)  # fmt: skip
weighed = st.builds(
    lambda said, p, weight, essential: item(said, weight=weight, essential=essential, p=round(p, 4)),
    SAID, st.floats(0, 1), st.integers(1, 3), st.booleans(),
)  # fmt: skip
some = st.lists(st.one_of(voted, weighed), min_size=4, max_size=6)


@given(st.one_of(voted, weighed))
def test_the_chances_of_a_verdict_add_up_and_are_worth_what_is_said_of_it(one: CheckVerdict) -> None:
    found = chances(one)
    assert sum(found.values()) == 1 and min(found.values()) >= 0
    worth = {"met": Fraction(1), "partly": Fraction(1, 2), "not_met": Fraction(0)}
    assert abs(sum(worth[v] * c for v, c in found.items()) - Fraction(str(one.p_met))) < Fraction(1, 1000)


@settings(max_examples=40, deadline=None)
@given(some)
def test_the_convolution_is_what_all_outcomes_come_to(items: list[CheckVerdict]) -> None:
    if sum(i.kind != "misconception" for i in items) < levels.FEWEST:
        return
    mean, reached = Fraction(0), dict[float, Fraction]()
    for outcome in product(*(chances(i).items() for i in items)):
        certain = [i.model_copy(update={"verdict": v, "p_met": None}) for i, (v, _) in zip(items, outcome, strict=True)]
        chance = Fraction(1)
        for _, share in outcome:
            chance *= share
        value = levels._raw(certain)
        mean, reached[value] = mean + chance * value, reached.get(value, Fraction(0)) + chance
    found = levels._spread(items)
    assert found.mean == mean
    below = sum((c for value, c in reached.items() if value < found.low), Fraction(0))
    above = sum((c for value, c in reached.items() if value > found.high), Fraction(0))
    assert below < Fraction(1, 10) and above <= Fraction(1, 10)


@settings(max_examples=60, deadline=None)
@given(some, st.randoms(use_true_random=False))
def test_the_level_lies_in_its_band_and_the_order_changes_nothing(items: list[CheckVerdict], random) -> None:
    found, shuffled = levels.level(items), levels.level(random.sample(items, len(items)))
    assert (found.value, found.band, found.expected) == (shuffled.value, shuffled.band, shuffled.expected)
    if found.value is not None and found.band is not None and found.expected is not None:
        assert 1 <= found.band[0] <= found.value <= found.band[1] <= 5 and 1 <= found.expected <= 5


def width(items: list[CheckVerdict]) -> float:
    low, high = levels.level(items).band or (0.0, 0.0)
    return high - low


def test_votes_that_agree_make_a_narrower_band_than_votes_that_differ() -> None:
    agreed = [item("met", "met", "met", "met", "met") for _ in range(6)]
    torn = [item("met", "not_met", "met", "not_met", "met") for _ in range(6)]
    assert levels.level(agreed).value == levels.level(torn).value == 5.0
    assert width(agreed) < width(torn)


def test_a_disputed_essential_pulls_the_band_down_to_where_it_would_be_missed() -> None:
    sure = [item("met", "met") for _ in range(5)]
    low, high = levels.level([*sure, item("met", "not_met", "met", essential=True)]).band or (0, 0)
    assert low == 2.5 and high == 5.0


def test_verdicts_without_chances_keep_the_band_of_few_statements() -> None:
    plain = [item("met"), item("not_met"), item("partly"), item("met")]
    found = levels.level(plain)
    assert found.expected is None and found.band == (2.7, 4.3)


def test_a_judgement_that_did_not_come_back_is_taken_as_the_worst_and_the_best() -> None:
    sure = [item("met", "met", "met") for _ in range(4)]
    lost = item("met").model_copy(update={"verdict": "failed"})
    assert (levels.level([*sure, lost]).band or (0,))[0] < (levels.level(sure).band or (0,))[0]
