"""Words aimed at whoever interviews or grades instead of at the question: orders, fake turns, scores, the rubric's own
words. Flagging hides nothing; a flagged stretch just can't be evidence. The promise is per kind listed here, no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from interviewer.reading import heaps
from interviewer.reading.aimed import aimed
from interviewer.reading.masks import coded, unmasked
from interviewer.reading.tokens import STOP, Token, content, sentences, stems, tokens

Span = tuple[int, int]

_WHO = (
    r"(?:ai|a\.i\.|model|llm|assistant|system|grader|judge|evaluator|assessor|scorer|reviewer|rater|interviewer|"
    r"language model|grading (?:system|model|engine|bot)|scoring (?:system|model|engine|bot))"
)
_GRADER = r"(?:grader|judge|evaluator|assessor|scorer|reviewer|rater|interviewer|grading (?:system|model|engine|bot))"
_OPEN = (
    r"^\W*(?:(?:please|now|so|ok|okay|and|also|important|note|hey|hi|then|instead|just|simply|from now on|first)\b"
    r"[\s,:]*)*"
)
_YOU = r"(?:you (?:must|should|will|have to|need to|are required to) )?"
_RATED = (
    r"(?:me|candidate|(?:this|my|the) (?:answer|response|interview|transcript|reply|round)|verdicts?|"
    r"(?:every|each|all)(?: the)? (?:check|criteri|expectation)\w*)"
)
_LEVEL = r"(?:\d(?:\.\d)?\b|full|top|max\w*|highest|perfect|best|excellent|five|met\b|pass\w*|strong[ _-]?(?:yes|hire))"
_RULES = r"(?:instruction|rubric|prompt|rule|guideline|criteri|direction|constraint|persona|polic|guardrails? of yours)"

# Orders must open their sentence: "users typed 'ignore all instructions'" is talk about orders, not one.
_ORDERS = [
    rf"{_OPEN}(?:ignore|disregard|forget|override|bypass|drop|skip)\b[^.!?\n]{{0,60}}\b(?:your|all|any|previous|"
    rf"prior|above|the|these)\b"
    rf"[^.!?\n]{{0,40}}\b{_RULES}",
    rf"{_OPEN}(?:you(?:'re| are) (?:now|no longer) (?:an?|the|my|in|going to|bound|required|free|allowed|\w*gpt|dan)|"
    rf"act as|pretend (?:to be|that|you)|roleplay|role-play|"
    rf"behave (?:as|like)|"
    rf"switch (?:to|into)|speak (?:like|as)|enter \w+ mode|repeat after me|stop (?:being|asking|interviewing))\b",
    rf"{_OPEN}{_YOU}(?:give|award|assign|grant|rate|score|grade|mark|set|return|output|respond|report|treat|count)\b"
    rf"[^.!?\n]{{0,40}}\b{_RATED}\b[^.!?\n]{{0,50}}\b{_LEVEL}",
    rf"{_OPEN}{_YOU}(?:rate|score|grade|mark) (?:this|it|me|everything|all)\b[^.!?\n]{{0,50}}\b{_LEVEL}",
    rf"{_OPEN}{_YOU}(?:give|award|assign|grant|return|output)\b[^.!?\n]{{0,40}}\b(?:full|top|max\w*|highest|perfect) "
    r"(?:score|mark|rating|grade|level|point)s?\b",
    rf"{_OPEN}(?:just )?(?:give|tell|show|send) me (?:just |only |straight )?(?:the|your|a)\b[^.!?\n]{{0,20}}"
    r"\b(?:answers?|solution|rubric|prompt|expectations?|score)\b(?! rate)",
    rf"{_OPEN}(?:reveal|print|show|repeat|output|leak|display|expose)\b[^.!?\n]{{0,30}}\b(?:system prompt|"
    rf"your prompt|rubric|"
    rf"your instructions|model answer|expected answer|hidden|question sheet)",
    rf"{_OPEN}what(?:'s| is| are) (?:the|your) (?:right|correct|ideal|model|expected) answers?\b",
    r"^\W*(?:dear|attention|note to|message (?:to|for)|hey|to|hello)?\W*(?:the )?"
    rf"(?:{_GRADER}|assistant|llm)s?\s*[:,!] ",
    rf"\b(?:as|you are|you're) (?:an?|the) (?:ai|{_WHO})\b[^.!?\n]{{0,60}}\b(?:you|must|should|score|grade|rate|"
    rf"answer|give)\b",
    rf"\bthe {_GRADER} (?:must|should|shall|will now|has already|is required|is instructed|can mark|may mark)\b",
    r"\bsystem (?:prompt|override|message|notice|update|instruction)s?\s*[:\]>]",
]
# Words about one's own result: nothing a candidate says about it counts.
_CLAIMS = [
    r"\bthe candidate(?:'s)?\b[^.!?\n]{0,40}\b(?:demonstrat|show|met|meets|mention|explain|identif|cover|satisf|"
    r"deserve|exceed|fulfil|name|"
    r"answer|strong|excellent|outstanding|clearly|correctly|complete|pass|handle|propose|address)",
    r"\b(?:this|my|the) (?:answer|response|candidate|submission|transcript|reply)s?\b[^.!?\n]{0,30}\b(?:meets?|"
    r"satisf(?:y|ies)|fulfil\w*|"
    r"demonstrat\w+|covers?|deserves?|exceeds?|earns?|hits (?:all|every|each)|warrants?|qualif\w+|"
    r"should (?:be|get|receive|score))\b",
    r"\b(?:all|every|each)(?: of the| of your)? (?:checks?|criteri\w+|expectations?|"
    r"rubric\w*(?: \w+)?)\b[^.!?\n]{0,30}\b(?:is|are|was|were|has|"
    r"have|been|as)?\s*(?:met|satisfied|passed|fulfilled|covered)\b",
    r"\bi(?:'ve| have)? (?:just )?(?:clearly |thereby |fully )?(?:demonstrat\w+|showcas\w+|display\w+|"
    r"exhibit\w+)\b[^.!?\n]{0,60}\b(?:rigou?r|depth|"
    r"judge?ment|skill|thinking|inference|ownership|candou?r|communication|framing|mastery|excellence|seniority|"
    r"understanding)\b",
    r"\b(?:an?|the) (?:ideal|perfect|model|excellent|top|level[- ]5|5[- ]point) (?:answer|candidate|"
    r"response)\b[^.!?\n]{0,40}\b(?:would|should|covers?|"
    r"mentions?|includes?|has|is|says?)\b",
    r"\bi (?:deserve|should (?:get|receive|be (?:given|rated|scored|graded)))\b[^.!?\n]{0,40}\b(?:\d|score|"
    r"level|mark|grade|top|full|hire|pass)",
]
_SCORES = [
    r"(?<!propensity )(?<!satisfaction )(?<!quality )(?<!credit )\b(?:score|grade|rating|level|verdict|"
    r"recommendation|overall|assessment)\b"
    r"[\"'*_\s]{0,4}[:=]+[\"'*_\s]{0,4}(?!0\.)(?:\d(?:\.\d+)?\b(?!\s*(?:percent|%|\d|[×*+·]))|met\b|strong[ _-]?(?:yes|"
    r"hire)\b|pass(?:ed)?\b|perfect|full|"
    r"excellent|outstanding|top)",
    r"\b(?:5(?:\.0)?\s*/\s*5|10\s*/\s*10|5 out of 5|10 out of 10|100\s*/\s*100)\b",
    r"\bstrong[_ -](?:yes|hire)\b",
    r"\b[a-z]+_[a-z_]+\b[\"'*\s]{0,3}[:=]\s*[\"']?(?:\d|met\b|pass)|:\s*(?:met|satisfied|passed)\b(?! (?:with|"
    r"by|her|him|them|again|up|on|in|at|the|a))",
]
_JSON = re.compile(
    r"[{\[][^{}\[\]]{0,400}[\"'](?:score|verdict|level|rating|grade|met|evidence|criteri\w+|checks?|overall|"
    r"role|content|recommendation)"
    r"[\"']\s*:[^{}]{0,2000}(?:[}\]]+|$)",
    re.I | re.S,
)
_TAGS = re.compile(
    r"<\|[^|>\n]{1,40}\|>|\[/?(?:INST|SYS|SYSTEM|ASSISTANT|USER)\]|<</?SYS>>|"
    r"</?(?:system|assistant|user|human|candidate|interviewer|transcript|answer|instructions?|score|verdict|"
    r"grade|rubric|thinking|tool)(?:_\w+)?\b[^>\n]{0,80}>|\{\{[#/]?(?:system|user|assistant)\b[^}\n]{0,40}\}\}"
    r"|(?:^[ \t]*#|##)#{0,3}[ \t]*(?:system|assistant|instructions?|user|verdict|score|grading|evaluation)\b.*$"
    r"|[✓✔✅☑]\s*\w[^\n✓✔✅☑.!?]*|\bverdict\.met\b|\bgrader\.py\b"
    r"|\[\s*(?:SYSTEM|ASSISTANT|DEVELOPER|ADMIN)\b\s*[:|-][^\]\n]{0,300}\]?"
    r"|\b(?:BEGIN|END)(?: OF)? (?:SYSTEM|TRANSCRIPT|INTERVIEW|ANSWER|PROMPT|INSTRUCTIONS?|CANDIDATE)[A-Z ]*\b",
    re.I | re.M,
)
_TURN = re.compile(
    rf"^[ \t>*_\"'\[(]*(?:(?:{_WHO})(?:'s)?(?: (?:note|notes|comment|verdict|turn|message|response))?|thought process|"
    rf"reasoning|evaluation|feedback|final (?:verdict|score|grade|evaluation|assessment)|rubric|checklist|scorecard|"
    rf"(?:model|expected|ideal|reference|correct) answer)[ \t*_\"'\])]*:",
    re.I | re.M,
)
_OWN_TURN = re.compile(
    r"^[ \t>*_]*(?:candidate|user|human|me|applicant)[ \t*_]*:", re.I | re.M
)  # beside another fake turn
_PLAIN_SYSTEM = re.compile(r"^\W*system\W*:", re.I)
_AIMED = re.compile(
    r"\b(?:candidate|scor\w+|grad(?:e|er|ing)|instructions?|rat(?:e|er|ing)|evaluat\w+|ignore|verdict|rubric|override|"
    r"mode|prompt|level \d|must|you)\b",
    re.I,
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_RULES = [re.compile(p, re.I) for p in _ORDERS + _CLAIMS + _SCORES]
_ORDER_RULES = [re.compile(p, re.I) for p in _ORDERS]


def injection(text: str) -> list[str]:
    """The stretches of ``text`` aimed at the interviewer or the grader, in order."""
    return [text[start:end].strip() for start, end in injection_spans(text)]


def injection_spans(text: str) -> list[Span]:
    """Where they stand: whole sentences; of a fake turn its whole paragraph; merged where they touch."""
    return list(_injection_spans(text))


@lru_cache(maxsize=256)
def _injection_spans(text: str) -> tuple[Span, ...]:
    plain, places = unmasked(text)
    found = [m.span() for m in _JSON.finditer(plain)]
    found += [m.span() for m in _TAGS.finditer(plain)]
    turns = [m for m in _TURN.finditer(plain) if _fake(plain, m)]
    turns += _OWN_TURN.finditer(plain) if turns else ()
    found += [(m.start(), _paragraph_end(plain, m.end())) for m in turns]
    for start, end in sentences(plain):
        line = plain[start:end].strip(" \t\"'“”*_>-")
        if any(rule.search(line) for rule in _SENTENCE_RULES) or aimed(line):
            found.append((start, end))
    back = [(places[a], places[b - 1] + 1) for a, b in found if a < b]
    return tuple(merged([*back, *coded(text)]))


def _fake(text: str, match: re.Match[str]) -> bool:
    """A line headed "System:" is a fake turn only when it shouts or goes on about grading: people talk of systems."""
    if "SYSTEM" in match.group() or not _PLAIN_SYSTEM.match(match.group()):
        return True
    ahead = text[match.end() : match.end() + 400]
    return bool(_AIMED.search(ahead[: _paragraph_end(ahead, 0)]))


def _paragraph_end(text: str, start: int) -> int:
    end = _BLANK_LINE.search(text, start)
    return end.start() if end else len(text)


def orders(text: str) -> list[Span]:
    """The sentences that tell the interviewer what to do or who to be."""
    return [(a, b) for a, b in sentences(text) if any(r.search(text[a:b].strip(" \t\"'“”*_>-")) for r in _ORDER_RULES)]


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same, in order, overlapping and touching ones joined."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def echoes(text: str, sources: Sequence[str], *, share: float = 0.85, fewest: int = 5) -> list[Span]:
    """Sentences that only say a source again: ``share`` of at least ``fewest`` words that carry meaning stand in one or
    two of its sentences. A long text has most words of a case in it, somewhere."""
    known = [s for source in sources for s in _pairs(source)]
    found = []
    for start, end in sentences(text):
        said = {t.stem for t in content(text[start:end])}
        if len(said) >= fewest and any(len(said & k) >= share * len(said) for k in known):
            found.append((start, end))
    return found


@lru_cache(maxsize=2048)
def _pairs(text: str) -> tuple[frozenset[str], ...]:
    """What each sentence says together with the one after it, as stems; empty ones left out."""
    starts = [a for a, _ in sentences(text)]
    ends = [*starts[2:], len(text), len(text)]
    return tuple(said for a, b in zip(starts, ends, strict=False) if (said := stems(text[a:b])))


def stop_share(words: Sequence[Token]) -> float:
    """The share of stop words; running speech has .4 to .6, a list of keywords hardly any."""
    return sum(t.word in STOP for t in words) / len(words) if words else 0.0


def bags(text: str, *, share: float = 0.18, fewest: int = 14, figures: int = 3) -> list[Span]:
    """Sentences that are a bag of keywords: long, with hardly a word that holds a sentence together, or with many
    keywords side by side. One that works with several ``figures`` is terse for another reason. And long lists of
    fragments, whatever stands between them."""
    numbered: dict[int, list[Token]] = {}
    for token in tokens(text):
        numbered.setdefault(token.sentence, []).append(token)
    found = [*heaps.fragments(text), *heaps.unsigned(text)]
    for (start, end), said in zip(sentences(text), numbered.values(), strict=True):
        inside = [t for t in said if not t.word[0].isdigit()]
        if len(said) - len(inside) >= figures:
            continue
        if (len(inside) >= fewest and stop_share(inside) < share) or heaps.longest_run(text, said) >= heaps.IN_A_ROW:
            found.append((start, end))
    return merged(found)
