"""What a rule is: words for it, and a function that says how often it applied and where it was broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from interviewer.grading.conduct.scene import Scene
from interviewer.models.conduct import Outcome, Passage, RuleReport
from interviewer.models.transcript import Turn

LONGEST = 30  # words of a quote in a report


@dataclass
class Looked:
    """``cases``: how often a rule applied; ``wrong``: where it was broken; ``tolerated``: the share of cases that may
    be, where reading is only approximate; ``none``: why it didn't apply."""

    cases: int = 0
    wrong: list[Passage] = field(default_factory=list)
    tolerated: float = 0.0
    none: str = "nothing of the kind happened"
    detail: str = ""

    def add(self, wrong: Passage | None) -> None:
        """One case, broken or kept."""
        self.cases += 1
        if wrong is not None:
            self.wrong.append(wrong)


@dataclass(frozen=True)
class Rule:
    """``what`` names its cases in the plural."""

    id: str
    says: str
    what: str
    look: Callable[[Sequence[Scene]], Looked]


def judged(rule: Rule, held: Sequence[Scene]) -> RuleReport:
    """The rule over an interview."""
    looked = rule.look(held)
    broken = len(looked.wrong) > looked.tolerated * looked.cases
    outcome: Outcome = "fail" if looked.wrong and broken else "pass" if looked.cases else "not_applicable"
    return RuleReport(
        id=rule.id, says=rule.says, outcome=outcome, reason=_reason(rule, looked, outcome), passages=tuple(looked.wrong)
    )


def _reason(rule: Rule, looked: Looked, outcome: Outcome) -> str:
    if outcome == "not_applicable":
        return f"Not applicable: {looked.none}."
    kept = looked.cases - len(looked.wrong)
    said = f"{kept} of {looked.cases} {rule.what}"
    if outcome == "pass" and looked.wrong:
        said += f", and {int((1 - looked.tolerated) * 100)} percent are enough"
    return f"{said}. {looked.detail}".strip() if looked.detail else f"{said}."


def passage(turn: Turn, words: str = "", note: str = "") -> Passage:
    """Words of a turn, cut after some."""
    said = (words or turn.text).split()
    more = " …" if len(said) > LONGEST else ""
    return Passage(turn=turn.index, quote=" ".join(said[:LONGEST]) + more, note=note)
