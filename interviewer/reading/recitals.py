"""Words of the rubric or a sheet, said again: whoever has read them has shown nothing by that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.reading.flags import Span, echoes, merged
from interviewer.reading.tokens import sentences, stems, tokens


def recitals(text: str, rubric: Rubric, sheets: Sequence[QuestionSheet] = ()) -> list[Span]:
    """Where ``text`` says the statements, points or anchors again that it is judged by."""
    checks = [c.says for criterion in rubric.criteria for c in criterion.checks]
    points = [e.point for sheet in sheets for e in sheet.expectations]
    anchors = [a for c in rubric.criteria for a in (c.about, c.anchors.one, c.anchors.three, c.anchors.five)]
    return merged([
        *recited(text, checks),
        *recited(text, points, fewest=4),
        *echoes(text, [*checks, *points], fewest=6),
        *echoes(text, anchors, fewest=8),
        *copied(text, [*checks, *points, *anchors]),
    ])  # fmt: skip


def recited(text: str, sources: Sequence[str], *, share: float = 0.8, fewest: int = 3) -> list[Span]:
    """Sentences that are a source said again as it stands: of at least ``fewest`` words that carry meaning, and of the
    source's, ``share`` are in both. For short sources, where an echo would be found in too much."""
    known = _stems(tuple(sources))
    found = []
    for start, end in sentences(text):
        said = stems(text[start:end])
        near = (k for k in known if fewest <= len(k) <= len(said) / share and len(k) >= len(said) * share)
        if len(said) >= fewest and any(len(said & k) >= share * len(said | k) for k in near):
            found.append((start, end))
    return found


def copied(text: str, sources: Sequence[str], *, words: int = 6) -> list[Span]:
    """Stretches of at least so many ``words`` in a row that stand in a source, in the same order."""
    known, said = _shingles(tuple(sources), words), tokens(text)
    starts = [i for i in range(len(said) - words + 1) if tuple(t.word for t in said[i : i + words]) in known]
    return merged([(said[i].start, said[i + words - 1].end) for i in starts])


@lru_cache(maxsize=64)
def _stems(sources: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(map(stems, sources))


@lru_cache(maxsize=64)
def _shingles(sources: tuple[str, ...], words: int) -> frozenset[tuple[str, ...]]:
    said = [[t.word for t in tokens(source)] for source in sources]
    return frozenset(tuple(s[i : i + words]) for s in said for i in range(len(s) - words + 1))
