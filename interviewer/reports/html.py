"""Scorecards as one self-contained, accessible page that can be sent on. Every text is escaped; it runs no script and
loads nothing: pictures are inline SVG, the transcript is at its end, and every quote leads to its turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template

from interviewer.models.conduct import ConductReport
from interviewer.models.scorecard import Debrief, Grade
from interviewer.models.transcript import Transcript
from interviewer.reports import Talks, html_transcript, standing, wording
from interviewer.reports.html_round import RoundPage, badges, quoted, text
from interviewer.reports.places import Places

SHOWN = 3  # passages of a broken rule
_QUOTED = re.compile(r"\s*\(turn (\d{1,6}): “(.*?)”( …)?\)")
FEW = 3  # notes that stand there unfolded


def render(grades: Sequence[Grade], *, width: int = 80, several: bool = False, talks: Talks = ()) -> str:
    """The whole page; ``width`` is of no concern to a browser. A grade without its talk has no transcript and no
    timeline."""
    page = Template(files("interviewer.reports").joinpath("page.html").read_text(encoding="utf-8"))
    names = ", ".join(g.transcript for g in grades)
    many = len(grades) > 1
    body = [f"<h1>{len(grades)} scorecards</h1>"] if many else []
    for n, grade in enumerate(grades):
        talk = talks[n] if n < len(talks) else None
        body += _Page(grade, talk, f"g{n + 1}-" if many else "", 2 if many else 1).render()
    return page.substitute(title=text(f"Scorecard: {names}"), body="\n".join(part for part in body if part))


class _Page:
    """One grade. ``heading`` is the level of its title."""

    def __init__(self, grade: Grade, talk: Transcript | None, prefix: str, heading: int) -> None:
        self.grade, self.prefix, self.heading = grade, prefix, heading
        self.places = Places(grade, talk, prefix)
        self.h, self.below, self.least = (f"h{heading + n}" for n in range(3))

    def render(self) -> Iterator[str]:
        grade, title = self.grade, f"{self.prefix}top"
        yield f'<article aria-labelledby="{title}"><header><{self.h} id="{title}">'
        yield f"Scorecard: {text(grade.transcript)}</{self.h}>"
        if grade.debrief and grade.debrief.decision:
            yield f'<p class="decision">Decision: {wording.RECOMMENDATIONS[grade.debrief.decision]}</p>'
        yield f'<p class="source">{text(" ".join(wording.source_lines(grade)))}</p>'
        yield badges(standing.lacks(grade))
        yield from self._made_with()
        yield from self._notes()
        yield f"</header>{self._contents()}"
        for n in range(len(grade.rounds)):
            yield from RoundPage(grade, n, self.places, self.heading + 1).render()
        if grade.debrief:
            yield from self._debrief(grade.debrief)
        if grade.conduct:
            yield from self._conduct(grade.conduct)
        yield from html_transcript.render(grade, self.places, self.heading + 1)
        yield "</article>"

    def _notes(self) -> Iterator[str]:
        """What was assumed or not as it was; many are folded away, but never their number."""
        notes = "".join(f"<li>{self.places.prose(p)}</li>" for p in self.grade.problems)
        if len(self.grade.problems) > FEW:
            yield f"<details><summary>{len(self.grade.problems)} notes on what was graded</summary>"
            yield f'<ul class="notes">{notes}</ul></details>'
        elif notes:
            yield f'<ul class="notes">{notes}</ul>'

    def _made_with(self) -> Iterator[str]:
        """Engine, model, hashes; and what each badge means."""
        yield "<details><summary>What the badges mean, and all hashes</summary>"
        said = "".join(
            f"<li><strong>{text(lack.badge)}</strong>: {text(lack.says)}</li>" for lack in standing.lacks(self.grade)
        )
        yield f"<ul>{said}</ul><dl>"
        for fact in standing.facts(self.grade):
            used = ", ".join(f"{text(name)} <code>{escape(sha256)}</code>" for name, sha256 in fact.hashes)
            yield f"<dt>{fact.name}</dt><dd>{text(fact.value)}{used}</dd>"
        yield "</dl></details>"

    def _contents(self) -> str:
        """Links to all parts, in order; each round with its level."""
        rounds = "".join(
            f'<li><a href="#{self.places.round(n)}">{text(card.title)}</a> <span>{_short(card.overall)}</span></li>'
            for n, card in enumerate(self.grade.rounds)
        )
        parts: list[tuple[str, str]] = []
        if self.grade.debrief:
            parts.append((f"{self.prefix}debrief", "Debrief"))
        if self.grade.conduct:
            parts.append((f"{self.prefix}conduct", wording.CONDUCT))
        if self.places.talks:
            parts.append((f"{self.prefix}transcript", "Transcript"))
        rest = "".join(f'<li><a href="#{id}">{text(title)}</a></li>' for id, title in parts)
        named = text(self.grade.transcript)
        return f'<nav aria-label="Contents of {named}"><ul class="glance">{rounds}</ul><ul>{rest}</ul></nav>'

    def _debrief(self, debrief: Debrief) -> Iterator[str]:
        id = f"{self.prefix}debrief"
        for met in self.grade.conduct.convictions if self.grade.conduct else ():
            for passage in (*([met.posed] if met.posed else []), *met.passages):
                self.places.cite(passage.turn, passage.quote, id, "Under pressure")
        yield f'<section aria-labelledby="{id}"><{self.below} id="{id}">Debrief</{self.below}>'
        yield f"<p>{self.places.prose(debrief.summary)}</p>"
        for heading, lines in wording.debrief_parts(debrief):
            items = "".join(f"<li>{self._set_apart(line)}</li>" for line in lines)
            yield f'<{self.least}>{heading}</{self.least}><ul class="debrief">{items}</ul>'
        yield from self._told_twice(debrief)
        yield "</section>"

    def _told_twice(self, debrief: Debrief) -> Iterator[str]:
        """What two rounds tell differently, side by side."""
        if debrief.contradictions:
            yield f"<{self.least}>{wording.TOLD_TWICE}</{self.least}>"
        for found in debrief.contradictions:
            sides = (found.first, found.second)
            for told in sides:
                self.places.cite(told.turn, told.quote, f"{self.prefix}debrief", wording.TOLD_TWICE)
            head = "".join(f'<th scope="col">{text(told.title or told.round)}</th>' for told in sides)
            words = "".join(f"<td>{quoted(told.quote, told.turn, self.places)}</td>" for told in sides)
            caption = f"<caption>{text(wording.WHICH[found.kind])}</caption>"
            yield f"<table>{caption}<thead><tr>{head}</tr></thead><tbody><tr>{words}</tr></tbody></table>"

    def _set_apart(self, line: str) -> str:
        """A sentence of the debrief with what it quotes in brackets set apart."""
        parts = _QUOTED.split(line)
        out = [self.places.prose(parts[0])]
        for turn, quote, more, after in zip(*(parts[n::4] for n in range(1, 5)), strict=True):
            out.append(quoted(quote + (more or ""), int(turn), self.places))
            if rest := after.lstrip(" :.").strip():
                out.append(self.places.prose(rest[0].upper() + rest[1:]))
        return "".join(out)

    def _conduct(self, report: ConductReport) -> Iterator[str]:
        id = f"{self.prefix}conduct"
        yield f'<section aria-labelledby="{id}"><{self.below} id="{id}">{wording.CONDUCT}</{self.below}>'
        yield f"<p>{text(wording.conduct_summary(report))}</p>"
        for rule in report.broken:
            yield f"<{self.least}>{text(rule.says)}</{self.least}><p>{text(rule.reason)}</p>"
            for where in rule.passages[:SHOWN]:
                self.places.cite(where.turn, where.quote, id, wording.CONDUCT)
                yield quoted(where.quote, where.turn, self.places)
                yield f'<p class="note">{text(where.note)}</p>' if where.note else ""
        yield "</section>"


def _short(overall: float | None) -> str:
    return "no level" if overall is None else f"{overall:.1f} of 5, {wording.in_words(overall)}"
