"""A scorecard: levels first, then the debrief, then every check. Signs and words, so that nothing rests on colour."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from interviewer.models.conduct import ConductReport
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Scorecard
from interviewer.reports import wording
from interviewer.text import one_line, sanitise

SHOWN = 3  # passages of a broken rule
CELLS = 13  # of a level's bar: three a level


class RoundLevels(Vertical):
    """One round at a glance: overall, then a line a criterion."""

    def __init__(self, card: Scorecard) -> None:
        super().__init__()
        self.card = card

    def compose(self) -> ComposeResult:
        card = self.card
        advice = f" · {wording.RECOMMENDATIONS[card.recommendation]}" if card.recommendation else ""
        level = f"{card.overall:.1f} of 5{advice} · {wording.in_words(card.overall)}" if card.overall else "no overall"
        yield Static(Content.assemble((f"{one_line(card.title, 40)}  ", "bold"), (level, "bold")), classes="line")
        for score in card.criteria:
            yield Static(self._line(score), classes="line")

    def _line(self, score: CriterionScore) -> Content:
        own = self.card.self_rating.get(score.id)
        level = f"{score.level:.1f}" if score.level is not None else "  –"
        band = f"({score.band[0]:.1f}–{score.band[1]:.1f})" if score.band else wording.STATUSES.get(score.status, "")
        raw = f"raw {score.raw:.1f} " if score.raw is not None else ""
        you = f"you {own:.1f}" if own is not None else ""
        return Content.assemble(
            one_line(score.title, 21).ljust(22),
            (bar(score.level, score.band), "$primary"),
            f"  {level}  {band.ljust(12)} {raw}{you}",
        )


class RoundDetails(Vertical):
    """One round in full: for each criterion its reason and every check with its evidence."""

    def __init__(self, card: Scorecard) -> None:
        super().__init__(classes="card")
        self.card = card
        self.border_title = Content(one_line(card.title, 60))

    def compose(self) -> ComposeResult:
        for score in self.card.criteria:
            yield Static(Content(f"{sanitise(score.title)}: {wording.level_line(score)}"), classes="criterion")
            yield Static(Content(sanitise(score.reason)), classes="reason")
            for item in wording.shown(score.checks):
                yield from check(item, score)
        if self.card.numbers:
            yield Static(Content(f"{wording.NUMBERS}: {wording.numbers_summary(self.card)}"), classes="criterion")
            for found in wording.numbers_shown(self.card):
                yield Static(Content(sanitise(wording.number_line(found))), classes="reason")
                yield from (
                    Static(Content(f"turn {e.turn}: “{wording.quote(e.quote)}”"), classes="reason")
                    for e in found.evidence
                )
                yield Static(Content(wording.number_basis(found)), classes="reason")
        for answer in self.card.strong_answers:
            yield Static(Content(wording.strong_answer(answer)), classes="criterion")
            yield Static(Content(sanitise(answer.text)), classes="reason")


class Unassessed(Vertical):
    """Why some criteria have no level, said once for those that share a reason."""

    def __init__(self, cards: Sequence[Scorecard]) -> None:
        super().__init__()
        self.reasons = reasons_of(cards)

    def compose(self) -> ComposeResult:
        for reason, titles in self.reasons.items():
            yield Static(Content(sanitise(f"– {', '.join(titles)}: {reason}")), classes="quiet")


def reasons_of(cards: Sequence[Scorecard]) -> dict[str, list[str]]:
    """The criteria without a level by the reason for it."""
    found: dict[str, list[str]] = {}
    for card in cards:
        for score in card.criteria:
            if score.level is None:
                found.setdefault(score.reason, []).append(score.title)
    return found


def bar(level: float | None, band: tuple[float, float] | None) -> str:
    """A level on a line from 1 to 5: the band is drawn heavy, the level as a dot."""
    cells = ["─"] * CELLS
    if level is not None:
        low, high = band or (level, level)
        for place in range(_cell(low), _cell(high) + 1):
            cells[place] = "━"
        cells[_cell(level)] = "●"
    return "1 " + "".join(cells) + " 5"


def _cell(level: float) -> int:
    return max(0, min(CELLS - 1, round((level - 1) * (CELLS - 1) / 4)))


def check(item: CheckVerdict, score: CriterionScore) -> ComposeResult:
    """One check, and the words it rests on, with the number that their turn has in the replay."""
    mark, word = wording.verdict(item, score)
    yield Static(Content(sanitise(f"{mark} {word}: {item.says}{wording.extras(item)}")), classes="check")
    for evidence in item.evidence:
        yield Static(Content(f"[{evidence.turn}] “{wording.quote(evidence.quote)}”"), classes="quote")


class ConductView(Vertical):
    """How the interviewer did, by their own rules: all of them in a line each, with the words where one was broken."""

    def __init__(self, report: ConductReport) -> None:
        super().__init__(classes="card")
        self.report = report
        self.border_title = wording.CONDUCT

    def compose(self) -> ComposeResult:
        yield Static(Content(wording.conduct_summary(self.report)))
        for rule in sorted(self.report.rules, key=lambda r: ("fail", "pass", "not_applicable").index(r.outcome)):
            yield Static(Content(sanitise(wording.rule_line(rule))), classes="list")
            for where in rule.passages[:SHOWN] if rule.outcome == "fail" else ():
                yield Static(Content(wording.passage(where)), classes="quote")


class DebriefView(Vertical):
    """What the hiring manager makes of it."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__(classes="card")
        self.debrief = debrief
        self.border_title = "Debrief"

    def compose(self) -> ComposeResult:
        decision = self.debrief.decision
        words = wording.RECOMMENDATIONS[decision] if decision else "none on this evidence"
        yield Static(Content.assemble(("Decision: ", "bold"), (words, "bold")))
        yield Static(Content(sanitise(self.debrief.summary)))
        for heading, lines in wording.debrief_parts(self.debrief):
            yield Static(Content(heading), classes="heading")
            for line in lines:
                yield Static(Content(f"· {sanitise(line)}"), classes="list")
        if self.debrief.contradictions:
            yield Static(Content(wording.TOLD_TWICE), classes="heading")
        for found in self.debrief.contradictions:
            yield Static(Content(f"· {wording.WHICH[found.kind]}"), classes="list")
            for where, words in wording.tellings(found):
                yield Static(Content(f"{where}: {words}"), classes="quote")
