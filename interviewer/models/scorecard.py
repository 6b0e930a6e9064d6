"""What grading makes of a transcript: verdicts, levels with bands, one card a round, the debrief."""

from __future__ import annotations

from typing import Literal

from interviewer.models.base import Frozen
from interviewer.models.conduct import ConductReport
from interviewer.models.contradiction import Contradiction
from interviewer.models.numbers import NumberFinding

Verdict = Literal["met", "partly", "not_met", "not_asked", "failed"]
Status = Literal["scored", "not_assessed", "failed"]
Basis = Literal["statements", "wording", "structure"]
Recommendation = Literal["strong_no", "no", "lean_no", "lean_yes", "yes", "strong_yes"]


class Evidence(Frozen):
    """The candidate's own words: ``quote`` is found in turn ``turn``."""

    turn: int
    quote: str


class CheckVerdict(Frozen):
    """One yes/no thing, and what was found. ``kind`` says where it comes from; ``question`` which sheet."""

    id: str
    criterion: str
    says: str
    kind: Literal["check", "expectation", "misconception"] = "check"
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    weight: int = 1
    essential: bool = False
    rung: int | None = None  # the highest hint given for it before it was met
    question: str | None = None
    note: str = ""
    votes: tuple[Verdict, ...] = ()  # where there were several
    p_met: float | None = None  # how likely it is met, by the votes or by a model's token probabilities
    flags: tuple[str, ...] = ()  # "unsupported", "conflict", "canary"


class CriterionScore(Frozen):
    """One criterion of one round. ``level`` 1-5 in tenths, ``band`` the range it may well lie in; ``raw`` the level
    before it was calibrated, where it was."""

    id: str
    title: str
    level: float | None
    band: tuple[float, float] | None
    status: Status
    reason: str
    expected: float | None = None  # the mean of the level's distribution, where there were votes or probabilities
    raw: float | None = None
    checks: tuple[CheckVerdict, ...] = ()


class StrongAnswer(Frozen):
    """What a strong answer to a question that was asked could have been; shown once the round is over."""

    question: str
    title: str
    text: str


class Scorecard(Frozen):
    """One round. ``basis`` is what its levels rest on: single statements that were judged, the wording of the answers
    alone, or nothing ("structure": things were counted and no level given)."""

    round: str
    title: str
    overall: float | None
    recommendation: Recommendation | None
    criteria: tuple[CriterionScore, ...]
    self_rating: dict[str, float] = {}
    strong_answers: tuple[StrongAnswer, ...] = ()
    numbers: tuple[NumberFinding, ...] = ()  # worked out again; no level rests on them
    flags: tuple[str, ...] = ()
    basis: Basis = "statements"


class Shift(Frozen):
    """A criterion's level without the words aimed at the grader, and how much higher it is with them."""

    id: str
    title: str
    level: float | None
    raised: float | None


class Difference(Frozen):
    """A round graded without the words aimed at the grader; None where one of the two has no level."""

    round: str
    overall: float | None
    raised: float | None
    criteria: tuple[Shift, ...] = ()


class Debrief(Frozen):
    """The hiring manager's decision over locked scorecards: reasons, dissent, what would change it."""

    persona: str
    decision: Recommendation | None
    summary: str
    reasons: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    practise: tuple[str, ...] = ()
    under_pressure: tuple[str, ...] = ()  # how each challenge was met, and which was right
    contradictions: tuple[Contradiction, ...] = ()  # told in two rounds, differently; they decide nothing
    locked: dict[str, str] = {}  # round -> sha256 of the scorecard it read


class UsedRubric(Frozen):
    id: str
    sha256: str


class Judging(Frozen):
    """How it was judged: at most so many votes on each statement, by these models."""

    votes: int = 1
    models: tuple[str, ...] = ()


class Grade(Frozen):
    """Everything one grading of one transcript says; what ``grade --format json`` prints."""

    transcript: str
    engine: str
    model: str | None = None
    judging: Judging = Judging()
    calibration: str = "none"  # or the version and what it was fitted on: "v1 (n=140)"
    rubrics: tuple[UsedRubric, ...] = ()
    questions: tuple[UsedRubric, ...] = ()  # the sheets that were judged with
    prompts: tuple[UsedRubric, ...] = ()  # what a model was asked with; none where no model judged
    rounds: tuple[Scorecard, ...] = ()
    debrief: Debrief | None = None
    conduct: ConductReport | None = None  # of the interviewer; None where it isn't known what their turns were for
    without_flagged: tuple[Difference, ...] = ()  # of the rounds with words aimed at the grader
    flags: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    sha256: str = ""  # of the transcript file
    graded: str = ""  # not when, so that the same input gives the same output: the grader's version
