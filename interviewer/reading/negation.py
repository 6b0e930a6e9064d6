"""Whether a word that was found is only denied: "I wouldn't use X", "not X", "X isn't a concern".

A critical point is often made by a denial ("a weekend isn't representative", "retention can't be seen in a day"), so
only three things count: a denial right before the word, a refusal that governs its clause, and a dismissal after it.
An even number of denials is none ("never without X").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.reading.tokens import Token, listed, stem

REACH = 12  # words a refusal governs
_NEGATORS = frozenset({
    "not", "no", "never", "without", "neither", "nor", "hardly", "don't", "doesn't", "didn't", "won't", "wouldn't",
    "isn't",
    "aren't", "wasn't", "weren't", "shouldn't", "can't", "couldn't", "haven't", "hasn't", "hadn't", "needn't", "nobody",
    "none",
})  # fmt: skip
_REFUSALS = frozenset({"don't", "won't", "wouldn't", "shouldn't", "never", "not", "didn't", "needn't", "doesn't"})
_UNDOING = frozenset(
    stem(w)
    for w in listed("ignore skip neglect dismiss forget avoid omit overlook disregard underestimate refuse doubt")
)
# "I wouldn't trust ...", "I don't know ...": a limit is stated, nothing is refused.
_KNOWING = frozenset(
    stem(w) for w in listed("""know trust see tell believe learn show mean expect launch ship decide call conclude read
    take rely     stop claim treat judge prove just only simply accept let compare""")
)  # fmt: skip
# Words whose denial is the usual way to make a critical point.
_CRITICAL = listed(
    """representative enough sufficient significant random randomised comparable same reliable valid causal independent
    guarantee guarantees prove proves proof know sure mean means trust tell tells justify justifies see true alone cause
    causes capture captures reflect reflects equal problem constraint issue explain explains generalise generalises
    generalisable extrapolate identified identifiable trustworthy credible distinguish interchangeable balanced fair
    clear exogenous normal constant stable free"""
)
_BETWEEN = listed("""a an the any really be been to that so very even much have use using do doing need of this it
    all such as being add run bother with worry about care going ever""")
_DISMISSED = frozenset(
    stem(w) for w in listed("""problem issue concern worry matter important relevant needed necessary worth
    factor risk thing     interesting useful need applicable""")
)  # fmt: skip
_WANTING = frozenset({"need", "use", "using", "bother"})  # "we never need a random split" is no critical point
_UNTRUE = re.compile(
    r"(?:it|that|this)(?:'s| is)?(?: simply| just)? ?(?:isn't|wasn't|not|never) "
    r"(?:true|right|correct|so|the case) that\b|(?:it's|it is) (?:false|untrue|wrong) that\b"
)
_NOT_NEGATING = {
    "not": frozenset({"only", "just", "merely", "sure", "least"}),
    "no": frozenset({"doubt", "longer", "matter", "question"}),
}  # fmt: skip
_AUXILIARIES = frozenset(
    {"isn't", "wouldn't", "couldn't", "aren't", "won't", "doesn't", "don't", "didn't", "shouldn't"}
)


def denied(text: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words ``first`` to ``last`` are denied where they stand."""
    found = {i for i in range(max(0, first - REACH), first) if _denies(text, i, first)}
    if any(text[i].word == "nor" for i in found):  # "no X, nor Y": one denial said twice
        found = {max(found)}
    for i in sorted(found):
        if (other := _undone_by(text, i)) is not None:
            found -= {i, other}
    return (len(found) + _dismissed(text, last)) % 2 == 1


def disowned(text: Sequence[Token], at: int) -> bool:
    """Whether its sentence opens by saying that what follows is untrue: "It isn't true that ..."."""
    start = next((i for i in range(at, -1, -1) if not i or text[i - 1].sentence != text[at].sentence), 0)
    return bool(_UNTRUE.match(" ".join(t.word for t in text[start:at])))


def undoes(word: str) -> bool:
    """Whether a word denies, or is for leaving something out."""
    return word in _NEGATORS or stem(word) in _UNDOING


def _undone_by(text: Sequence[Token], at: int) -> int | None:
    """The denial that turns another one round: "can't ignore", "wouldn't launch without"."""
    reach = 3 if text[at].stem in _UNDOING else REACH if text[at].word == "without" else 0
    near = range(at - 1, max(-1, at - reach - 1), -1)
    return next((i for i in near if text[i].clause == text[at].clause and text[i].word in _NEGATORS), None)


def negator(word: str) -> bool:
    """Whether a word denies."""
    return word in _NEGATORS


def _denies(text: Sequence[Token], at: int, target: int) -> bool:
    """Whether the word at ``at`` denies the one at ``target``, further on in its clause."""
    here = text[at]
    if here.clause != text[target].clause:
        return False
    if here.stem in _UNDOING or (here.word in ("instead", "rather") and text[at + 1].word in ("of", "than")):
        return target - at <= 5
    if here.word not in _NEGATORS or not _real(text, at) or _conditional(text, at):
        return False
    between = [t.word for t in text[at + 1 : target]]
    if all(w in _BETWEEN or w in _NEGATORS for w in between) and len(between) <= 4:
        return text[target].word not in _CRITICAL or any(w in _WANTING for w in between)
    return _refuses(text, at) and not any(t.stem in _KNOWING for t in text[at + 1 : min(at + 3, target + 1)])


def _real(text: Sequence[Token], at: int) -> bool:
    """Not "not only", "no doubt", "whether or not", nor the opening of a question ("Isn't that ...")."""
    word = text[at].word
    after = text[at + 1].word if at + 1 < len(text) else ""
    if after in _NOT_NEGATING.get(word, ()):
        return False
    if at and text[at - 1].word == "or" and word == "not":
        return False
    opens = at == 0 or text[at - 1].sentence != text[at].sentence
    return not (opens and word in _AUXILIARIES and after in ("it", "that", "this", "the", "you", "we", "they", "there"))


def _conditional(text: Sequence[Token], at: int) -> bool:
    """ "Without a holdout we can't tell": the thing is wanted, not denied."""
    if text[at].word != "without":
        return False
    rest = [t for t in text[at + 1 : at + 15] if t.sentence == text[at].sentence]
    return any(t.word in _NEGATORS for t in rest)


def _refuses(text: Sequence[Token], at: int) -> bool:
    """A refusal by the speaker: "I wouldn't ...", "we'd never ...", "don't ...", "there is no need to ..."."""
    here = text[at]
    if here.word == "no":
        return at + 1 < len(text) and text[at + 1].word in ("need", "point", "reason")
    if here.word not in _REFUSALS:
        return False
    before = [t.word for t in text[max(0, at - 4) : at] if t.clause == here.clause]
    if not before:
        return True
    subjects = {
        "i",
        "we",
        "you",
        "they",
        "i'd",
        "we'd",
        "i'll",
        "we'll",
        "i'm",
        "we're",
        "one",
        "it's",
        "is",
        "should",
        "would",
    }
    return any(w in subjects for w in before)


def _dismissed(text: Sequence[Token], last: int) -> bool:
    """Whether the clause goes on to wave the word away: "X isn't a concern", "X doesn't matter"."""
    after = [t for t in text[last + 1 : last + 8] if t.clause == text[last].clause]
    for i, token in enumerate(after):
        if token.word in _NEGATORS and token.word != "without":
            return any(t.stem in _DISMISSED for t in after[i + 1 : i + 4])
    return False
