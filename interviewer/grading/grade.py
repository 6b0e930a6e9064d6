"""Grading one transcript: engines judge single statements, code checks their evidence and does the arithmetic."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from interviewer import __version__
from interviewer.content.library import Library
from interviewer.engines.base import Engine, JudgeTask
from interviewer.errors import EngineError, NotFound
from interviewer.grading import conduct, debrief, differential, levels
from interviewer.grading.by_manner import by_manner, notice
from interviewer.grading.calibrated import calibrated, check
from interviewer.grading.evidence import Settled, settle
from interviewer.grading.items import Asked, Hint, asked, hints, items, opportunity, rung_before
from interviewer.grading.rounds import assign
from interviewer.grading.sources import Sources, as_used, judging_prompts
from interviewer.grading.told_twice import told_twice
from interviewer.models.calibration import NONE, Calibration
from interviewer.models.conduct import ConductReport
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import (
    CheckVerdict,
    CriterionScore,
    Difference,
    Grade,
    Judging,
    Recommendation,
    Scorecard,
    StrongAnswer,
)
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading import numbers
from interviewer.reading.evidence import usable_words
from interviewer.reading.flags import injection
from interviewer.text import one_line

OFFLINE = "offline"
LONGEST = 600  # turns of an interview that the interviewer's report is made for
OFFLINE_MARGIN = 0.3  # levels its bands are wider: it reads wordings, not meaning
# Without a sheet it has the rubric's checks alone, which don't tell levels apart; what does, somewhat, is how answers
# are worded. Both are measured in docs/agreement.md.
UNSHEETED_MARGIN = 1.5
NO_QUALITY = "Quality can't be read offline; only what can be counted was looked for."


async def grade(  # noqa: PLR0913 - what it is graded with, each by name
    transcript: Transcript,
    engine: Engine,
    library: Library,
    *,
    round: str | None = None,
    as_held: bool = False,
    rubric: Rubric | None = None,
    rubric_sha256: str | None = None,
    calibration: Calibration | None = None,
) -> Grade:
    """Grade every round of ``transcript``, or only ``round``; where words are aimed at the grader, once more without.

    ``rubric`` replaces the round's own (``rubric_sha256`` is its file's hash). What could not be judged shows as
    failed, with a problem line. Raises NotFound when no round of it is known, TranscriptError when its round can't be
    told, UsageError for a ``calibration`` of another rubric or engine.
    """
    talk, assumed = _in_rounds(transcript, library, round, rubric)
    sources = Sources(transcript, library, as_held)
    cards: list[Scorecard] = []
    without: list[Difference] = []
    for name in talk.rounds:
        chosen = rubric or sources.rubric(name)
        if chosen is None:
            continue
        spoken = talk.of_round(name)
        if calibration is not None:
            given = as_used(rubric, rubric_sha256) if rubric is not None else sources.used["rubric", name]
            sources.problems += check(calibration, name, given.sha256, engine)
        cards.append(calibrated(await _Round(sources, engine, spoken, name, chosen).card(), chosen, calibration))
        if (cleaned := differential.cleaned(spoken)) != spoken:
            apart = Sources(transcript, library, as_held)  # what it has to say was said
            again = calibrated(await _Round(apart, engine, cleaned, name, chosen).card(), chosen, calibration)
            without.append(differential.difference(cards[-1], again))
    if not cards:
        raise NotFound(
            f"No round of {transcript.id} can be graded ({', '.join(talk.rounds)}).",
            next_step=" ".join(sources.problems) or f"Known rounds: {', '.join(library.round_ids())}.",
        )
    report = _conduct(talk, library, cards)
    planned = [r for r in transcript.rubrics if r not in talk.rounds] if round is None else []
    own = (as_used(rubric, rubric_sha256),) if rubric is not None else ()
    return Grade(
        transcript=transcript.id,
        engine=engine.name,
        model=engine.model,
        judging=getattr(engine, "judging", Judging()),  # an engine without models has none to name
        calibration=calibration.named if calibration else NONE,
        rubrics=own or tuple(u for (kind, _), u in sources.used.items() if kind == "rubric"),
        questions=tuple(sources.used["question", name] for name in dict.fromkeys(sources.asked)),
        prompts=() if engine.name == OFFLINE else judging_prompts(),
        rounds=tuple(cards),
        debrief=debrief.decide(
            cards,
            library,
            chair=_chair(transcript),
            missing=planned,
            asked=sources.on_table,
            convictions=report.convictions if report else (),
            contradictions=told_twice(talk, library) if round is None else (),
        ),
        conduct=report,
        without_flagged=tuple(without),
        flags=tuple(dict.fromkeys(flag for card in cards for flag in card.flags)),
        problems=tuple(
            dict.fromkeys(
                [*_simulated(transcript), *transcript.problems, *assumed, *_unfinished(transcript), *sources.problems]
            )
        ),
        sha256=transcript.sha256 or _hash_of(transcript),
        graded=f"interviewer {__version__}, rule {levels.RULE}",
    )


async def scorecard(talk: Transcript, engine: Engine, library: Library, round: str) -> Scorecard:
    """One round's card and no more: no second grading, no debrief. Raises NotFound, ContentError."""
    return await _Round(Sources(talk, library), engine, talk.of_round(round), round, library.rubric(round)).card()


def _in_rounds(
    transcript: Transcript, library: Library, round: str | None, rubric: Rubric | None
) -> tuple[Transcript, tuple[str, ...]]:
    """The turns by round; a rubric of one's own is a round of its own."""
    if rubric is None:
        return assign(transcript, library, round)
    name = round or rubric.id
    talk = transcript.of_round(name) if name in transcript.rounds else transcript
    turns = tuple(t.model_copy(update={"round": name}) for t in talk.turns)
    said = f"The file says {', '.join(transcript.rounds)}; all of it was graded with the rubric given."
    return talk.model_copy(update={"turns": turns}), (said,) if talk is transcript and transcript.rounds else ()


def _conduct(talk: Transcript, library: Library, cards: list[Scorecard]) -> ConductReport | None:
    """The interviewer's own report, where the transcript says what their turns were for."""
    if not any(t.move for t in talk.turns) or len(talk.turns) > LONGEST:
        return None
    return conduct.report(talk, library, tuple(i for card in cards for c in card.criteria for i in c.checks))


def _chair(transcript: Transcript) -> str:
    """Who decides: an id only, personas never reach a judgement."""
    held = transcript.personas.get("debrief")
    return held.id if held else "hiring-manager"


def _unfinished(transcript: Transcript) -> tuple[str, ...]:
    if transcript.origin != "held" or transcript.complete:
        return ()
    return ("The interview was left before its end; its last question is judged as far as it got.",)


def _hash_of(transcript: Transcript) -> str:
    said = "\n".join(f"{t.role}\t{t.text}" for t in transcript.turns)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


class _Round:
    """One round on its way to a scorecard."""

    def __init__(self, sources: Sources, engine: Engine, talk: Transcript, name: str, rubric: Rubric) -> None:
        self.sources, self.engine, self.name, self.rubric = sources, engine, name, rubric
        self.talk = _bare(talk)
        self.structure_only = engine.name == OFFLINE and rubric.offline == "structure"
        self.self_rating = sources.transcript.self_ratings.get(name, {})
        self.sheetless = False
        # Of the whole round, by how it is worded, where nothing better is known.
        self.worded: levels.Level | None = None

    async def card(self) -> Scorecard:
        on_table = asked(self.talk, self.sources.sheets(self.name, self.talk))
        self.sources.on_table += [a.sheet.id for a in on_table]
        questions = self._questions(on_table)
        settled = await self._judged(questions)
        given = hints(self.talk, questions)
        done = [_with_rung(item, given) for item in settled.items]
        self.sources.problems += settled.problems
        scores = tuple(self._score(c.id, c.title, done) for c in self.rubric.criteria)
        overall = levels.overall(zip(self.rubric.criteria, scores, strict=True))
        return Scorecard(
            round=self.name, title=self.rubric.title, overall=overall, recommendation=self._recommendation(overall),
            criteria=scores, self_rating=self.self_rating, flags=(*_flags(self.talk), *_thrown_away(scores)),
            numbers=numbers.check(self.talk.turns),
            strong_answers=tuple(
                StrongAnswer(question=a.sheet.id, title=a.sheet.name, text=a.sheet.model_answer) for a in on_table
            ),
            basis="structure" if self.structure_only else "wording" if self.worded else "statements",
        )  # fmt: skip

    def _questions(self, questions: tuple[Asked, ...]) -> tuple[Asked, ...]:
        """Those that are judged with."""
        if self.structure_only:
            return ()
        self.sources.asked += [a.sheet.id for a in questions]
        if not questions:
            self.sheetless = True
            self.sources.problems.append(
                f"{self.name}: no question of ours is known in it, so only the rubric's checks are judged."
                + (notice() if self.engine.name == OFFLINE else "")
            )
        return questions

    async def _judged(self, questions: tuple[Asked, ...]) -> Settled:
        every = items(self.talk, self.rubric, questions, structure_only=self.structure_only)
        sheets = tuple(a.sheet for a in questions)
        usable = usable_words(self.talk, self.rubric, sheets)
        if self.sheetless and self.engine.name == OFFLINE:
            self.worded = by_manner(list(usable.values()))
        meant = _meant(self.talk, usable)
        chances = tuple(i for i in every if opportunity(i, self.rubric, meant))
        task = JudgeTask(self.talk, self.rubric, sheets, chances)
        try:
            returned = await self.engine.judge(task) if chances else []
        except EngineError as error:
            self.sources.problems.append(f"{self.name} could not be judged: {error}")
            returned = []
        settled = settle(chances, returned, self.talk, usable)
        done = {(i.kind, i.question, i.id): i for i in settled.items}
        return Settled(tuple(done.get((i.kind, i.question, i.id), i) for i in every), settled.problems)

    def _recommendation(self, overall: float | None) -> Recommendation | None:
        guess = self.sheetless and self.engine.name == OFFLINE
        return None if guess else levels.recommendation(overall)

    @property
    def _margin(self) -> float:
        if self.engine.name != OFFLINE:
            return 0.0
        return UNSHEETED_MARGIN if self.sheetless else OFFLINE_MARGIN

    def _score(self, id: str, title: str, done: list[CheckVerdict]) -> CriterionScore:
        mine = tuple(i for i in done if i.criterion == id)
        if self.structure_only:
            return CriterionScore(
                id=id, title=title, level=None, band=None, status="not_assessed", reason=NO_QUALITY, checks=mine
            )
        found = levels.level(mine, margin=self._margin)
        if self.worded is not None and found.status != "failed":
            found = replace(self.worded, reason=f"{self.worded.reason}{found.reason}")
        return CriterionScore(
            id=id,
            title=title,
            level=found.value,
            band=found.band,
            status=found.status,
            reason=found.reason,
            expected=found.expected,
            checks=mine,
        )


def _bare(talk: Transcript) -> Transcript:
    """The talk as the judge sees it: words, and which question was on the table. No persona, no reasons, no findings
    that the file claims, nothing of other rounds."""
    turns = tuple(
        Turn(
            index=t.index,
            role=t.role,
            text=t.text,
            round=t.round,
            question=t.question,
            move=t.move,
            target=t.target,
            rung=t.rung,
        )
        for t in talk.turns
    )
    return Transcript(id=talk.id, turns=turns, source=talk.source, origin=talk.origin)


def _meant(talk: Transcript, usable: Mapping[int, str]) -> Transcript:
    """The talk without what can't be evidence: that brings no topic up, either."""
    return talk.model_copy(
        update={"turns": tuple(t.model_copy(update={"text": usable.get(t.index, t.text)}) for t in talk.turns)}
    )


def _simulated(transcript: Transcript) -> tuple[str, ...]:
    return (f"The candidate was no person: {transcript.candidate}.",) if transcript.candidate else ()


def _with_rung(item: CheckVerdict, given: tuple[Hint, ...]) -> CheckVerdict:
    """The hint that counts is the highest one given before the point was first made."""
    first = min((e.turn for e in item.evidence), default=None)
    return item.model_copy(update={"rung": rung_before(given, item, first)})


def _flags(talk: Transcript) -> tuple[str, ...]:
    return tuple(
        f"Turn {t.index}: words addressed to the grader, not used as evidence: “{one_line(span, 90)}”"
        for t in talk.turns
        if t.role == "candidate"
        for span in injection(t.text)
    )


def _thrown_away(scores: tuple[CriterionScore, ...]) -> tuple[str, ...]:
    """Criteria of which an answer called something true that can't be."""
    titles = [s.title for s in scores if any("canary" in i.flags for i in s.checks)]
    said = "a judge's answer called a statement true that can't be, and was thrown away."
    return (f"{', '.join(titles)}: {said}",) if titles else ()
