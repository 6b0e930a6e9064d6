"""Fits the weights of interviewer/reading/manner.yaml: python -m tests.bench.manner [--write]

Ridge regression of levels on the measures, over the graded answers to our own questions: those in the sheets, in
tests/blind and in tests/unseen, culture left out. Printed: how well levels are ordered with each question left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from interviewer.content.library import Library
from interviewer.paths import Origin, built_in
from interviewer.reading.manner import FURTHEST, measures

TESTS = Path(__file__).parents[1]
FILE = TESTS.parent / "interviewer" / "reading" / "manner.yaml"
RIDGE = 30.0


class Fit(NamedTuple):
    """``scale``: mean, standard deviation and weight by measure; ``r`` and ``error`` over questions left out."""

    answers: int
    questions: int
    level: float
    scale: dict[str, tuple[float, float, float]]
    r: float
    error: float


def answers() -> list[tuple[str, float, str]]:
    """Question, level and text of every graded answer."""
    library = Library([Origin("built-in", built_in())])
    found = []
    for id in library.question_ids():
        sheet = library.question(id)
        if sheet.area == "culture":
            continue
        found += [(id, float(e.level), e.answer) for e in sheet.examples]
        for folder in ("blind", "unseen"):
            file = TESTS / folder / f"{id}.yaml"
            marked = yaml.safe_load(file.read_text("utf-8"))["examples"] if file.exists() else []
            found += [(id, float(e["level"]), e["answer"]) for e in marked]
    return found


def fitted() -> Fit:
    words: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))["words"]
    graded = answers()
    rows = [measures(text, {k: tuple(v) for k, v in words.items()}) for _, _, text in graded]
    names = list(rows[0])
    raw = np.array([[row[n] for n in names] for row in rows])
    levels, questions = np.array([level for _, level, _ in graded]), np.array([q for q, _, _ in graded])
    mean, deviation = raw.mean(0), raw.std(0)
    scaled = np.clip((raw - mean) / deviation, -FURTHEST, FURTHEST)
    guessed = np.zeros_like(levels)
    for question in sorted(set(questions)):
        out = questions == question
        guessed[out] = levels[~out].mean() + scaled[out] @ _ridge(scaled[~out], levels[~out])
    weights = _ridge(scaled, levels)
    return Fit(
        len(graded), len(set(questions)), round(float(levels.mean()), 3),
        {n: (round(float(m), 4), round(float(d), 4), round(float(w), 4))
         for n, m, d, w in zip(names, mean, deviation, weights, strict=True)},
        float(np.corrcoef(guessed, levels)[0, 1]), round(float(np.sqrt(np.mean((guessed - levels) ** 2))), 3),
    )  # fmt: skip


def _ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    solved: np.ndarray = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ (y - y.mean()))
    return solved


def main() -> None:
    fit = fitted()
    print(f"{fit.answers} answers to {fit.questions} questions; left out: r {fit.r:.2f}, error {fit.error:.2f} levels")
    for name, (mean, deviation, weight) in fit.scale.items():
        print(f"{name:10} mean {mean:7.3f}  sd {deviation:6.3f}  weight {weight:+.3f}")
    if "--write" in sys.argv:
        head = FILE.read_text("utf-8").partition("fit:")[0]
        scale = "".join(f"    {n}: [{m}, {d}, {w}]\n" for n, (m, d, w) in fit.scale.items())
        FILE.write_text(
            f"{head}fit:\n  version: manner-1\n  answers: {fit.answers}\n  error: {fit.error}\n  level: {fit.level}\n"
            f"  scale:  # mean, standard deviation, levels per standard deviation\n{scale}", encoding="utf-8",
        )  # fmt: skip


if __name__ == "__main__":
    main()
