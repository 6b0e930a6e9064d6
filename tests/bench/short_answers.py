"""Sets of short answers that people graded, as the CSV ``interviewer calibrate`` reads, and its figures over them.

    python -m tests.bench.short_answers FOLDER             the figures, beside the baselines
    python -m tests.bench.short_answers FOLDER --to DIR    the CSVs, to look at
    python -m tests.bench.short_answers FOLDER --exemplars 5

FOLDER holds SemEval-2013 Task 7 flattened (Dzikovska et al. 2013, S13-2045; CC BY-SA 3.0; no part of this
repository): ``questions.jsonl`` with corpus, question_id, question and reference_answers, and ``answers.csv`` with
corpus, split, question_id, answer, label_2way and label_3way. Our own question sheets make one more set: each sheet's
graded answers and those in tests/blind and tests/unseen, with the sheet's strong answer as the reference. Then what a
few ways to get a grade for nothing earn, 0 to 1, over the questions with one reference.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from interviewer.cli.main import main as interviewer
from interviewer.content.answers import read_answers
from interviewer.content.library import Library
from interviewer.engines.offline.short_answers import Question, grade
from interviewer.reading.tokens import content

HEAD = ("question_id", "question", "reference_answer", "answer", "score")
COLUMNS = ("set", "split", "labels", "n", "questions", "r", "90 %", "within", "length r", "qwk", "accuracy", "macro-F1",
           "90 %", "commonest", "baseline")  # fmt: skip
OURS = "our sheets"
TESTS = Path(__file__).parents[1]
# Macro-F1 of the lexical systems that are to be beaten, two labels, in the order of the splits.
BASELINES = {
    ("sciEntsBank", "test-unseen-answers"): 0.683,
    ("sciEntsBank", "test-unseen-questions"): 0.768,
    ("sciEntsBank", "test-unseen-domains"): 0.705,
    ("beetle", "test-unseen-answers"): 0.809,
    ("beetle", "test-unseen-questions"): 0.723,
}

Row = tuple[str, str, str, str, str]


def sets(folder: Path) -> Iterator[tuple[str, str, str, list[Row]]]:
    """Each set as (corpus, split, kind of label, rows)."""
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        questions = {(q["corpus"], q["question_id"]): q for q in map(json.loads, lines)}
    parts: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    with (folder / "answers.csv").open(encoding="utf-8", newline="") as file:
        for given in csv.DictReader(file):
            asked = questions[given["corpus"], given["question_id"]]
            right = [r["text"].replace("||", "|") for r in asked["reference_answers"]]
            kinds = {"2way": " || ".join(right), "3way": " || ".join(right)}
            for kind, references in kinds.items():
                row = (given["question_id"], asked["question"], references, given["answer"], given[f"label_{kind}"])
                parts[given["corpus"], given["split"], kind].append(row)
            if len(right) > 1:  # as somebody would have it who writes down one reference: the first
                row = (given["question_id"], asked["question"], right[0], given["answer"], given["label_2way"])
                parts[given["corpus"], given["split"], "2way, one reference"].append(row)
    for (corpus, split, kind), rows in sorted(parts.items()):
        yield corpus, split, kind, rows


def ours() -> list[Row]:
    """Our own sheets' graded answers, those kept apart among them."""
    library = Library()
    rows: list[Row] = []
    for id in library.ids("question"):
        sheet = library.question(id)
        if sheet.draft:
            continue
        graded = list(sheet.examples)
        for path in (TESTS / "blind" / f"{id}.yaml", TESTS / "unseen" / f"{id}.yaml"):
            graded += read_answers(path, sheet) if path.exists() else ()
        rows += [(id, sheet.ask, sheet.model_answer, e.answer, f"{e.level:g}") for e in graded if e.level is not None]
    return rows


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])


def figures(path: Path, *options: str) -> dict[str, Any]:
    """What the command prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        interviewer(["calibrate", str(path), "--format", "json", *options])
    return dict(json.loads(said.getvalue()))


def tricks(question: str, reference: str, other: str, random: Random) -> dict[str, str]:
    """Answers that say nothing right, by their family; the reference itself for comparison."""
    carrying = [t.word for t in content(reference)]
    shuffled = random.sample(carrying, len(carrying))
    return {
        "the reference": reference, "I do not know": "I do not know.", "the question again": question,
        "another question's reference": other, "the reference, denied": f"It is not true that {reference}",
        "its words in any order": " ".join(shuffled),
        "its words glued into sentences": "It is about the " + " and that the ".join(shuffled) + ".",
    }  # fmt: skip


def attacked(folder: Path) -> Iterator[tuple[str, int, float]]:
    """Each family with the number of questions and the mean grade."""
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        asked = [(q["question"], q["reference_answers"]) for q in map(json.loads, lines)]
    single = [(question, right[0]["text"]) for question, right in asked if len(right) == 1]
    random, earned = Random(0), defaultdict(list)
    for n, (question, reference) in enumerate(single):
        for name, text in tricks(question, reference, single[n - 1][1], random).items():
            earned[name].append(grade(Question(question, (reference,)), text).value)
    for name, values in earned.items():
        yield name, len(values), sum(values) / len(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path, help="keep the CSVs there")
    parser.add_argument("--exemplars", default="0")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as somewhere:
        to = args.to or Path(somewhere)
        to.mkdir(parents=True, exist_ok=True)
        print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
        for corpus, split, kind, rows in [*sets(args.folder), (OURS, "all", "levels", ours())]:
            path = to / f"{corpus} {split} {kind}.csv".replace(" ", "-").replace(",", "")
            write(path, rows)
            baseline = BASELINES.get((corpus, split)) if kind == "2way" else None
            print(line(corpus, split, kind, figures(path, "--exemplars", args.exemplars), baseline), flush=True)
    print("\n| said | questions | mean grade |\n|---|---|---|")
    for name, count, mean in attacked(args.folder):
        print(f"| {name} | {count} | {mean:.2f} |")


def line(corpus: str, split: str, kind: str, found: dict[str, Any], baseline: float | None) -> str:
    base, spans = found["baselines"], found["intervals"]
    cells = [
        corpus, split, kind, found["n"], found["clusters"], found["pearson"], spans.get("pearson"),
        found["within_question_r"], base["length_pearson"], found["qwk"], found.get("accuracy"), found.get("macro_f1"),
        spans.get("macro_f1"), base.get("constant_macro_f1"), baseline,
    ]  # fmt: skip
    return "| " + " | ".join(map(shown, cells)) + " |"


def shown(value: Any) -> str:
    if isinstance(value, list):
        return " to ".join(f"{v:.2f}" for v in value)
    return f"{value:.3f}" if isinstance(value, float) else "-" if value is None else str(value)


if __name__ == "__main__":
    main()
