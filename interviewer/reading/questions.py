"""What a candidate asks: which sentences are questions, and which of them wait for the interviewer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from interviewer.reading.tokens import content, listed, sentences, tokens

CLOSING_WORDS = 6  # sentences at the end among which a question still counts as the last thing said
_FORM = re.compile(
    r"^\W*(?:(?:and|so|also|but|ok|okay|well|first|second|sorry|right|then|one|just|quick|clarifying|question|"
    r"another|maybe|before)\b[\s,:]*(?:i\s+"
    r"(?:start|answer|begin|go)\b[\s,:]*(?:on\b[\s,:]*)?)?)*(?:what|how|why|when|where|who|which|whose|do|does|"
    r"did|is|are|was|were|can|could|"
    r"will|would|has|have|should|may|am|whats|hows|whos|wheres)\b(?:'s|'re)?",
    re.I,
)
_WH = listed("what how why when where who which whose")
_WHATS = listed("what's whats how's hows who's whos where's wheres")
_BE = listed("is are was were")
_AUXILIARIES = _BE | listed("do does did can could has have will would should")
_SUBJECTS = listed("we you they it there the this these those that any our your he she people members users")
_REQUEST = re.compile(
    r"\b(?:(?<!what )(?<!all )i(?:'d| would)? (?:first |also |just )?(?:like|want|need|have) to "
    r"(?:know|ask|understand|clarify|check with you|hear)|can i ask|may i ask|"
    r"i(?:'d)? still (?:want|need|like) (?!to\b)|"
    r"could i ask|tell me (?:more |a bit )?(?:about|how|what|whether|if)|do you (?:know|have)|could you (?:tell|"
    r"share|say|clarify|give)|can you "
    r"(?:tell|share|say|clarify|give)|i(?:'m| am) (?:wondering|curious)|i wonder|clarif(?:y|ication|ying)|"
    r"i(?:'d| would) (?:first )?ask (?:you|about|how|what|whether)\b(?! (?:they|he|she|it)\b)|"
    r"let me ask)\b|"
    r"\b(?:numbers?|figures?|things?|questions?|facts?|asks|points|requests|checks)\b(?: [\w']+){0,5}: "
    r"(?:how|what|which|who|when|whether|did|does|do|is|are|was|were|has|have|can)\b|"
    r"^(?!\W*(?:\w+\W+){0,3}(?:next|skip|move|go on|continue|another|carry|slow|stop|wait|repeat|again|tell|write|sing|"
    r"explain|help|hint)\b)"
    r"(?!\W*(?:i|i'd|i'm|be|give me a|one|forgive|sorry)\b)(?=[^?!,]*,[^?!,]*(?:,| and ))"
    r"[^?!]{12,},\s*please\W*$|"
    r"(?:^|[.;:,] )[\s\"'(]{0,3}(?:(?:so|and|just|please) ){0,3}(?:give|show|get) me (?!(?:the )?(?:next|another)\b)"
    r"(?:the |your |last |this |that |those |these |some |any )?"
    r"(?!(?:\w+ )?(?:answers?|hint|points?|credit|score(?! (?:by|of|per|for|in|on)\b)|"
    r"job|rubric|notes|solution|prompt|instructions)\b)"
    r"(?!(?:time|one|two|three|four|five|six|some|\d+) (?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)\b)"
    r"(?!time|a |minute|second|moment|full|top|best|what|tips?)\w+",
    re.I,
)
_LIST = re.compile(
    r"(?:^|[,:;] )\W{0,3}(?:and |so ){0,2}(?:how (?:many|much|long|often)|what'?s|what (?:is|are|was|were|did|does))\b",
    re.I,
)
_PLANS = re.compile(
    r"\bi(?:'d| would|'ll)? (?:first |also |just |really )?(?:like|want|need|have) to (?:know|understand)\b", re.I
)
_TO_YOU = re.compile(r"\b(?:you|your|we|our|us|there|i (?:assume|ask|know|clarify|take))\b", re.I)
_ABOUT_SELF = re.compile(r"\b(?:should|would|do|could|can) i\b", re.I)


# How a sentence goes on after a question that was meant as one: it says what hangs on the reply, or what comes next.
_GOES_ON = re.compile(
    r"^\W*(?:and |but |so |also |then |either way,? |anyway,? )?(?:(?:because )?if\b|"
    r"i(?:'d|'ll| would| want| need| ask|'m asking| will| also)\b|depending|"
    r"(?:that|this|it)(?:'s| is)? (?:matters|tells|would|decides|because|changes|will|"
    r"determines|what i)\b|assuming|once\b|before\b|until\b|while\b|meanwhile|otherwise|without|for now|my\b|suppose|"
    r"let me|in the meantime|with that|whatever|no matter|that said|first\b|for the|given\b|since\b|as (?:it|that) )",
    re.I,
)
# A question about what the speaker or people at large would do is thinking aloud, not asking for something known.
_MUSING = re.compile(
    r"\b(?:should|would|could|might|can|do|will|shall) (?:i|we|it|that|one|they|he|she|you)\b|\bwhat if\b|"
    r"\bwhy\b(?! i asked)|^\W*(?:so |and |but |now )?how (?:do|to|come)\b",
    re.I,
)
_PROPOSES = re.compile(
    r"\b(?:could|can|should|shall|might|would) (?:we|it|that|one)\b|\bwhat if\b|\bwhy (?:not|don't we)\b|"
    r"\bhow about\b|\b(?:isn't|aren't|wasn't|doesn't|don't|won't) (?:it|that|this|they|he|she|we|you|there)\b|"
    r",\s*(?:right|no|correct|yes|okay|ok)\?",
    re.I,
)
_GUESSES = re.compile(
    r"\W*(?:(?:and|so|oh|ah|but|then|hm+|i don't know|i guess|i suppose)\b\W*)*"
    r"(?:those|they|that|it|he|she|maybe|perhaps|or|like|unless|even|possibly)\b",
    re.I,
)
_SUPPOSES = re.compile(r"\bi (?:guess|suppose|think)\?\W*$", re.I)
ECHO = 2  # words of the interviewer's that are said again with a question mark
# How somebody answers their own question.
_REPLIES = re.compile(
    r"^\W*(?:\d|yes|no|none|about|roughly|say|well|probably|maybe|because|the|it|its|they|their|that|this|those|we|he|she|"
    r"not|only|just one|i think|i guess|i don't|nobody|everybody|all)\b",
    re.I,
)
_REPORTED = re.compile(
    r"(?<!you )\b(?:(?<!i )asked|asked(?! for:|:)|said|says|told|replied|answered|wondered|went(?=[,:])|wrote|shouted|"
    r"kept asking|question was)\b[^?]*\?",
    re.I,
)
_AIMED = re.compile(r"\b(?:do|did|could|can|would|will|have|are|were) you\b|\byou (?:mean|have|know|measure)\b", re.I)


# At the interviewer rather than of them: no fact is wanted.
_JABS = re.compile(
    r"\b(?:(?:are|is) (?:we|you|this|that) (?:done|finished|over|serious|listening|happy|it|enough|a joke|real)\b|"
    r"^\W*(?:you |are you )?(?:happy|satisfied|okay|ok)(?: now)?\?|so what\?|who cares|does it matter|"
    r"what do you want(?: (?:from me|me to say|to hear))?\?|why (?:are|do) you (?:keep |even )?ask|"
    r"what(?:'s| is) (?:still )?missing\b|what more do you|"
    r"how many (?:more|questions)\b[^?]*(?:of these|left|questions)|"
    r"(?:can|could|should|shall) (?:we|you|i) (?:please )?(?:stop|finish|end this|move on|carry on|continue)\b|"
    r"(?:short|long|clear|good) enough\b|can we be done|too (?:long|short)\b[^?]*\?|"
    r"on your (?:sheet|list|card|paper|script)|from a (?:card|script|list|sheet)|"
    r"do you (?:even |actually )?(?:listen|read)\b|"
    r"do you (?:people|guys|lot|always|ever|even|still)\b|"
    r"is (?:that|this|it) (?:the |what |roughly |more )?(?:kind|sort|you|one|it|enough)\b|"
    r"(?:is|was) (?:that|this|it) the (?:\w+ )?(?:bit|part|thing|stuff|answer|drama|confession) (?:that )?you\b|"
    r"(?:is|was) there a next (?:question|one)|next (?:question|one|problem)\W*$|what(?:'s| is| comes) next\b|"
    r"where do we go from here|anything else\?|"
    r"shall we (?:go|move|do|continue|get)\b|what else (?:have you|do you|you) (?:got|have|want)|"
    r"(?:make|makes|does that make|did that make) sense\?|(?:does|did) that (?:answer|help|cover)\b|know what i mean\?|"
    r"(?:is|was) that (?:ok|okay|clear|what you (?:meant|wanted|asked)|all)\b|"
    r"(?:is|was) (?:that|this|it) a (?:trick|trap|test)\b|"
    r"(?:isn't|is) that (?:what you want|enough)|what's the point|what is the point|do you even|"
    r"(?:is|are) (?:this|you) (?:a )?(?:bot|machine|robot|real))",
    re.I,
)


@dataclass(frozen=True)
class Asking:
    """What is asked in a text. ``direct``: of the interviewer; ``last``: at its end; ``rest``: the text without it.

    ``spans`` holds every question, ``waiting`` those that wait for the interviewer.
    """

    any: bool
    direct: bool
    last: bool
    spans: tuple[tuple[int, int], ...]
    waiting: tuple[tuple[int, int], ...]
    rest: str


def asking(text: str) -> Asking:
    """The questions in a text. One that the candidate goes on to answer is rhetorical and waits for nobody."""
    parts = sentences(text)
    asks = [_question(text[a:b]) for a, b in parts]
    # For each part the next one that asks nothing, from the last part backwards.
    stated = list(
        accumulate(range(len(parts) - 1, -1, -1), lambda next_, i: next_ if asks[i] else i, initial=len(parts))
    )
    spans = [s for s, question in zip(parts, asks, strict=True) if question]
    direct = [
        s
        for i, s in enumerate(parts)
        if asks[i]
        and _direct(text, i, stated[len(parts) - i - 1], parts)
        and not _JABS.search(text[s[0] : s[1]].replace("’", "'"))
    ]
    rest = text
    for a, b in reversed(direct):
        rest = rest[:a] + " " + rest[b:]
    last = bool(direct) and direct[-1] == parts[-1]
    return Asking(bool(spans), bool(direct), last, tuple(spans), tuple(direct), rest)


def in_passing(text: str) -> list[tuple[int, int]]:
    """Questions with a mark that nobody waits on and the speaker doesn't answer either: for something known, if it is.

    "What else happened, and when? Until I see that, Marc has a story."
    """
    parts = sentences(text)
    waiting = set(asking(text).waiting)
    found = []
    for (a, b), (c, d) in zip(parts, [*parts[1:], (len(text), len(text))], strict=False):
        said = text[a:b].replace("’", "'")
        aside = (
            musing(said)
            or _MUSING.search(said)
            or _JABS.search(said)
            or _PROPOSES.search(said)
            or _retold(text, (a, b))
        )
        if said.rstrip().endswith("?") and (a, b) not in waiting and not aside and not _REPLIES.match(text[c:d]):
            found.append((a, b))
    return found


def inquiries(text: str) -> list[tuple[int, int]]:
    """Where something is asked of the interviewer and so not stated. "Could we ...?" and "isn't it ...?" do state, and
    so does "I need to know what drives it", which says what would be looked at."""
    waiting = [
        (a, b) for a, b in asking(text).waiting if "?" in text[a:b] or not _PLANS.search(text[a:b].replace("’", "'"))
    ]
    return [(a, b) for a, b in waiting if not _PROPOSES.search(text[a:b].replace("’", "'"))]


def _retold(text: str, span: tuple[int, int]) -> bool:
    """Whether it is somebody's question in a story: after "asked" or "said", or within quotation marks."""
    before = text[: text.find("?", *span) if "?" in text[slice(*span)] else span[0]]
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    return quoted or bool(_REPORTED.search(text[span[0] : span[1]]))


def musing(sentence: str) -> bool:
    """Whether a question mark stands behind a guess or an echo: "Or the card didn't work?", "A date?"."""
    return bool(_GUESSES.match(sentence)) or (len(tokens(sentence)) <= ECHO and not _FORM.match(sentence))


def interrogative(sentence: str) -> bool:
    """Whether a sentence is put as a question, or asks outright: not "maybe they forgot?", which thinks aloud."""
    flat = sentence.replace("’", "'")
    return bool(_FORM.match(flat) or _REQUEST.search(flat) or _LIST.search(flat))


@lru_cache(maxsize=4096)
def _question(sentence: str) -> bool:
    marked = "?" in sentence
    listed_up = len(_LIST.findall(sentence)) >= 2
    return (
        marked or listed_up or bool(_REQUEST.search(sentence)) or (bool(_FORM.match(sentence)) and _inverted(sentence))
    )


def _inverted(sentence: str) -> bool:
    """Without a question mark, "how many users do we have" is a question and "what matters is the rate" is not."""
    words = [t.word for t in tokens(sentence)]
    start = next((i for i, w in enumerate(words) if w in _WH | _WHATS | _AUXILIARIES), None)
    if start is None or len(words) - start > 25:
        return False
    head, following = words[start], [*words[start + 1 : start + 3], "", ""]
    if head in _AUXILIARIES:
        return following[0] in _SUBJECTS
    if head == "how" and following[0] in ("many", "much", "long", "often", "big", "large"):
        return True
    if following[0] in _AUXILIARIES - _BE:
        return following[1] in _SUBJECTS
    if head in _WHATS or following[0] in _BE:
        return len(words) - start <= 12 and not any(w in ("is", "are", "was") for w in words[start + 3 :])
    return False


def _direct(text: str, at: int, then: int, parts: list[tuple[int, int]]) -> bool:
    """Whether part ``at`` waits for the interviewer; ``then`` is the next one that asks nothing."""
    span, after = parts[at], parts[then] if then < len(parts) else None
    sentence = text[span[0] : span[1]].replace("’", "'")
    supposes = _SUPPOSES.search(sentence) and not _FORM.match(sentence)  # "they can only cancel once a month, I guess?"
    if supposes or _retold(text, span) or (musing(sentence) and text[span[1] :].strip()):
        return False
    if _REQUEST.search(sentence) or len(_LIST.findall(sentence)) >= 2:
        return True
    spoken_to = bool(_TO_YOU.search(sentence)) and not _ABOUT_SELF.search(sentence)
    if after is None:
        return True
    following = text[after[0] : after[1]].replace("’", "'")
    if len(content(following)) < 4 and at + CLOSING_WORDS >= len(parts) and after == parts[-1]:
        return True
    if not _GOES_ON.match(following):
        return False
    return bool(_AIMED.search(sentence)) or (not _MUSING.search(sentence) and (spoken_to or "?" in sentence))
