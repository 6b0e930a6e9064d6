"""An explanation for a terminal, or as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from interviewer.models.explanation import Explanation, Need
from interviewer.reports import wording
from interviewer.text import sanitise

NARROWEST, WIDEST = 30, 100


def as_json(explanations: Sequence[Explanation]) -> str:
    """A list, one object a criterion and round."""
    return json.dumps([e.model_dump(mode="json") for e in explanations], ensure_ascii=False, indent=2) + "\n"


def as_text(explanations: Sequence[Explanation], *, width: int = 80) -> str:
    """Each explanation below the other, in lines of at most ``width`` columns."""
    wide = min(WIDEST, max(NARROWEST, width))
    return "\n\n".join("\n".join(_wrapped(_lines(e), wide)) for e in explanations) + "\n"


def _wrapped(lines: Iterator[tuple[int, str]], width: int) -> Iterator[str]:
    for indent, line in lines:
        pad = " " * indent
        yield from textwrap.wrap(sanitise(line), width, initial_indent=pad, subsequent_indent=pad) or [""]


def _lines(e: Explanation) -> Iterator[tuple[int, str]]:
    yield 0, f"{e.title} ({e.round}): {_level(e)}"
    yield 0, f"Why: {e.reason}"
    for item in e.counted:
        mark = wording.BELIEF_MARKS if item.kind == "misconception" else wording.MARKS
        yield 2, f"{mark[item.verdict]} {item.says}{wording.extras(item)}"
        for evidence in item.evidence[:1]:
            yield 6, f"turn {evidence.turn}: “{wording.quote(evidence.quote)}”"
    if not e.needs and e.towards is None:
        return
    yield 0, ""
    if e.towards is None:
        yield 0, "Not seen:"
    elif not e.needs:
        yield 0, f"Nothing that was asked could bring it to {e.towards:.1f}; it takes other questions."
        return
    else:
        short = "" if (e.reaches or 0) >= e.towards else " (all that was asked; the rest takes other questions)"
        yield 0, f"To {e.reaches:.1f}{short}, the fewest things that would do it:"
    for need in e.needs:
        yield from _need(need, e)


def _level(e: Explanation) -> str:
    if e.level is None or e.band is None:
        return "no level"
    return f"{e.level:.1f} of 5 ({e.band[0]:.1f} to {e.band[1]:.1f}), {wording.in_words(e.level)}"


def _need(need: Need, e: Explanation) -> Iterator[tuple[int, str]]:
    belief = need.item.kind == "misconception"
    lead = "give up the belief: " if belief else ""
    alone = f" By itself: {need.alone:.1f}." if e.level is not None and need.alone > e.level else ""
    yield 2, f"- {lead}{need.item.says}{wording.extras(need.item)}{alone}"
    if need.nearest:
        said = "You said it in" if belief else "Nearest to it in what you said, in"
        yield 6, f"{said} turn {need.nearest.turn}: “{wording.quote(need.nearest.quote)}”"
    else:
        yield 6, "Nothing you said comes near it."
    if need.stronger:
        yield 6, f"Stronger ({need.stronger.source}): “{wording.quote(need.stronger.text)}”"
