"""Made-up transcripts for runs over many, each with words of its own; and a model that judges them on loopback."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from interviewer.cli.main import main
from tests.engines.llm.obliging import judges
from tests.engines.llm.server import Asked

ASK = "How would you test a new home page?"
SAID = (
    "I'd randomise members, half keep the old page as a control group. Before we start I would agree one primary "
    "metric, weekly hours per member. I'd run it four weeks because novelty fades."
)


def talk(number: int, round: str = "experimentation") -> dict[str, object]:
    """A transcript as JSON turns."""
    answers = (f"{SAID} This is how I, candidate {number}, would go about it.", f"Then I'd decide by week {number}.")
    turns = [
        {"role": "interviewer", "text": ASK}, {"role": "candidate", "text": answers[0]},
        {"role": "interviewer", "text": "And then?"}, {"role": "candidate", "text": answers[1]},
    ]  # fmt: skip
    return {"id": f"talk-{number}", "round": round, "turns": turns}


def cohort(folder: Path, count: int, **more: object) -> Path:
    """A folder of so many transcripts."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"talk-{number}.json").write_text(json.dumps(talk(number, **more)))  # type: ignore[arg-type]
    return folder


def grade(*args: object) -> int:
    return main(["grade", *map(str, args)])


def table(out: Path) -> dict[str, dict[str, str]]:
    """The rows of cohort.csv by file; each file has one round."""
    with (out / "cohort.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = {row["file"]: row for row in rows}
    assert len(found) == len(rows), "a transcript stands in the table twice"
    return found


def graded(out: Path) -> set[str]:
    """The files that have a report, by its name."""
    return {p.relative_to(out).as_posix().removesuffix(".json") for p in out.rglob("*.json.json")}


def met(asked: Asked) -> None:
    """Every statement is met, with a quote."""
    asked.whole(judges(asked, "met"))
