"""The same story told in two rounds with other figures, or another doer, is shown; what only looks like it isn't."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.grading.contradictions import contradictions
from interviewer.models.transcript import Turn
from interviewer.storage.formats.registry import load

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
TITLES = {"product_case": "Product", "culture": "Culture"}


def told(first: str, second: str, heard: str = "Tell me about your work.") -> tuple[str, ...]:
    turns = [("product_case", "interviewer", heard), ("product_case", "candidate", first),
             ("culture", "interviewer", "And a story, please."), ("culture", "candidate", second)]  # fmt: skip
    made = [Turn(index=i, round=r, role=who, text=text) for i, (r, who, text) in enumerate(turns)]  # type: ignore[arg-type]
    return contradictions(made, TITLES)


def test_another_figure_for_the_same_thing_is_shown_with_both_quotes() -> None:
    (line,) = told(
        "At Nordlicht my churn model saved about 2 million euros in its first year.",
        "The churn model at Nordlicht saved 1.2 million euros, which made my name there.",
    )
    assert line.startswith("Product, turn 1, “At Nordlicht my churn model saved about 2 million")
    assert "against Culture, turn 3, “The churn model at Nordlicht" in line and line.endswith("which figure is it?")


def test_another_doer_of_the_same_deed_is_shown() -> None:
    (line,) = told(
        "With the pricing trial at Brightbox I decided to stop the rollout in the northern warehouses.",
        "For the pricing trial at Brightbox my manager decided to stop the rollout in the warehouses.",
    )
    assert line.endswith("who was it?")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # another project, the same kind of figure
        ("At Nordlicht my churn model saved 2 million euros.", "At Harbour our fraud rules saved 1.2 million euros."),
        # the same story, rounded
        (
            "At Nordlicht my churn model saved 1.2 million euros.",
            "The Nordlicht churn model saved roughly 1.2 million.",
        ),
        # the same story, another thing counted
        ("At Nordlicht my churn model took 6 weeks to build.", "The Nordlicht churn model had 14 features in it."),
        # from, and to
        ("At Nordlicht churn fell from 4 percent to 3 percent.", "The churn at Nordlicht was 3 percent after that."),
        # two deeds
        ("At Nordlicht I built the churn model alone.", "My manager at Nordlicht launched the churn model."),
    ],
)
def test_what_only_looks_like_it_is_not(first: str, second: str) -> None:
    assert told(first, second) == ()


def test_figures_of_the_case_are_nobodys_story() -> None:
    heard = "Churn in Peru went from 3.1 to 4.1 percent after the sitcom went to Lumera."
    assert (
        told("So churn in Peru with Lumera is 3.1 percent.", "Churn in Peru, at Lumera, was 4.1 percent.", heard) == ()
    )


@pytest.mark.parametrize("name", sorted(p.stem for p in EXAMPLES.glob("*.jsonl")))
def test_no_committed_interview_is_charged_with_any(name: str) -> None:
    transcript = load(EXAMPLES / f"{name}.jsonl")
    assert contradictions(transcript.turns, {r: r for r in transcript.rounds}) == ()
