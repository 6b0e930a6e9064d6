"""Help that nobody asked for: a method named by the interviewer first, advice, the answer announced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.reading.match import mentions

if TYPE_CHECKING:
    from interviewer.reading.conduct.room import Room

METHODS = Path(__file__).with_name("methods.txt")
_DO = (
    r"(?:use|run|apply|fit|try|compare|check|look at|control for|adjust|correct|split|segment|randomi[sz]e|match|"
    r"measure|test|start (?:with|by|from)|begin (?:with|by)|hold (?:back|out)|consider|exclude|drop|compute|calculate|"
    r"estimate|think (?:about|of)|focus on|pool|stratify|simulate|model|weight|wait)"
)
_DOING = (
    r"(?:using|running|applying|fitting|comparing|checking|splitting|controlling|adjusting|correcting|matching|"
    r"measuring|randomi[sz]ing)"
)
_WAYS = (
    r"\b(?:you|one|people|we) (?:should|could|might(?: want to)?|need to|ought to|must|would|may want to|can) "
    rf"(?:also |then |first |just |simply |try to )?{_DO}\b",
    r"\b(?:a|the|one) (?:better|right|correct|best|ideal|good|usual|standard|common|safer|proper) "
    r"(?:answer|approach|method|way|choice|design|metric|test|solution|option)\b[^.?!]*\b(?:is|was|would be|are)\b",
    r"\bthe answer(?:'s| is| was| would be| here)\b(?! (?:yours|up to|for you|with you|what you))",
    r"\bhere(?:'s| is) (?:the|my|an|a) (?:answer|solution|approach)\b",
    r"\bwhat i(?:'m| am| was)? (?:really |actually )?(?:look|hop|want|after|expect)(?:ed|ing)?\b[^.?!]*\b(?:is|was)\b",
    r"\bi was hoping\b|\bi(?:'d| would) have (?:said|expected|liked)\b",
    rf"^\W*(?:try|consider|think about|think of|how about|why not)\b[^?.!]*\b{_DOING}\b",
)
_ADVICE = re.compile("|".join(_WAYS), re.I)
_ASKED = re.compile(r"\b(?:what|which|how|where|who|whose|whether|if|anything|something|suppose|imagine|say)\b", re.I)


@dataclass(frozen=True)
class Supplied:
    words: str
    of: str = ""


def supplied(sentence: str, place: Room) -> Supplied | None:
    """What a sentence supplies that the candidate hasn't brought; None for nothing."""
    flat = sentence.replace("’", "'")
    for names in methods():
        if (found := mentions(names, sentence)) and not mentions(names, place.heard):
            return Supplied(found[0].text, names[0])
    advice = _ADVICE.search(flat)
    if advice and not flat.rstrip().endswith("?") and not _ASKED.search(flat[: advice.end()]) and not _own(flat, place):
        return Supplied(advice.group())
    return None


def _own(sentence: str, place: Room) -> bool:
    """Whether it is one of the sheet's sentences for this move."""
    return " ".join(sentence.split()).strip(" .!").casefold() in " ".join(place.open.split()).casefold()


@lru_cache(maxsize=1)
def methods() -> tuple[tuple[str, ...], ...]:
    """The names of methods and of known traps, all names of one together."""
    lines = METHODS.read_text("utf-8").splitlines()
    return tuple(tuple(n.strip() for n in line.split("|")) for line in lines if line.strip() and line[0] != "#")
