"""Beliefs that are common whatever the case: heard as people say them, and not in what is near them and right."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.answers import read_answers
from interviewer.content.beliefs import common_beliefs
from interviewer.content.library import Library
from interviewer.content.yamlfile import parse
from interviewer.models.question import Misconception
from interviewer.paths import Origin, built_in
from interviewer.reading.answer import read_answer
from interviewer.reading.beliefs import held

HERE = Path(__file__).parent / "beliefs"
TESTS = HERE.parents[1]
BELIEFS = {
    b.id: Misconception(id=b.id, criterion="any", belief=b.belief, cues=b.cues, challenge="Is it?")
    for b in common_beliefs().values()
}
STRONG = 4
FLOOR = 0.8  # of 27 plain wordings; of four lots in far-fetched ones .2 to .4 were heard at first


@pytest.fixture(scope="module")
def content() -> Library:
    return Library([Origin("built-in", built_in())])


def sentences(file: str, kind: str) -> list[tuple[str, str]]:
    path = HERE / file
    found = parse(path.read_text(encoding="utf-8"), path).data
    assert set(found) == set(BELIEFS)
    return [(id, text) for id, lists in found.items() for text in lists[kind]]


def share_heard(file: str) -> float:
    said = sentences(file, "said")
    return sum(held(BELIEFS[id], text) is not None for id, text in said) / len(said)


def test_a_common_belief_is_heard_in_many_wordings() -> None:
    assert len(sentences("common.yaml", "said")) >= 60
    assert share_heard("common.yaml") >= 0.95


def test_in_plain_words_it_was_never_widened_by_it_is_heard_as_a_rule() -> None:
    assert len(sentences("afterwards.yaml", "said")) >= 20
    assert share_heard("afterwards.yaml") >= FLOOR


@pytest.mark.parametrize("file", ["common.yaml", "afterwards.yaml"])
def test_what_is_near_a_common_belief_and_right_is_never_challenged(file: str) -> None:
    raised = [(id, text) for _, text in sentences(file, "near") for id, b in BELIEFS.items() if held(b, text)]
    assert raised == []


def test_what_strong_candidates_say_about_the_same_things_is_not_challenged() -> None:
    path = HERE / "right.yaml"
    right = parse(path.read_text(encoding="utf-8"), path).data["near"]
    assert [(id, text) for text in right for id, b in BELIEFS.items() if held(b, text)] == []


def test_no_common_belief_is_found_in_a_strong_answer_to_any_question(content: Library) -> None:
    answers = []
    for id in content.question_ids():
        sheet = content.question(id)
        files = [path for path in (TESTS / "blind" / f"{id}.yaml", TESTS / "unseen" / f"{id}.yaml") if path.exists()]
        examples = [*sheet.examples, *(e for path in files for e in read_answers(path, sheet))]
        answers += [sheet.model_answer, *(e.answer for e in examples if e.level >= STRONG)]
    assert len(answers) > 100
    assert [(id, m.text) for text in answers for id, b in BELIEFS.items() if (m := held(b, text))] == []


def test_every_experiment_and_product_sheet_listens_for_what_fits_its_case(content: Library) -> None:
    for id in content.question_ids():
        sheet = content.question(id)
        taken = [m for m in sheet.misconceptions if m.common]
        assert bool(taken) != sheet.story, id
        assert len({m.challenge for m in taken}) == len(taken)
    general = {b.challenge for b in common_beliefs().values()}
    challenges = [m.challenge for id in content.question_ids() for m in content.question(id).misconceptions]
    own = [challenge for challenge in challenges if challenge not in general]
    assert len(own) == len(set(own)) and len(own) < len(challenges)


def test_a_played_answer_that_makes_power_of_a_p_value_holds_the_belief(content: Library) -> None:
    sheet = content.question("one-evening-to-test")
    said = """Six seconds, okay. Well with p below one in a thousand that means the power is like 99.9%, so it's a 99.9%
        chance the view really works. But six seconds is statistically significant and not practically significant."""
    assert ("p-is-the-chance", "held") in [(f.id, f.verdict) for f in read_answer(said, sheet).found]


def test_a_plan_with_a_question_mark_is_a_plan_and_a_question_is_none() -> None:
    peek = BELIEFS["peek-until-significant"]
    assert held(
        peek, "We'd look at the p-value every week and stop once it's significant, so it doesn't take too long?"
    )
    assert not held(peek, "Would we look at the p-value every week and stop once it's significant?")
    assert not held(peek, "Or would it be wrong that we'd stop once it's significant?")


def test_a_belief_that_only_wants_a_nod_is_stated(content: Library) -> None:
    sheet = content.question("flat-engagement-better-retention")
    said = "So p is 0.006, that means there's 99.4% probability that the new page is better, right? Highly significant."
    assert ("p-is-the-chance", "held") in [(f.id, f.verdict) for f in read_answer(said, sheet).found]


def test_a_belief_called_wrong_in_the_next_breath_is_corrected(content: Library) -> None:
    sheet = content.question("one-evening-to-test")
    said = (
        "The p-value would be not significant, so we'd say no harm. Which is wrong, because everyone had a bad evening."
    )
    assert ("no-significance-no-effect", "corrected") in [(f.id, f.verdict) for f in read_answer(said, sheet).found]
