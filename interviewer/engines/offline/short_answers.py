"""A short answer graded against a reference answer, without a model and without having seen a grade.

A grade is 0 to 1, starts from nothing and is earned. The few constants were chosen by hand on the training answers of
two sets (docs/agreement.md says how far they carry); nothing depends on the file that is graded. Known limits: right in
other words is missed, and who glues the reference's words together in any order is not found out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.reading import flags
from interviewer.reading.answer import without
from interviewer.reading.kinds import says_nothing
from interviewer.reading.likeness import likeness
from interviewer.reading.reference import Reach, newly, reach, words

EASE = 1.6  # 1 - (1 - share) ** EASE is the grade: the last words of a reference add less than its first
OPPOSED_FROM = 0.5  # the share from which an answer that says the opposite is about the same thing
OPPOSED = 0.34  # the share that is left of it: not enough for half of the grade
BAG, BAG_SIZE = 0.4, 8  # the most a bag of keywords is worth, and its least number of words
WHOLE = 0.99  # of a reference: nothing is left to say, however short it is
ECHO = 0.85  # of an answer's words that are the question's
FEWEST = 3  # words that carry meaning in an answer that can be an echo
NEAR = 0.2  # squared likeness to all examples together below which they move a grade by less than half of their error


@dataclass(frozen=True)
class Question:
    """What was asked, and the answers that would have been right: one of them is enough."""

    text: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class ShortGrade:
    """``value`` from 0 to 1; ``opposed``: it denies what the reference says; ``note``: the guard it ran into."""

    value: float
    opposed: bool = False
    note: str = ""


def grade(question: Question, answer: str) -> ShortGrade:
    """The grade of ``answer``. The same for the same three texts, whatever else is graded."""
    text = without(answer, flags.injection_spans(answer))
    found = [reach(reference, text, question.text) for reference in question.references]
    shares = [_share(f) for f in found]
    top, new = max(shares), any(f.new for f in found) or max(shares) > WHOLE
    if not new and says_nothing(text):
        return ShortGrade(0.0, note="says nothing")
    if not new and _echoes(question, text):
        return ShortGrade(0.0, note="the question again")
    # The more alternatives there are, the likelier one is met in part by chance: so the best counts as far as it is
    # reached, and for the rest the mean of them all.
    share = top * top + (1 - top) * sum(shares) / len(shares)
    best = found[shares.index(top)]
    value = 1 - (1 - share) ** EASE
    if _bag(text):
        return ShortGrade(min(value, BAG), best.opposed, "a bag of keywords")
    return ShortGrade(value, best.opposed)


def _share(found: Reach) -> float:
    return OPPOSED if found.opposed and found.share > OPPOSED_FROM else found.share


def _echoes(question: Question, text: str) -> bool:
    """Nothing but words of the question, where a reference has others."""
    said, asked = words(text).content, frozenset(words(question.text).stems)
    if len(said) < FEWEST or not any(newly(r, question.text) for r in question.references):
        return False
    return sum(s in asked for s in said) >= ECHO * len(said)


def _bag(text: str) -> bool:
    """Whether most of a text holds no sentence together."""
    return 2 * sum(end - start for start, end in flags.bags(text, fewest=BAG_SIZE)) > len(text.strip())


@dataclass(frozen=True)
class Example:
    """A graded answer to the same question: what people gave it, and what ``grade`` does; both 0 to 1."""

    answer: str
    given: float
    ours: float


def moved(value: float, answer: str, examples: Sequence[Example]) -> float:
    """A grade moved by as much as it was wrong on the examples that are like ``answer``, by the square of likeness.

    It is the error of neighbours that is passed on, not their grade: a grade near no example stays as it is, and none
    is drawn to the mean.
    """
    near = [likeness(answer, e.answer) ** 2 for e in examples]
    error = sum(n * (e.given - e.ours) for n, e in zip(near, examples, strict=True))
    return min(1.0, max(0.0, value + error / (sum(near) + NEAR)))
