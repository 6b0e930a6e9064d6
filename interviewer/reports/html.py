"""Scorecards as one self-contained, accessible page. Every text is escaped; it runs no script and loads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template

from interviewer.models.conduct import ConductReport
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Grade, Scorecard
from interviewer.reports import wording

SHOWN = 3  # passages of a broken rule


def render(grades: Sequence[Grade], *, width: int = 80, several: bool = False) -> str:
    """The whole page; ``width`` is of no concern to a browser."""
    page = Template(files("interviewer.reports").joinpath("page.html").read_text(encoding="utf-8"))
    names = ", ".join(g.transcript for g in grades)
    return page.substitute(
        title=_text(f"Scorecard: {names}"), body="\n".join(line for g in grades for line in _grade(g))
    )


def _text(text: str) -> str:
    return escape(wording.quote(text))


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _grade(grade: Grade) -> Iterator[str]:
    yield f"<article><h1>Scorecard: {_text(grade.transcript)}</h1>"
    yield f'<p class="source">{_text(" ".join(wording.source_lines(grade)))}</p>'
    yield _list(grade.problems)
    for card in grade.rounds:
        yield from _card(card, wording.without_flagged(grade, card))
    if grade.debrief:
        yield from _debrief(grade.debrief)
    if grade.conduct:
        yield from _conduct(grade.conduct)
    yield "</article>"


def _card(card: Scorecard, without: str) -> Iterator[str]:
    yield f"<section><h2>{_text(card.title)}</h2><p>{_text(wording.overall_line(card))}</p>"
    yield _list([*card.flags, *([without] if without else [])])
    if any(c.level is not None for c in card.criteria):
        yield _table(card)
    for score in card.criteria:
        yield from _criterion(card, score)
    yield from _numbers(card)
    for answer in card.strong_answers:
        yield f"<h3>{_text(wording.strong_answer(answer))}</h3><p>{_text(answer.text)}</p>"
    yield "</section>"


def _numbers(card: Scorecard) -> Iterator[str]:
    if not card.numbers:
        return
    yield f"<h3>{wording.NUMBERS}</h3><p>{_text(wording.numbers_summary(card))}</p><ul>"
    for found in wording.numbers_shown(card):
        quotes = "".join(
            f"<blockquote>{_text(e.quote)} <cite>turn {e.turn}</cite></blockquote>" for e in found.evidence
        )
        yield f"<li>{_text(wording.number_line(found))}{quotes}{_text(wording.number_basis(found))}</li>"
    yield "</ul>"


def _table(card: Scorecard) -> str:
    own = bool(card.self_rating)
    head = "".join(
        f'<th scope="col">{h}</th>' for h in ["Criterion", "Level, band and words", *(["Your own"] if own else [])]
    )
    rows = "".join(
        f'<tr><th scope="row">{_text(c.title)}</th><td>{_text(wording.level_line(c))}</td>'
        + (f"<td>{card.self_rating[c.id]:g}</td>" if c.id in card.self_rating else "<td>none</td>" if own else "")
        + "</tr>"
        for c in card.criteria
    )
    return f"<table><caption>Levels from 1 to 5</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _criterion(card: Scorecard, score: CriterionScore) -> Iterator[str]:
    yield f"<h3>{_text(score.title)}: {_text(wording.level_line(score))}</h3>"
    yield f"<p>{_text(score.reason)} {_text(wording.self_rating(card, score.id))}</p>"
    yield "<ul>" + "".join(_check(i, score) for i in wording.shown(score.checks)) + "</ul>"


def _check(item: CheckVerdict, score: CriterionScore) -> str:
    mark, word = wording.verdict(item, score)
    quotes = "".join(f"<blockquote>{_text(e.quote)} <cite>turn {e.turn}</cite></blockquote>" for e in item.evidence)
    says = f"{_text(item.says + wording.extras(item))}"
    return f'<li><span aria-hidden="true">{mark}</span> <strong>{_text(word)}</strong>: {says}{quotes}</li>'


def _conduct(report: ConductReport) -> Iterator[str]:
    yield f"<section><h2>{_text(wording.CONDUCT)}</h2><p>{_text(wording.conduct_summary(report))}</p>"
    for rule in report.broken:
        yield f"<h3>{_text(rule.says)}</h3><p>{_text(rule.reason)}</p>"
        yield _list([wording.passage(p) for p in rule.passages[:SHOWN]])
    yield "</section>"


def _debrief(debrief: Debrief) -> Iterator[str]:
    yield f"<section><h2>Debrief</h2><p>{_text(debrief.summary)}</p>"
    for heading, lines in wording.debrief_parts(debrief):
        yield f"<h3>{heading}</h3>{_list(lines)}"
    if debrief.contradictions:
        yield f"<h3>{wording.TOLD_TWICE}</h3>"
    for found in debrief.contradictions:
        sides = wording.tellings(found)
        head = "".join(f'<th scope="col">{_text(where)}</th>' for where, _ in sides)
        quotes = "".join(f"<td>{_text(words)}</td>" for _, words in sides)
        caption = f"<caption>{_text(wording.WHICH[found.kind])}</caption>"
        yield f"<table>{caption}<thead><tr>{head}</tr></thead><tbody><tr>{quotes}</tr></tbody></table>"
    yield "</section>"
