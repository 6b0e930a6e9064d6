"""Which evidence stands: every quote is looked up in the candidate's own turn before it earns anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import CheckVerdict, Evidence
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.answer import voided
from interviewer.reading.flags import Span, injection_spans
from interviewer.reading.quotes import verify
from interviewer.reading.recitals import recitals
from interviewer.text import words

VERDICTS = frozenset({"met", "partly", "not_met", "not_asked", "failed"})
MOVABLE = 4  # words a quote needs to be looked for in other turns than the one it cites
HEARD = 40  # interviewer turns an echo is looked for in: a whole round, and no more work in an endless file
GAP = " \x00 "  # stands for words that can't be evidence


@dataclass(frozen=True)
class Settled:
    """Verdicts whose evidence stands, in the order of the templates, and what was strange about the rest."""

    items: tuple[CheckVerdict, ...]
    problems: tuple[str, ...]


def settle(
    templates: Sequence[CheckVerdict], returned: Sequence[CheckVerdict], talk: Transcript,
    usable: Mapping[int, str] | None = None,
) -> Settled:  # fmt: skip
    """Fit an engine's verdicts to what was asked of it; ``usable`` words as ``usable_words`` gives them.

    Only verdict, evidence and note are taken over, never weights. What is missing, doubled with different verdicts,
    or no verdict at all has failed; what nobody asked for is dropped. An engine may leave a check out when it says why
    (it can't be read without a model), never an expectation.
    """
    answers: dict[tuple[str, str | None, str], list[CheckVerdict]] = {}
    for verdict in returned:
        answers.setdefault(_key(verdict), []).append(verdict)
    asked = {_key(t) for t in templates}
    strange = sum(len(found) for key, found in answers.items() if key not in asked)
    problems = [f"Verdicts nobody asked for were dropped: {strange}."] if strange else []
    usable = usable_words(talk) if usable is None else usable
    settled = tuple(_settled(t, answers.get(_key(t), []), talk, usable) for t in templates)
    return Settled(settled, tuple(problems))


def _key(item: CheckVerdict) -> tuple[str, str | None, str]:
    return item.kind, item.question, item.id


def _settled(
    template: CheckVerdict, found: Sequence[CheckVerdict], talk: Transcript, usable: Mapping[int, str]
) -> CheckVerdict:
    verdicts = {f.verdict for f in found}
    unread = verdicts == {"not_asked"} and not (template.kind == "check" and found[0].note)
    if len(verdicts) != 1 or not verdicts <= VERDICTS or unread:
        note = "No verdict came back." if len(verdicts) < 2 else "Contradicting verdicts came back."
        return template.model_copy(update={"verdict": "failed", "evidence": (), "note": note})
    answer = found[0]
    evidence = tuple(dict.fromkeys(e for f in found for raw in f.evidence if (e := standing(raw, talk, usable))))
    verdict, note = answer.verdict, answer.note
    if verdict in ("met", "partly") and not evidence:
        verdict, note = "not_met", "Unsupported: no quote of the candidate's own words stood up."
    return template.model_copy(update={"verdict": verdict, "evidence": evidence, "note": note})


def standing(evidence: Evidence, talk: Transcript, usable: Mapping[int, str]) -> Evidence | None:
    """The evidence with the words as they stand in the turn; None when it doesn't stand.

    A quote is void when it isn't the candidate's, or is found only in words that repeat the interviewer or the rubric,
    are aimed at the grader or are a bag of keywords.
    """
    for turn in _places(evidence, talk):
        span = verify(evidence.quote, turn.text)
        if span and verify(span, usable[turn.index]):
            return Evidence(turn=turn.index, quote=span)
    return None


def _places(evidence: Evidence, talk: Transcript) -> list[Turn]:
    """The cited turn; then, for a quote long enough to be found only where it was said, the others."""
    candidate = [t for t in talk.turns if t.role == "candidate"]
    cited = [t for t in candidate if t.index == evidence.turn]
    return cited + [t for t in candidate if t not in cited] if len(words(evidence.quote)) >= MOVABLE else cited


def usable_words(
    talk: Transcript, rubric: Rubric | None = None, sheets: Sequence[QuestionSheet] = ()
) -> dict[int, str]:
    """What of each candidate turn can be evidence; the words of ``rubric`` and ``sheets`` can't."""
    heard: list[str] = []
    usable: dict[int, str] = {}
    for turn in talk.turns:
        if turn.role == "interviewer":
            heard.append(turn.text)
            continue
        aimed = [*injection_spans(turn.text), *(recitals(turn.text, rubric, sheets) if rubric else ())]
        usable[turn.index] = _without(turn.text, voided(turn.text, heard[-HEARD:], aimed))
    return usable


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with each span replaced by a sign no quote can hold, so that nothing is joined across it."""
    kept, at = "", 0
    for start, end in sorted(spans):
        kept, at = kept + text[at : max(at, start)] + GAP, max(at, end)
    return kept + text[at:]
