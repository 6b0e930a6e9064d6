"""Pages of the committed examples, really graded, and what stands on a page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from interviewer.content.library import library
from interviewer.engines.offline.engine import OfflineEngine
from interviewer.grading.grade import grade
from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Transcript
from interviewer.reports import render
from interviewer.storage.formats.registry import load

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
VOID = {"meta", "br"}


@lru_cache
def graded(name: str, round: str | None = None) -> tuple[Grade, Transcript]:
    """An example as the offline engine grades it, and its transcript."""
    talk = load(EXAMPLES / f"{name}.jsonl")
    return asyncio.run(grade(talk, OfflineEngine(), library(), round=round)), talk


def page_of(name: str, round: str | None = None) -> str:
    """The page of an example."""
    made, talk = graded(name, round)
    return render("html", [made], talks=[talk])


@dataclass
class Element:
    """An element and the text in it, also of what is below it."""

    tag: str
    attrs: dict[str, str]
    inside: list[Element]
    said: list[tuple[str, bool]] = field(default_factory=list)  # pieces, and whether each is the number of a quote

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.said)

    @property
    def words(self) -> str:
        """The text without the numbers of quotes."""
        return "".join(piece for piece, number in self.said if not number)

    @property
    def id(self) -> str:
        return self.attrs.get("id", "")


@dataclass
class Page(HTMLParser):
    """Every element in order; fails where tags don't fit."""

    source: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.feed(self.source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {k: v or "" for k, v in attrs}, list(self.open))
        self.elements.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {k: v or "" for k, v in attrs}, list(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        number = any(e.tag == "sup" for e in self.open)
        for element in self.open:
            element.said.append((data, number))

    def of(self, tag: str, name: str = "") -> list[Element]:
        """Elements by tag and class."""
        return [e for e in self.elements if e.tag == tag and (not name or name in e.attrs.get("class", "").split())]

    def by_id(self, id: str) -> Element:
        (found,) = [e for e in self.elements if e.id == id]
        return found

    def below(self, element: Element, tag: str) -> list[Element]:
        return [e for e in self.elements if e.tag == tag and any(o is element for o in e.inside)]
