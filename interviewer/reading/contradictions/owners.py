"""The same deed, told once as the candidate's own and once as somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.models.contradiction import Contradiction, Telling
from interviewer.reading.contradictions.passages import Passage, Rarity, alike
from interviewer.reading.tokens import STOP, tokens

_DEEDS = (
    "decided|chose|proposed|suggested|built|wrote|designed|led|noticed|discovered|found|stopped|killed|cancelled|"
    "launched|convinced|started|founded|presented|negotiated|hired|fired|shut"
)
_SAME = {"chose": "decided", "suggested": "proposed", "discovered": "found", "noticed": "found", "killed": "stopped",
         "cancelled": "stopped", "shut": "stopped"}  # fmt: skip
_THEN = r"(?:(?:then|finally|eventually|simply|just|had|\w+ly) )?"
_PEOPLE = (
    "manager|boss|director|head|lead|vp|ceo|cto|coo|cfo|chief|supervisor|colleague|predecessor|successor|mentor|"
    "skip-level|intern|analyst|engineer|designer"
)
_MINE = re.compile(rf"(?<!and )(?<!like )\bi {_THEN}(?P<deed>{_DEEDS})\b", re.I)
_THEIRS = re.compile(
    rf"\b(?:my|our|the|another|a) (?P<who>(?:[\w-]+ ){{0,2}}(?:{_PEOPLE})) {_THEN}(?P<deed>{_DEEDS})\b", re.I
)
_TOGETHER = re.compile(
    r"\b(?:and i|i and|with me|with my|together|both of us|we|us|asked me|let me|for me|had me)\b", re.I
)
REACH = 14  # words after the deed that say what was done


@dataclass(frozen=True, eq=False)
class Deed:
    """Who did what, by a passage."""

    passage: Passage
    mine: bool
    does: str
    what: Mapping[str, str]  # stem -> word, after the verb
    first: str  # the first of these
    said: str


def contradictions(passages: Sequence[Passage], rarity: Rarity) -> Iterator[Contradiction]:
    """Pairs in different rounds, the earlier telling first."""
    deeds = [d for p in passages if (d := _deed(p)) is not None]
    for i, a in enumerate(deeds):
        for b in deeds[i + 1 :]:
            if a.passage.round == b.passage.round or a.mine == b.mine or not alike(a.passage, b.passage):
                continue
            about = _same(a, b, rarity)
            if about and not any(_settles(d, a, b, rarity) for d in deeds):
                yield Contradiction(kind="owner", about=about, first=_telling(a), second=_telling(b))


def _deed(passage: Passage) -> Deed | None:
    text = passage.text.replace("’", "'")
    mine, theirs = _MINE.search(text), _THEIRS.search(text)
    found = mine or theirs
    if found is None or (mine and theirs) or _TOGETHER.search(text):
        return None
    after = [t for t in tokens(text[found.end() :])[:REACH] if t.word.isalpha() and t.word not in STOP]
    if not after:
        return None
    does = found["deed"].casefold()
    what = {t.stem: t.word for t in after if len(t.word) > 2}
    return Deed(passage, mine is not None, _SAME.get(does, does), what, after[0].stem, found.group())


def _same(a: Deed, b: Deed, rarity: Rarity) -> tuple[str, ...]:
    """The words that show that it is one deed, () where they don't."""
    return rarity.shared(a.what, b.what) if a.does == b.does and a.first == b.first else ()


def _settles(deed: Deed, a: Deed, b: Deed, rarity: Rarity) -> bool:
    """Whether the other's part is told in the same round, too: then both had one."""
    for own in (a, b):
        if deed.passage.round == own.passage.round and deed.mine != own.mine and deed.does == own.does:
            return bool(rarity.shared(deed.what, own.what))
    return False


def _telling(deed: Deed) -> Telling:
    sentence = deed.passage.sentence
    return Telling(
        round=deed.passage.round, turn=sentence.turn, quote=deed.passage.text.rstrip(" .;:!"), said=deed.said
    )
