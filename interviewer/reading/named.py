"""Which facts a question names, where a sheet lists no questions by which people ask for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from interviewer.models.question import Fact, QuestionSheet
from interviewer.reading.match import mentions
from interviewer.reading.tokens import Token, content, stems, tokens

ABOUT = 0.5  # of a question's words that belong to a fact or to the case, for the fact to answer it
OWN, SAID = 2, 0.6  # words of a question, and their share of it, that a fact holds which is told by none of its names
AGAIN = 0.5  # what a fact that was told already counts, beside others that fit

# Other names for what sheets list facts under.
_EFFECT = ("effect size", "lift", "how much better")
_SAME = {
    "difference": _EFFECT, "gap": _EFFECT, "uplift": _EFFECT, "delta": _EFFECT, "gain": _EFFECT, "improvement": _EFFECT,
    "measures": ("metrics", "how many metrics"),
}  # fmt: skip
_BARE = re.compile(r"\b(?:how (?:many|much|long|big|often|large)|when|who|where|what else|what|why)\b", re.I)
# What a question may want of a figure, and how a fact shows that it has it.
MEASURES = (
    (
        r"\b(?:confidence|credible)? ?intervals?\b|\bci\b|\berror bars?\b|\bmargin of error\b|\bstandard errors?\b|"
        r"\buncertainty\b|\bhow precise\b",
        r"\bbetween\b.+\band\b|give or take|plus or minus|interval|standard error|usually moves",
    ),
    (r"\bp[- ]?values?\b", r"\bp (?:equals|is|below|=|<)|p[- ]value"),
    (r"\bstandard deviations?\b|\bvariances?\b", r"deviation|variance|spread"),
    (r"\bmedians?\b|\bpercentiles?\b|\bdistributions?\b", r"median|percentile|distribution|quartile"),
)
# Words that say nothing of what is asked for.
_GENERAL = """people users members number total in all test tests study run runs running last lasted take took go going
    keep begin end stay see look show be get have know tell exactly roughly currently actually today data"""
_EMPTY = stems(_GENERAL)
_NOUNS = re.compile(r",\s*(?:and |or )?|\s(?:and|or|as well as|plus)\s", re.I)


def named(clause: str, wanted: Sequence[tuple[str, str]], sheet: QuestionSheet, told: Collection[str]) -> list[Fact]:
    """The facts whose names a question holds, the nearest first; ``wanted``: what of ``MEASURES`` it asks for."""
    for phrase, _ in wanted:  # "a p-value" is no question about value
        clause = re.sub(phrase, " ", clause, flags=re.I)
    best = _best(clause, sheet, told) or _showing(wanted, sheet)
    if best is None:
        return []
    found = [best]
    for noun in _NOUNS.split(clause):
        other = _best(noun, sheet, told)
        if other and other.id not in {f.id for f in found} and len(found) < 3 and _score(noun, other) >= 4:
            found.append(other)
    return found


def _showing(wanted: Sequence[tuple[str, str]], sheet: QuestionSheet) -> Fact | None:
    """The one fact that has what is wanted of a figure; None where several have, or none."""
    having = [f for f in sheet.facts if wanted and all(re.search(shows, f.say, re.I) for _, shows in wanted)]
    return having[0] if len(having) == 1 else None


def _best(clause: str, sheet: QuestionSheet, told: Collection[str]) -> Fact | None:
    plain = stems(f"{sheet.ask} {_GENERAL}")
    scored = [(score, -i, f) for i, f in enumerate(sheet.facts) if (score := _score(clause, f, plain))]
    weighed = [(score * (AGAIN if f.id in told else 1), place, f) for score, place, f in scored]
    return max(weighed, key=lambda s: s[:2])[2] if weighed else None


def _score(clause: str, fact: Fact, plain: frozenset[str] = frozenset()) -> float:
    """How much of ``clause`` the fact's names cover, in letters, each once.

    0 where only "how many" is in common and something is asked for that neither the fact nor ``plain`` words hold.
    """
    names = [*fact.about, *(word for word, same in _SAME.items() if any(n in fact.about for n in same))]
    found = mentions(names, clause)
    known_already = {i for t in content(clause) if t.stem in plain for i in range(t.start, t.end)}
    covered = {i for m in found for i in range(m.start, m.end)} - known_already
    covered = covered or _loosely(fact, clause) - known_already
    bare = {i for m in _BARE.finditer(clause) for i in range(m.start(), m.end())}
    telling = [t for t in content(clause) if not bare & set(range(t.start, t.end))]
    known = stems(" ".join([*names, fact.say]))
    if not _about(telling, known | plain):
        return 0
    shared = sum(t.end - t.start for t in telling if t.stem in known)
    foreign = [t for t in telling if t.stem not in plain]
    if not covered:
        own = [t for t in foreign if t.stem in known]
        return shared / 2 if len(own) >= OWN and len(own) >= SAID * len(foreign) else 0
    if covered <= bare and foreign and not shared:
        return 0
    return len(covered - bare) + len(covered & bare) / 4 + shared / 2


def _about(telling: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether enough of a question's words belong to the fact or the case for it to be about that."""
    said = [t for t in telling if t.stem not in _EMPTY]
    return sum(t.stem in known for t in said) >= ABOUT * len(said)


def _loosely(fact: Fact, clause: str) -> set[int]:
    """Half of the words that a name of several words has in common with ``clause``, where all of it does."""
    said = {t.stem: t for t in content(clause)}
    for name in fact.about:
        wanted = stems(name)
        if len(tokens(name)) > 1 and len(wanted) > 1 and wanted <= set(said):
            return {i for s in wanted for i in range(said[s].start, said[s].end, 2)}
    return set()
