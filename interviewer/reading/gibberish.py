"""Keys hit at random, told from words in whatever order."""

from __future__ import annotations

import re

from interviewer.reading.tokens import listed

_KEYS = listed("asdf sdfg dfgh fghj ghjk hjkl zxcv xcvb cvbn vbnm qwer lkjh fdsa poiu rewq uiop")


def gibberish(text: str) -> bool:
    """Keys hit at random: most of the words are none. Words in no order are still words."""
    found = re.findall(r"[^\W_]+", text)
    if not found:
        return bool(text.strip())
    if re.fullmatch(r"(.)\1{3,}", "".join(found)):
        return True
    mashed = [w for w in found if _mashed(w)]
    letters = sum(map(len, found))
    return bool(mashed) and (2 * len(mashed) >= len(found) or 5 * sum(map(len, mashed)) >= 3 * letters)


def _mashed(word: str) -> bool:
    low = word.casefold()
    if not low.isascii() or not low.isalpha() or len(low) < 4:
        return False
    if re.search(r"(.)\1{3,}", low) or any(k in low for k in _KEYS):
        return True
    if word.isupper() and len(word) <= 6:
        return False
    vowels = sum(c in "aeiouy" for c in low)
    return not vowels or bool(re.search(r"[^aeiouy]{6,}", low)) or (len(low) >= 9 and vowels / len(low) < 0.15)
