"""A coach rates a transcript by the anchors, blind; only when they have confirmed is it graded, to see both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.content.library import Library
from interviewer.engines.base import Engine
from interviewer.errors import NotFound, UsageError
from interviewer.grading.grade import grade
from interviewer.grading.items import asked
from interviewer.grading.rounds import assign
from interviewer.grading.sources import Sources
from interviewer.models.mark import Difference, Marks, RoundMarks, Shown
from interviewer.models.rubric import Criterion, Rubric
from interviewer.models.scorecard import Grade, UsedRubric
from interviewer.models.transcript import Transcript
from interviewer.storage import marks as kept
from interviewer.storage import store
from interviewer.storage.formats import registry
from interviewer.text import one_line


@dataclass(frozen=True)
class ToMark:
    """One round: what was said in it and what it is marked by."""

    id: str
    rubric: Rubric
    talk: Transcript
    sha256: str  # the rubric's
    sheets: tuple[UsedRubric, ...]

    @property
    def title(self) -> str:
        return self.rubric.title

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return self.rubric.criteria


@dataclass
class Marking:
    """One person's marks of one transcript, while they are made. Nothing is kept until ``save``."""

    path: Path
    transcript: Transcript
    rater: str
    rounds: tuple[ToMark, ...]
    library: Library
    only_round: str | None = None
    candidate: str | None = None
    before: Marks | None = None  # what is kept of this person and transcript, as it was on opening
    levels: dict[tuple[str, str], float | None] = field(default_factory=dict)
    blind: bool = True
    unsaved: bool = False

    @classmethod
    def of(
        cls, path: Path, rater: str, library: Library, *, round: str | None = None, candidate: str | None = None
    ) -> Marking:
        """Open a transcript for marking. Raises TranscriptError, NotFound, UsageError while it isn't over."""
        if not store.is_over(path):
            raise UsageError(
                f"{one_line(path.name)} isn't over yet, and marks are of what was said.",
                next_step="End it first: interviewer resume.",
            )
        transcript = registry.load(path, round=round, candidate=candidate)
        talk, notes = assign(transcript, library, round)
        sources = Sources(transcript, library)
        rounds = tuple(r for name in talk.rounds if (r := _to_mark(name, talk, sources)) is not None)
        if not rounds:
            raise NotFound(
                f"No round of {transcript.id} can be marked.",
                next_step=" ".join(sources.problems) or f"Known rounds: {', '.join(library.round_ids())}.",
            )
        told = tuple(dict.fromkeys([*transcript.problems, *notes, *sources.problems]))
        transcript = talk.model_copy(update={"problems": told})
        before = kept.find(transcript.sha256, rater)
        return cls(path, transcript, rater, rounds, library, round, candidate, before)

    # --- what was kept before ---

    @property
    def can_go_on(self) -> bool:
        """Whether what is kept was marked by the anchors of today, in the same rounds."""
        old = self.before
        return old is not None and {(r.round, r.rubric) for r in old.rounds} == {(r.id, r.sha256) for r in self.rounds}

    def go_on(self) -> None:
        """Take up the levels that are kept."""
        assert self.before is not None and self.can_go_on
        self.levels = {(r.round, c): level for r in self.before.rounds for c, level in r.levels.items()}
        self.blind = self.before.blind

    def start_anew(self) -> None:
        """Begin without levels. What is kept stays until the next ``save``."""
        self.levels = {}
        self._changed()

    def _changed(self) -> None:
        """Having seen the machine's levels can't be taken back."""
        self.unsaved = True
        self.blind = self.before is None or (self.before.blind and self.before.shown is None)

    # --- marking ---

    def mark(self, round: str, criterion: str, level: float | None) -> None:
        """Set a level; None for no evidence, or not asked."""
        if self.levels.get((round, criterion), -1.0) != level:
            self.levels[round, criterion] = level
            self._changed()

    def unmark(self, round: str, criterion: str) -> None:
        """Take a level back: the criterion isn't marked yet."""
        if self.levels.pop((round, criterion), -1.0) != -1.0:
            self._changed()

    def left(self, round: str | None = None) -> list[tuple[str, str]]:
        """The criteria that aren't marked yet, of all rounds or one."""
        every = [(r.id, c.id) for r in self.rounds for c in r.criteria if round in (None, r.id)]
        return [place for place in every if place not in self.levels]

    def marks(self, *, confirmed: bool = False, shown: Shown | None = None) -> Marks:
        """What would be kept."""
        return Marks(
            transcript=self.transcript.id, sha256=self.transcript.sha256, file=str(self.path.resolve()),
            rater=self.rater, at=store.now(), only_round=self.only_round, candidate=self.candidate,
            rounds=tuple(
                RoundMarks(
                    round=r.id, rubric=r.sha256, criteria=tuple(c.id for c in r.criteria), sheets=r.sheets,
                    levels={c.id: self.levels[r.id, c.id] for c in r.criteria if (r.id, c.id) in self.levels},
                )
                for r in self.rounds
            ),
            confirmed=confirmed, blind=self.blind, shown=shown,
        )  # fmt: skip

    def save(self, *, confirmed: bool = False) -> Path:
        """Keep the marks as they stand. Raises StorageError."""
        marks = self.marks(confirmed=confirmed and not self.left())
        saved = kept.save(marks)
        self.before, self.unsaved = marks, False
        return saved

    def keep(self) -> bool:
        """Save on being cut off, unless fewer marks would take the place of more: only a person can say that."""
        old = self.before
        if not self.unsaved or (old is not None and len(self.levels) < old.total - old.left):
            return not self.unsaved
        self.save()
        return True

    # --- and only then the machine's ---

    async def compare(self, engine: Engine) -> tuple[Grade, list[Difference]]:
        """Grade the transcript and hold it beside the marks, which are kept first, with what was shown after.

        Raises UsageError while a criterion is left, EngineError."""
        if self.left():
            raise UsageError("Not every criterion is marked yet.", next_step="Mark the rest first.")
        if self.unsaved or self.before is None or not self.before.confirmed:
            self.save(confirmed=True)
        found = await grade(self.transcript, engine, self.library, round=self.only_round)
        self._seen(found)
        return found, differences(self.marks(), found, self.rounds)

    def _seen(self, found: Grade) -> None:
        """Keep that the machine's levels are shown: whatever is marked from here on isn't blind."""
        if self.before is not None and self.before.confirmed and self.before.shown:
            return
        shown = Shown(engine=found.engine, model=found.model, graded=found.graded, at=store.now())
        self.before = self.marks(confirmed=True, shown=shown)
        kept.save(self.before)


def _to_mark(name: str, talk: Transcript, sources: Sources) -> ToMark | None:
    rubric = sources.rubric(name)
    spoken = talk.of_round(name)
    if rubric is None or not any(t.role == "candidate" for t in spoken.turns):
        return None
    on_table = asked(spoken, sources.sheets(name, spoken))
    sheets = tuple(u for a in on_table if (u := sources.used.get(("question", a.sheet.id))) is not None)
    return ToMark(name, rubric, spoken, sources.used["rubric", name].sha256, sheets)


def differences(marks: Marks, found: Grade, rounds: Sequence[ToMark]) -> list[Difference]:
    """Every criterion that was marked, in order, beside what it was graded."""
    ours = {(card.round, c.id): c for card in found.rounds for c in card.criteria}
    rows = []
    for own, round in zip(marks.rounds, rounds, strict=True):
        for criterion in round.criteria:
            score = ours.get((own.round, criterion.id))
            rows.append(
                Difference(
                    round=round.title, title=criterion.title, theirs=own.levels.get(criterion.id),
                    ours=score.level if score else None, band=score.band if score else None,
                    status=score.status if score else "not_assessed",
                )
            )  # fmt: skip
    return rows
