"""One round on the page: its levels as a chart and a table, its timeline, every criterion with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from interviewer.models.numbers import Spoken
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Evidence, Grade, Scorecard
from interviewer.reports import levels_chart, standing, timeline, wording
from interviewer.reports.places import Places


class RoundPage:
    """Writes one round. ``heading`` is the level of its title; what is below it has the next ones."""

    def __init__(self, grade: Grade, number: int, places: Places, heading: int) -> None:
        self.grade, self.card, self.places = grade, grade.rounds[number], places
        self.id = places.round(number)
        self.h, self.below, self.least = (f"h{heading + n}" for n in range(3))

    def render(self) -> Iterator[str]:
        card = self.card
        yield f'<section class="round" aria-labelledby="{self.id}">'
        yield f'<{self.h} id="{self.id}">{text(card.title)}</{self.h}>'
        yield f'<p class="overall">{text(wording.overall_line(card))}</p>'
        yield from self._notes()
        yield levels_chart.render(card, self.id)
        if any(c.level is not None for c in card.criteria):
            yield table(card, self.id)
        if talk := self.places.of_round(self.id):
            yield from timeline.render(card, talk, self.grade, self.places, self.below)
        yield f"<{self.below}>Evidence</{self.below}>"
        for n, score in enumerate(card.criteria):
            yield from self._criterion(score, f"{self.id}-c{n + 1}")
        yield from self._numbers()
        for answer in card.strong_answers:
            yield f"<{self.below}>{text(wording.strong_answer(answer))}</{self.below}><p>{text(answer.text)}</p>"
        yield "</section>"

    def _notes(self) -> Iterator[str]:
        without = wording.without_flagged(self.grade, self.card)
        lines = [*self.card.flags, *([without] if without else [])]
        if lines:
            items = "".join(f"<li>{self.places.prose(line)}</li>" for line in lines)
            yield f'<ul class="notes" id="{self.id}-notes">{items}</ul>'

    def _criterion(self, score: CriterionScore, id: str) -> Iterator[str]:
        yield f'<{self.least} id="{id}">{text(score.title)}: {text(wording.level_line(score))}</{self.least}>'
        yield badges(standing.of_criterion(score))
        yield f"<p>{text(score.reason)} {text(wording.self_rating(self.card, score.id))}</p>"
        items = "".join(self._check(i, score, id) for i in wording.shown(score.checks))
        yield f'<ul class="checks">{items}</ul>' if items else ""

    def _check(self, item: CheckVerdict, score: CriterionScore, place: str) -> str:
        mark, word = wording.verdict(item, score)
        said = text(item.says + wording.extras(item))
        kind = {"✓": "good", "✗": "bad"}.get(mark, "other")
        return (
            f'<li class="{kind}"><span class="mark" aria-hidden="true">{mark}</span> <strong>{text(word)}</strong>: '
            f"{said}{self._quotes(item.evidence, place, score.title)}</li>"
        )

    def _quotes(self, evidence: Sequence[Evidence | Spoken], place: str, name: str) -> str:
        for e in evidence:
            self.places.cite(e.turn, e.quote, place, name)
        return "".join(quoted(e.quote, e.turn, self.places) for e in evidence)

    def _numbers(self) -> Iterator[str]:
        if not self.card.numbers:
            return
        id = f"{self.id}-numbers"
        yield f'<{self.below} id="{id}">{wording.NUMBERS}</{self.below}>'
        yield f"<p>{text(wording.numbers_summary(self.card))}</p>"
        shown = wording.numbers_shown(self.card)
        items = "".join(
            f"<li>{text(wording.number_line(found))}{self._quotes(found.evidence, id, wording.NUMBERS)}"
            f"{self.places.prose(wording.number_basis(found))}</li>"
            for found in shown
        )
        yield f'<ul class="numbers">{items}</ul>' if items else ""


def text(said: str) -> str:
    """Text on one line, safe to show."""
    return escape(wording.quote(said))


def quoted(quote: str, turn: int, places: Places) -> str:
    """A quote with a link to its turn."""
    return f"<blockquote>{text(quote)} <cite>{places.link(turn)}</cite></blockquote>"


def badges(lacks: Sequence[standing.Lack]) -> str:
    """What was degraded, in short."""
    items = "".join(f'<li class="badge" title="{text(lack.says)}">{text(lack.badge)}</li>' for lack in lacks)
    return f'<ul class="badges" aria-label="Less certain because">{items}</ul>' if items else ""


def table(card: Scorecard, id: str) -> str:
    """The levels in words, each leading to its evidence."""
    own = bool(card.self_rating)
    heads = ["Criterion", "Level, band and words", *(["Your own"] if own else [])]
    head = "".join(f'<th scope="col">{h}</th>' for h in heads)
    rows = "".join(
        f'<tr><th scope="row"><a href="#{id}-c{n + 1}">{text(c.title)}</a></th><td>{text(wording.level_line(c))}</td>'
        + (f"<td>{card.self_rating[c.id]:g}</td>" if c.id in card.self_rating else "<td>none</td>" if own else "")
        + "</tr>"
        for n, c in enumerate(card.criteria)
    )
    caption = f"<caption>Levels from 1 to 5: {text(card.title)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
