"""Maps from our levels to people's: none below a hundred, rising, measured elsewhere, only of what they fit."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from random import Random

import pytest

from interviewer.cli.main import main
from interviewer.content.library import library
from interviewer.errors import UsageError
from interviewer.grading.fitting import fit, fitted, knots
from interviewer.grading.ratings import Compared
from interviewer.models.agreement import Pair
from interviewer.models.calibration import Calibration
from interviewer.models.mark import Marks, RoundMarks
from interviewer.storage import calibrations, marks
from interviewer.storage.formats.registry import load

ROUND = "experimentation"


def pair(n: int, ours: float, theirs: float, of: str = f"{ROUND}/judgment") -> Pair:
    return Pair(f"t{n}", of, ours, theirs)


def compared(count: int, theirs: float = 1.0, of: tuple[str, ...] = ("a", "b")) -> Compared:
    """Levels that people see ``theirs`` higher than we do."""
    draw = Random(3)
    pairs = [
        pair(n, level, min(5.0, level + theirs), f"{ROUND}/{c}")
        for n in range(count // len(of))
        for c in of
        for level in [draw.choice([1.5, 2.0, 2.5, 3.0, 3.5])]
    ]
    return Compared(pairs=pairs, rubrics={ROUND: "a" * 64}, raters=["ana"])


def test_below_a_hundred_levels_it_is_refused_in_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"A map needs 100 .* there are 98\."):
        fit(compared(98), engine="offline", model=None, at="now")


def test_a_map_rises_and_goes_through_the_means_where_they_rise() -> None:
    pairs = [pair(n, ours, theirs) for n, (ours, theirs) in enumerate([(1, 2), (2, 4), (2, 3), (3, 3), (4, 5)])]
    # By hand: means 2, 3.5, 3, 5; the two in the middle are pooled over three levels: (3.5 x 2 + 3) / 3.
    assert knots(pairs) == ((1, 2.0), (2, 3.3333), (3, 3.3333), (4, 5.0))
    map = fitted([pair(n, 1 + n % 4, 2 + n % 4) for n in range(40)])
    levels = [map.of(x / 10) for x in range(10, 51)]
    assert map.used and levels == sorted(levels) and map.of(1.5) == 2.5 and map.of(4.9) == 5.0


def test_what_is_worth_something_is_measured_on_other_transcripts() -> None:
    found = fit(compared(120), engine="offline", model=None, at="now")
    assert found.n == 120 and found.transcripts == 60 and found.raters == ("ana",)
    for map in found.maps.values():
        assert map.used and map.mae == 1.0 and map.mae_fitted == 0.0


def test_a_map_that_comes_no_nearer_is_not_used() -> None:
    draw = Random(1)
    noise = [pair(n, draw.uniform(1, 5), draw.choice([1.0, 5.0])) for n in range(30)]
    right = [pair(n, level, level) for n, level in enumerate([1.0, 2.0, 3.0, 4.0] * 10)]
    assert not fitted(right).used and fitted(right).of(2.3) == 2.3
    assert not fitted(noise[:9]).used and fitted(noise[:9]).mae_fitted is None
    with pytest.raises(UsageError, match="no criterion comes nearer"):
        fit(compared(120, theirs=0), engine="offline", model=None, at="now")


# --- from marks to a grade ---


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, str]]:
    """Questions of ours with the graded answers that stand in their sheets."""
    content = library()
    sheets = [content.question(id) for id in content.question_ids(ROUND)]
    return [(sheet.ask, e.answer) for sheet in sheets for e in sheet.examples][:30]


@pytest.fixture
def marked(tmp_path: Path, answers: list[tuple[str, str]]) -> list[Path]:
    """Thirty rounds, each criterion marked a half above the middle, or below where little is said."""
    rubric = library().rubric(ROUND)
    ids = tuple(c.id for c in rubric.criteria)
    by = library().entry("rubric", ROUND).sha256
    made = []
    for n, (ask, answer) in enumerate(answers):
        path = tmp_path / f"t{n}.json"
        turns = [{"role": "interviewer", "text": ask}, {"role": "candidate", "text": answer}]
        path.write_text(json.dumps({"id": f"t{n}", "round": ROUND, "turns": turns}), encoding="utf-8")
        level = 3.5 if len(answer) > 400 else 2.5
        own = RoundMarks(round=ROUND, rubric=by, criteria=ids, levels=dict.fromkeys(ids, level))
        marks.save(
            Marks(
                transcript=f"t{n}", sha256=load(path).sha256, file=str(path), rater="ana", at="2026-11-28T10:00:00",
                rounds=(own,), confirmed=True,
            )
        )  # fmt: skip
        made.append(path)
    return made


def graded(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["grade", str(path), "--format", "json", *more]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_marks_become_a_version_that_grades_name_only_when_asked_for(
    marked: list[Path], home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["calibrate", "--fit"]) == 0
    out, err = capsys.readouterr()
    assert f"{ROUND}/judgment" in out and "Kept as v1 (n=" in err
    kept = calibrations.load("v1")
    assert kept.n >= 100 and kept.rubrics == {ROUND: library().entry("rubric", ROUND).sha256}
    assert stat.S_IMODE((home / "calibrations" / "v1.json").stat().st_mode) == 0o600
    plain = graded(marked[0], capsys)
    assert plain["calibration"] == "none"
    mapped = graded(marked[0], capsys, "--calibration", "v1")
    assert mapped["calibration"] == kept.named
    criteria = {c["id"]: c for c in plain["rounds"][0]["criteria"]}  # type: ignore[index]
    moved = [c for c in mapped["rounds"][0]["criteria"] if c["raw"] is not None]  # type: ignore[index]
    assert moved
    for c in moved:
        assert c["raw"] == criteria[c["id"]]["level"]
        assert c["level"] == pytest.approx(kept.maps[f"{ROUND}/{c['id']}"].of(c["raw"]), abs=0.06)
        assert c["band"][0] <= c["level"] <= c["band"][1]
    for format in ("text", "markdown", "html", "csv"):
        assert main(["grade", str(marked[0]), "--format", format, "--calibration", "v1"]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert kept.named in shown.replace("\\", "")
        assert "before calibration" in shown or format == "csv"
    assert main(["grade", str(marked[0])]) == 0
    assert "calibration: none" in " ".join(capsys.readouterr().out.split())


def test_a_version_is_never_changed_and_one_of_another_rubric_or_engine_is_refused(
    marked: list[Path], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = fit(compared(120), engine="offline", model=None, at="now")
    assert calibrations.save(first)[1].version == "v1"
    assert calibrations.save(first)[1].version == "v2"
    assert main(["grade", str(marked[0]), "--calibration", "v1"]) == 2
    assert f"Calibration v1 was fitted on another rubric of {ROUND}" in capsys.readouterr().err
    sha = library().entry("rubric", ROUND).sha256
    calibrations.save(first.model_copy(update={"rubrics": {ROUND: sha}, "engine": "llm", "model": "m"}))
    assert main(["grade", str(marked[0]), "--calibration", "v3"]) == 2
    assert "maps the levels of llm (m), not of offline" in capsys.readouterr().err
    assert main(["grade", str(marked[0]), "--calibration", "v9"]) == 2
    assert "There is no calibration 'v9'. Known: v1, v2, v3" in capsys.readouterr().err
    (home / "calibrations" / "v2.json").write_text("{}")
    assert main(["grade", str(marked[0]), "--calibration", "v2"]) == 1
    assert "holds no calibration that can be read" in capsys.readouterr().err


def test_a_round_without_a_map_is_graded_as_ever_and_said(
    marked: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    other: Calibration = fit(compared(120), engine="offline", model=None, at="now")
    calibrations.save(other.model_copy(update={"rubrics": {"product_case": "b" * 64}}))
    found = graded(marked[0], capsys, "--calibration", "v1")
    assert f"Calibration v1 holds no map of {ROUND}; its levels are as they were graded." in found["problems"]  # type: ignore[operator]
    assert found["rounds"] == graded(marked[0], capsys)["rounds"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["calibrate", "--fit"], "there are 0"),
        (["calibrate"], "No DIR or FILE.csv is named."),
        (["calibrate", "x.csv", "--fit"], "x.csv is no folder."),
        (["calibrate", "--fit", "--format", "html"], "--fit goes with --ratings, --engine and --model only."),
        (["grade", "--selftest", "--calibration", "v1"], "--calibration goes with single transcripts alone."),
    ],
)
def test_wrong_use_is_said_in_one_sentence(args: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 2
    assert says in capsys.readouterr().err
