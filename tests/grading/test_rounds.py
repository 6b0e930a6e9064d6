"""Which round a transcript that doesn't say is graded as."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.library import library
from interviewer.grading.rounds import assign
from interviewer.storage.formats.registry import load

TALK = """
**Interviewer:** How would you test whether the plan works, and how would you read the experiment?

**Candidate:** I'd randomise half of the provinces, size the test beforehand and read retention with an interval.
"""


@pytest.mark.parametrize(
    ("heading", "round", "why"),
    [
        ("# Mock onsite: product and business case", "product_case", "heading"),
        ("# Experimentation round, second try", "experimentation", "heading"),
        ("# Culture", "culture", "heading"),
        ("Practice onsite, product round", "product_case", "heading"),
        ("# Tuesday, with Nora", None, "vocabulary"),
        ("# Culture, then experimentation", None, "vocabulary"),
    ],
)
def test_a_heading_that_names_one_round_says_more_than_the_words_that_are_used(
    tmp_path: Path, heading: str, round: str | None, why: str
) -> None:
    file = tmp_path / "talk.md"
    file.write_text(f"{heading}\n{TALK}", encoding="utf-8")
    talk, (note,) = assign(load(file), library(), None)
    assert round in (None, *talk.rounds)
    assert why in note
