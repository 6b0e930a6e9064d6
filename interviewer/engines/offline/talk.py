"""A candidate's turns on one question, joined into one text that knows which turn each word is from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from interviewer.engines.base import JudgeTask
from interviewer.models.base import Move
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import Evidence
from interviewer.models.transcript import Turn
from interviewer.reading import flags
from interviewer.reading.answer import vocabulary
from interviewer.reading.asides import plainly
from interviewer.reading.findings import READ
from interviewer.reading.match import Match, Span
from interviewer.reading.questions import asking, inquiries
from interviewer.reading.quotes import bordered
from interviewer.reading.recitals import recitals
from interviewer.reading.tokens import STOP, Token, sentences, tokens
from interviewer.text import fold

GAP = "\n\n"
BAG, CAPPED = 0.10, 0.18  # stop-word shares below which a turn earns nothing, or at most half
ASIDE = 12  # words of a sentence that may be small talk
OPENING = 25  # words within which the first two sentences of an answer count as its opening
_YOU_MEAN = re.compile(r"\W*(?:so |and |sorry )?(?:do )?you(?:'re)? (?:mean|asking|saying)\b", re.I)
FEWEST = 14  # words a turn needs to be called a bag of keywords


@dataclass(frozen=True)
class Talk:
    """``void`` stretches of ``text`` are no evidence at all, ``thin`` ones (hardly more than keywords) are weak.

    ``asked`` are questions, evidence only that something was asked. ``plain`` is ``text`` without what people say while
    they think, every word in its place: what is searched.
    """

    question: str | None
    turns: tuple[Turn, ...]  # the candidate's
    heard: tuple[Turn, ...]  # the interviewer's
    text: str
    plain: str
    starts: tuple[int, ...]  # where each turn begins in ``text``
    void: tuple[Span, ...]
    thin: tuple[Span, ...]
    asked: tuple[Span, ...] = ()
    known: frozenset[str] = frozenset()  # the stems of the sheet's words; none where the question is unknown

    def void_in(self, index: int) -> list[Span]:
        """What can't be evidence, by its place in a turn's own text."""
        found = []
        for turn, start in zip(self.turns, self.starts, strict=True):
            if turn.index == index:
                inside = ((max(a - start, 0), min(b - start, len(turn.text))) for a, b in self.void)
                found += [(a, b) for a, b in inside if a < b]
        return found

    @property
    def after_openings(self) -> tuple[Span, ...]:
        """All but the first words of each turn."""
        ends = [start + len(turn.text) for start, turn in zip(self.starts, self.turns, strict=True)]
        said = [self.plain[a:b] for a, b in zip(self.starts, ends, strict=True)]
        openings = [start + _opening(text, self.known) for start, text in zip(self.starts, said, strict=True)]
        return tuple((a, b) for a, b in zip(openings, ends, strict=True) if a < b)

    def evidence(self, match: Match) -> tuple[Evidence, ...]:
        """The turns' own words for a match; two pieces when it runs over two turns."""
        found = []
        for turn, start in zip(self.turns, self.starts, strict=True):
            a, b = max(match.start, start), min(match.end, start + len(turn.text))
            if a < b and (a == match.start or b == match.end):
                a, b = self._widened(a, b, start, start + len(turn.text))
                quote = self.text[a:b].strip()
                if any(c.isalnum() for c in quote):
                    found.append(Evidence(turn=turn.index, quote=quote))
        return tuple(found)

    def _widened(self, a: int, b: int, low: int, high: int) -> Span:
        """Out to the borders of its sentences or clauses, never into what can't be evidence."""
        closed = [(v, w) for v, w in (*self.void, *self.thin) if w <= a or v >= b]
        low = max([low, *(w for _, w in closed if w <= a)])
        high = min([high, *(v for v, _ in closed if v >= b)])
        start, end = bordered(self.text[low:high], a - low, b - low)
        return start + low, end + low


def _opening(text: str, known: frozenset[str]) -> int:
    """Where an answer's opening ends: after two sentences, or after as many words as an opening takes. Small talk
    before it is no opening."""
    spoken = [list(own) for _, own in groupby(tokens(text), lambda t: t.sentence)]
    while known and len(spoken) > 1 and _small_talk(spoken[0], known):
        spoken.pop(0)
    words = [t for own in spoken for t in own]
    ends = len(spoken[0]) + len(spoken[1]) if len(spoken) > 2 else len(words)
    return words[min(ends, OPENING)].start if min(ends, OPENING) < len(words) else len(text)


def _on_the_subject(text: str, known: frozenset[str]) -> str:
    """The text with small talk blanked out that holds no word of the question's at all: it moves what is said around it
    no further apart."""
    words = tokens(text)
    for start, end in sentences(text):
        said = [t for t in words if start <= t.start < end]
        if known and len(said) <= ASIDE and _small_talk(said, known) and not any(t.stem in known for t in said):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _small_talk(sentence: list[Token], known: frozenset[str]) -> bool:
    """Whether hardly a word of it is the question's or the sheet's, as in "My dog is barking"."""
    carrying = [t for t in sentence if t.word not in STOP]
    ours = sum(t.stem in known for t in carrying)
    return ours <= 1 and 2 * ours <= len(carrying) and not any(t.word[0].isdigit() for t in sentence)


def standing(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns that can be evidence. After the close of a round, among questions of one's own, only an answer of some
    length that asks nothing is: something the candidate still wanted to say."""
    end = next((i for i, t in enumerate(turns) if t.role == "interviewer" and t.move is Move.CLOSE), len(turns))
    late = [
        t for t in turns[end + 1 :] if t.role == "candidate" and len(t.text.split()) >= ASIDE and not asking(t.text).any
    ]
    return (*turns[: end + 1], *late)


def talks(task: JudgeTask) -> list[Talk]:
    """The round in parts, one for each question; one part without a name where no question is known."""
    groups: dict[str | None, list[Turn]] = {}
    question: str | None = None
    for turn in standing(task.transcript.turns):
        if turn.role == "interviewer":
            question = _opened(turn, task.sheets) or question
        groups.setdefault(question, []).append(turn)
    return [_talk(name, turns, task) for name, turns in groups.items()]


def _opened(turn: Turn, sheets: tuple[QuestionSheet, ...]) -> str | None:
    """The sheet a turn opens: named by the turn, else known by its opening words."""
    if turn.question and turn.move in (Move.ASK, Move.NEXT):
        return turn.question
    said = fold(turn.text)
    return next((s.id for s in sheets if len(s.ask) >= 20 and fold(s.ask) in said), None)


def _talk(name: str | None, turns: list[Turn], task: JudgeTask) -> Talk:
    spoken = tuple(
        t.model_copy(update={"text": t.text[:READ]}) if len(t.text) > READ else t
        for t in turns
        if t.role == "candidate"
    )
    heard = tuple(t for t in turns if t.role == "interviewer")
    starts: list[int] = []
    void: list[Span] = []
    thin: list[Span] = []
    asked: list[Span] = []
    at = 0
    for turn in spoken:
        starts.append(at)
        void += [(a + at, b + at) for a, b in _void(turn, heard, task)]
        asked += [(a + at, b + at) for a, b in (*inquiries(turn.text), *_checked(turn.text))]
        share = flags.stop_share(tokens(turn.text))
        if len(tokens(turn.text)) >= FEWEST and share < CAPPED:
            (void if share < BAG else thin).append((at, at + len(turn.text)))
        at += len(turn.text) + len(GAP)
    text = GAP.join(t.text for t in spoken)
    sheet = next((s for s in task.sheets if s.id == name), None)
    known = vocabulary(sheet) if sheet else frozenset[str]()
    plain = GAP.join(_on_the_subject(plainly(t.text), known) for t in spoken)
    return Talk(
        name, spoken, heard, text, plain, tuple(starts), tuple(flags.merged(void)), tuple(thin), tuple(asked),
        known,
    )  # fmt: skip


def _checked(text: str) -> list[Span]:
    """Questions by which somebody makes sure what was asked, whether or not they wait for the answer."""
    return [(a, b) for a, b in sentences(text) if _YOU_MEAN.match(text[a:b]) and text[a:b].rstrip().endswith("?")]


def _void(turn: Turn, heard: tuple[Turn, ...], task: JudgeTask) -> list[Span]:
    """What in a turn can't be evidence: aimed at the grader, heard before, the rubric's own words, bags of keywords."""
    said = [t.text for t in heard if t.index < turn.index]
    return [
        *flags.injection_spans(turn.text),
        *flags.echoes(turn.text, said),
        *recitals(turn.text, task.rubric, task.sheets),
        *flags.bags(plainly(turn.text)),
    ]
