"""Whom a story mentions, so that they can be asked about: names, and people by what they are to the teller."""

from __future__ import annotations

import re
from collections import Counter

from interviewer.reading.story import past
from interviewer.reading.tokens import listed, plain

_NAMED = re.compile(r"(?<![\w'’])[A-Z][a-zà-ÿ]{2,}(?![\w-])")
_BEFORE = re.compile(
    r"\b(?:told|asked|with|called|rang|phoned|emailed|messaged|met|showed|hired|thanked|named|colleague|manager|"
    r"engineer|analyst|lead|boss|designer|intern)[ ,]+$",
    re.I,
)
_AFTER = re.compile(r"\W*(?:who |also |just |then |had |has |never |and I )*(?P<does>[a-z]+)")
_NEVER = listed("""january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christma easter english french german spanish italian polish dutch python
    excel slack jira github tableau spark kafka netflix google amazon meta facebook spotify uber europe america asia
    africa germany france spain italy poland finland sweden norway denmark canada mexico brazil japan india china
    london paris berlin madrid then when after and but because she they the this that these there here what who""")
_SAYS = listed("says thinks is has does wants knows and")
_ROLE = r"""(?:managers?|boss|director|vp|ceo|cfo|cto|coo|lead|team lead|engineers?|designers?|analysts?|colleagues?|
    teammates?|intern|mentee|juniors?|agents|drivers|nurses|editors|buyers|planners|operators|schedulers|
    salespeople|head\ of\ (?:the\ )?[a-z]+|product\ (?:manager|owner|lead)|project\ (?:manager|lead)|
    (?:finance|sales|support|product|engineering|marketing|operations|ops|call|data)
    \ (?:team|people|lead|director|manager))"""
_KNOWN = re.compile(rf"\b(?P<whose>my|our|the|a|an)\s+(?P<who>(?:[a-z]+\ )?{_ROLE})(?![\w'’-])", re.X | re.I)
OFTEN = 3  # times that whoever a story is about is named
_NOT_THEM = listed("own other same whole entire first last new next old right best only current former same")


def people(text: str) -> tuple[str, ...]:
    """Those who can be asked about, as the interviewer would name them: "Karin", "the depot managers", "your boss".
    Names first, then whoever is mentioned most, then first."""
    names = Counter(name for m in _NAMED.finditer(text) if (name := _name(text, m)))
    roles = Counter(role for m in _KNOWN.finditer(text.replace("’", "'")) if (role := _role(m)))
    return tuple(who for counted in (names, roles) for who, _ in counted.most_common())


def hero(story: str) -> str | None:
    """Whom a story is about, by name: somebody named ``OFTEN`` and twice as often as anybody else; None for nobody."""
    names = Counter(m.group() for m in _NAMED.finditer(story) if m.group() in _named(story))
    (first, times), (_, next_to) = [*names.most_common(2), ("", 0), ("", 0)][:2]
    return first if times >= OFTEN and times >= 2 * next_to else None


def _named(text: str) -> set[str]:
    return {name for m in _NAMED.finditer(text) if (name := _name(text, m))}


def _name(text: str, match: re.Match[str]) -> str | None:
    """A capitalised word that somebody is called: it does something, or something is done with it; at the beginning
    of a sentence, only where it stands within one too."""
    name, before = match.group(), text[: match.start()].rstrip(" \"“'")
    low = name.casefold()
    if {low, low.removesuffix("s")} & _NEVER or re.search(rf"\b(?:in|at|near|from|of) {name}\b", text):
        return None  # a time or a place
    begins = not before or before[-1] in ".!?:\n"
    if begins and not re.search(rf"[\w,] {name}\b", text):
        return None
    does = _AFTER.match(text, match.end())
    acts = does is not None and (past(plain(does["does"])) or does["does"] in _SAYS)
    return name if acts or _BEFORE.search(text[: match.start()]) else None


def _role(match: re.Match[str]) -> str | None:
    who = " ".join(match["who"].casefold().split())
    if who.split()[0] in _NOT_THEM:
        return None
    whose = {"my": "your", "our": "your", "the": "the", "a": "that", "an": "that"}[match["whose"].casefold()]
    return f"{whose} {who}"
