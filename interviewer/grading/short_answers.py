"""The offline grader held against people who graded short answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from interviewer.engines.offline.short_answers import Example, Question, ShortGrade, grade, moved
from interviewer.grading.agreement import agreement
from interviewer.models.agreement import Comparison, Pair, Scale
from interviewer.models.short_answer import ShortAnswer, ShortAnswers

STEPS = (1.0, 0.5, 0.25)  # that scores are given in; else it is a tenth of the scale
MOST_STEPS = 20
OPPOSES = (
    0.3  # a grade from which an answer that denies the reference contradicts it; below, it speaks of something else
)
ASTRAY = 0.1  # below which it is about something else
ORDINARY = ("incorrect", "wrong", "irrelevant")  # of several labels that are worth the same, the one with no more to it


@dataclass(frozen=True)
class Graded:
    """An answer with our grade: ``value``, 0 to 1, is ``found.value`` moved by examples, if there were any."""

    of: ShortAnswer
    found: ShortGrade
    value: float
    pair: Pair


def compare(
    file: ShortAnswers, *, exemplars: int = 0, seed: int = 0, scale: Scale | None = None
) -> tuple[Comparison, list[Graded]]:
    """Every answer graded, and the grades compared. ``exemplars`` graded answers of each question are shown to the
    grader and left out of the figures. ``scale``: what people graded on, unless it is read off the file."""
    scale = scale or scale_of(file)
    kept, shown = apart(file.answers, exemplars, seed)
    examples = {id: _examples(answers, scale) for id, answers in shown.items()}
    labels = _labels(file)
    graded = [_graded(a, examples.get(a.question_id, ()), labels, scale) for a in kept]
    groups = {"all answers": agreement([g.pair for g in graded], scale=scale, seed=seed)}
    if len(saying := [g.pair for g in graded if not g.found.note]) < len(graded):
        groups["without guarded ones"] = agreement(saying, scale=scale, seed=seed)
    second = [_second(a) for a in kept if a.score2 is not None]
    left_out = len(file.answers) - len(kept)
    comparison = Comparison(
        file.source, "offline", None, "questions", scale, groups, tuple(g.pair for g in graded),
        human=agreement(second, scale=scale, seed=seed) if second else None, labels=file.labels,
        exemplars={"per_question": exemplars, "seed": seed, "left_out": left_out} if exemplars else {},
    )  # fmt: skip
    return comparison, graded


def scale_of(file: ShortAnswers) -> Scale:
    """The scale of a file's scores: from 0, or 1 where that is the lowest, to the highest there is."""
    if file.labels:
        scores = [0.0, 1.0, *file.labels.values()]
    else:
        scores = [s for a in file.answers for s in (a.score, a.score2) if s is not None]
    low = min(scores) if min(scores) < 0 or min(scores) == 1 else 0.0
    high = max(scores) if max(scores) > low else low + 1
    whole = (s for s in STEPS if high - low <= MOST_STEPS * s and all(((x - low) / s).is_integer() for x in scores))
    return Scale(low, high, next(whole, (high - low) / 10))


def apart(
    answers: Sequence[ShortAnswer], exemplars: int, seed: int
) -> tuple[list[ShortAnswer], dict[str, list[ShortAnswer]]]:
    """The answers to grade, and of each question those to show: drawn by ``seed``, evenly over its scores. One answer
    of a question is always left to grade."""
    by_question: dict[str, list[ShortAnswer]] = {}
    for answer in answers:
        by_question.setdefault(answer.question_id, []).append(answer)
    shown = {}
    for id, own in by_question.items():
        count = min(exemplars, len(own) - 1)
        drawn = sorted(Random(f"{seed} {id}").sample(own, len(own)), key=lambda a: a.score)
        shown[id] = [drawn[int((i + 0.5) * len(own) / count)] for i in range(count)]
    taken = {a.line for own in shown.values() for a in own}
    return [a for a in answers if a.line not in taken], shown


def _examples(answers: Sequence[ShortAnswer], scale: Scale) -> list[Example]:
    return [Example(a.answer, _share(a.score, scale), grade(_question(a), a.answer).value) for a in answers]


def _graded(answer: ShortAnswer, examples: Sequence[Example], labels: Mapping[str, float], scale: Scale) -> Graded:
    found = grade(_question(answer), answer.answer)
    value = found.value if found.note or not examples else moved(found.value, answer.answer, examples)
    ours = scale.low + value * (scale.high - scale.low)
    given = (answer.label or f"{answer.score:g}") if labels else ""
    label = label_of(value, found, labels) if labels else ""
    id, size = answer.question_id, len(answer.answer.split())
    return Graded(answer, found, value, Pair(id, id, ours, answer.score, size, label, given))


def _question(answer: ShortAnswer) -> Question:
    return Question(answer.question, answer.references)


def _share(score: float, scale: Scale) -> float:
    return (score - scale.low) / (scale.high - scale.low)


def _second(answer: ShortAnswer) -> Pair:
    """The second person's score in our place."""
    id, size = answer.question_id, len(answer.answer.split())
    return Pair(id, id, answer.score2 or 0.0, answer.score, size, answer.label2, answer.label)


def _labels(file: ShortAnswers) -> Mapping[str, float]:
    """What each label is worth, 0 to 1; two different numbers are labels as well."""
    if file.labels:
        return file.labels
    scores = sorted({a.score for a in file.answers})
    return {f"{scores[0]:g}": 0.0, f"{scores[1]:g}": 1.0} if len(scores) == 2 else {}


def label_of(value: float, found: ShortGrade, labels: Mapping[str, float]) -> str:
    """The label whose worth is nearest to a grade; of several worth the same, by what else was seen."""
    if found.opposed and value >= OPPOSES and "contradictory" in labels:
        return "contradictory"
    worth = min(labels.values(), key=lambda w: (abs(w - value), -w))
    same = sorted(label for label, w in labels.items() if w == worth)
    if found.note and "non_domain" in same:
        return "non_domain"
    if value < ASTRAY and "irrelevant" in same:
        return "irrelevant"
    return next((label for label in ORDINARY if label in same), same[0])
