"""Which fact a question is after, by its likeness to the questions a sheet lists for each.

Kernel ridge regression (Saunders, Gammerman and Vovk, 1998), one fact against the others, over words, pairs of words
and what kind of question it is, each weighed by how few of the sheet's questions hold it. The sheet's unanswerable
questions are learned too, so that what is near to those counts less. The same sheet gives the same scores.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from interviewer.models.question import QuestionSheet
from interviewer.reading.tokens import content, stems, tokens

if TYPE_CHECKING:
    import numpy as np

NONE = ""  # stands for the questions that no fact answers
RIDGE = 0.2
NAMES = 0.4  # what a name or the fact's own words weigh as an example, beside a whole question
_KIND = re.compile(
    r"\b(how (?:many|much|long|often|big|large|far|fast)|when|whose?|where|which|why|how)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Learned:
    """What examples teach. ``columns``: the place of each mark; ``rarity``: by place; ``weights``: one row a mark, one
    column a label; ``words``: the stems that stand in the examples of each label."""

    columns: dict[str, int]
    rarity: np.ndarray
    weights: np.ndarray
    words: dict[str, frozenset[str]]

    def scores(self, question: str) -> dict[str, float]:
        """For each label how much ``question`` is after it, near 1 where it is one of its examples; for ``NONE`` how
        much it is like those that nothing answers."""
        found = _vector(question, self.columns, self.rarity) @ self.weights
        return dict(zip(self.words, map(float, found), strict=True))


@lru_cache(maxsize=8)
def learned(sheet: QuestionSheet) -> Learned | None:
    """What the example questions of ``sheet`` teach; None where it lists none."""
    if not any(f.asked for f in sheet.facts):
        return None
    shown = [(f.id, text, 1.0) for f in sheet.facts for text in f.asked]
    shown += [(f.id, text, NAMES) for f in sheet.facts for text in (*f.about, f.say)]
    return learn([*shown, *((NONE, text, 1.0) for text in sheet.unknown)])


def learn(shown: Sequence[tuple[str, str, float]]) -> Learned:
    """From examples: a label, a text, and how far it counts as one."""
    import numpy as np

    marks = [_marks(text) for _, text, _ in shown]
    columns = {mark: i for i, mark in enumerate(sorted({m for each in marks for m in each}))}
    held = Counter(m for each in marks for m in each)
    rarity = np.log(1 + len(shown) / np.array([held[m] for m in columns]))
    examples = np.array([_vector(text, columns, rarity) for _, text, _ in shown])
    texts: dict[str, list[str]] = {}
    for label, text, _ in shown:
        texts.setdefault(label, []).append(text)
    truth = np.array([[float(label == name) for name in texts] for label, _, _ in shown])
    trust = np.diag([RIDGE / weight for _, _, weight in shown])
    weights = examples.T @ np.linalg.solve(examples @ examples.T + trust, truth)
    return Learned(columns, rarity, weights, {label: stems("\n".join(own)) for label, own in texts.items()})


def _marks(text: str) -> dict[str, float]:
    """What a question is known by, and how much each counts."""
    words = [t.stem for t in tokens(text)]
    found: defaultdict[str, float] = defaultdict(float)
    for token in content(text):
        found[f"word {token.stem}"] += 1.0
    for word in words:
        found[f"any {word}"] += 0.3
    for left, right in pairwise(words):
        found[f"pair {left} {right}"] += 0.5
    for kind in _KIND.finditer(text):
        found[f"kind {kind.group(1).casefold()}"] += 0.5
    return found


def _vector(text: str, columns: dict[str, int], rarity: np.ndarray) -> np.ndarray:
    """Of length 1 or less: words that the examples don't hold have no place in it, and still their share."""
    import numpy as np

    vector, foreign = np.zeros(len(columns)), 0.0
    for mark, count in _marks(text).items():
        if (at := columns.get(mark)) is not None:
            vector[at] = count * rarity[at]
        elif mark.startswith("word "):
            foreign += (count * float(rarity.max())) ** 2
    length = float(np.sqrt(vector @ vector + foreign))
    return vector / length if length else vector
