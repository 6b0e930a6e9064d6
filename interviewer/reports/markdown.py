"""Scorecards as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Grade, Scorecard
from interviewer.reports import Talks, standing, wording

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|&])")
SHOWN = 3  # passages of a broken rule
_LIST = re.compile(r"^(\s*)([-+~]|\d+[.)])(?=\s)")


def render(grades: Sequence[Grade], *, width: int = 80, several: bool = False, talks: Talks = ()) -> str:
    """One document, one part a grade; ``width`` is of no concern to Markdown."""
    return "\n".join(line for grade in grades for line in _grade(grade)).strip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", wording.quote(text)))


def _grade(grade: Grade) -> Iterator[str]:
    yield f"# Scorecard: {escaped(grade.transcript)}\n"
    yield escaped(" ".join(wording.source_lines(grade))) + "\n"
    for lack in standing.lacks(grade):
        yield f"- **{escaped(lack.badge)}:** {escaped(lack.says)}"
    for problem in grade.problems:
        yield f"- **Note:** {escaped(problem)}"
    for card in grade.rounds:
        yield from _card(card, wording.without_flagged(grade, card))
    if grade.debrief:
        yield f"\n## Debrief\n\n{escaped(grade.debrief.summary)}"
        for heading, lines in wording.debrief_parts(grade.debrief):
            yield f"\n### {heading}\n"
            yield from (f"- {escaped(line)}" for line in lines)
        yield from _told_twice(grade.debrief)
    if grade.conduct:
        yield f"\n## {wording.CONDUCT}\n\n{escaped(wording.conduct_summary(grade.conduct))}\n"
        for rule in grade.conduct.broken:
            yield f"- {escaped(wording.rule_line(rule))}"
            yield from (f"  - {escaped(wording.passage(p))}" for p in rule.passages[:SHOWN])
    yield ""


def _told_twice(debrief: Debrief) -> Iterator[str]:
    if debrief.contradictions:
        yield f"\n### {wording.TOLD_TWICE}"
    for found in debrief.contradictions:
        first, second = wording.tellings(found)
        yield f"\n{escaped(wording.WHICH[found.kind])}\n"
        yield f"| {escaped(first[0])} | {escaped(second[0])} |\n|---|---|"
        yield f"| {escaped(first[1])} | {escaped(second[1])} |"


def _card(card: Scorecard, without: str) -> Iterator[str]:
    yield f"\n## {escaped(card.title)}\n\n{escaped(wording.overall_line(card))}\n"
    for flag in card.flags:
        yield f"- **Note:** {escaped(flag)}"
    if without:
        yield f"- {escaped(without)}"
    for score in card.criteria:
        yield from _criterion(card, score)
    yield from _numbers(card)
    for answer in card.strong_answers:
        yield f"\n### {escaped(wording.strong_answer(answer))}\n\n{escaped(answer.text)}"


def _numbers(card: Scorecard) -> Iterator[str]:
    if not card.numbers:
        return
    yield f"\n### {wording.NUMBERS}\n\n{escaped(wording.numbers_summary(card))}\n"
    for found in wording.numbers_shown(card):
        yield f"- {escaped(wording.number_line(found))}"
        yield from (f"  - turn {e.turn}: “{escaped(e.quote)}”" for e in found.evidence)
        if basis := wording.number_basis(found):
            yield f"  - {escaped(basis)}"


def _criterion(card: Scorecard, score: CriterionScore) -> Iterator[str]:
    yield f"\n### {escaped(score.title)}: {escaped(wording.level_line(score))}\n"
    yield escaped(" ".join([score.reason, wording.self_rating(card, score.id)])) + "\n"
    for item in wording.shown(score.checks):
        yield from _check(item, score)


def _check(item: CheckVerdict, score: CriterionScore) -> Iterator[str]:
    mark, word = wording.verdict(item, score)
    yield f"- {escaped(mark)} **{word}**: {escaped(item.says)}{wording.extras(item)}"
    for evidence in item.evidence:
        yield f"  - turn {evidence.turn}: “{escaped(evidence.quote)}”"
