"""What of a sheet an answer reaches: expectations, misconceptions, a push-back that was answered; quotes verified."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.models.base import Move
from interviewer.models.events import Finding
from interviewer.models.interview import QuestionProgress
from interviewer.models.question import Cue, QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.reading import flags
from interviewer.reading.asides import plainly
from interviewer.reading.beliefs import belief_in
from interviewer.reading.match import Match, Span, find
from interviewer.reading.questions import inquiries

READ = 20_000  # characters of a turn that are read, half an hour of talk; what is pasted beyond isn't


def findings(
    text: str, sheet: QuestionSheet, question: QuestionProgress | None, turns: Sequence[Turn], aimed: Sequence[Span]
) -> tuple[Finding, ...]:
    """Expectations met, misconceptions held or corrected, and the pending push-back if it was answered."""
    last = next((t for t in reversed(turns) if t.role == "interviewer"), None)
    void = voided(text, [sheet.ask, *([last.text] if last else [])], aimed)
    stated = flags.merged([*void, *inquiries(text)])
    met = {e.id: m for e in sheet.expectations if (m := find(e.cues, text, void=stated))}
    known = question.found if question else {}
    for e in sheet.expectations:
        if e.id not in met and e.id not in known and (across := _across(e.cues, text, stated, sheet, turns)):
            met[e.id] = across
    found = [Finding(id=id, verdict="met", quote=m.text) for id, m in met.items()]
    for belief in sheet.misconceptions:
        if finding := belief_in(belief, text, met, question, last, void):
            found.append(finding)
    pending = sheet.push_back(last.target) if last and last.move is Move.PUSH_BACK and last.target else None
    if pending and (match := find(pending.met_by, text, void=aimed)):
        found.append(Finding(id=pending.id, verdict="met", quote=match.text))
    return tuple(found)


def _across(
    cues: Sequence[Cue], text: str, void: Sequence[Span], sheet: QuestionSheet, turns: Sequence[Turn]
) -> Match | None:
    """What this answer adds to a point begun in the answer before it, where neither makes it alone."""
    before = next((t for t in reversed(turns) if t.role == "candidate" and t.question in (None, sheet.id)), None)
    if before is None:
        return None
    head = before.text[:READ]
    shift = len(head) + 2
    first = [*flags.injection_spans(head), *flags.echoes(head, [sheet.ask]), *flags.bags(head), *inquiries(head)]
    spans = flags.merged([*first, *((a + shift, b + shift) for a, b in void)])
    match = find(cues, f"{head}\n\n{text}", void=spans)
    if match is None or match.end <= shift or not text[: match.end - shift].strip():
        return None
    start = max(0, match.start - shift)
    return Match(text[start : match.end - shift], start, match.end - shift)


def voided(text: str, heard: Sequence[str], aimed: Sequence[Span]) -> list[Span]:
    """What can't be evidence: words aimed at the interviewer, repetitions of what was heard, bags of keywords."""
    return flags.merged([*aimed, *flags.echoes(text, heard), *flags.bags(plainly(text))])
