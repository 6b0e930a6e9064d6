"""Some models put their JSON into a code fence, whatever they are told. One fence around all of it is no harm."""

from __future__ import annotations

import re

_OPENING = re.compile(r"\s*```[a-zA-Z]*[ \t]*\r?\n")
_BEGUN = re.compile(r"\s*(?:`{1,3}[a-zA-Z]*[ \t\r]*)?\Z")
_CLOSING = re.compile(r"\s*`{0,3}\s*\Z")


def unfenced(text: str) -> str:
    """What stands in a fence that opens the text, as far as it has come; a text without one as it is.

    Grows as the text grows: a back quote or blank at the end is held back until it is clear that it closes nothing.
    """
    if opening := _OPENING.match(text):
        return _CLOSING.sub("", text[opening.end() :])
    return "" if _BEGUN.match(text) else text
