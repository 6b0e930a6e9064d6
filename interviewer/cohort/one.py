"""One transcript of a run: read, graded, its reports written whole; or one sentence why not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from interviewer import __version__
from interviewer.cohort.journal import key_of
from interviewer.cohort.work import SUFFIXES, Choices, Done, Work, failed
from interviewer.content import prompts
from interviewer.content.library import Library, library
from interviewer.content.rubrics import parse_rubric
from interviewer.content.yamlfile import read_bytes
from interviewer.engines.base import Engine
from interviewer.errors import InterviewerError
from interviewer.grading import levels
from interviewer.grading.grade import grade
from interviewer.models.cohort import Entry
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Transcript
from interviewer.reports import render
from interviewer.storage import files
from interviewer.storage.formats import registry


class Grader:
    """Grades single transcripts with one engine, all the same way. Raises ContentError for a broken rubric."""

    def __init__(self, choices: Choices, engine: Engine, content: Library | None = None) -> None:
        self.choices, self.engine = choices, engine
        self.content = content or library()
        self.rubric, self.rubric_sha256 = _own(choices.rubric)
        self.how = how(choices, self.content, engine.model)

    async def done(self, work: Work) -> Done:
        """What comes of one transcript. Raises nothing."""
        try:
            return await self._done(work)
        except InterviewerError as error:
            return failed(work, str(error))
        except Exception as error:  # one bad file never stops the rest; what it was is worth knowing
            return failed(work, f"it could not be graded: a fault of this program ({type(error).__name__}).")

    async def _done(self, work: Work) -> Done:
        data = files.read_bytes(work.path)
        graded, talk = await self._grade(work, data)
        if lacking := _not_judged(graded):
            return failed(work, lacking)
        reports = {name: self._write(name, format, graded, talk) for name, format in report_names(work, self.choices)}
        entry = Entry.of(graded, work.name, tuple(reports))
        return Done(work, entry, key_of(hashlib.sha256(data).hexdigest(), self.how), tuple(reports.items()))

    async def _grade(self, work: Work, data: bytes) -> tuple[Grade, Transcript]:
        choices = self.choices
        transcript = registry.from_bytes(
            data, name=work.path.stem, shown=str(work.path), round=choices.round, candidate=choices.candidate
        )
        graded = await grade(
            transcript, self.engine, self.content, round=choices.round, as_held=choices.as_held,
            rubric=self.rubric, rubric_sha256=self.rubric_sha256,
        )  # fmt: skip
        return graded, transcript

    def _write(self, name: str, format: str, graded: Grade, talk: Transcript) -> str:
        """Write one report whole; its hash, by which the journal knows one that a power cut left empty."""
        data = render(format, [graded], talks=[talk]).encode("utf-8", "backslashreplace")
        files.write_private(self.choices.out / name, data.decode("utf-8"), sync=False)
        return hashlib.sha256(data).hexdigest()


def report_names(work: Work, choices: Choices) -> list[tuple[str, str]]:
    """The reports of a transcript: their names within the out folder, and their formats."""
    return [(work.name + SUFFIXES[format], format) for format in choices.formats]


def how(choices: Choices, content: Library, model: str | None) -> str:
    """A hash of all that decides a grade beside the transcript: rubrics, sheets, prompts, engine, model, rule, options.

    Every rubric and sheet there is counts: which of them a transcript needs is known only once it is graded.
    """
    entries = [*content.entries("rubric"), *content.entries("question")]
    bundle = [(e.kind, e.id, e.sha256) for e in entries]
    said = [
        __version__, levels.RULE, choices.engine, model, choices.round, choices.candidate, choices.as_held,
        _own(choices.rubric)[1], bundle, [prompts.sha256(name) for name in prompts.JUDGING],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _own(path: Path | None) -> tuple[Rubric | None, str | None]:
    if path is None:
        return None, None
    data = read_bytes(path)
    return parse_rubric(data, path).model, hashlib.sha256(data).hexdigest()


def _not_judged(graded: Grade) -> str:
    """Which judgements did not come back and why; "" where all that matter did. Half a grade is no report."""
    lost = [(card.round, c) for card in graded.rounds for c in card.criteria if c.status == "failed"]
    if not lost:
        return ""
    notes = (i.note for _, c in lost for i in c.checks if i.verdict == "failed" and i.note)
    why = next(notes, next(iter(graded.problems), ""))
    return f"not judged: {', '.join(f'{round} {c.id}' for round, c in lost)}. {why}".strip()
