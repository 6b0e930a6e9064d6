"""Rules on single statements: short, one claim, said positively."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.content.form.problem import Finding
from interviewer.content.yamlfile import Location
from interviewer.text import words

LONGEST_CLAIM = 30
LONGEST_PROBE = 25

# Verbs that start a second claim about the same candidate: "names a metric and explains why".
_CLAIMS = (
    "adds answers asks chooses checks closes commits compares concedes declares defines describes distinguishes "
    "estimates explains gives identifies keeps links lists makes mentions names picks plans proposes puts quantifies "
    "raises recommends rejects rules says separates sets shows sizes states tells tests ties uses weighs"
)
_SECOND = re.compile(rf"\b(and|or)(?: then| also)? (?:the candidate )?({'|'.join(_CLAIMS.split())})\b", re.I)
_AND_OR = re.compile(r"\band\s*/\s*or\b", re.I)
# What the candidate does is negated; "names what the data can't show" is a positive statement.
_NEGATED = re.compile(
    r"(?:\A(?:the candidate )?(?:\w+ )??)"
    r"((?:do|does|did|is|are|was|were|has|have|had|can|could|would|should|will)(?:n['’]t| not)\b"
    r"|(?:won['’]t|can['’]t|cannot|never|not|no|avoid\w*|refrain\w*|fails? to|lacks?|omits?)\b)"
    r"|\b(without)\b",
    re.I,
)
_SOURCE = re.compile(r"(?:P[1-7]|B(?:[1-9]|1[0-4])|A(?:[1-9]|1[01]))\Z")


def one_claim(text: str, where: Location) -> Iterator[Finding]:
    """At most 30 words, one thing that is true or false."""
    if (count := len(words(text))) > LONGEST_CLAIM:
        yield Finding(where, f"has {count} words; a claim has at most {LONGEST_CLAIM}", "standard")
    if _AND_OR.search(text):
        yield Finding(where, "says 'and/or': that is two claims; keep one, or write two entries", "standard")
    elif joined := _SECOND.search(text):
        yield Finding(where, f"joins two claims with '{joined[0]}'; keep one, or write two entries", "standard")


def positive(text: str, where: Location) -> Iterator[Finding]:
    """A check says what is there: what is absent can't be quoted."""
    if negated := _NEGATED.search(text):
        says = f"is negated ('{negated[1] or negated[2]}'); say what the candidate does, so that it can be quoted"
        yield Finding(where, says, "standard")


def known_source(code: str, where: Location) -> Iterator[Finding]:
    """Sources are codes of the list of facts."""
    if not _SOURCE.match(code):
        yield Finding(where, f"'{code}' is no source; choose from: P1-P7, B1-B14, A1-A11", "standard")


def one_question(text: str, where: Location) -> Iterator[Finding]:
    """A probe asks one short question."""
    asked = text.count("?")
    if asked > 1:
        yield Finding(where, f"asks {asked} questions; ask one, the others are answered or forgotten", "standard")
    elif asked == 0:
        yield Finding(where, "asks nothing: it has no '?'", "warning")
    if (count := len(words(text))) > LONGEST_PROBE:
        yield Finding(where, f"has {count} words; a spoken question has at most {LONGEST_PROBE}", "warning")
