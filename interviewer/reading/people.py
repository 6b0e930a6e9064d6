"""Whom a story mentions, so that they can be asked about: names, and people by what they are to the teller."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from interviewer.reading.story import past
from interviewer.reading.tokens import listed, plain

_NAMED = re.compile(r"(?<![\w'’-])(?=[^\W\d_])(?:O['’])?[^\W\d_]{3,}(?:-[^\W\d_]{2,})?(?![\w-])")
_BEFORE = re.compile(
    r"\b(?:told|asked|with|called|rang|phoned|emailed|messaged|met|showed|hired|thanked|named|colleague|manager|"
    r"engineer|analyst|lead|boss|designer|intern)[ ,]+$",
    re.I,
)
_PLACED = re.compile(r"\b(?:in|at|near) $", re.I)
_AFTER = re.compile(r"\W{0,3}(?:who |also |just |then |had |has |never |and I )?(?P<does>[a-z]+)")
NEAR = 16  # characters before a name in which what is done with it stands
# Written with a capital letter and no person; a month is one only where nobody is called so.
_NEVER = listed("""january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter english french german spanish italian polish dutch python
    excel slack jira github tableau spark kafka netflix google amazon meta facebook spotify uber europe america asia
    africa germany france spain italy poland finland sweden norway denmark canada mexico brazil japan india china
    london paris berlin madrid then when after and but because she they the this that these there here what who not
    nobody somebody everybody nothing legal product finance engineering marketing sales support operations design
    security compliance god dad mum mom sorry yes""")
_SAYS = listed("says thinks is has does wants knows and")
_ROLE = r"""(?:managers?|boss|director|vp|ceo|cfo|cto|coo|lead|team lead|engineers?|designers?|analysts?|colleagues?|
    teammates?|intern|mentee|juniors?|agents|drivers|nurses|editors|buyers|planners|operators|schedulers|
    salespeople|head\ of\ (?:the\ )?[a-z]+|product\ (?:manager|owner|lead)|project\ (?:manager|lead)|
    (?:finance|sales|support|product|engineering|marketing|operations|ops|call|data)
    \ (?:team|people|lead|director|manager))"""
_KNOWN = re.compile(rf"\b(?P<whose>my|our|the|a|an)\s+(?P<who>(?:[a-z]+\ )?{_ROLE})(?![\w'’-])", re.X | re.I)
OFTEN = 3  # times that whoever a story is about is named
_NOT_THEM = listed("own other same whole entire first last new next old right best only current former")


def people(text: str) -> tuple[str, ...]:
    """Those who can be asked about, as the interviewer would name them: "Karin", "the depot managers", "your boss".
    Names first, then whoever is mentioned most, then first."""
    roles = Counter(role for m in _KNOWN.finditer(text.replace("’", "'")) if (role := _role(m)))
    return tuple(who for counted in (_names(text), roles) for who, _ in counted.most_common())


def hero(story: str) -> str | None:
    """Whom a story is about, by name: somebody named ``OFTEN`` and twice as often as anybody else; None for nobody."""
    (first, times), (_, next_to) = [*_names(story).most_common(2), ("", 0), ("", 0)][:2]
    return first if times >= OFTEN and times >= 2 * next_to else None


@lru_cache(maxsize=64)
def _names(text: str) -> Counter[str]:
    """How often each is named whom somebody is called: one who does something, or with whom something is done; one that
    stands only at beginnings of sentences, or after "in" or "at", is nobody."""
    named: Counter[str] = Counter()
    acting, within, places = set[str](), set[str](), set[str]()
    for m in _NAMED.finditer(text):
        name, before = m.group(), text[max(0, m.start() - NEAR) : m.start()]
        low = name.casefold()
        if not name[0].isupper() or name.isupper() or {low, low.removesuffix("s")} & _NEVER:
            continue
        named[name] += 1
        within |= set() if not before.strip() or before.rstrip(" \"“'")[-1:] in ".!?:\n" else {name}
        places |= {name} if _PLACED.search(before) else set()
        does = _AFTER.match(text, m.end())
        acts = does is not None and (past(plain(does["does"])) or does["does"] in _SAYS)
        acting |= {name} if acts or _BEFORE.search(before) else set()
    return Counter({n: times for n, times in named.items() if n in acting & within and n not in places})


def _role(match: re.Match[str]) -> str | None:
    who = " ".join(word if word.isupper() else word.casefold() for word in match["who"].split())
    if who.split()[0].casefold() in _NOT_THEM:
        return None
    whose = {"my": "your", "our": "your", "the": "the", "a": "that", "an": "that"}[match["whose"].casefold()]
    return f"{whose} {who}"
