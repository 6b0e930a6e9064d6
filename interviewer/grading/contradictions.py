"""The same story told in two rounds with other figures, or with somebody else as the one who did it.

By rule, and shy: two sentences are of one story only if a name that no interviewer said, or several rare words, stand
in both. Each then gives one figure of the same kind for the same thing, or names another doer of the same deed. What an
interviewer said is the case and no story. A question to prepare for, not a charge: it moves no level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from interviewer.models.transcript import Turn
from interviewer.reading.numbers.numerals import MONEY, Quantity, quantities
from interviewer.reading.questions import inquiries
from interviewer.reading.tokens import content, sentences, stems

MOST = 3  # that are shown
ALIKE, NAMED = 4, 2  # rare words two sentences of one story share; fewer do where a name is shared too
APART, UNLIKE = 1.15, 20.0  # times one figure is the other, from which they differ, and from which they're two things
QUOTED = 26  # words of a quote
_NAME = re.compile(r"(?<![.!?:\"“]\s)(?<!^)\b[A-Z][a-z]{2,}\b")
_SOMEBODY = (
    r"my (?:manager|boss|lead|director|colleague|team lead|predecessor)|"
    r"(?:our|the) (?:manager|director|lead|cto|ceo|vp|head of \w+|product manager|analyst|"
    r"engineers?)|a colleague|somebody else|someone else|she|he|they"
)
_DEED = re.compile(
    rf"\b(?P<who>i|{_SOMEBODY})(?: (?:had|myself|alone|finally|then|also|just|simply))* "
    r"(?P<did>decided|chose|built|designed|led|launched|stopped|proposed|found|discovered|noticed|wrote|shipped|"
    r"convinced|fixed|started|cancelled|ran|invented|suggested)\b",
    re.I,
)


@dataclass(frozen=True)
class Said:
    """One sentence of the candidate's that could be told again."""

    turn: Turn
    text: str
    rare: frozenset[str]  # stems that no interviewer used
    names: frozenset[str]  # of the whole turn


def contradictions(turns: Sequence[Turn], titles: dict[str, str]) -> tuple[str, ...]:
    """One line for each, with both quotes; ``titles`` of rounds. At most three."""
    heard = "\n".join(t.text for t in turns if t.role == "interviewer")
    said = [s for t in turns if t.role == "candidate" and t.round for s in _sentences(t, heard)]
    found = []
    for i, first in enumerate(said):
        for second in said[i + 1 :]:
            if first.turn.round != second.turn.round and (what := _clash(first, second, heard)):
                found.append(f"{_quoted(first, titles)} against {_quoted(second, titles)}: {what}")
    return tuple(dict.fromkeys(found))[:MOST]


def _sentences(turn: Turn, heard: str) -> Iterator[Said]:
    names = frozenset(_NAME.findall(turn.text)) - frozenset(re.findall(r"\w+", heard))
    asked = inquiries(turn.text)
    for a, b in sentences(turn.text):
        text = turn.text[a:b].strip()
        if (a, b) not in asked and not text.endswith("?"):
            yield Said(turn, text, stems(text) - stems(heard), names)


def _clash(first: Said, second: Said, heard: str) -> str | None:
    """What two sentences of one story don't agree on."""
    shared = first.rare & second.rare
    if len(shared) < (NAMED if first.names & second.names else ALIKE):
        return None
    for a, b in product(_figures(first.text), _figures(second.text)):
        if _same_thing(first.text, a, second.text, b) and _differ(a, b) and not _told(heard, a, b):
            return "which figure is it?"
    mine, theirs = _deeds(first.text), _deeds(second.text)
    if any((mine[did] == "i") != (theirs[did] == "i") for did in mine.keys() & theirs.keys()):
        return "who was it?"
    return None


def _figures(text: str) -> list[Quantity]:
    """Figures that are the only one of their unit in a sentence: of several one doesn't know which is meant."""
    found = [q for q in quantities(text) if not q.loose]
    return [q for q in found if sum(o.unit == q.unit for o in found) == 1 and q.value]


def _same_thing(left: str, a: Quantity, right: str, b: Quantity) -> bool:
    if a.unit != b.unit:
        return False
    if a.unit in ("", MONEY) and not (_after(left, a) & _after(right, b)) and a.unit != MONEY:
        return False
    return bool(_around(left, a) & _around(right, b))


def _after(text: str, q: Quantity) -> frozenset[str]:
    """What is counted: the next word that carries meaning."""
    following = [t.stem for t in content(text[q.end :])]
    return frozenset(following[:1])


def _around(text: str, q: Quantity) -> frozenset[str]:
    """The words near a figure that carry meaning."""
    near = [t.stem for t in content(text[: q.start])][-4:] + [t.stem for t in content(text[q.end :])][:4]
    return frozenset(s for s in near if not s[0].isdigit())


def _differ(a: Quantity, b: Quantity) -> bool:
    low, high = sorted((abs(a.value), abs(b.value)))
    rounded = abs(a.value - b.value) <= a.step + b.step
    return not rounded and APART <= high / low <= UNLIKE and not (a.about and b.about and high / low < 2)


def _told(heard: str, *figures: Quantity) -> bool:
    """Whether one of the figures is the interviewer's."""
    known = {q.value for q in quantities(heard)}
    return any(q.value in known for q in figures)


def _deeds(text: str) -> dict[str, str]:
    """Who did what, by the verb; only the first doer of each."""
    found: dict[str, str] = {}
    for match in _DEED.finditer(text.replace("’", "'")):
        found.setdefault(match["did"].casefold(), "i" if match["who"].casefold() == "i" else "other")
    return found


def _quoted(said: Said, titles: dict[str, str]) -> str:
    words = said.text.split()
    shown = " ".join(words[:QUOTED]) + (" …" if len(words) > QUOTED else "")
    return f"{titles.get(said.turn.round or '', said.turn.round or '')}, turn {said.turn.index}, “{shown}”"
