"""A round's levels as a chart: inline SVG whose places are in percent, so that its words stay readable at any width."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from interviewer.models.scorecard import CriterionScore, Scorecard
from interviewer.reports import wording
from interviewer.text import one_line

ROW, TOP, FOOT = 50, 6, 20  # pixels: a criterion, above the first, the scale below the last
TRACK = 32  # pixels from a row's top to its line
LOW, HIGH = 2.5, 97.5  # percent at which the levels 1 and 5 stand
LONGEST = 27  # characters of a title; the table has it whole
STEPS = range(1, 6)


def render(card: Scorecard, id: str) -> str:
    """The chart in a figure with its key; "" where nothing has a level."""
    if all(c.level is None for c in card.criteria):
        return ""
    height = TOP + ROW * len(card.criteria) + FOOT
    parts = "".join(part for n, c in enumerate(card.criteria) for part in _row(card, c, TOP + ROW * n))
    scale = "".join(_words(_at(step), height - 4, str(step), "middle", "scale") for step in STEPS)
    said = " ".join(_said(card, c) for c in card.criteria)
    return (
        f'<figure class="levels"><svg role="img" aria-labelledby="{id}-levels {id}-levels-said" height="{height}">'
        f'<title id="{id}-levels">Levels of {escape(wording.quote(card.title))}</title>'
        f'<desc id="{id}-levels-said">{escape(said)}</desc>{parts}{scale}</svg>{_key(card)}</figure>'
    )


def _said(card: Scorecard, score: CriterionScore) -> str:
    own = wording.self_rating(card, score.id)
    return " ".join(filter(None, (f"{wording.quote(score.title)}: {wording.level_line(score)}.", own)))


def _key(card: Scorecard) -> str:
    own = _shape('<path d="M7 1.5 12.5 7 7 12.5 1.5 7z" class="own"/>') + "your own rating" if card.self_rating else ""
    level = _shape('<circle cx="7" cy="7" r="5.5" class="level"/>') + "level"
    band = _shape('<rect x="0" y="4" width="14" height="6" rx="3" class="band"/>') + "band it may lie in"
    return "<figcaption>" + "".join(f"<span>{part}</span>" for part in (level, band, own) if part) + "</figcaption>"


def _shape(inner: str) -> str:
    return f'<svg aria-hidden="true" width="14" height="14">{inner}</svg> '


def _row(card: Scorecard, score: CriterionScore, top: int) -> Iterator[str]:
    y = top + TRACK
    yield _words(0, top + 16, one_line(score.title, LONGEST), "start", "name")
    yield _words(100, top + 16, _level(score), "end", "value" if score.level is not None else "value none")
    yield f'<line x1="{LOW}%" y1="{y}" x2="{HIGH}%" y2="{y}" class="track"/>'
    yield from (f'<circle cx="{_at(step)}%" cy="{y}" r="2" class="step"/>' for step in STEPS)
    if score.level is None:
        return
    if score.band:
        low, high = _at(score.band[0]), _at(score.band[1])
        yield f'<rect x="{low}%" y="{y - 5}" width="{round(high - low, 2)}%" height="10" rx="5" class="band"/>'
    own = card.self_rating.get(score.id)
    if own is not None:
        yield f'<svg x="{_at(own)}%" y="{y}" overflow="visible"><path d="M0-9 9 0 0 9-9 0z" class="own"/></svg>'
    # The dot comes last, smaller than the diamond: where both are the same, both are seen.
    yield f'<circle cx="{_at(score.level)}%" cy="{y}" r="5.5" class="level"/>'


def _level(score: CriterionScore) -> str:
    if score.level is None:
        return wording.STATUSES.get(score.status, score.status)
    return f"{score.level:.1f}" + (f" ({score.band[0]:.1f}–{score.band[1]:.1f})" if score.band else "")


def _at(level: float) -> float:
    """Where a level stands, in percent of the width."""
    return round(LOW + (min(5.0, max(1.0, level)) - 1) / 4 * (HIGH - LOW), 2)


def _words(x: float, y: float, text: str, anchor: str, kind: str) -> str:
    return f'<text x="{x}%" y="{y}" text-anchor="{anchor}" class="{kind}">{escape(text)}</text>'
