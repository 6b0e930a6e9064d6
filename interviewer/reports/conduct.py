"""The interviewer's own report in full, as text or JSON: every rule, every challenge, every fact told."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from interviewer.models.conduct import ConductReport, Conviction
from interviewer.reports import wording
from interviewer.reports.json_ import safe
from interviewer.text import sanitise

NARROWEST, WIDEST = 30, 100
REPLIES = {
    "updated": "updated on it", "held": "held with a reason", "caved": "caved", "stonewalled": "stonewalled",
    "unread": "can't be told from the wording", "not_tested": "not tested",
}  # fmt: skip


def render(format: str, reports: Sequence[ConductReport], *, width: int = 80, several: bool = False) -> str:
    """The reports as ``text`` or ``json``, ending in a newline; a list of objects where ``several`` were asked for."""
    if format == "json":
        found = [{**r.model_dump(mode="json"), "broken": [b.id for b in r.broken]} for r in reports]
        return safe(json.dumps(found if several else found[0], ensure_ascii=False, indent=2)) + "\n"
    columns = min(WIDEST, max(NARROWEST, width))
    lines = (line for report in reports for line in _report(report, columns))
    return "\n".join(lines).strip("\n") + "\n"


def _report(report: ConductReport, columns: int) -> Iterator[str]:
    by = f" · {report.model or report.engine}" if report.engine else ""
    title = sanitise(f"{wording.CONDUCT}: {report.transcript}{by}")
    yield from ("", title, "=" * min(columns, len(title)), *_put(wording.conduct_summary(report), columns), "")
    for rule in report.rules:
        yield from _put(wording.rule_line(rule), columns, 0, 2)
        for where in rule.passages:
            yield from _put(wording.passage(where), columns, 4, 2)
    if report.convictions:
        yield from ("", "Challenges, and how they were met:")
        for conviction in report.convictions:
            yield from _conviction(conviction, columns)
    if report.reveals:
        yield from ("", "Facts told:")
        for reveal in report.reveals:
            asked = "asked for" if reveal.asked else "not asked for"
            yield from _put(f"turn {reveal.turn}: {reveal.fact} ({reveal.question}), {asked}", columns, 2, 2)


def _conviction(c: Conviction, columns: int) -> Iterator[str]:
    kind = "right" if c.valid else "wrong"
    if c.posed is None:
        yield from _put(f"{c.round}: none that is {kind} was put", columns, 2, 2)
        return
    yield from _put(
        f"{c.round}, one that is {kind}: {REPLIES[c.reply]} ({c.push_back}, read by {c.read_by})", columns, 2, 2
    )
    for where in (c.posed, *c.passages):
        yield from _put(wording.passage(where), columns, 6, 2)


def _put(text: str, columns: int, indent: int = 0, hang: int = 0) -> list[str]:
    first, rest = " " * indent, " " * (indent + hang)
    return textwrap.wrap(sanitise(text), columns, initial_indent=first, subsequent_indent=rest) or [""]
