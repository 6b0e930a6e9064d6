"""The form of question sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from interviewer.content.form.coherence import crosstalk, model_answer, push_backs
from interviewer.content.form.cues import places, said
from interviewer.content.form.leakage import leaks
from interviewer.content.form.problem import Finding, Rule, Weight
from interviewer.content.form.wording import known_source, one_claim, one_question
from interviewer.content.schema import suggestion
from interviewer.errors import ContentError
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.text import words

PLACEHOLDER = "Replace this"
RubricOf = Callable[[str], Rubric]  # raises ContentError where it is broken


def claims(sheet: QuestionSheet) -> Iterator[Finding]:
    """Each point is one claim."""
    for number, expectation in enumerate(sheet.expectations):
        yield from one_claim(expectation.point, ("expectations", number, "point"))


def questions(sheet: QuestionSheet) -> Iterator[Finding]:
    """A probe is one question, and so is a challenge."""
    for number, expectation in enumerate(sheet.expectations):
        yield from one_question(expectation.probe, ("expectations", number, "probe"))
    for number, misconception in enumerate(sheet.misconceptions):
        if misconception.challenge.count("?") > 1:
            yield Finding(("misconceptions", number, "challenge"), "asks more than one question; ask one", "standard")


def sources(sheet: QuestionSheet) -> Iterator[Finding]:
    """Sources are codes."""
    for number, code in enumerate(sheet.source):
        yield from known_source(code, ("source", number))


def essentials(sheet: QuestionSheet) -> Iterator[Finding]:
    """Some of what is expected is essential, not all of it."""
    count = sum(expectation.essential for expectation in sheet.expectations)
    if count == 0:
        says = "none is essential; mark the 2-4 that a strong answer can't do without"
        yield Finding(("expectations",), says, "standard")
    elif count == len(sheet.expectations):
        says = "all are essential, so that no middle level can be reached; mark 2-4"
        yield Finding(("expectations",), says, "standard")


def challenges(sheet: QuestionSheet) -> Iterator[Finding]:
    """Something to challenge: misconceptions, a push-back that is right and one that is wrong."""
    if len(sheet.misconceptions) < 3:
        count = len(sheet.misconceptions)
        yield Finding(("misconceptions",), f"has {count}; at least 3 are worth listening for", "standard")
    for valid, name in ((True, "right (valid: true)"), (False, "wrong (valid: false)")):
        if not any(push_back.valid is valid for push_back in sheet.push_backs):
            says = f"has none that is {name}; it takes one of each to see who updates"
            yield Finding(("push_backs",), says, "standard")


def spoken(sheet: QuestionSheet) -> Iterator[Finding]:
    """The question can be said in one breath, the model answer read in a minute."""
    if not 25 <= (count := len(words(sheet.ask))) <= 110:
        yield Finding(("ask",), f"has {count} words; a spoken question has 40-90", "warning")
    if (count := len(words(sheet.model_answer))) > 260:
        yield Finding(("model_answer",), f"has {count} words; 100-180 are read", "warning")


def scale(sheet: QuestionSheet) -> Iterator[Finding]:
    """Graded examples, if there are any, span the scale."""
    levels = [example.level for example in sheet.examples]
    if levels and (min(levels) > 2 or max(levels) < 4):
        yield Finding(("examples",), "don't span the scale; write one of level 1-2 and one of level 4-5", "warning")


def cues_of_the_question(sheet: QuestionSheet) -> Iterator[Finding]:
    """A cue of one group that holds a word of the question is set off by whoever repeats the question."""
    asked = said(sheet.ask)
    for number, expectation in enumerate(sheet.expectations):
        for at, cue in enumerate(expectation.cues):
            if len(cue.all) > 1 and all(any(places(term, asked) for term in group) for group in cue.all):
                where = ("expectations", number, "cues", at)
                yield Finding(where, "every group holds a word of 'ask': repeating the question sets it off", "warning")


def finished(sheet: QuestionSheet) -> Iterator[Finding]:
    """Nothing of the template is left in it."""
    if sheet.draft:
        yield Finding(("draft",), "keeps it out of interviews; take the line out when the sheet is ready", "warning")
    severity: Weight = "warning" if sheet.draft else "error"
    if sheet.model_answer.startswith(PLACEHOLDER):
        yield Finding(("model_answer",), "is still the template's placeholder", severity)
    for number, expectation in enumerate(sheet.expectations):
        if expectation.point.startswith(PLACEHOLDER):
            yield Finding(("expectations", number, "point"), "is still the template's placeholder", severity)


RULES: tuple[Rule[QuestionSheet], ...] = (
    finished, claims, questions, sources, essentials, challenges, spoken, scale, cues_of_the_question,
    leaks, crosstalk, push_backs, model_answer,
)  # fmt: skip


def against(rubric_of: RubricOf, rounds: list[str]) -> Rule[QuestionSheet]:
    """The rule that a sheet fits the rubrics of the rounds it names; ``rounds`` are those there are."""

    def fits(sheet: QuestionSheet) -> Iterator[Finding]:
        for number, round in enumerate(sheet.rounds):
            if round not in rounds:
                says = f"'{round}' is no round{suggestion(round, rounds)}; choose from: {', '.join(rounds)}"
                yield Finding(("rounds", number), says)
            elif (rubric := _usable(rubric_of, round)) is not None:
                yield from _fits(sheet, rubric, number)

    return fits


def _usable(rubric_of: RubricOf, round: str) -> Rubric | None:
    try:
        return rubric_of(round)
    except ContentError:  # the rubric's own check says so
        return None


def _fits(sheet: QuestionSheet, rubric: Rubric, number: int) -> Iterator[Finding]:
    known = [criterion.id for criterion in rubric.criteria]
    named = [(("expectations", at, "criterion"), e.criterion) for at, e in enumerate(sheet.expectations)]
    named += [(("misconceptions", at, "criterion"), m.criterion) for at, m in enumerate(sheet.misconceptions)]
    for where, name in named:
        if name not in known:
            says = f"'{name}' is no criterion of '{rubric.id}'{suggestion(name, known)}"
            yield Finding(where, f"{says}; choose from: {', '.join(known)}")
    missing = [name for name in known if all(e.criterion != name for e in sheet.expectations)]
    if missing:
        says = f"nothing is expected for {', '.join(missing)} of the round '{rubric.id}'"
        yield Finding(("expectations",), says, "standard")
    if sheet.area not in rubric.areas:
        says = f"the round '{rubric.id}' draws on {', '.join(rubric.areas)}, not on '{sheet.area}'"
        yield Finding(("rounds", number), says, "warning")
