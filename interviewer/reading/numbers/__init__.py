"""The numbers in a talk: found, worked out again from what was said, and held against what the candidate made of them.

No false alarm is worth more than one more error found: where any reasonable reading makes a number right it is right,
where readings disagree it can't be checked.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.models.numbers import NumberFinding
from interviewer.models.transcript import Turn
from interviewer.reading.numbers import arithmetic, changes, designs, expected, intervals, many
from interviewer.reading.numbers.patterns import phrase
from interviewer.reading.numbers.sentences import Sentence, said

__all__ = ["check", "doubtful"]
_KINDS = (designs, intervals, many, expected, changes, arithmetic)
CLEARLY = 1.25  # times: from here on a wrong number is worth a question


def check(turns: Sequence[Turn]) -> tuple[NumberFinding, ...]:
    """What became of every number that the candidate of one round claims to be the result of something, in order."""
    sentences = said(turns)
    found = [f for s in sentences if s.mine and s.numbers and not s.asks for f in _of(s, sentences)]
    return tuple(_put_right(f, found[i + 1 :]) for i, f in enumerate(found))


def doubtful(turns: Sequence[Turn]) -> NumberFinding | None:
    """The number of the last answer that is clearly wrong, the farthest off; None where there is none.

    ``turns`` are the round's, the candidate's answer last.
    """
    if not turns or turns[-1].role != "candidate":
        return None
    sentences = said(turns)
    mine = [s for s in sentences if s.turn == turns[-1].index and s.numbers and not s.asks]
    found = [f for s in mine for f in _of(s, sentences)]
    wrong = [f for i, f in enumerate(found) if _put_right(f, found[i + 1 :]).verdict == "wrong" and _far(f) >= CLEARLY]
    return max(wrong, key=_far, default=None)


def _far(finding: NumberFinding) -> float:
    ratio = finding.ratio
    return max(ratio, 1 / ratio) if ratio else 1.0


def _of(sentence: Sentence, sentences: Sequence[Sentence]) -> list[NumberFinding]:
    made = [f for kind in _KINDS for f in kind.check(sentence, sentences)]
    right = {f.said for f in made if f.verdict == "right"}
    # One way in which a number comes out is enough, whatever else it could have been taken for.
    kept = [f for f in made if f.verdict == "right" or f.said not in right]
    return [f for f in dict.fromkeys(kept) if f.verdict != "wrong" or not _taken_back(f, sentence)]


def _taken_back(finding: NumberFinding, sentence: Sentence) -> bool:
    """Whether the speaker corrects the number as soon as it is out: "12 times 3 is 35, no, 36"."""
    at = sentence.text.find(finding.said, sentence.start) + len(finding.said)
    return bool(phrase("takes_back").search(sentence.text[at : at + 120].replace("’", "'").casefold()))


def _put_right(finding: NumberFinding, later: Sequence[NumberFinding]) -> NumberFinding:
    """A wrong number that comes out right further on, from the same inputs, is no error any more."""
    if finding.verdict != "wrong":
        return finding
    worked = {(i.name, i.said) for i in finding.inputs if not i.assumed}
    for other in later:
        same = worked <= {(i.name, i.said) for i in other.inputs}
        if other.verdict == "right" and other.kind == finding.kind and same:
            note = f"First said as {finding.said}; put right in turn {other.evidence[0].turn}."
            return other.model_copy(update={"evidence": (*finding.evidence, *other.evidence), "note": note})
    return finding
