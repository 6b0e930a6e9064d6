"""Ratings by people: the file of them, what marks become in it, and our levels beside theirs.

The file is ``{"name.json": {"round", "criteria": {"id": 3.5}}}``, by transcript file. Beside that an entry may have
``overall``, ``candidate_speaker``, ``file`` (where the name isn't the transcript's), and ``raters``: each person's own
levels, of which ``criteria`` is then the mean.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from interviewer.content.library import Library
from interviewer.engines.base import Engine
from interviewer.errors import InterviewerError, UsageError
from interviewer.grading.grade import grade
from interviewer.models.agreement import Pair
from interviewer.models.mark import Marks
from interviewer.models.scorecard import Grade
from interviewer.storage import strict_json
from interviewer.storage.formats.registry import load

OVERALL = "overall"
Rated = dict[str, Any]


def read(path: Path) -> dict[str, Rated]:
    """The ratings in a file. Raises UsageError."""
    try:
        data, _ = strict_json.parse(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path} can't be read: {error.strerror}.", next_step="Name the ratings: --ratings FILE."
        ) from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}.", next_step="Mend it.") from error
    if not isinstance(data, dict) or not all(_is_rated(v) for v in data.values()):
        raise UsageError(
            f"{path} holds no ratings.", next_step='Its form: {"file.json": {"round": …, "criteria": {"id": 3.5}}}.'
        )
    return data


def _is_rated(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("criteria"), dict):
        return False
    raters = value.get("raters", {})
    return isinstance(raters, dict) and all(isinstance(own, dict) for own in raters.values())


def written(ratings: Mapping[str, Rated]) -> str:
    """The file's text."""
    return json.dumps(ratings, ensure_ascii=False, indent=1) + "\n"


def of_marks(marks: Sequence[Marks], folder: Path) -> tuple[dict[str, Rated], list[str]]:
    """Marks as ratings, their transcripts named as seen from ``folder``; and which can't be used, and why.

    Used is what was confirmed before the machine's levels were seen, of a transcript that is still as it was."""
    left_out: list[str] = []
    of_round: dict[tuple[str, str, str], list[Marks]] = {}
    for m in marks:
        if why := _unusable(m):
            left_out.append(f"{m.transcript} by {m.rater}: {why}, so it is left out.")
            continue
        for r in m.rounds:
            of_round.setdefault((m.sha256, r.round, r.rubric), []).append(m)
    found: dict[str, Rated] = {}
    for (_, round, rubric), own in of_round.items():
        file = os.path.relpath(own[0].file, folder)
        only = len({r.round for m in own for r in m.rounds}) == 1 and file not in found
        name = file if only else f"{file}, {round}"
        if name in found:  # the same round by another rubric
            name = f"{name}, {rubric[:12]}"
        found[name] = _rated(file, round, rubric, own)
    return found, left_out


def _unusable(m: Marks) -> str:
    if not m.confirmed:
        return f"{m.left} of {m.total} aren't marked yet" if m.left else "not confirmed yet"
    if not m.blind:
        return "marked after the machine's levels were seen"
    try:
        return "" if load(Path(m.file)).sha256 == m.sha256 else "its file has changed since"
    except InterviewerError:
        return f"{m.file} can't be read any more"


def _rated(file: str, round: str, rubric: str, own: Sequence[Marks]) -> Rated:
    raters = {m.rater: next(r.levels for r in m.rounds if r.round == round) for m in own}
    every = dict.fromkeys(c for levels in raters.values() for c in levels)
    means = {c: _mean([level for levels in raters.values() if (level := levels.get(c)) is not None]) for c in every}
    speaker = next((m.candidate for m in own if m.candidate), None)
    return {
        "file": file, "round": round, "criteria": means, "raters": raters, "rubric": rubric,
        **({"candidate_speaker": speaker} if speaker else {}),
    }  # fmt: skip


def _mean(levels: Sequence[float]) -> float | None:
    return round(sum(levels) / len(levels), 2) if levels else None


@dataclass
class Compared:
    """Our levels beside people's, what could not be graded at all, and what we gave no level."""

    pairs: list[Pair] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    without: list[tuple[str, str]] = field(default_factory=list)
    human: list[Pair] = field(default_factory=list)  # one person's levels against another's
    rubrics: dict[str, str] = field(default_factory=dict)  # what was graded with, by round
    raters: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)  # rated by another rubric than today's

    @property
    def single(self) -> list[Pair]:
        """Those of criteria; an overall follows from them."""
        return [p for p in self.pairs if not p.of.endswith(f"/{OVERALL}")]


async def compare(
    ratings: Mapping[str, Rated], folder: Path, engine: Engine, library: Library, *, as_of_today: bool = False
) -> Compared:
    """Grade each rated transcript, found from ``folder``; ``as_of_today``: not those rated by another rubric."""
    found = Compared()
    for name, rated in sorted(ratings.items()):
        file, round, speaker = rated.get("file", name), rated.get("round"), rated.get("candidate_speaker")
        try:
            transcript = load(folder / file, round=round, candidate=speaker)
            result = await grade(transcript, engine, library, round=round)
        except InterviewerError as error:
            found.problems.append(f"{name}: {error}")
            continue
        used = {u.id: u.sha256 for u in result.rubrics}
        if (by := rated.get("rubric")) is not None and by not in used.values():
            found.old.append(name)
            if as_of_today:
                continue
        found.rubrics |= used
        found.raters += [r for r in rated.get("raters", {}) if r not in found.raters]
        size = sum(len(t.text.split()) for t in transcript.turns if t.role == "candidate")
        _beside(name, file, rated, result, size, found)
    return found


def _beside(name: str, file: str, rated: Rated, result: Grade, size: int, found: Compared) -> None:
    for card in result.rounds:
        ours: dict[str, float | None] = {c.id: c.level for c in card.criteria} | {OVERALL: card.overall}
        theirs = {**rated["criteria"], OVERALL: rated.get(OVERALL)}
        for criterion, level in theirs.items():
            if not isinstance(level, int | float):
                continue
            if (own := ours.get(criterion)) is None:
                found.without.append((name, criterion))
            else:
                found.pairs.append(Pair(file, f"{card.round}/{criterion}", own, float(level), size))
        found.human += _of_people(file, card.round, rated.get("raters", {}), size)


def _of_people(file: str, round: str, raters: Mapping[str, Mapping[str, Any]], size: int) -> Iterable[Pair]:
    """Every two people who rated the same criterion. Which of two comes first is their names' order."""
    for first, second in combinations(sorted(raters), 2):
        for criterion, level in raters[first].items():
            other = raters[second].get(criterion)
            if isinstance(level, int | float) and isinstance(other, int | float):
                yield Pair(file, f"{round}/{criterion}", float(other), float(level), size)
