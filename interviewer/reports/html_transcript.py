"""The transcript at the end of the page: every turn has an id, and what was quoted is marked with the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from interviewer.models.scorecard import Grade
from interviewer.models.transcript import Turn
from interviewer.reading.flags import injection
from interviewer.reports import wording
from interviewer.reports.moves import clock, said_of
from interviewer.reports.places import FLAG, Cited, Places, Talk

_GAP = re.compile(r"\n\s*\n")
_FLAGGED = re.compile(r"^Turn (\d+): words addressed to the grader")
NOT_USED = "not used as evidence"


def render(grade: Grade, places: Places, heading: int) -> Iterator[str]:
    """All rounds, each to be folded away; open at first, so that it prints and every link leads somewhere."""
    if not places.talks:
        return
    _note_flags(grade, places)
    h = f"h{heading}"
    yield f'<section class="transcript" aria-labelledby="{places.prefix}transcript">'
    yield f'<{h} id="{places.prefix}transcript">Transcript</{h}>'
    yield "<p>Marked words were quoted above; the number after them, and its name below the turn, lead back.</p>"
    for talk in places.talks:
        yield from _talk(talk, grade, places, f"h{heading + 1}")
    yield "</section>"


def _note_flags(grade: Grade, places: Places) -> None:
    """Words that did not count as evidence are marked as that."""
    for n, card in enumerate(grade.rounds):
        turns = {int(m[1]) for flag in card.flags if (m := _FLAGGED.match(flag))}
        for turn in sorted(turns & places.texts.keys()):
            for span in injection(places.texts[turn]):
                places.cite(turn, span, f"{places.round(n)}-notes", FLAG)


def _talk(talk: Talk, grade: Grade, places: Places, h: str) -> Iterator[str]:
    yield f'<details open id="{talk.id}-talk"><summary><{h}>{escape(wording.quote(talk.title))}</{h}>'
    yield f'<span class="count">{len(talk.turns)} turns</span></summary>'
    for turn in talk.turns:
        yield from _turn(turn, said_of(turn, grade), places)
    yield "</details>"


def _turn(turn: Turn, what: str, places: Places) -> Iterator[str]:
    id, text = places.ids[turn.index], places.texts[turn.index]
    cited = sorted(places.cited.get(turn.index, ()), key=lambda c: (c.start, c.end))
    numbers = _numbered(cited)
    at = f' <span class="at">{clock(turn.clock)}</span>' if turn.clock else ""
    did = f' <span class="move">{escape(what)}</span>' if what else ""
    yield f'<div class="turn {turn.role}" id="{id}" tabindex="-1"><p class="who">'
    yield f'<strong>{turn.role.capitalize()}</strong> <a href="#{id}">turn {turn.index}</a>{at}{did}</p>'
    yield f'<div class="said"><p>{_marked(text, cited, numbers)}</p></div>'
    if numbers:
        back = "; ".join(_back(place, name, n) for (place, name), n in numbers.items())
        yield f'<p class="back">Quoted for {back}</p>'
    yield "</div>"


def _numbered(cited: Sequence[Cited]) -> dict[tuple[str, str], int]:
    """The places that quote a turn, numbered in the order of the words."""
    return {key: n for n, key in enumerate(dict.fromkeys((c.place, c.name) for c in cited), 1)}


def _back(place: str, name: str, number: int) -> str:
    shown = NOT_USED if name == FLAG else name
    return f'<a href="#{place}"><span class="n">{number}</span> {escape(wording.quote(shown))}</a>'


def _marked(text: str, cited: Sequence[Cited], numbers: dict[tuple[str, str], int]) -> str:
    """The text with everything that was quoted marked, also where quotes overlap; each end has its numbers."""
    cuts = sorted({0, len(text), *(c.start for c in cited), *(c.end for c in cited)})
    out: list[str] = []
    for start, end in pairwise(cuts):
        over = [c for c in cited if c.start <= start and end <= c.end]
        piece = _GAP.sub("</p><p>", escape(text[start:end]))
        out.append(_mark(piece, all(c.name == FLAG for c in over)) if over else piece)
        ending = dict.fromkeys((c.place, c.name) for c in cited if c.end == end)
        out += [_number(place, name, numbers[place, name]) for place, name in ending]
    return "".join(out).replace("\n", "<br>")


def _mark(piece: str, flagged: bool) -> str:
    """A piece marked; never across a paragraph."""
    tag = '<mark class="flagged">' if flagged else "<mark>"
    return "</p><p>".join(f"{tag}{part}</mark>" if part else "" for part in piece.split("</p><p>"))


def _number(place: str, name: str, number: int) -> str:
    said = f"{NOT_USED}, back to the notes" if name == FLAG else f"back to {wording.quote(name)}"
    return f'<sup><a href="#{place}" aria-label="{escape(said)}">{number}</a></sup>'
