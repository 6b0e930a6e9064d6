"""Whether a sentence is aimed at whoever grades it, in English and other languages. The words are in aimed.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from interviewer.reading.masks import fold

# Somebody who does things in a story: an order's verb after one of these is none, unless "you" stands between.
_TOLD = re.compile(
    r"\b(?:i|we|they|he|she|it|people|users|someone|somebody|the team|members)(?:'d|'ll|'ve|'re)?\b", re.I
)
_YOU = re.compile(r"\b(?:you|your|please|kindly)\b", re.I)
_VERB = "{VERB}"
AROUND = 300  # characters before an order in which its subject is looked for


class Words(NamedTuple):
    """One language's words, each group as one pattern."""

    ignore: re.Pattern[str]
    rules: re.Pattern[str]
    give: re.Pattern[str]
    top: re.Pattern[str]
    all: re.Pattern[str]
    who: re.Pattern[str]
    met: re.Pattern[str]
    roles: re.Pattern[str]
    scores: re.Pattern[str]
    becomes: re.Pattern[str]

    def aimed(self, sentence: str) -> bool:
        """Whether the sentence orders the rules away, orders a result, claims one, or is somebody else's turn."""
        return bool(
            (self.ignore.search(sentence) and self.rules.search(sentence))
            or (self.give.search(sentence) and self.top.search(sentence))
            or (self.met.search(sentence) and (self.all.search(sentence) or self.who.search(sentence)))
            or self.roles.match(sentence)
            or self.scores.search(sentence)
            or self.becomes.match(sentence)
        )


class Patterns(NamedTuple):
    orders: tuple[re.Pattern[str], ...]  # they begin with a verb
    sentences: tuple[re.Pattern[str], ...]
    verb: re.Pattern[str]
    languages: tuple[Words, ...]


@lru_cache(maxsize=1)
def _patterns() -> Patterns:
    from ruamel.yaml import YAML

    read = YAML(typ="safe").load(Path(__file__).with_name("aimed.yaml").read_text("utf-8"))
    verb = rf"\b(?:{'|'.join(read['verbs'])})\b"
    orders = [p.removeprefix(_VERB) for p in read["sentences"] if p.startswith(_VERB)]
    others = [p for p in read["sentences"] if not p.startswith(_VERB)]
    spaced = (_words(groups, r"(?<!\w)") for groups in read["languages"].values())
    return Patterns(
        tuple(re.compile(verb + p, re.I) for p in orders),
        tuple(re.compile(p, re.I) for p in others),
        re.compile(verb, re.I),
        (*spaced, *(_words(groups, "") for groups in read["whole"].values())),
    )


def _words(groups: dict[str, list[Any]], border: str) -> Words:
    found = {name: "|".join(re.escape(fold(str(w))) for w in words) for name, words in groups.items()}
    plain = {name: re.compile(f"{border}(?:{said})", re.I) for name, said in found.items()}
    return Words(**{
        **plain,
        "roles": re.compile(rf"\W*(?:{found['roles']})\w*\s*:", re.I),
        "scores": re.compile(rf"{border}(?:{found['scores']})\w*\W{{0,4}}\d", re.I),
        "becomes": re.compile(rf"\W*(?:{found['becomes']})", re.I),
    })  # fmt: skip


def aimed(sentence: str) -> bool:
    """Whether a sentence, unmasked, is aimed at the grader."""
    patterns = _patterns()
    if any(p.search(sentence) for p in patterns.sentences):
        return True
    for verb in patterns.verb.finditer(sentence):
        at = verb.start()
        if any(p.match(sentence, at) for p in patterns.orders) and _ordered(sentence[max(0, at - AROUND) : at]):
            return True
    return any(words.aimed(sentence) for words in patterns.languages)


def _ordered(before: str) -> bool:
    told = [m.end() for m in _TOLD.finditer(before)]
    return not told or bool(_YOU.search(before, told[-1]))
