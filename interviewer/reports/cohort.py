"""A cohort in one table: CSV for a spreadsheet, and a page that runs no script and loads nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote as percent

from interviewer.models.cohort import CriterionLevel, Entry, RoundLevels
from interviewer.reports import wording
from interviewer.reports.csv_ import cell

HEAD = ("candidate", "file", "status", "round", "overall", "recommendation", "decision")
TAIL = ("engine", "model", "flags", "problems", "report")


def as_csv(entries: Sequence[Entry], open: int = 0) -> str:
    """A header, then a line for each round of each transcript; one alone for a transcript that was not graded.

    Each criterion has three columns: its level, and the ends of its band. ``open``: transcripts not come to yet.
    """
    ids = list(dict.fromkeys(c.id for e in entries for r in e.rounds for c in r.criteria))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*HEAD, *(f"{id}_{end}" for id in ids for end in ("level", "low", "high")), *TAIL])
    for entry in entries:
        for row in entry.rounds or (None,):
            writer.writerow([cell(value) for value in _line(entry, row, ids)])
    return out.getvalue()


def _line(entry: Entry, row: RoundLevels | None, ids: Sequence[str]) -> Iterator[object]:
    yield from (entry.candidate, entry.file, "failed" if entry.failure else "graded")
    yield from (row.round, row.overall, row.recommendation, entry.decision) if row else (None,) * 4
    levels = {c.id: c for c in row.criteria} if row else {}
    for id in ids:
        found = levels.get(id)
        yield from (found.level, *(found.band or (None, None))) if found else (None,) * 3
    problems = [entry.failure] if entry.failure else entry.problems
    yield from (entry.engine, entry.model, " | ".join(row.flags if row else ()), " | ".join(problems))
    yield " | ".join(entry.reports)


def as_html(entries: Sequence[Entry], open: int = 0) -> str:
    """The whole page: a table for each round, then what was not graded."""
    page = Template(files("interviewer.reports").joinpath("cohort.html").read_text(encoding="utf-8"))
    failed = [e for e in entries if e.failure]
    rounds = dict.fromkeys((r.round, r.title) for e in entries for r in e.rounds)
    said = f"{len(entries) - len(failed)} graded, {len(failed)} not graded"
    body = [f"<p>{said}{f', {open} not come to yet' if open else ''}.</p>"]
    for round, title in rounds:
        body += _table(title, [(e, r) for e in entries for r in e.rounds if (r.round, r.title) == (round, title)])
    if failed:
        body += _failures(failed)
    return page.substitute(body="\n".join(body))


def _table(title: str, rows: list[tuple[Entry, RoundLevels]]) -> Iterator[str]:
    criteria = {c.id: c.title for _, r in rows for c in r.criteria}
    head = ("Candidate", "Overall", "Recommendation", *criteria.values(), "Decision", "Judged by", "Remarks")
    yield f'<section><h2>{_text(title)}</h2><div class="wide" tabindex="0" role="region" aria-label="{_text(title)}">'
    yield "<table><caption>Levels from 1 to 5, with the range each may well lie in</caption><thead><tr>"
    yield "".join(f'<th scope="col">{_text(name)}</th>' for name in head) + "</tr></thead><tbody>"
    for entry, row in rows:
        levels = {c.id: c for c in row.criteria}
        cells = [_number(row.overall), _advice(row.recommendation), *(_level(levels.get(id)) for id in criteria)]
        cells += [_advice(entry.decision), _judge(entry), _remarks([*row.flags, *entry.problems])]
        yield f'<tr><th scope="row">{_name(entry)}</th>' + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"
    yield "</tbody></table></div></section>"


def _failures(failed: list[Entry]) -> Iterator[str]:
    yield "<section><h2>Not graded</h2><table><caption>The same command tries these again</caption>"
    yield '<thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead><tbody>'
    for entry in failed:
        yield f'<tr><th scope="row">{_text(entry.file)}</th><td>{_text(entry.failure)}</td></tr>'
    yield "</tbody></table></section>"


def _name(entry: Entry) -> str:
    """The candidate, with links to the reports."""
    links = (
        f'<a href="{escape(percent(report))}" aria-label="{_text(_kind(report))} of {_text(entry.candidate)}">'
        f"{_text(_kind(report))}</a>"
        for report in entry.reports
    )
    return f'{_text(entry.candidate)} <span class="file">{_text(entry.file)} ({", ".join(links)})</span>'


def _kind(report: str) -> str:
    return report.rpartition(".")[2]


def _level(score: CriterionLevel | None) -> str:
    if score is None:
        return "–"
    if score.level is None or score.band is None:
        return _text(wording.STATUSES.get(score.status, score.status))
    return f'{score.level:.1f} <span class="band">({score.band[0]:.1f} to {score.band[1]:.1f})</span>'


def _number(overall: float | None) -> str:
    return "none" if overall is None else f"{overall:.1f}"


def _advice(advice: str | None) -> str:
    return wording.RECOMMENDATIONS[advice] if advice else "none"


def _judge(entry: Entry) -> str:
    return _text(f"{entry.engine} ({entry.model})" if entry.model else entry.engine)


def _remarks(lines: Sequence[str]) -> str:
    if not lines:
        return "none"
    items = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f"<details><summary>{len(lines)}</summary><ul>{items}</ul></details>"


def _text(text: str) -> str:
    return escape(wording.quote(text))
