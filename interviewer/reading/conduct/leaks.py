"""What a sheet still hides. A point is given away by words that would earn it, or by most of the words it is put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from interviewer.models.question import Cue, Expectation, QuestionSheet
from interviewer.reading.match import Match, find, mentions
from interviewer.reading.tokens import content, listed, sentences, stem, stems, tokens

if TYPE_CHECKING:
    from interviewer.reading.conduct.room import Room

FEWEST = 2  # words of a hidden text, none of them known, that tell it
SHARE = 0.5  # of such words
LONG = 4  # the same for longer hidden texts: reasons behind a push-back, the model answer
LONG_SHARE = 0.6
# Words of any talk: they tell nothing by themselves.
_PLAIN = stems("""figure number people person day week month year hour moment time part thing point question word show
    go come stay""")
_PLAIN_TERMS = _PLAIN | listed("first next last start")


@dataclass(frozen=True)
class Leak:
    words: str
    of: str


def leak(text: str, start: int, place: Room) -> Leak | None:
    """What the words of ``text`` from ``start`` on give away, together with those before them; None for nothing."""
    sheet = place.sheet
    if sheet is None:
        return None
    forms, said = _forms(text), _Said(stems(text), stems(text[start:]), text[start:].strip())
    for e, cues in _cues(sheet):
        if e.id in place.known:
            continue
        if words := _earns(cues, forms, text, start, place) or _tells(e, said, place):
            return Leak(words, e.id)
    told = next((of for of, hidden in _reasons(sheet) if _echoes(hidden, said, place, LONG, LONG_SHARE)), None)
    return Leak(said.words, told) if told else None


def _earns(cues: tuple[_Cued, ...], forms: frozenset[str], text: str, start: int, place: Room) -> str:
    """The words by which a candidate who said this would have met a point, where enough of them are news."""
    for cued in cues:
        if not all(group & forms for group in cued.groups):
            continue
        match = find([cued.cue], text, guard=False, together=True)
        if match and match.end > start and _news(mentions(cued.terms, match.text), place) >= cued.news:
            return match.text
    return ""


@dataclass(frozen=True)
class _Cued:
    """A cue, its terms, and for each of its groups the forms of which one must stand in a text it is found in."""

    cue: Cue
    terms: tuple[str, ...]
    groups: tuple[frozenset[str], ...]
    news: int  # words of it that nobody has said, from which on it tells something


@lru_cache(maxsize=32)
def _cues(sheet: QuestionSheet) -> tuple[tuple[Expectation, tuple[_Cued, ...]], ...]:
    news = 3 if sheet.story else 1  # a story is told in common words: one of them tells nothing
    return tuple((e, tuple(_cued(cue, news) for cue in e.cues)) for e in sheet.expectations)


def _cued(cue: Cue, news: int) -> _Cued:
    groups = ((cue.phrase,),) if cue.phrase else cue.all
    forms = tuple(frozenset(form for term in group for form in _first(term)) for group in groups)
    return _Cued(cue, tuple(term for group in groups for term in group), forms, news)


def _first(term: str) -> set[str]:
    """A term's first word, and all of them written as one, as they are and by their stems."""
    words = [t.word for t in tokens(term)] or [term]
    return {form for word in (words[0], "".join(words)) for form in (word, stem(word))}


def _forms(text: str) -> frozenset[str]:
    """Every word of a text and every two neighbours as one, as they are and by their stems."""
    said = [t.word for t in tokens(text)]
    words = {*said, *(a + b for a, b in pairwise(said))}
    return frozenset(words | {stem(w) for w in words})


def _news(terms: Sequence[Match], place: Room) -> int:
    """How many telling words of some terms nobody has said."""
    return len({t.stem for m in terms for t in content(m.text)} - place.stems - _PLAIN_TERMS)


@dataclass(frozen=True)
class _Said:
    """The stems of a turn so far, those of its last sentence, and that sentence."""

    turn: frozenset[str]
    sentence: frozenset[str]
    words: str


def _tells(e: Expectation, said: _Said, place: Room) -> str:
    """The sentence, where it holds enough of the point's own words or of a hint that is still to come."""
    hidden = [e.point, *e.hints[place.rung(e.id) :]]
    return said.words if any(_echoes(stems(h), said, place, FEWEST, SHARE) for h in hidden) else ""


def _echoes(hidden: frozenset[str], said: _Said, place: Room, fewest: int, share: float) -> bool:
    """Whether a turn that holds ``sentence`` tells a hidden text: so many of the words in it that are news."""
    secret = hidden - place.stems - _PLAIN
    return bool(secret & said.sentence) and len(secret & said.turn) >= max(fewest, share * len(secret))


@lru_cache(maxsize=32)
def _reasons(sheet: QuestionSheet) -> tuple[tuple[str, frozenset[str]], ...]:
    """Sentences that tell what stands behind a push-back, or what a strong answer is."""
    return tuple(_each_reason(sheet))


def _each_reason(sheet: QuestionSheet) -> Iterator[tuple[str, frozenset[str]]]:
    for p in sheet.push_backs:
        yield p.id, stems(p.because)
    for a, b in sentences(sheet.model_answer):
        yield "model_answer", stems(sheet.model_answer[a:b])
