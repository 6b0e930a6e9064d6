"""What can be read in a candidate's answer without a model: its kind, what it reaches, what it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from interviewer.models.base import AnswerKind, Move
from interviewer.models.events import Finding
from interviewer.models.interview import Phase, QuestionProgress, RoundProgress
from interviewer.models.numbers import NumberFinding
from interviewer.models.question import Cue, QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.reading import flags
from interviewer.reading.admissions import admission
from interviewer.reading.attempts import attempts
from interviewer.reading.beliefs import FEWEST
from interviewer.reading.decisions import settled
from interviewer.reading.facts import Asked, again, asked
from interviewer.reading.findings import READ, findings
from interviewer.reading.hedging import hedged
from interviewer.reading.kinds import Read, kind_of, onward, wants_help
from interviewer.reading.match import Span
from interviewer.reading.people import people
from interviewer.reading.questions import Asking, asking, in_passing
from interviewer.reading.story import happened, plural
from interviewer.reading.tokens import content, sentences, stems, tokens
from interviewer.text import fold

# Of these, what takes back one's own words, and not merely gives in to somebody else's.
_TAKES_BACK = re.compile(
    r"\b(?:actually,? (?:no|wait)|scratch that|i take (?:that|it) back|on (?:reflection|second thoughts?)|"
    r"let me correct|i (?:must|have to|should) correct|i was wrong|i misspoke|no,? wait|wait,? no|"
    r"i(?:'d| would) (?:change|revise) (?:that|my)|my mistake|^\W*correction(?=[:,.]))\b",
    re.I,
)
_BARELY = re.compile(
    r"\b(?:(?:yes|yeah|no|sure|okay|ok|true|right|agreed|i agree|i (?:totally|fully|completely) (?:agree|see that)|"
    r"fair(?: enough| point)?|good point|you(?:'re| are) right|i wouldn't argue(?: with that)?|makes sense|"
    r"i (?:still )?disagree|i don't (?:think so|agree)|i stand by (?:it|that)|i(?:'d| would) still|whatever you say|"
    r"if you say so|let's do that then)\b[\s,.!]*)+",
    re.I,
)


# The interviewer asks for questions: "What are your first two questions?", "What would you ask her?"
_WANTS_QUESTIONS = re.compile(
    r"\b(?:what|which)\b[^?.!;]{0,40}\bquestions?\b[^?.!;]*\?|"
    r"\bwhat (?:would|do|did) you (?:ask|want to (?:know|ask|hear))\b",
    re.I,
)
_ASKED = re.compile(
    r"\W*(?:no[,.] )?i (?:just |already )?asked (?:you )?(?:(?:for|about) (?:the )?|(?=how|what|whether|which))", re.I
)
REMINDER = 16  # words of a sentence that reminds the interviewer of a question
ECHO = 0.85  # of a text that is the question's


@dataclass(frozen=True)
class Answer:
    """What can be read in the candidate's turn without a model; both engines start from it."""

    text: str
    kind: AnswerKind
    found: tuple[Finding, ...] = ()  # expectations, misconceptions, a push-back that was answered; quotes verified
    facts: tuple[str, ...] = ()  # ids of facts that were asked for, in the order asked
    open: tuple[str, ...] = ()  # questions that no fact answers, in the candidate's words
    unknown: bool = False  # something was asked that no fact tells
    meant: bool = False  # what the interviewer's own words mean, or how to take them, was asked
    again: bool = False  # to hear the question once more
    weighed: bool = False  # ends by asking the interviewer to judge or confirm it
    general: bool = False  # asked for a story: nothing that happened has been told yet
    plural: bool = False  # asked for a story: "we" does things and "I" hardly any
    people: tuple[str, ...] = ()  # asked for a story: who is mentioned, as one would name them
    admits: str | None = None  # asked for a story: what is owned up to, in the candidate's words
    stuck: bool = False  # ends by asking for help
    bare: bool = False  # agrees or insists, and gives no reason
    hedged: bool = False  # weighs one thing against another and chooses none
    corrected: bool = False  # takes something back
    waits_for: bool = False  # a fact was asked for, and the candidate waits for it
    tried: frozenset[str] = frozenset()  # points that what was said so far may have met in words the cues don't know
    decided: bool = False  # the decision has been voiced, in this answer or before
    doubt: NumberFinding | None = None  # a number in it that is clearly wrong; filled in while a round is held

    @property
    def asks(self) -> bool:
        """Whether something in it waits for the interviewer's word."""
        return bool(self.facts) or self.unknown or self.meant or self.again


def read_answer(
    text: str,
    sheet: QuestionSheet | None,
    progress: RoundProgress | QuestionProgress | None = None,
    turns: Sequence[Turn] = (),
    phase: Phase | None = None,
) -> Answer:
    """Read one answer to ``sheet``'s question.

    ``turns`` are the round's turns before it; ``phase`` is the round's unless given. What is aimed at the interviewer,
    says the question again, or is a bag of keywords can't be evidence for anything.
    """
    full, text = text, text[:READ]
    phase = phase or (progress.phase if isinstance(progress, RoundProgress) else Phase.ASKING)
    question = progress.question if isinstance(progress, RoundProgress) else progress
    aimed = flags.injection_spans(text)
    said = asking(text)
    left = without(text, aimed)
    if phase is Phase.CLOSING or sheet is None:
        read = Read(0, 0, said, bool(aimed), left, None)
        return Answer(full, kind_of(text, read, closing=phase is Phase.CLOSING))
    if again(text):
        return Answer(full, AnswerKind.CLARIFYING, again=True)
    found = findings(text, sheet, question, turns, [*aimed, *onward(text)])
    known, heard = question.told if question else (), _last_words(turns)
    last = next((t.move for t in reversed(turns) if t.role == "interviewer"), None)
    if last is not Move.ASK and _WANTS_QUESTIONS.search(heard):  # then asking them is the answer
        said = Asking(said.any, False, False, said.spans, (), text)
    waiting = tuple(s for s in (*said.waiting, *_reminders(text, sheet)) if not _in(s, aimed))
    wants = asked(text, waiting, sheet, heard, known)
    waits_for = bool(wants.facts)
    passing = asked(text, [s for s in in_passing(text) if not _in(s, aimed)], sheet, heard, known).facts
    wants = replace(wants, facts=tuple(dict.fromkeys([*wants.facts, *(f for f in passing if f not in known)])))
    words = None if sheet.story else vocabulary(sheet)
    replies, repeats = last in (Move.PUSH_BACK, Move.DECIDE), said_before(text, turns)
    read = Read(len(found), len(wants.facts), said, bool(aimed), left, words, replies, echoes(text, sheet), repeats)
    kind = kind_of(text, read)
    if kind is AnswerKind.CLARIFYING:
        wants = replace(wants, unknown=wants.unknown or (wants.mused and not wants.weighed))
    if kind is AnswerKind.REPEAT:
        found = ()
    if kind in (AnswerKind.EMPTY, AnswerKind.GIBBERISH, AnswerKind.SKIP):
        return Answer(full, kind)
    answer = _answer(full, kind, found, wants, said.last)
    before = [t.text[:READ] for t in turns if t.role == "candidate" and t.question in (None, sheet.id)]
    answer = replace(
        answer, bare=agrees_barely(text), corrected=bool(_TAKES_BACK.search(text.replace("’", "'"))),
        waits_for=waits_for, stuck=wants_help(text), decided=settled([*before, text]),
        hedged=not sheet.story and hedged(text), tried=attempts(sheet, "\n\n".join([*before, text])),
    )  # fmt: skip
    if not sheet.story or kind not in (AnswerKind.SUBSTANTIVE, AnswerKind.RAMBLE):
        return answer
    told = any(map(happened, before))
    return replace(
        answer,
        general=not told and not happened(text),
        plural=plural(text),
        people=people(text),
        admits=None if onward(text) else admission(text),
    )


def _reminders(text: str, sheet: QuestionSheet) -> list[Span]:
    """Where somebody says what they had asked for. In a story it is a part of the telling."""
    if sheet.story:
        return []
    short = [(a, b) for a, b in sentences(text) if len(text[a:b].split()) <= REMINDER]
    return [(a + m.end(), b) for a, b in short if (m := _ASKED.match(text[a:b]))]


def echoes(text: str, sheet: QuestionSheet) -> bool:
    """Whether a text is the question again, or nearly all of it is."""
    return sum(b - a for a, b in flags.echoes(text, [sheet.ask])) >= ECHO * max(1, len(text.strip()))


def said_before(text: str, turns: Sequence[Turn]) -> bool:
    """Whether a text of some words is one of the candidate's own turns again."""
    return len(tokens(text)) >= FEWEST and fold(text) in {fold(t.text) for t in turns if t.role == "candidate"}


def agrees_barely(text: str) -> bool:
    """A reply of a few words that gives way or stands firm, and says no more."""
    flat = text.replace("’", "'")
    return bool(_BARELY.search(flat)) and len(content(_BARELY.sub(" ", flat))) < FEWEST + 2


def _answer(text: str, kind: AnswerKind, found: tuple[Finding, ...], wants: Asked, last: bool) -> Answer:
    """Within an answer, a question about the interviewer's words, or for their judgement, waits for a word only where
    the answer ends with it."""
    waits = last or kind is AnswerKind.CLARIFYING
    return Answer(
        text, kind, found, wants.facts, wants.open, wants.unknown, wants.meant and waits, wants.again and waits,
        wants.weighed and waits,
    )  # fmt: skip


def _last_words(turns: Sequence[Turn]) -> str:
    return next((t.text for t in reversed(turns) if t.role == "interviewer"), "")


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with ``spans`` cut out."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _in(span: Span, others: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


@lru_cache(maxsize=32)
def vocabulary(sheet: QuestionSheet) -> frozenset[str]:
    """The stems of everything on a sheet, its own cues included."""
    said = [
        sheet.ask,
        sheet.name,
        sheet.model_answer,
        *(f.say for f in sheet.facts),
        *(a for f in sheet.facts for a in f.about),
    ]
    for e in sheet.expectations:
        said += [e.point, e.probe, *e.hints, *_cue_words(e.cues)]
    for m in sheet.misconceptions:
        said += [m.belief, m.challenge, *(() if m.common else _cue_words(m.cues))]  # common cues are about any case
    for p in sheet.push_backs:
        said += [p.say, p.cold or "", p.because, *_cue_words(p.met_by)]
    return stems(" \n".join(said))


def _cue_words(cues: Sequence[Cue]) -> list[str]:
    return [w for c in cues for w in ([c.phrase] if c.phrase else [w for group in c.all for w in group])]
