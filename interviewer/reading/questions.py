"""What a candidate asks: which sentences are questions to the interviewer, and which facts they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewer.models.question import QuestionSheet
from interviewer.reading.match import mentions
from interviewer.reading.tokens import content, sentences, tokens

NEAR = 0.75  # of the best fact's letters in common
CLOSING_WORDS = 6  # sentences at the end among which a question still counts as the last thing said
_FORM = re.compile(
    r"^\W*(?:(?:and|so|also|but|ok|okay|well|first|second|sorry|right|then|one|just|quick|clarifying|question|"
    r"another|maybe|before)\b[\s,:]*(?:i\s+"
    r"(?:start|answer|begin|go)\b[\s,:]*(?:on\b[\s,:]*)?)?)*(?:what|how|why|when|where|who|which|whose|do|does|"
    r"did|is|are|was|were|can|could|"
    r"will|would|has|have|should|may|am)\b(?:'s|'re)?",
    re.I,
)
_REQUEST = re.compile(
    r"\b(?:i(?:'d| would)? (?:first |also |just )?(?:like|want|need|have) to (?:know|ask|understand|clarify|"
    r"check with you|hear)|can i ask|may i ask|"
    r"could i ask|tell me (?:more |a bit )?(?:about|how|what|whether|if)|do you (?:know|have)|could you (?:tell|"
    r"share|say|clarify|give)|can you "
    r"(?:tell|share|say|clarify|give)|i(?:'m| am) (?:wondering|curious)|i wonder|clarif(?:y|ication|ying)|"
    r"i(?:'d| would) (?:first )?ask (?:you|about|how|what|whether)|"
    r"let me ask)\b",
    re.I,
)
_TO_YOU = re.compile(r"\b(?:you|your|we|our|us|there|i (?:assume|ask|know|clarify|take))\b", re.I)
_ABOUT_SELF = re.compile(r"\b(?:should|would|do|could|can) i\b", re.I)


@dataclass(frozen=True)
class Asking:
    """What is asked in a text. ``direct``: of the interviewer; ``last``: at its end; ``rest``: the text without it."""

    any: bool
    direct: bool
    last: bool
    spans: tuple[tuple[int, int], ...]
    rest: str


def asking(text: str) -> Asking:
    """The questions in a text. One that the candidate goes on to answer is rhetorical and left out of ``direct``."""
    parts = sentences(text)
    spans = [(a, b) for a, b in parts if _question(text[a:b])]
    direct = [s for s in spans if _direct(text, s, parts)]
    rest = text
    for a, b in reversed(direct):
        rest = rest[:a] + " " + rest[b:]
    return Asking(bool(spans), bool(direct), bool(direct) and direct[-1] == parts[-1], tuple(spans), rest)


@lru_cache(maxsize=4096)
def _question(sentence: str) -> bool:
    marked = "?" in sentence
    return marked or bool(_REQUEST.search(sentence)) or (bool(_FORM.match(sentence)) and _inverted(sentence))


def _inverted(sentence: str) -> bool:
    """Without a question mark, "how many users do we have" is a question and "what matters is the rate" is not."""
    words = [t.word for t in tokens(sentence)]
    start = next(
        (i for i, w in enumerate(words) if _FORM.match(w) and w not in ("so", "and", "but", "also", "ok")), None
    )
    if start is None or len(words) - start > 25:
        return False
    head, following = words[start], words[start + 1 : start + 4]
    subjects = {"we", "you", "they", "i", "it", "there", "the", "this", "these", "those", "that", "any", "our", "your"}
    if head in (
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "can",
        "could",
        "has",
        "have",
        "will",
        "would",
        "should",
    ):
        return bool(following) and following[0] in subjects - {"i"}
    if head == "how" and following[:1] in (["many"], ["much"], ["long"], ["often"], ["big"], ["large"]):
        return True
    if head == "what's" or following[:1] in (["is"], ["are"], ["was"], ["were"]):
        return len(words) - start <= 12 and not any(w in ("is", "are", "was") for w in words[start + 3 :])
    return False


def _direct(text: str, span: tuple[int, int], parts: list[tuple[int, int]]) -> bool:
    sentence = text[span[0] : span[1]]
    if _REQUEST.search(sentence):
        return True
    at = parts.index(span)
    answered = any(len(content(text[a:b])) >= 4 and not _question(text[a:b]) for a, b in parts[at + 1 : at + 2])
    if answered and not _TO_YOU.search(sentence):
        return False
    last = at + CLOSING_WORDS >= len(parts) and all(
        _question(text[a:b]) or len(content(text[a:b])) < 4 for a, b in parts[at:]
    )
    return last or bool(_TO_YOU.search(sentence) and not _ABOUT_SELF.search(sentence) and not answered)


def facts_asked(text: str, spans: tuple[tuple[int, int], ...], sheet: QuestionSheet) -> tuple[str, ...]:
    """The ids of the facts that questions at ``spans`` are about: of each question the fact it has most words in
    common with, and any other that comes near."""
    found: list[str] = []
    for a, b in spans:
        scores = {f.id: sum(m.end - m.start for m in mentions(f.about, text[a:b])) for f in sheet.facts}
        best = max(scores.values(), default=0)
        near = [name for name, score in scores.items() if score and score >= NEAR * best]
        found += sorted(near, key=lambda name: -scores[name])
    return tuple(dict.fromkeys(found))
