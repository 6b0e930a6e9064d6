"""Scorecards as text, markdown, json, html or csv: one file a format, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from interviewer.errors import NotFound
from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Transcript

Talks = Sequence[Transcript | None]
FORMATS = {
    "text": "interviewer.reports.text",
    "json": "interviewer.reports.json_",
    "markdown": "interviewer.reports.markdown",
    "html": "interviewer.reports.html",
    "csv": "interviewer.reports.csv_",
}


def render(format: str, grades: Sequence[Grade], *, width: int = 80, several: bool = False, talks: Talks = ()) -> str:
    """The grades in ``format``, ending in a newline. ``width`` is the terminal's, in columns; ``several``: more than
    one file was asked for; ``talks`` are the transcripts that were graded, in the same order, for the page that shows
    them too. Raises NotFound for an unknown format."""
    if format not in FORMATS:
        raise NotFound.among("report format", format, list(FORMATS))
    module = import_module(FORMATS[format])
    rendered: str = module.render(grades, width=width, several=several or len(grades) > 1, talks=talks)
    return rendered
