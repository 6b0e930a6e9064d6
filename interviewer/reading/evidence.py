"""Which quotes can be evidence: those of the candidate's own words, found where they are said to stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import Evidence
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.decisions import decision
from interviewer.reading.findings import voided
from interviewer.reading.flags import Span, echoes, injection_spans
from interviewer.reading.negation import negator
from interviewer.reading.quotes import verify
from interviewer.reading.recitals import recitals
from interviewer.reading.tokens import content, tokens
from interviewer.text import words

MOVABLE = 4  # words a quote needs to be looked for in other turns than the one it cites
HEARD = 40  # interviewer turns an echo is looked for in: a whole round, and no more work in an endless file
FEWEST, RESTATED = 4, 0.85  # words that carry meaning, and the share of a quote that is the question's
GAP = " \x00 "  # stands for words that can't be evidence


def standing(evidence: Evidence, talk: Transcript, usable: Mapping[int, str]) -> Evidence | None:
    """The evidence with the words as they stand in the turn; None when it doesn't stand.

    A quote is void when it isn't the candidate's, or is found only in words that repeat the interviewer or the rubric,
    are aimed at the grader or are a bag of keywords.
    """
    for turn in _places(evidence, talk):
        span = verify(evidence.quote, turn.text)
        if span and verify(span, usable[turn.index]) and not _restates(span, turn, talk):
            return Evidence(turn=turn.index, quote=span)
    return None


def _restates(quote: str, turn: Turn, talk: Transcript) -> bool:
    """Whether a quote only says again what was asked, also where the sentence around it says more. To commit to what
    was asked about, or to deny it, is an answer."""
    if len(content(quote)) < FEWEST or decision(quote) or any(negator(t.word) for t in tokens(quote)):
        return False
    heard = [t.text for t in talk.turns if t.role == "interviewer" and t.index < turn.index][-HEARD:]
    return sum(b - a for a, b in echoes(quote, heard, fewest=FEWEST)) >= RESTATED * len(quote)


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
