"""A small round of our own: a rubric, a sheet, a talk, and an engine that says what a test tells it to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

from interviewer.content.library import Library
from interviewer.engines.base import JudgeTask, Reading, TurnContext
from interviewer.models.base import Move
from interviewer.models.scorecard import CheckVerdict, Evidence
from interviewer.models.transcript import Transcript, Turn
from interviewer.paths import Origin

ASK = "The bakery moved its oven last spring and the queue got shorter. Was it the oven?"
HINT = "Think of what else changes in spring."

RUBRIC = """\
id: {id}
title: {title}
looks_for: how you tell causes from coincidence
persona: baker
areas: [experiment_design]
offline: {offline}
criteria:
  - id: rigor
    title: Rigor
    about: what is compared with what
    essential: true
    checks:
      - {{id: names-a-comparison, says: Names a comparison., source: B1, essential: true, structure: true}}
      - {{id: gives-a-number, says: Gives a number of customers., source: B2, structure: true}}
      - {{id: names-a-threat, says: Names a threat to the comparison., source: B3}}
      - {{id: handles-a-threat, says: Says what is done about it., source: B4}}
    anchors: &a {{1: nothing is compared, 3: a fair comparison, 5: threats ranked and handled}}
  - id: talk
    title: Talk
    about: whether a baker could follow
    checks:
      - {{id: answers-first, says: Answers before explaining., source: B5, essential: true}}
      - {{id: plain-words, says: Uses plain words., source: B6}}
      - {{id: says-doubt, says: Says how sure they are., source: B7}}
      - {{id: about-flour, says: Explains the price of flour., source: B8, when: [{{phrase: flour}}]}}
    anchors: {{1: can't be followed, 3: followable, 5: could be repeated}}
""".replace("&a ", "")

SHEET = f"""\
id: oven-and-queue
title: The oven and the queue
area: experiment_design
rounds: [baking]
source: B1
ask: {ASK}
expectations:
  - id: season
    criterion: rigor
    weight: 2
    essential: true
    point: Spring itself changes how many people come.
    cues: [{{phrase: spring itself}}]
    probe: What else was going on?
    hints: [Look around the bakery for a while., {HINT}, People buy less bread when it is warm.]
  - id: neighbours
    criterion: rigor
    point: Other bakeries show what would have happened.
    cues: [{{phrase: other bakeries}}]
    probe: How would you know?
    hints: [Look around the town for a while., Think of someone without a new oven., Compare with the bakery next door.]
  - id: verdict
    criterion: talk
    point: Says whether the oven did it.
    cues: [{{phrase: the oven did}}]
    probe: So which is it?
    hints: [What does the baker need to hear?, The baker wants one short sentence., Say yes or no to the baker.]
misconceptions:
  - id: before-after
    criterion: rigor
    belief: Before and after is proof enough.
    cues: [{{phrase: before and after}}]
    challenge: Is it?
model_answer: Compare with bakeries that kept their oven.
"""


def library_in(folder: Path, *, offline: str = "levels", rounds: tuple[str, ...] = ("baking",)) -> Library:
    """A library of our own content in ``folder``."""
    for name in rounds:
        rubric = folder / "rubrics" / name / "rubric.yaml"
        rubric.parent.mkdir(parents=True, exist_ok=True)
        rubric.write_text(RUBRIC.format(id=name, title=name.capitalize(), offline=offline), encoding="utf-8")
    sheet = folder / "rubrics" / "questions" / "experiment_design" / "oven-and-queue.yaml"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text(SHEET, encoding="utf-8")
    (folder / "personas").mkdir(exist_ok=True)
    return Library([Origin("workspace", folder)])


def talk(*texts: str, round: str | None = "baking", **more: object) -> Transcript:
    """A transcript of turns, the interviewer first."""
    roles = ("interviewer", "candidate")
    turns = tuple(Turn(index=i, role=roles[i % 2], text=t, round=round) for i, t in enumerate(texts))
    return Transcript.model_validate({"id": "sample", "turns": turns, "source": "test", **more})


ANSWER = "No. Compared with 40 customers at other bakeries, spring itself made the queue shorter, I am fairly sure."


def usual(*extra: str, **more: object) -> Transcript:
    """The sample question and an answer to it, then ``extra`` turns."""
    return talk(ASK, ANSWER, *extra, **more)


class Told:
    """An engine whose verdicts are given by id; everything else it was asked is met, quoting the whole first answer."""

    model = None

    def __init__(
        self,
        verdicts: Mapping[str, str] | None = None,
        *,
        name: str = "told",
        quotes: Mapping[str, Evidence] | None = None,
        change: Callable[[list[CheckVerdict]], list[CheckVerdict]] | None = None,
    ) -> None:
        self.name = name
        self.verdicts = verdicts or {}
        self.quotes = quotes or {}
        self.change = change
        self.tasks: list[JudgeTask] = []

    async def respond(self, turn: TurnContext) -> AsyncIterator[Reading | str]:
        yield Reading(Move.CLOSE, "never asked")

    async def judge(self, task: JudgeTask) -> list[CheckVerdict]:
        self.tasks.append(task)
        first = next(t for t in task.transcript.turns if t.role == "candidate")
        whole = Evidence(turn=first.index, quote=first.text)
        found = [self._one(item, whole) for item in task.items]
        return self.change(found) if self.change else found

    def _one(self, item: CheckVerdict, whole: Evidence) -> CheckVerdict:
        usual = "not_met" if item.kind == "misconception" else "met"
        verdict = self.verdicts.get(item.id, usual)
        evidence = (self.quotes.get(item.id, whole),) if verdict in ("met", "partly") else ()
        return item.model_copy(update={"verdict": verdict, "evidence": evidence})

    async def aclose(self) -> None:
        return None
