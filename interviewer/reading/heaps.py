"""Keywords heaped up: side by side, in lists of fragments, in stretches that no grammar holds together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.reading.tokens import STOP, Token, listed, tokens

Span = tuple[int, int]

# In 550 answers and turns of real candidates there are at most 8 keywords side by side, 8 fragments in a row that
# aren't figures, and no 16 words between two signs with so little grammar.
IN_A_ROW, FRAGMENTS, UNSIGNED = 9, 10, 16
_SIGN = re.compile(r"[^\s'’-]")
_PIECE = re.compile(r"(?:[^,;.\n]|(?<=\d)[.,](?=\d))+")
_STRETCH = re.compile(r"[^,;:.!?()\"“”–—\n]+")
_HOLDS = listed("i we i'd we'd i'm we're it's that's so because")
_NUMBERS = listed(
    "one two three four five six seven eight nine ten twelve twenty half third quarter hundred thousand million percent"
)
GRAMMAR = listed("""a an the this that these those i you he she it we they me him her us them my your our their his its
    is are was were be been am do does did has have had will would can could should may might must i'd i'll i'm i've
    we'd we'll we're we've you'd you're it's that's there's they're they'd don't doesn't didn't isn't aren't wasn't
    weren't won't wouldn't can't couldn't shouldn't if and or but so because than then who which what how when where
    while""")


def longest_run(text: str, said: Sequence[Token]) -> int:
    """Of words that carry meaning, side by side without a sign between them."""
    longest = run = last = 0
    for token in said:
        parted = bool(_SIGN.search(text[last : token.start])) if last else False
        counts = token.word not in STOP and not token.word[0].isdigit()
        run = (1 if parted else run + 1) if counts else 0
        longest, last = max(longest, run), token.end
    return longest


def fragments(text: str) -> list[Span]:
    """Stretches of ``FRAGMENTS`` pieces or more of at most four words without a subject, hardly one with a figure."""
    found: list[Span] = []
    listed: list[Span] = []
    figures = 0
    for piece in [*_PIECE.finditer(text), None]:
        said = tokens(piece.group()) if piece else ()
        if piece and not said:
            continue
        if piece and len(said) <= 4 and not any(t.word in _HOLDS for t in said):
            listed.append(piece.span())
            figures += any(t.word[0].isdigit() or t.word in _NUMBERS for t in said)
            continue
        if len(listed) >= FRAGMENTS and figures <= len(listed) / 4:
            found.append((listed[0][0], listed[-1][1]))
        listed, figures = [], 0
    return found


def unsigned(text: str) -> list[Span]:
    """Stretches of ``UNSIGNED`` words or more between two signs, with hardly a word that holds them together."""
    found = []
    for piece in _STRETCH.finditer(text):
        said = [t for t in tokens(piece.group()) if not t.word[0].isdigit()]
        if len(said) >= UNSIGNED and sum(t.word in GRAMMAR for t in said) < 0.18 * len(said):
            found.append(piece.span())
    return found
