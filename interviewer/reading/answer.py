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
from interviewer.models.question import Cue, Misconception, QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.reading import flags
from interviewer.reading.asides import plainly
from interviewer.reading.decisions import settled
from interviewer.reading.facts import Asked, asked
from interviewer.reading.kinds import Read, kind_of, onward
from interviewer.reading.match import Match, Span, find
from interviewer.reading.negation import negator
from interviewer.reading.questions import Asking, asking, in_passing, inquiries
from interviewer.reading.story import happened, plural
from interviewer.reading.tokens import content, sentences, stems, tokens
from interviewer.text import fold

_REJECTING = re.compile(
    r"\b(?:wrong|mistake|trap|tempting|temptation|myth|fallacy|naive(?:ly)?|people (?:think|say|assume)|"
    r"some(?:one|body)? (?:might|may|will|would)|"
    r"they(?:'ll| will| might| may)? (?:say|think|argue|claim|want)|danger(?:ous)?|risk|problem|misleading|"
    r"careful|wary|beware|flaw(?:ed)?|"
    r"however|even if|even though|doubt|worr(?:y|ied)|inflates?|false positives?|instead of|rather than|whether|"
    r"unless|only if)\b",
    re.I,
)
_CORRECTS = re.compile(
    r"\b(?:actually,? (?:no|wait|that|i)|scratch that|i take (?:that|it) back|on (?:reflection|"
    r"second thoughts?)|let me correct|i was wrong|"
    r"that(?:'s| is| was) (?:wrong|not right|my mistake)|i misspoke|no,? wait|wait,? no|i(?:'d|"
    r" would) (?:change|revise) (?:that|my)|my mistake|"
    r"i stand corrected|you(?:'re| are) right|fair (?:point|enough)|good (?:point|catch)|i concede|"
    r"i agree with you|^\W*correction(?=[:,.]))\b",
    re.I,
)


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
    r"\b(?:what|which)\b[^?]{0,40}\bquestions?\b[^?]*\?|"
    r"\bwhat (?:would|do|did) you (?:ask|want to (?:know|ask|hear))\b",
    re.I,
)
READ = 20_000  # characters of a turn that are read, half an hour of talk; what is pasted beyond isn't
ECHO = 0.85  # of a text that is the question's
FEWEST = 4  # words that carry meaning without which "you're right" corrects nothing


@dataclass(frozen=True)
class Answer:
    """What can be read in the candidate's turn without a model; both engines start from it."""

    text: str
    kind: AnswerKind
    found: tuple[Finding, ...] = ()  # expectations, misconceptions, a push-back that was answered; quotes verified
    facts: tuple[str, ...] = ()  # ids of facts that were asked for, in the order asked
    unknown: bool = False  # something was asked that no fact tells
    meant: bool = False  # what the interviewer's own words mean, or how to take them, was asked
    again: bool = False  # to hear the question once more
    general: bool = False  # asked for a story: nothing that happened has been told yet
    plural: bool = False  # asked for a story: "we" does things and "I" hardly any
    bare: bool = False  # agrees or insists, and gives no reason
    corrected: bool = False  # takes something back
    waits_for: bool = False  # a fact was asked for, and the candidate waits for it
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
    found = findings(text, sheet, question, turns, [*aimed, *onward(text)])
    known, heard = question.told if question else (), _last_words(turns)
    if _WANTS_QUESTIONS.search(heard):  # then asking them is the answer
        said = Asking(said.any, False, False, said.spans, (), text)
    waiting = tuple(s for s in said.waiting if not _in(s, aimed))
    wants = asked(text, waiting, sheet, heard, known)
    waits_for = bool(wants.facts)
    passing = asked(text, [s for s in in_passing(text) if not _in(s, aimed)], sheet, heard, known).facts
    wants = replace(wants, facts=tuple(dict.fromkeys([*wants.facts, *(f for f in passing if f not in known)])))
    words = None if sheet.area == "culture" else vocabulary(sheet)
    last = next((t.move for t in reversed(turns) if t.role == "interviewer"), None)
    replies, again = last in (Move.PUSH_BACK, Move.DECIDE), said_before(text, turns)
    read = Read(len(found), len(wants.facts), said, bool(aimed), left, words, replies, echoes(text, sheet), again)
    kind = kind_of(text, read)
    if kind is AnswerKind.CLARIFYING:
        wants = replace(wants, unknown=wants.unknown or wants.mused)
    if kind is AnswerKind.REPEAT:
        found = ()
    if kind in (AnswerKind.EMPTY, AnswerKind.GIBBERISH, AnswerKind.SKIP):
        return Answer(full, kind)
    answer = _answer(full, kind, found, wants, said.last)
    answer = replace(
        answer, bare=agrees_barely(text), corrected=bool(_TAKES_BACK.search(text.replace("’", "'"))),
        waits_for=waits_for, decided=_decided(text, sheet, turns),
    )  # fmt: skip
    if sheet.area != "culture" or kind not in (AnswerKind.SUBSTANTIVE, AnswerKind.RAMBLE):
        return answer
    told = any(happened(t.text[:READ]) for t in turns if t.role == "candidate" and t.question in (None, sheet.id))
    return replace(answer, general=not told and not happened(text), plural=plural(text))


def _decided(text: str, sheet: QuestionSheet, turns: Sequence[Turn]) -> bool:
    """Whether the decision was voiced in this answer or one before it."""
    mine = [t.text[:READ] for t in turns if t.role == "candidate" and t.question in (None, sheet.id)]
    return settled([*mine, text])


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
    """Within an answer, what the sheet doesn't hold waits for a word only where the answer ends with it."""
    waits = last or kind is AnswerKind.CLARIFYING
    unknown = wants.unknown and (bool(wants.facts) or waits)
    return Answer(text, kind, found, wants.facts, unknown, wants.meant and waits, wants.again and waits)


def _last_words(turns: Sequence[Turn]) -> str:
    return next((t.text for t in reversed(turns) if t.role == "interviewer"), "")


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with ``spans`` cut out."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _in(span: Span, others: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


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
        if finding := _belief(belief, text, met, question, last, void):
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


def _belief(
    belief: Misconception, text: str, met: dict[str, Match], question: QuestionProgress | None, last: Turn | None,
    void: Sequence[Span],
) -> Finding | None:  # fmt: skip
    before = question.found if question else {}
    stated = held(belief, text, void)
    if stated is None:
        standing = belief.id in before and before[belief.id].verdict == "held"
        given_up = _given_up(belief, text, met, last, void) if standing else None
        return Finding(id=belief.id, verdict="corrected", quote=given_up) if given_up else None
    later = [m for id in belief.corrected_by if (m := met.get(id)) and m.start >= stated.end]
    if later or corrects(text, stated.end):
        return Finding(id=belief.id, verdict="corrected", quote=(later[0] if later else stated).text)
    if any(id in before and before[id].verdict == "met" for id in belief.corrected_by):
        return None  # the right belief was stated before: more likely ours to misread
    return Finding(id=belief.id, verdict="held", quote=stated.text)


def _given_up(
    belief: Misconception, text: str, met: dict[str, Match], last: Turn | None, void: Sequence[Span]
) -> str | None:
    """The words that give up a belief stated before: the right one instead, or, once challenged, a denial of it."""
    if right := next((met[id] for id in belief.corrected_by if id in met), None):
        return right.text
    challenged = last is not None and last.move is Move.PUSH_BACK and last.target == belief.id
    return _taken_back(belief, text, void) if challenged else None


def held(belief: Misconception, text: str, void: Sequence[Span] = ()) -> Match | None:
    """Where a belief is stated as the speaker's own: not in a sentence that doubts, rejects or asks it."""
    for cue in belief.cues:
        match = find([cue], text, void=void, together=True)
        if match and not _rejected(text, match, " ".join([cue.phrase or "", *(w for g in cue.all for w in g)])):
            return match
    return None


def _rejected(text: str, match: Match, cue: str) -> bool:
    around = [(a, b) for a, b in sentences(text) if a < match.end and match.start < b]
    start, end = around[0][0], around[-1][1]
    sentence = text[start:end]
    if "?" in text[match.start : end]:
        return True
    cued = {t.word for t in tokens(cue)}
    denies = any(negator(t.word) and t.word not in cued for t in tokens(sentence) if t.start + start < match.end)
    doubt = _REJECTING.search(sentence)
    return denies or bool(doubt and doubt.group().casefold() not in cue.casefold())


def corrects(text: str, after: int) -> bool:
    """Whether the speaker takes back what they said before ``after``."""
    return bool(_CORRECTS.search(text.replace("’", "'"), after))


def _taken_back(belief: Misconception, text: str, void: Sequence[Span]) -> str | None:
    """The words that give a challenged belief up: a concession, or the belief now denied."""
    if len(content(text)) >= FEWEST and (concession := _CORRECTS.search(text.replace("’", "'"))):
        return text[concession.start() : concession.end()]
    denied = find(belief.cues, text, void=void, guard=False, together=True)
    return denied.text if denied else None


@lru_cache(maxsize=32)
def vocabulary(sheet: QuestionSheet) -> frozenset[str]:
    """The stems of everything on a sheet, cues included."""
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
        said += [m.belief, m.challenge, *_cue_words(m.cues)]
    for p in sheet.push_backs:
        said += [p.say, p.cold or "", p.because, *_cue_words(p.met_by)]
    return stems(" \n".join(said))


def _cue_words(cues: Sequence[Cue]) -> list[str]:
    return [w for c in cues for w in ([c.phrase] if c.phrase else [w for group in c.all for w in group])]
