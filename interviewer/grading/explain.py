"""A level taken apart: what it rests on, the fewest things that would raise it, and how they could have been said.

The levels named here come from the published rule alone (grading.levels), with one verdict changed at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from interviewer.grading import levels
from interviewer.models.explanation import Explanation, Need, Stronger
from interviewer.models.question import Cue, QuestionSheet
from interviewer.models.rubric import Criterion, Rubric
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Evidence, Scorecard
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.match import find
from interviewer.reading.quotes import bordered
from interviewer.reading.tokens import sentences, stems

STEP = 0.5
UNSEEN = 5  # things not seen that are named where there is no level
TOP = 5.0
STRONG = 4.0  # graded answers from this level on can show how a point is made
FEWEST, SHARE = 2, 0.25  # words of a statement, and their share of it, that a sentence holds which comes near it


def explain(
    card: Scorecard, criterion: str, rubric: Rubric, transcript: Transcript, sheets: Sequence[QuestionSheet]
) -> Explanation | None:
    """Of ``criterion`` in one round; None where the round has no such criterion. ``sheets``: those that were asked."""
    score = next((c for c in card.criteria if c.id == criterion), None)
    if score is None:
        return None
    plain = Explanation(
        round=card.round, criterion=criterion, title=score.title, level=score.level, band=score.band,
        reason=score.reason, counted=tuple(i for i in score.checks if i.verdict in ("met", "partly")),
    )  # fmt: skip
    by_rule = score.level is None or levels.level(score.checks).value == score.level
    if not by_rule or (score.level is not None and score.level >= TOP):  # an estimate has nothing to be taken apart
        return plain
    towards = _next(score.level) if score.level is not None else None
    unseen = [i for i in score.checks if i.verdict == "not_met"][:UNSEEN]
    chosen, reached = _fewest(score.checks, towards) if towards is not None else (unseen, None)
    own = next((c for c in rubric.criteria if c.id == criterion), None)
    talk = [t for t in transcript.turns if t.role == "candidate" and t.round in (card.round, None)]
    needs = tuple(_need(i, score, talk, own, {s.id: s for s in sheets}) for i in chosen)
    return plain.model_copy(update={"towards": towards, "reaches": reached, "needs": needs})


def _next(level: float) -> float:
    """The next half level above one in tenths."""
    return (floor(level / STEP + 1e-9) + 1) * STEP


def _fewest(items: Sequence[CheckVerdict], towards: float) -> tuple[list[CheckVerdict], float]:
    """What to change, one after the other, each time what gains most, until ``towards`` is reached, and the level then.

    Where nothing gains by itself, what holds the level down goes first.
    """
    now, chosen = list(items), list[CheckVerdict]()
    while (level := _level(now)) < towards and (left := [i for i in now if _open(i)]):
        best = max(left, key=lambda i: (_level(_changed(now, i)), _holds(i), i.weight))
        chosen.append(best)
        now = _changed(now, best)
    return chosen, level


def _open(item: CheckVerdict) -> bool:
    """Whether there is something to gain by it."""
    return item.verdict == "met" if item.kind == "misconception" else item.verdict in ("not_met", "partly")


def _holds(item: CheckVerdict) -> bool:
    """Whether it can hold a level down whatever else was met."""
    return item.kind == "misconception" or (item.essential and item.verdict == "not_met")


def _changed(items: Sequence[CheckVerdict], item: CheckVerdict) -> list[CheckVerdict]:
    """The same with ``item`` as it should be, without a hint."""
    right = "partly" if item.kind == "misconception" else "met"
    return [i.model_copy(update={"verdict": right, "rung": None}) if i == item else i for i in items]


def _level(items: Sequence[CheckVerdict]) -> float:
    return levels.level(items).value or 1.0


def _need(
    item: CheckVerdict, score: CriterionScore, talk: Sequence[Turn], own: Criterion | None,
    sheets: dict[str, QuestionSheet],
) -> Need:  # fmt: skip
    asked = [sheets[item.question]] if item.question in sheets else list(sheets.values())
    return Need(
        item=item, alone=_level(_changed(score.checks, item)), nearest=_nearest(item, talk),
        stronger=_stronger(item, asked, own),
    )  # fmt: skip


def _nearest(item: CheckVerdict, talk: Sequence[Turn]) -> Evidence | None:
    """What was said for it, else the sentence that has most of its words."""
    if item.evidence:
        return item.evidence[0]
    wanted = stems(item.says)
    turns = [t for t in talk if item.question is None or t.question in (item.question, None)]
    found = [(len(wanted & stems(t.text[a:b])), -t.index, t.text[a:b].strip()) for t in turns for a, b in _parts(t)]
    shared, index, quote = max(found, default=(0, 0, ""))
    near = shared >= max(FEWEST, SHARE * len(wanted))
    return Evidence(turn=-index, quote=quote) if near else None


def _parts(turn: Turn) -> list[tuple[int, int]]:
    return list(sentences(turn.text))


def _stronger(item: CheckVerdict, sheets: Sequence[QuestionSheet], own: Criterion | None) -> Stronger | None:
    """A sentence that makes the point: of a model answer, of a graded one, else how the top of the scale looks."""
    for sheet in sheets:
        cues = _cues(item, sheet, own)
        said = [(sheet.model_answer, "the model answer")]
        said += [(e.answer, f"an answer of level {e.level:g}") for e in sheet.examples if e.level >= STRONG]
        for text, source in said:
            if cues and (match := find(cues, text)):
                a, b = bordered(text, match.start, match.end)
                return Stronger(text=" ".join(text[a:b].split()), source=f"{source} to “{sheet.name}”")
    if item.kind == "check" and own is not None:
        return Stronger(text=own.anchors.five, source=f"level 5 of {own.title}")
    return None


def _cues(item: CheckVerdict, sheet: QuestionSheet, own: Criterion | None) -> Sequence[Cue]:
    """What makes the point; of a belief, what puts it right."""
    if item.kind == "check":
        return next((c.cues for c in own.checks if c.id == item.id), ()) if own else ()
    belief = sheet.misconception(item.id)
    ids = belief.corrected_by if belief else (item.id,)
    return [cue for id in ids if (e := sheet.expectation(id)) for cue in e.cues]
