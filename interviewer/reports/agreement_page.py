"""How far grades agree with people, as one self-contained page with plots. It runs no script and loads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template

from interviewer.models.agreement import Comparison
from interviewer.reports.agreement import remarks, rows
from interviewer.reports.plots import bubbles, differences, spans
from interviewer.text import one_line

SHOWN = 40  # rows of the plot of intervals


def render(comparison: Comparison) -> str:
    """The whole page."""
    page = Template(files("interviewer.reports").joinpath("page.html").read_text(encoding="utf-8"))
    title = f"Agreement: {comparison.source}"
    return page.substitute(title=_text(title), body="\n".join(_body(comparison, title)))


def _text(text: str) -> str:
    return escape(one_line(text, 400))


def _body(comparison: Comparison, title: str) -> Iterator[str]:
    yield f"<article><h1>{_text(title)}</h1>"
    judge = comparison.engine + (f", {comparison.model}" if comparison.model else "")
    yield f'<p class="source">{_text(f"Graded by: {judge}.")}</p>'
    yield _table(rows(comparison))
    yield "".join(f"<p>{_text(line)}</p>" for line in remarks(comparison))
    yield from _figure(
        bubbles(comparison.pairs, comparison.scale),
        "Our grades against theirs. A circle's area is how many meet there; on the dashed line both are the same.",
    )
    yield from _figure(
        differences(comparison.pairs, comparison.scale), "How far our grades lie below or above theirs, and how often."
    )
    shown = [
        (name, a.pearson, a.intervals.get("pearson"), a.baselines["length_pearson"])
        for name, a in list(comparison.groups.items())[:SHOWN]
    ]
    yield from _figure(
        spans(shown), "Dots: r, with its 90 % interval. Rings: the r that the number of words reaches without a grader."
    )
    yield "</article>"


def _figure(svg: str, caption: str) -> Iterator[str]:
    yield f"<figure>{svg}<figcaption>{_text(caption)}</figcaption></figure>"


def _table(shown: Sequence[tuple[str, ...]]) -> str:
    """Groups side by side where there are few of them: the page is narrow."""
    head, *body = zip(*shown, strict=True) if len(shown) <= len(shown[0]) else shown
    top = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{_text(first)}</th>' + "".join(f"<td>{_text(cell)}</td>" for cell in rest) + "</tr>"
        for first, *rest in body
    )
    return f"<table><caption>Figures</caption><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
