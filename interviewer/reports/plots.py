"""Plots as inline SVG: nothing is loaded or run, colours follow the page, and each says in words what it shows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from html import escape

from interviewer.models.agreement import Interval, Pair, Scale

LEFT, TOP, SIDE, EDGE = 56, 12, 360, 44  # pixels: room for names, above, the square, below
ROW, NAMES, WIDE = 26, 260, 380  # a row's height, room for its name, the length of its line
MOST = 14.0  # the radius of the largest circle
BARS = 21  # of the plot of differences


def bubbles(pairs: Sequence[Pair], scale: Scale) -> str:
    """Ours against theirs: a circle where grades meet, its area by how many do; on the line both are the same."""
    counted = Counter((scale.place(p.theirs), scale.place(p.ours)) for p in pairs)
    steps, most = scale.steps, max(counted.values(), default=1)
    last = max(1, len(steps) - 1)
    cell = SIDE / (last + 1)

    def at(x: int, y: int) -> tuple[float, float]:
        return LEFT + (x + 0.5) * cell, TOP + SIDE - (y + 0.5) * cell

    parts = [_line(*at(0, 0), *at(last, last), "stroke-dasharray='4 4' opacity='.5'")]
    parts += [_frame(LEFT, TOP, SIDE, SIDE)]
    every = math.ceil(len(steps) / 11)
    for n, step in list(enumerate(steps))[::every]:
        x, y = at(n, n)
        parts += [_text(x, TOP + SIDE + 16, f"{step:g}", "middle"), _text(LEFT - 8, y + 4, f"{step:g}", "end")]
    for (x, y), count in sorted(counted.items()):
        radius = max(1.5, min(MOST, cell / 2) * math.sqrt(count / most))
        told = f"theirs {steps[x]:g}, ours {steps[y]:g}: {count}"
        cx, cy = at(x, y)
        parts.append(f"<circle cx='{cx:.1f}' cy='{cy:.1f}' r='{radius:.1f}' {FILL}><title>{told}</title></circle>")
    parts.append(_text(LEFT + SIDE / 2, TOP + SIDE + 36, "theirs", "middle"))
    parts.append(_text(14, TOP + SIDE / 2, "ours", "middle"))
    return _svg(LEFT + SIDE + 12, TOP + SIDE + EDGE, "Our grades against theirs", parts)


def spans(rows: Sequence[tuple[str, float | None, Interval | None, float | None]]) -> str:
    """A row each: a correlation as a dot with its interval, and as a ring what the length of answers alone reaches."""
    low: float = min([0.0, *(v for _, r, i, other in rows for v in (r, other, *(i or ())) if v is not None)])
    low = math.floor(low * 5) / 5

    def at(value: float) -> float:
        return NAMES + (value - low) / (1 - low) * WIDE

    bottom = TOP + ROW * len(rows)
    parts = []
    for tick in range(round(low * 5), 6):
        parts.append(_line(at(tick / 5), TOP, at(tick / 5), bottom, "opacity='.2'"))
        parts.append(_text(at(tick / 5), bottom + 16, f"{tick / 5:g}", "middle"))
    for n, (name, value, interval, other) in enumerate(rows):
        y = TOP + ROW * (n + 0.5)
        parts.append(_text(NAMES - 10, y + 4, name, "end"))
        if interval:
            parts.append(_line(at(interval[0]), y, at(interval[1]), y, "stroke-width='3' opacity='.5'"))
        if other is not None:
            parts.append(f"<circle cx='{at(other):.1f}' cy='{y}' r='5' fill='none' stroke='currentColor'/>")
        if value is not None:
            parts.append(f"<circle cx='{at(value):.1f}' cy='{y}' r='5' fill='currentColor'/>")
    return _svg(NAMES + WIDE + 24, bottom + 28, "Correlations with their intervals, and that of length alone", parts)


def differences(pairs: Sequence[Pair], scale: Scale) -> str:
    """How often ours is how far below (left) or above theirs."""
    width = scale.high - scale.low
    counted = Counter(min(BARS - 1, int((p.ours - p.theirs + width) / (2 * width) * BARS)) for p in pairs)
    most, bar, height = max(counted.values(), default=1), (SIDE + 120) / BARS, 160
    parts = []
    for n, count in sorted(counted.items()):
        tall = height * count / most
        low = -width + n * 2 * width / BARS
        told = f"{low:.2f} to {low + 2 * width / BARS:.2f}: {count}"
        parts.append(
            f"<rect x='{LEFT + n * bar + 1:.1f}' y='{TOP + height - tall:.1f}' width='{bar - 2:.1f}' "
            f"height='{tall:.1f}' {FILL}><title>{told}</title></rect>"
        )
    middle, base = LEFT + BARS * bar / 2, TOP + height
    parts.append(_line(LEFT, base, LEFT + BARS * bar, base))
    parts.append(_line(middle, TOP, middle, base, "stroke-dasharray='4 4' opacity='.5'"))
    for x, value in ((LEFT, -width), (middle, 0.0), (LEFT + BARS * bar, width)):
        parts.append(_text(x, base + 16, f"{value:+g}" if value else "0", "middle"))
    parts.append(_text(middle, base + 36, "ours less theirs", "middle"))
    return _svg(LEFT + BARS * bar + 24, base + EDGE, "How far our grades lie from theirs", parts)


FILL = "fill='currentColor' fill-opacity='.55'"


def _svg(width: float, height: float, told: str, parts: Sequence[str]) -> str:
    head = f"<svg role='img' aria-label='{escape(told)}' viewBox='0 0 {width:.0f} {height:.0f}' width='{width:.0f}'"
    return f"{head} style='max-width:100%;height:auto'>{''.join(parts)}</svg>"


def _line(x1: float, y1: float, x2: float, y2: float, more: str = "") -> str:
    return f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='currentColor' {more}/>"


def _frame(x: float, y: float, width: float, height: float) -> str:
    box = f"x='{x}' y='{y}' width='{width}' height='{height}'"
    return f"<rect {box} fill='none' stroke='currentColor' opacity='.3'/>"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    place = f"x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'"
    return f"<text {place} font-size='12' fill='currentColor'>{escape(text)}</text>"
