"""The form of rubrics."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from interviewer.content.form.problem import Finding, Rule
from interviewer.content.form.wording import known_source, one_claim, positive
from interviewer.content.schema import suggestion
from interviewer.models.rubric import Criterion, Rubric

LEVELS = (2, 3, 4)  # 1 and 5 are reached by nothing and everything
NEAR = 0.5
OPPORTUNITIES = 3  # fewer, and a criterion is not assessed


def statements(rubric: Rubric) -> Iterator[Finding]:
    """Each check is one positive claim with a source."""
    for c, criterion in enumerate(rubric.criteria):
        for k, check in enumerate(criterion.checks):
            where = ("criteria", c, "checks", k)
            yield from one_claim(check.says, (*where, "says"))
            yield from positive(check.says, (*where, "says"))
            yield from known_source(check.source, (*where, "source"))


def reachable(rubric: Rubric) -> Iterator[Finding]:
    """Every level can be earned: level = 1 + 4 x share of the weight that is met, at most 2.5 without an essential."""
    for c, criterion in enumerate(rubric.criteria):
        where = ("criteria", c, "checks")
        if not any(check.essential for check in criterion.checks):
            yield Finding(where, f"'{criterion.id}' has no essential check; mark one or two", "standard")
        levels = attainable(criterion)
        missed = [str(level) for level in LEVELS if not any(abs(level - found) < NEAR for found in levels)]
        if missed:
            says = f"no answer earns '{criterion.id}' a level near {', '.join(missed)}; change weights or essentials"
            yield Finding(where, says, "standard")
        always = [check for check in criterion.checks if not check.when]
        if len(always) < OPPORTUNITIES:
            count = f"'{criterion.id}' has {len(always)} checks without 'when'"
            says = f"{count}; with fewer than {OPPORTUNITIES} it often isn't assessed"
            yield Finding(where, says, "warning")


def attainable(criterion: Criterion) -> set[float]:
    """The levels that meeting some of the checks earns."""
    total = sum(check.weight for check in criterion.checks)
    essential = sum(check.weight for check in criterion.checks if check.essential)
    optional = {0}
    for check in criterion.checks:
        if not check.essential:
            optional |= {share + check.weight for share in optional}
    short = {0}
    for check in criterion.checks:
        short |= {share + check.weight for share in short}
    whole = {1 + 4 * (essential + share) / total for share in optional}
    capped = {min(2.5, 1 + 4 * share / total) for share in short if share < total} if essential else set()
    return whole | capped


def anchored(rubric: Rubric) -> Iterator[Finding]:
    """Anchors say three different things."""
    for c, criterion in enumerate(rubric.criteria):
        anchors = criterion.anchors
        if len({anchors.one, anchors.three, anchors.five}) < 3:
            yield Finding(("criteria", c, "anchors"), "two levels say the same; nobody could tell them apart")


RULES: tuple[Rule[Rubric], ...] = (statements, reachable, anchored)


def held_by(personas: Collection[str]) -> Rule[Rubric]:
    """The rule that the round's persona exists."""

    def holds(rubric: Rubric) -> Iterator[Finding]:
        if rubric.persona not in personas:
            known = sorted(personas)
            says = f"'{rubric.persona}' is no persona{suggestion(rubric.persona, known)}"
            yield Finding(("persona",), f"{says}; choose from: {', '.join(known)}")

    return holds
