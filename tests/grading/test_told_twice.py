"""Contradictions between rounds: two that are there are found, and what only looks like one is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.content.library import Library, library
from interviewer.grading.told_twice import told_twice
from interviewer.models.transcript import Transcript, Turn
from interviewer.storage.formats.registry import load
from interviewer.tui.widgets.scorecard import DebriefView

EXAMPLES = sorted((Path(__file__).parents[2] / "transcripts" / "examples").glob("*.jsonl"))
# An onsite with two contradictions (the refund queue, the voucher programme) and three near-misses: a figure that was
# rounded, one by the week and one by the month, and the case's own, which each interviewer tells.
ONSITE = [
    ("experimentation", "interviewer", "Of our members 22 percent left the Baltic plan. How would you test for that?"),
    ("experimentation", "candidate",
     "I built Atlas, a router for complaints, two years ago. Atlas cut the refund queue by 40 percent. We counted it "
     "against the depots that had no router. The courier hotline took about 300 calls. 22 percent left the Baltic "
     "plan. I would randomise by depot."),
    ("experimentation", "interviewer", "40 percent: how was that counted?"),
    ("experimentation", "candidate",
     "I counted tickets. The night crew saved 3 hours a week by the new packing sheets."),
    ("product_case", "interviewer", "Here it is 12 percent who left the Baltic plan. What would you stop?"),
    ("product_case", "candidate",
     "I had that once. In the end I decided to shut down the voucher programme, and orders held. The courier hotline "
     "took 310 calls. 12 percent left the Baltic plan."),
    ("culture", "interviewer", "Tell me about a decision that was hard."),
    ("culture", "candidate",
     "I worked on deliveries. My director decided to shut down the voucher programme. I ran the numbers for that. The "
     "night crew saved 12 hours a month by the new packing sheets."),
    ("culture", "interviewer", "And what are you proud of?"),
    ("culture", "candidate",
     "I made a router. Atlas cut the refund queue by 15 percent, and people went home on time."),
]  # fmt: skip


def talk(*said: tuple[str, str, str]) -> Transcript:
    turns = tuple(Turn(index=n, round=round, role=role, text=text) for n, (round, role, text) in enumerate(said))  # type: ignore[arg-type]
    return Transcript(id="onsite", turns=turns)


def two(first: str, second: str) -> list[str]:
    """What is found between one answer in each of two rounds."""
    found = told_twice(
        talk(
            ("product_case", "interviewer", "Go on."), ("product_case", "candidate", first),
            ("culture", "interviewer", "Go on."), ("culture", "candidate", second),
        ),
        library(),
    )  # fmt: skip
    return [f"{c.kind}: {c.first.said} / {c.second.said}" for c in found]


def test_two_contradictions_are_found_and_three_near_misses_are_not() -> None:
    figure, owner = told_twice(talk(*ONSITE), library())
    assert (figure.kind, figure.first.said, figure.second.said) == ("figure", "40 percent", "15 percent")
    assert (figure.first.turn, figure.second.turn) == (1, 9) and {"atlas", "refund", "queue"} <= set(figure.about)
    assert figure.second.quote == "Atlas cut the refund queue by 15 percent, and people went home on time"
    assert (owner.kind, owner.first.said, owner.second.said) == ("owner", "I decided", "My director decided")
    assert (owner.first.turn, owner.second.turn) == (5, 7)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("I led it. The churn model saved 2 million.", "I did. The churn model saved 1.2 million, and it stayed.",
         ["figure: 2 million / 1.2 million"]),
        ("I led it. The churn model saved $2 million.", "I did. The churn model saved us two hundred thousand dollars.",
         ["figure: $2 million / two hundred thousand dollars"]),
        ("I built Atlas. It replaced 40 spreadsheets.", "I did. Atlas replaced 12 spreadsheets.",
         ["figure: 40 / 12"]),
        ("I led it. The churn model saved about 2 million.", "I did. The churn model saved 1.5 million.", []),
        ("I led it. The churn model saved 2 million in Spain.",
         "I did. The churn model saved 1.2 million in Italy.", []),
        ("I led it. The churn model saved more than 1 million.", "I did. The churn model saved 2 million.", []),
        ("I led it. The churn model would have saved 2 million.", "I did. The churn model saved 1 million.", []),
        ("I led it. The churn model saved 2 million a year.", "I did. The churn model saved 5 million in all.", []),
        ("I led it. The churn model saved 2 million on calls.", "I did. The churn model saved 1 million on gifts.", []),
        ("I led it. The churn model saved 2 million.", "I did. The churn model cost 1 million.", []),
        ("I led it. The churn model saved 2 million, 1.2 million of it net.",
         "I did. The churn model saved 1.2 million.", []),
        ("I led it. The churn model saved 2 million.", "I did. The pricing model saved 1 million.", []),
        ("I wrote the voucher engine for depots.", "My colleague wrote the voucher engine for depots. I tested it.",
         ["owner: I wrote / My colleague wrote"]),
        ("I wrote the first voucher engine.", "My colleague wrote the second voucher engine.", []),
        ("My manager and I decided to shut down the voucher programme.",
         "I decided to shut down the voucher programme.", []),
        ("I proposed to shut down the voucher programme.", "My boss decided to shut down the voucher programme.", []),
        ("We decided to shut down the voucher programme.", "I decided to shut down the voucher programme.", []),
        ("I didn't decide it. My boss decided to shut down the voucher programme.",
         "I decided to move the voucher programme.", []),
    ],
)  # fmt: skip
def test_only_what_can_hardly_be_read_otherwise_is_one(first: str, second: str, found: list[str]) -> None:
    assert two(first, second) == found
    assert len(two(second, first)) == len(found)


def test_one_round_holds_none_and_no_sheet_is_read_for_a_talk_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked(self: Library, id: str) -> None:
        raise AssertionError(id)

    monkeypatch.setattr(Library, "question", unasked)
    one = [("culture", role, text) for _, role, text in ONSITE]
    assert told_twice(talk(*one), library()) == ()
    assert two("I like trains.", "I like boats.") == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_there_is_none_in_any_transcript_that_comes_with_the_program(path: Path) -> None:
    assert told_twice(load(path), library()) == ()


def test_it_is_asked_and_not_held_against_anybody_in_every_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "onsite.json"
    turns = [{"round": round, "role": role, "text": text} for round, role, text in ONSITE]
    path.write_text(json.dumps({"id": "onsite", "turns": turns}), encoding="utf-8")
    for format in ("text", "markdown", "html"):
        assert main(["grade", str(path), "--format", format]) == 0
        shown = " ".join(capsys.readouterr().out.split()).replace("\\", "")
        assert "Two rounds, two figures: which is it?" in shown and "whose was it?" in shown
        assert "turn 1" in shown and "Atlas cut the refund queue by 40 percent" in shown
        assert "turn 9" in shown and "Atlas cut the refund queue by 15 percent" in shown
    page = shown  # the last of them: each side leads to its turn, and from there back
    assert page.count('<a href="#r1-t1">turn 1</a>') and "Told in two rounds</a>" in page
    assert main(["grade", str(path), "--format", "json"]) == 0
    debrief = json.loads(capsys.readouterr().out)["debrief"]
    assert [c["kind"] for c in debrief["contradictions"]] == ["figure", "owner"]
    assert debrief["contradictions"][1]["second"]["title"] == library().rubric("culture").title
    assert main(["grade", str(path), "--round", "culture", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["debrief"]["contradictions"] == []


def test_the_debrief_screen_shows_both_sides() -> None:
    from interviewer.models.scorecard import Debrief

    found = told_twice(talk(*ONSITE), library())
    view = DebriefView(Debrief(persona="p", decision=None, summary="s", contradictions=found))
    shown = "\n".join(str(w.render()) for w in view.compose())  # type: ignore[attr-defined]
    assert "Told in two rounds" in shown and "which is it?" in shown and "40 percent" in shown and "15 percent" in shown
