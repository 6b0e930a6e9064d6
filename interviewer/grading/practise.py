"""What to practise next: three things that were missed, each with a question to practise it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.content.library import Library
from interviewer.errors import InterviewerError
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Scorecard

HOW_MANY = 3


def practise(cards: Sequence[Scorecard], library: Library, asked: Sequence[str]) -> tuple[str, ...]:
    """At most three lines; a criterion of a round is named once, sheets not asked yet are preferred."""
    lines: list[str] = []
    taken = set(asked)
    seen: set[tuple[str, str]] = set()
    for card, criterion, missed in sorted(_missed(cards), key=lambda m: _urgency(*m)):
        if len(lines) == HOW_MANY or (card.round, criterion.id) in seen:
            continue
        seen.add((card.round, criterion.id))
        sheet = _sheet(library, card.round, criterion.id, taken)
        if sheet is not None:
            taken.add(sheet.id)
        on = f" Practise on “{sheet.name}”." if sheet else ""
        lines.append(f"{criterion.title} ({card.title}): {missed.says.rstrip('.')}.{on}")
    return tuple(lines)


def _missed(cards: Sequence[Scorecard]) -> Iterator[tuple[Scorecard, CriterionScore, CheckVerdict]]:
    for card in cards:
        for criterion in card.criteria:
            for item in criterion.checks:
                if item.kind != "misconception" and item.verdict in ("not_met", "partly"):
                    yield card, criterion, item


def _urgency(card: Scorecard, criterion: CriterionScore, item: CheckVerdict) -> tuple[object, ...]:
    """Lowest level first (where there is one), then essentials, then weight."""
    level = criterion.level if criterion.level is not None else 3.0
    return level, item.verdict == "partly", not item.essential, -item.weight, card.round, criterion.id, item.id


def _sheet(library: Library, round: str, criterion: str, taken: set[str]) -> QuestionSheet | None:
    """A sheet of the round that asks for this criterion most, one that wasn't asked if there is one."""
    found: list[tuple[bool, int, str, QuestionSheet]] = []
    for name in library.question_ids(round):
        try:
            sheet = library.question(name)
        except InterviewerError:
            continue
        weight = sum(e.weight for e in sheet.expectations if e.criterion == criterion)
        if weight:
            found.append((name in taken, -weight, name, sheet))
    return min(found, key=lambda f: f[:3])[3] if found else None
