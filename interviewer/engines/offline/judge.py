"""Verdicts from cues: what a reader without a model can say about a round, with the words it saw.

A known limit: keywords glued into sentences that mean nothing can still pass. What is held off is named in ``reading``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from interviewer.engines.base import JudgeTask
from interviewer.engines.offline.talk import Talk, standing, talks
from interviewer.models.events import Finding
from interviewer.models.interview import QuestionProgress
from interviewer.models.question import Cue, QuestionSheet
from interviewer.models.rubric import Check, Rubric
from interviewer.models.scorecard import CheckVerdict, Evidence, Verdict
from interviewer.reading.asides import plainly, squeezed
from interviewer.reading.decisions import decision
from interviewer.reading.findings import findings
from interviewer.reading.match import find
from interviewer.reading.quotes import bordered

# Statements about asking; for any other, a question is no evidence.
_ASKS = re.compile(
    r"^(?:the candidate )?(?:asks?|clarif|questions?|checks? with|requests?|enquires?|seeks?|treats?|restates?)", re.I
)
Beliefs = dict[str, tuple[Finding, int]]  # misconception -> what was said of it last, and in which turn
UNREADABLE = "can't be read without a model"


def verdicts(task: JudgeTask) -> list[CheckVerdict]:
    """One verdict for each item, in order; the same for the same task."""
    parts = talks(task)
    believed = {s.id: _believed(s, [p for p in parts if p.question == s.id]) for s in task.sheets}
    return [_verdict(item, task, parts, believed) for item in task.items]


def _verdict(
    item: CheckVerdict, task: JudgeTask, parts: Sequence[Talk], believed: Mapping[str, Beliefs]
) -> CheckVerdict:
    if not any(part.turns for part in parts):
        return _said(item, "not_asked", note="the candidate said nothing")
    if item.kind == "check":
        return _check(item, task, parts)
    sheet = next((s for s in task.sheets if s.id == item.question), None)
    if sheet is None or task.rubric.offline == "structure":
        return _said(item, "not_asked", note=UNREADABLE)
    own = [part for part in parts if part.question == sheet.id]
    if not any(part.turns for part in own):
        return _said(item, "not_asked", note="the question was not answered")
    if item.kind == "misconception":
        return _misconception(item, sheet, own, believed[sheet.id])
    expectation = sheet.expectation(item.id)
    return _by_cues(item, expectation.cues, own) if expectation else _said(item, "not_asked", note=UNREADABLE)


def _check(item: CheckVerdict, task: JudgeTask, parts: Sequence[Talk]) -> CheckVerdict:
    check = _of(task.rubric, item)
    if check is None or not (check.cues or check.reads) or (task.rubric.offline == "structure" and not check.structure):
        return _said(item, "not_asked", note=UNREADABLE)
    if check.when and not any(find(check.when, plainly(turn.text)) for turn in standing(task.transcript.turns)):
        return _said(item, "not_asked", note="it never came up")
    if check.reads == "decision" and (call := _committed(parts)):
        return _said(item, "met", call)
    return _by_cues(item, check.cues, parts, opening=check.where == "opening", together=True)


def _committed(parts: Sequence[Talk]) -> tuple[Evidence, ...]:
    """The last words in which the candidate commits themselves."""
    for part in reversed(parts):
        for turn, start in zip(reversed(part.turns), reversed(part.starts), strict=True):
            plain, places = squeezed(plainly(turn.text))
            call = decision(plain)
            if not call:
                continue
            begin = plain.find(call)
            first, end = places[begin], places[begin + len(call) - 1] + 1
            # A decision takes up the question's words; only what is nothing but them is no decision.
            if not any(a <= start + first and start + end <= b for a, b in (*part.void, *part.thin)):
                end = min([end, *(a - start for a, _ in part.void if start + first < a)])
                return (Evidence(turn=turn.index, quote=turn.text[first:end].rstrip()),)
    return ()


def _of(rubric: Rubric, item: CheckVerdict) -> Check | None:
    criterion = rubric.criterion(item.criterion)
    return next((c for c in criterion.checks if c.id == item.id), None) if criterion else None


def _by_cues(
    item: CheckVerdict, cues: Sequence[Cue], parts: Sequence[Talk], *, opening: bool = False, together: bool = False
) -> CheckVerdict:
    """Met where a cue is found in running speech, partly where it is only found among keywords.

    A rubric's check holds of any case, so its words are common: they must stand ``together``, in one sentence.
    """
    weak: tuple[Evidence, ...] = ()
    for part in parts:
        void = part.void if _ASKS.match(item.says) else (*part.void, *part.asked)
        void = (*void, *part.after_openings) if opening else void
        if match := find(cues, part.plain, void=[*void, *part.thin], together=together):
            return _said(item, "met", part.evidence(match))
        if not weak and (match := find(cues, part.plain, void=void, together=together)):
            weak = part.evidence(match)
    if weak:
        return _said(item, "partly", weak, note="found among keywords only")
    return _said(item, "not_met")


def _believed(sheet: QuestionSheet, parts: Sequence[Talk]) -> Beliefs:
    """What was last said of each of the sheet's misconceptions, and in which turn."""
    last: Beliefs = {}
    progress = QuestionProgress(sheet.id)
    for part in parts if sheet.misconceptions else ():
        for turn in part.turns:
            before = [t for t in part.heard if t.index < turn.index]
            for finding in findings(plainly(turn.text), sheet, progress, before, part.void_in(turn.index)):
                if finding.verdict != "met" or finding.id not in progress.found:
                    progress.found[finding.id] = finding
                if sheet.misconception(finding.id):
                    last[finding.id] = (finding, turn.index)
    return last


def _misconception(item: CheckVerdict, sheet: QuestionSheet, parts: Sequence[Talk], believed: Beliefs) -> CheckVerdict:
    """Met (it stands) when it was stated and nothing later took it back."""
    if sheet.misconception(item.id) is None:
        return _said(item, "not_asked", note=UNREADABLE)
    if item.id not in believed:
        return _said(item, "not_met")
    finding, index = believed[item.id]
    evidence = (Evidence(turn=index, quote=_whole(finding.quote, index, parts)),)
    if finding.verdict == "corrected":
        return _said(item, "not_met", evidence, note="stated and taken back")
    return _said(item, "met", evidence)


def _whole(quote: str, index: int, parts: Sequence[Talk]) -> str:
    """A quote out to the borders of its sentence or clause."""
    turn = next((t for part in parts for t in part.turns if t.index == index), None)
    start = plainly(turn.text).find(quote) if turn else -1
    if turn is None or start < 0:
        return quote
    a, b = bordered(turn.text, start, start + len(quote))
    return turn.text[a:b].strip()


def _said(item: CheckVerdict, verdict: Verdict, evidence: tuple[Evidence, ...] = (), note: str = "") -> CheckVerdict:
    return item.model_copy(update={"verdict": verdict, "evidence": evidence, "note": note})
