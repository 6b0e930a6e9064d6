"""Where somebody commits themselves: "I'd give it to everybody", "my call is no", "don't renew"."""

from __future__ import annotations

import re

from interviewer.reading.questions import inquiries
from interviewer.reading.tokens import sentences

_DO = (
    r"(?:recommend|advise|go (?:with|for|ahead|live)|launch|ship|roll|keep|renew|cancel|stop|give|hold off|hold back|"
    r"let|wait|walk|pass on|sign|take (?:the (?:deal|offer)|it|six)|offer|say (?:yes|no)|raise|grow|shrink|halve|"
    r"double|drop|pause|decline|accept|approve|reject|switch|expand|tell (?:her|him|them)(?=[,:]))"
)
_COMMITS = re.compile(
    rf"\b(?:my (?:call|recommendation|decision|verdict|advice|choice|answer) (?:is|would be|stays|remains)|"
    rf"(?:so |then )?(?:i|we)(?:'d| would|'ll| will| should)(?: still| then| rather| just| simply| therefore)? {_DO}\b|"
    rf"i (?:recommend|advise|vote|propose)\b|(?:they|she|he|you) should(?:n't)? {_DO}\b|"
    rf"(?:don't|do not|let's(?: not)?) {_DO}\b|"
    rf"(?:so|therefore|in the end|bottom line)[,:]? (?:yes|no|everyone|everybody|nobody|no one|half|some)\b|"
    rf"(?:everyone|everybody|nobody|no one) gets\b|that's my (?:call|decision|recommendation))",
    re.I,
)
_UNSURE = re.compile(r"\b(?:if|unless|might|maybe|perhaps|before i|would need|depends|not sure)\b", re.I)


def decision(text: str) -> str | None:
    """The last sentence's words in which the speaker commits themselves without an "if"; None where nobody does."""
    asked = inquiries(text)
    for a, b in reversed(sentences(text)):
        sentence = text[a:b].replace("’", "'")
        match = _COMMITS.search(sentence)
        if match and not _UNSURE.search(sentence[: match.start()]) and (a, b) not in asked:
            return text[a + match.start() : b].strip()
    return None
