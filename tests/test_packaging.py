"""What is installed is what is developed: the wheel, unpacked far from the checkout, holds and says the same."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.terminal import environment, run

ROOT = Path(__file__).parents[1]
DATA = {"personas": "interviewer/personas", "rubrics": "interviewer/rubrics", "interviewer": "interviewer"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed and no network, unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def in_checkout() -> set[str]:
    """The files the app is made of, by the names they have in the wheel."""
    return {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}"
        for source, target in DATA.items()
        for path in (ROOT / source).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def test_everything_the_app_is_made_of_is_in_the_wheel_and_no_interview_is(unpacked: Path) -> None:
    inside = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert in_checkout() - inside == set()
    assert {
        "interviewer/rubrics/loops/onsite.yaml",
        "interviewer/engines/offline/house.yaml",
        "interviewer/prompts/judge.md",
        "interviewer/reports/page.html",
        "interviewer/tui/app.tcss",
        "interviewer/content/templates/persona.md",
    } <= inside
    strays = {name for name in inside if name.startswith("interviewer/transcripts/")}
    assert all(name.startswith("interviewer/transcripts/examples/") for name in strays)
    assert {name.split("/")[0].split("-")[0] for name in inside} == {"interviewer"}


@pytest.mark.parametrize("what", ["personas", "rubrics", "questions"])
def test_the_installed_app_lists_the_same(unpacked: Path, what: str) -> None:
    developed = run(what, "list")
    installed = run(what, "list", env=environment(PYTHONPATH=str(unpacked)))
    assert installed.returncode == developed.returncode == 0, installed.stderr
    assert installed.stdout == developed.stdout and "built-in" in installed.stdout


def test_the_installed_app_holds_a_round_and_grades_it(unpacked: Path, home: Path) -> None:
    env = environment(PYTHONPATH=str(unpacked))
    where = subprocess.run(
        [sys.executable, "-c", "import interviewer; print(interviewer.__file__)"],
        env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(unpacked)
    answers = "I'd randomise members into two arms and fix one primary metric before the start.\n\nFour weeks.\n\n"
    options = ("--plain", "--rounds", "experimentation", "--length", "quick", "--seed", "3", "--id", "held")
    held = run("start", *options, stdin=answers, env=env)
    assert held.returncode == 0, held.stderr
    assert held.stdout.count("Marguerite Osei:") == 3  # the question, and a word to each answer
    assert (home / "transcripts" / "held.jsonl").is_file()
    graded = run("grade", "held", "--format", "html", env=env)
    assert graded.returncode == 0 and "<html" in graded.stdout, graded.stderr
