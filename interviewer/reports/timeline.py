"""A round's course as a picture with a lane for each kind of thing, and the same as a list to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from interviewer.models.scorecard import Grade, Scorecard
from interviewer.reports.moves import Course, Happening, Lane, clock, course
from interviewer.reports.places import Places, Talk

LANES: dict[Lane, str] = {
    "course": "Course",
    "probe": "Probes",
    "push": "Push-backs",
    "hint": "Hints",
    "repair": "Redirects and repairs",
    "evidence": "Answers",
}
KEY = {
    "square": "question opened", "diamond": "decision asked for", "bar": "close", "dot": "probe",
    "up": "push-back that is right", "down": "push-back that is wrong", "rhomb": "push-back", "hint": "hint, by rung",
    "cross": "redirect", "ring": "repair", "tick": "evidence; taller for more",
}  # fmt: skip
ROW, TOP, FOOT = 42, 4, 20  # pixels: a lane, above the first, the scale below the last
TRACK = 28  # pixels from a lane's top to its line
LOW, HIGH = 2.5, 97.5  # percent at which the round begins and ends
MARKS = {
    "square": '<path d="M-5-5H5V5H-5z"/>', "diamond": '<path d="M0-7 7 0 0 7-7 0z"/>',
    "bar": '<path d="M-2-8H2V8H-2z"/>', "dot": '<circle r="4.5"/>', "ring": '<circle r="4.5" class="hollow"/>',
    "up": '<path d="M0-7 7.5 6H-7.5z"/>', "down": '<path d="M0 7-7.5-6H7.5z" class="hollow"/>',
    "rhomb": '<path d="M0-7 7 0 0 7-7 0z" class="hollow"/>', "cross": '<path d="M-5-5 5 5M5-5-5 5" class="hollow"/>',
}  # fmt: skip


def render(card: Scorecard, talk: Talk, grade: Grade, places: Places, heading: str) -> Iterator[str]:
    """The timeline of a round; nothing where there is nothing to show."""
    ran = course(card, talk.turns, grade)
    if not ran.happenings:
        return
    yield f"<{heading}>Timeline</{heading}>"
    yield f'<figure class="timeline">{_picture(ran, talk, places)}'
    yield f"<figcaption>{_key(ran)}<span>{_caption(ran, talk)}</span></figcaption></figure>"
    yield "<details><summary>The timeline in words</summary><ol>"
    yield from (_item(h, ran, places) for h in sorted(ran.happenings, key=lambda h: h.turn))
    yield "</ol></details>"


def _caption(ran: Course, talk: Talk) -> str:
    unknown = "" if ran.known else " What the interviewer's turns were for isn't known, so only evidence is shown."
    if not ran.clocked:
        return f"Turn by turn, {len(talk.turns)} turns; no clock was kept.{unknown}"
    of = f" of {talk.minutes}:00" if talk.minutes else ""
    return f"Along the candidate's clock; {clock(ran.length)}{of} used.{unknown}"


def _key(ran: Course) -> str:
    """What the marks mean, of those that are there."""
    there = [shape for shape in KEY if any(h.shape == shape for h in ran.happenings)]
    return "".join(
        f'<span><svg aria-hidden="true" width="18" height="18">{_sample(s)}</svg> {KEY[s]}</span>' for s in there
    )


def _sample(shape: str) -> str:
    kind = " push-back" if shape in ("up", "down", "rhomb") else ""
    drawn = _shape(Happening(0, 0, "course", shape, "", count=2, label="n"))
    return f'<svg x="9" y="{15 if shape == "tick" else 9}" overflow="visible" class="mark{kind}">{drawn}</svg>'


def _item(h: Happening, ran: Course, places: Places) -> str:
    at = f"{clock(h.at)}, " if ran.clocked else ""
    count = f" ({h.count} quotes)" if h.count > 1 else ""
    return f"<li>{at}{places.link(h.turn)}: {escape(h.says)}{count}</li>"


def _picture(ran: Course, talk: Talk, places: Places) -> str:
    lanes = [lane for lane in LANES if any(h.lane == lane for h in ran.happenings)]
    height = TOP + ROW * len(lanes) + FOOT
    id = f"{talk.id}-course"
    parts = "".join(
        _lane(lane, TOP + ROW * n, [h for h in ran.happenings if h.lane == lane], ran, places)
        for n, lane in enumerate(lanes)
    )
    return (
        f'<svg role="img" aria-labelledby="{id} {id}-said" height="{height}"><title id="{id}">Timeline</title>'
        f'<desc id="{id}-said">{escape(_said(lanes, ran))}</desc>{parts}{_scale(ran, talk, height)}</svg>'
    )


def _said(lanes: Sequence[Lane], ran: Course) -> str:
    names: dict[Lane, str] = {
        "course": "turns that open a question, ask for a decision or close", "probe": "probes", "push": "push-backs",
        "hint": "hints", "repair": "redirects and repairs", "evidence": "answers with evidence",
    }  # fmt: skip
    count = [f"{names[lane]}: {sum(h.lane == lane for h in ran.happenings)}" for lane in lanes]
    return f"{'; '.join(count).capitalize()}. The list after the picture says when, in words."


def _scale(ran: Course, talk: Talk, height: int) -> str:
    first, last = ("0:00", clock(ran.length)) if ran.clocked else _ends(talk)
    return (
        f'<text x="0" y="{height - 3}" class="scale">{first}</text>'
        f'<text x="100%" y="{height - 3}" text-anchor="end" class="scale">{last}</text>'
    )


def _ends(talk: Talk) -> tuple[str, str]:
    return f"turn {talk.turns[0].index}", f"turn {talk.turns[-1].index}"


def _lane(lane: Lane, top: int, marks: Sequence[Happening], ran: Course, places: Places) -> str:
    y = top + TRACK
    parts = [f'<text x="0" y="{top + 12}" class="name">{LANES[lane]}</text>']
    parts.append(f'<line x1="{LOW}%" y1="{y}" x2="{HIGH}%" y2="{y}" class="track"/>')
    if lane == "evidence":
        parts += [_answer(start, end, y, ran) for start, end in ran.answers]
    parts += [_mark(h, y, ran, places) for h in marks]
    return f'<g class="lane {lane}">{"".join(parts)}</g>'


def _answer(start: float, end: float, y: int, ran: Course) -> str:
    low, high = _at(start, ran), _at(end, ran)
    return f'<rect x="{low}%" y="{y - 4}" width="{round(max(0.2, high - low), 2)}%" height="8" rx="2" class="answer"/>'


def _mark(h: Happening, y: int, ran: Course, places: Places) -> str:
    """A mark that leads to its turn; the list is what a keyboard gets."""
    told = f"<title>turn {h.turn}: {escape(h.says)}</title>"
    body = f'<svg x="{_at(h.at, ran)}%" y="{y}" overflow="visible" class="mark">{_shape(h)}</svg>'
    there = places.ids.get(h.turn)
    return f'<a href="#{there}" tabindex="-1">{told}{body}</a>' if there else f"<g>{told}{body}</g>"


def _shape(h: Happening) -> str:
    if h.shape == "tick":
        return f'<path d="M0-{4 + 2 * min(h.count, 4)}V4" class="tick"/>'
    if h.shape == "hint":
        return f'<circle r="7.5" class="hollow"/><text y="4" text-anchor="middle">{escape(h.label)}</text>'
    return MARKS[h.shape]


def _at(seconds: float, ran: Course) -> float:
    """Where a moment stands, in percent of the width."""
    share = min(1.0, max(0.0, seconds / ran.length)) if ran.length else 0.0
    return round(LOW + share * (HIGH - LOW), 2)
