"""Agreement with people: the figures against cases worked out by hand, and what they must not depend on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.cli.main import main
from interviewer.grading.agreement import agreement, bootstrap, macro_f1, mae, pearson, qwk, ranks, within
from interviewer.models.agreement import Pair, Scale


def pairs(*levels: tuple[float, float], of: str = "x") -> list[Pair]:
    return [Pair(f"t{n}", of, ours, theirs, 100 + n) for n, (ours, theirs) in enumerate(levels)]


def test_figures_known_by_hand() -> None:
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1.0)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert ranks([3, 1, 3, 2]) == [3.5, 1, 3.5, 2]
    assert mae([1, 5], [2, 4]) == 1.0
    # Cohen 1968, by hand: steps 0, 2, 4 against 0, 4, 4: seen 4/3, by chance 60/9.
    assert qwk([1, 2, 3], [1, 3, 3]) == pytest.approx(1 - (4 / 3) / (60 / 9))
    assert qwk([1, 3, 5], [1, 3, 5]) == 1.0
    assert qwk([1, 3, 5], [5, 3, 1]) == pytest.approx(-1.0)


def test_what_isnt_defined_is_not_made_up() -> None:
    assert pearson([1, 2], [1, 2]) is None and pearson([2, 2, 2], [1, 2, 3]) is None
    assert qwk([3], [3]) is None and qwk([2, 2], [2, 2]) is None
    assert mae([], []) is None
    found = agreement([])
    assert (found.n, found.qwk, found.interval) == (0, None, None)


def test_a_hard_and_an_easy_criterion_make_no_agreement_within_them() -> None:
    apart = [*pairs((1, 1), (1.5, 1), (1, 1.5), of="hard"), *pairs((5, 5), (4.5, 5), (5, 4.5), of="easy")]
    pooled = agreement(apart)
    assert pooled.pearson is not None and pooled.pearson > 0.9
    assert pooled.within is not None and pooled.within < 0


def test_the_interval_draws_whole_clusters_and_is_the_same_each_time() -> None:
    alone = [Pair(f"t{n}", "x", 1 + n % 5, 1 + (n * 2) % 5, n) for n in range(10)]
    copied = [p for p in alone for _ in range(20)]  # the same ten clusters, each of twenty equal pairs
    assert agreement(alone).intervals == agreement(alone).intervals
    for name, (low, high) in agreement(copied).intervals.items():
        assert (low, high) == pytest.approx(agreement(alone).intervals[name]), "copies of a cluster add no certainty"
        assert low < high
    assert agreement(alone, seed=1).intervals != agreement(alone).intervals
    assert agreement(alone[:2]).intervals == {} and agreement(alone[:2]).interval is None


def test_the_interval_holds_nine_tenths_of_what_is_drawn() -> None:
    parts = [(1.0, float(n)) for n in range(100)]
    low, high = bootstrap(parts, {"mean": lambda sums: sums[1] / sums[0]})["mean"]
    # The mean of a hundred evenly spread numbers: 49.5, its standard error 28.9 / 10, and 1.645 of these each way.
    assert (low, high) == pytest.approx((49.5 - 4.75, 49.5 + 4.75), abs=0.5)


def test_kappa_counts_the_steps_of_the_scale_it_is_told() -> None:
    assert qwk([0, 1, 1, 0], [0, 1, 0, 1], Scale(0, 1, 1)) == pytest.approx(0.0)
    assert qwk([0, 0.4, 0.6, 1], [0, 0, 1, 1], Scale(0, 1, 1)) == pytest.approx(1.0)


def test_macro_f1_counts_every_label_alike() -> None:
    # By hand: of "a" 2 hits of 2 + 3 named, of "b" none: (2 * 2 / 5 + 0) / 2.
    assert macro_f1([("a", "a"), ("a", "a"), ("a", "b")]) == pytest.approx(0.4)
    assert macro_f1([]) is None


def test_the_order_of_pairs_changes_nothing() -> None:
    some = pairs((1, 2), (3, 3), (4.5, 5), (2, 1), (3.5, 4))
    assert agreement(some).qwk == agreement(some[::-1]).qwk
    assert within(some) == pytest.approx(within(some[::-1]) or 0)


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    """Three little transcripts and what a person made of them."""
    said = "I'd take the whole country off and on by weeks, since both halves draw on the same budgets, and compare."
    for name, repeat in (("a", 1), ("b", 3), ("c", 5)):
        turns = [
            {"role": "interviewer", "text": "How would you test it?"},
            {"role": "candidate", "text": said * repeat},
        ]
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": name, "round": "experimentation", "turns": turns}))
    levels = {"design_rigor": 3, "statistical_depth": None, "communication": 3.5}
    ratings = {f"{n}.json": {"round": "experimentation", "criteria": levels, "overall": 3.2} for n in "abc"}
    (tmp_path / "ratings.json").write_text(json.dumps(ratings))
    return tmp_path


def test_calibrate_counts_what_was_rated_and_what_got_no_level(rated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", str(rated), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"n", "pearson", "spearman", "qwk", "mae", "within_question_r", "bias", "baselines", "interval"} <= set(
        found["agreement"]["all criteria"]
    )
    assert (
        found["agreement"]["all criteria"]["n"] + len(found["without_level"])
        == 3 * 2 + 3 - found["agreement"]["overall"]["n"]
    )
    assert main(["calibrate", str(rated), "--format", "markdown"]) == 0
    assert "| all criteria | " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"), [("{", "no JSON"), ("[1]", "holds no ratings"), ('{"a.json": {"levels": {}}}', "criteria")]
)
def test_ratings_that_are_none_are_refused_with_their_form(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ratings.json").write_text(text)
    assert main(["calibrate", str(tmp_path)]) == 2
    assert says in capsys.readouterr().err


def test_a_rated_transcript_that_is_gone_is_named_and_the_rest_compared(
    rated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (rated / "b.json").unlink()
    assert main(["calibrate", str(rated), "--format", "json"]) == 1
    said = capsys.readouterr()
    assert "b.json" in said.err and json.loads(said.out)["agreement"]["all criteria"]["clusters"] <= 2


def test_rated_transcripts_come_as_a_page_too(rated: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["calibrate", str(rated), "--format", "html", "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == 3 and "experimentation/design_rigor" in text and "<script" not in text
