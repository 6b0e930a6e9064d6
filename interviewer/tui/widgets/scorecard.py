"""A scorecard of one round, and the debrief of all of them. Signs and words, so that nothing rests on colour."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Scorecard
from interviewer.reports import wording
from interviewer.text import one_line, sanitise

CELLS = 13  # of a level's bar: three a level


class RoundCard(Vertical):
    """One round: overall, a line a criterion, and with ``details`` every check with its evidence."""

    def __init__(self, card: Scorecard, *, details: bool = False) -> None:
        super().__init__(classes="details" if details else None)
        self.card = card
        self.details = details
        self.border_title = Content(one_line(card.title, 60))

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(wording.overall_line(self.card), "bold"), classes="summary")
        for score in self.card.criteria:
            yield Static(self._line(score), classes="line")
            if self.details or score.level is None:
                yield Static(Content(sanitise(score.reason)), classes="reason")
            if self.details:
                for item in wording.shown(score.checks):
                    yield from check(item, score)
        if not self.details:
            yield Static("d shows every check with your own words as evidence.", classes="quiet", markup=False)

    def _line(self, score: CriterionScore) -> Content:
        own = self.card.self_rating.get(score.id)
        level = f"{score.level:.1f}" if score.level is not None else "  –"
        band = f"({score.band[0]:.1f}–{score.band[1]:.1f})" if score.band else wording.STATUSES.get(score.status, "")
        you = f"you {own:.1f}" if own is not None else ""
        return Content.assemble(
            (one_line(score.title, 21).ljust(22), "bold"),
            (bar(score.level, score.band), "$primary"),
            f"  {level}  {band.ljust(12)} {you}",
        )


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
    """One check, and the words it rests on."""
    mark, word = wording.verdict(item, score)
    yield Static(Content(sanitise(f"{mark} {word}: {item.says}{wording.extras(item)}")), classes="check")
    for evidence in item.evidence:
        yield Static(Content(f"“{wording.quote(evidence.quote)}” (turn {evidence.turn})"), classes="quote")


class DebriefView(Vertical):
    """What the hiring manager makes of it."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__()
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
