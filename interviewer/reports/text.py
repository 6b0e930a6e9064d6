"""Scorecards for a terminal: words and signs, no colour, wrapped to its width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from interviewer.models.conduct import ConductReport
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Grade, Scorecard
from interviewer.reports import Talks, standing, wording
from interviewer.text import sanitise

NARROWEST, WIDEST = 30, 100
SHOWN = 3  # passages of a broken rule


def render(grades: Sequence[Grade], *, width: int = 80, several: bool = False, talks: Talks = ()) -> str:
    """Every grade, one below the other, in lines of at most ``width`` columns."""
    page = _Page(min(WIDEST, max(NARROWEST, width)))
    for grade in grades:
        page.grade(grade)
    return "\n".join(page.lines).strip("\n") + "\n"


class _Page:
    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def put(self, text: str, indent: int = 0, hang: int = 0) -> None:
        self.lines += textwrap.wrap(
            sanitise(text), self.width, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang)
        ) or [""]

    def title(self, text: str, line: str) -> None:
        self.lines.append("")
        self.put(text)
        self.lines.append(line * min(self.width, len(text)))

    def grade(self, grade: Grade) -> None:
        self.title(f"Scorecard: {grade.transcript}", "=")
        for line in wording.source_lines(grade):
            self.put(line)
        for lack in standing.lacks(grade):
            self.put(f"[{lack.badge}] {lack.says}", hang=2)
        for problem in grade.problems:
            self.put(f"! {problem}", hang=2)
        for card in grade.rounds:
            self.card(card, wording.without_flagged(grade, card))
        if grade.debrief:
            self.debrief(grade.debrief)
        if grade.conduct:
            self.conduct(grade.conduct)

    def card(self, card: Scorecard, without: str = "") -> None:
        self.title(card.title, "-")
        self.put(wording.overall_line(card))
        for flag in card.flags:
            self.put(f"! {flag}", hang=2)
        if without:
            self.put(without)
        for score in card.criteria:
            self.criterion(card, score)
        self.numbers(card)
        for answer in card.strong_answers:
            self.lines.append("")
            self.put(wording.strong_answer(answer))
            self.put(answer.text, 2)

    def criterion(self, card: Scorecard, score: CriterionScore) -> None:
        self.lines.append("")
        self.put(f"{score.title}: {wording.level_line(score)}", hang=2)
        self.put(score.reason, 2)
        if own := wording.self_rating(card, score.id):
            self.put(own, 2)
        for item in wording.shown(score.checks):
            self.check(item, score)

    def check(self, item: CheckVerdict, score: CriterionScore) -> None:
        mark, word = wording.verdict(item, score)
        self.put(f"{mark} {word}: {item.says}{wording.extras(item)}", 2, 2)
        for text in _quotes(item):
            self.put(text, 6, 2)

    def numbers(self, card: Scorecard) -> None:
        if not card.numbers:
            return
        self.lines.append("")
        self.put(f"{wording.NUMBERS}: {wording.numbers_summary(card)}", hang=2)
        for found in wording.numbers_shown(card):
            self.put(wording.number_line(found), 2, 2)
            for where in found.evidence:
                self.put(f"turn {where.turn}: “{wording.quote(where.quote)}”", 6, 2)
            if basis := wording.number_basis(found):
                self.put(basis, 6, 2)

    def debrief(self, debrief: Debrief) -> None:
        self.title("Debrief", "-")
        self.put(debrief.summary)
        for heading, lines in wording.debrief_parts(debrief):
            self.lines.append("")
            self.put(f"{heading}:")
            for line in lines:
                self.put(f"- {line}", 2, 2)

        if debrief.contradictions:
            self.lines.append("")
            self.put(f"{wording.TOLD_TWICE}:")
        for found in debrief.contradictions:
            self.put(f"- {wording.WHICH[found.kind]}", 2, 2)
            for where, words in wording.tellings(found):
                self.put(f"{where}: {words}", 6, 2)

    def conduct(self, report: ConductReport) -> None:
        """In short: what was broken."""
        self.title(wording.CONDUCT, "-")
        self.put(wording.conduct_summary(report))
        for rule in report.broken:
            self.put(wording.rule_line(rule), 2, 2)
            for where in rule.passages[:SHOWN]:
                self.put(wording.passage(where), 6, 2)


def _quotes(item: CheckVerdict) -> Iterator[str]:
    for evidence in item.evidence:
        yield f"turn {evidence.turn}: “{wording.quote(evidence.quote)}”"
