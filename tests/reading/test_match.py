"""How a cue is found in what somebody says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.models.question import Cue
from interviewer.reading.match import find

HOLDOUT = Cue(all=(("holdout",),))
NOVELTY = Cue(all=(("novelty", "curios"), ("fade", "wear off", "settle")))
WEEKEND = Cue(all=(("weekend", "saturday"), ("representative", "different", "light users")))
RETENTION = Cue(all=(("retention", "churn"), ("day", "weeks")))


def hit(cue: Cue, text: str) -> str | None:
    found = find([cue], text)
    return found.text if found else None


@pytest.mark.parametrize(
    "text",
    ["Keep a holdout.", "keep a hold-out", "we hold out some people", "two HOLDOUTS", "a hold out group, um, of ten"],
)
def test_a_word_is_found_in_all_its_spellings(text: str) -> None:
    assert hit(HOLDOUT, text)


@pytest.mark.parametrize(
    "text", ["the curiosity settled", "Novelty fades", "it’s curiosity, it wore off", "novelty, uh, wears off"]
)
def test_words_match_by_stem_and_irregular_pasts_count(text: str) -> None:
    assert hit(NOVELTY, text)


def test_british_and_american_spelling_are_one() -> None:
    assert find([Cue(phrase="randomise users")], "I'd randomize users")


def test_the_smallest_window_is_returned_in_the_texts_own_words() -> None:
    text = "Novelty is one thing. Later on the lift may settle. In short: “Novelty  Fades”, always."
    found = find([NOVELTY], text)
    assert found is not None
    assert found.text == "Novelty  Fades" == text[found.start : found.end]


def test_groups_further_apart_than_forty_words_do_not_belong_together() -> None:
    assert hit(NOVELTY, "novelty " + "and more " * 19 + "fades")
    assert hit(NOVELTY, "novelty " + "and more " * 25 + "fades") is None


def test_one_word_cannot_stand_for_two_groups() -> None:
    cue = Cue(all=(("weekend",), ("weekend", "weekday")))
    assert hit(cue, "a weekend") is None
    assert hit(cue, "a weekend and a weekday")


def test_a_spoiling_word_near_the_window_voids_it_but_not_in_another_sentence() -> None:
    cue = Cue(all=(("metric",), ("choose", "decide")), none=("after the fact",))
    assert hit(cue, "I'd choose the metric after the fact.") is None
    assert hit(cue, "Nothing after the fact. I'd choose the metric first.")


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        (HOLDOUT, "I wouldn't use a holdout here."),
        (HOLDOUT, "We don't need any hold-out group."),
        (HOLDOUT, "There's no need for a holdout."),
        (HOLDOUT, "I'd ship it without a holdout."),
        (HOLDOUT, "I would not, to be fair, bother with a holdout."),
        (HOLDOUT, "I do not want guardrails, ramps, or holdouts."),
        (HOLDOUT, "I'd take everyone instead of a holdout."),
        (HOLDOUT, "Holdouts don't matter here."),
        (NOVELTY, "I don't think novelty fades."),
        (NOVELTY, "Novelty does not fade."),
        (NOVELTY, "It's not the case that novelty fades."),
        (NOVELTY, "I'd ignore novelty wearing off."),
        (NOVELTY, "Novelty that fades isn't a concern."),
        (WEEKEND, "Saturday is not different."),
    ],
)
def test_a_denied_mention_is_no_hit(cue: Cue, text: str) -> None:
    assert hit(cue, text) is None


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        (HOLDOUT, "I wouldn't launch without a holdout."),
        (HOLDOUT, "Without a holdout we can't tell."),
        (HOLDOUT, "I can't skip the holdout."),
        (HOLDOUT, "No, I'd keep a holdout."),
        (HOLDOUT, "I'd use a holdout, not a before and after."),
        (NOVELTY, "It's not only novelty, and it fades."),
        (NOVELTY, "I wouldn't decide on one day because novelty fades."),
        (NOVELTY, "Isn't that just novelty that fades?"),
        (NOVELTY, "We shouldn't ignore novelty, it settles."),
        (WEEKEND, "A weekend isn't representative."),
        (WEEKEND, "I wouldn't read a single Saturday as representative."),
        (RETENTION, "Retention can't be seen in a day."),
        (RETENTION, "A day won't tell you anything about retention."),
    ],
)
def test_a_denial_that_makes_the_point_is_a_hit(cue: Cue, text: str) -> None:
    assert hit(cue, text)


def test_a_cue_that_is_itself_a_denial_is_found() -> None:
    assert find([Cue(phrase="not the problem")], "Significance is not the problem.")
    assert find([Cue(all=(("can't", "won't"), ("see", "tell")))], "you cannot tell")


def test_void_stretches_take_no_part() -> None:
    text = "novelty here. And it fades."
    assert find([NOVELTY], text, void=[(0, 13)]) is None
    assert find([NOVELTY], "novelty [x] fades", void=[(8, 11)]) is None


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_what_is_found_is_in_it(text: str) -> None:
    found = find([NOVELTY, HOLDOUT], text + " novelty fades")
    assert found is None or found.text == (text + " novelty fades")[found.start : found.end]
