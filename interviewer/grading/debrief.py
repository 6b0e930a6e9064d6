"""The hiring manager's debrief, by rule: a decision over locked scorecards, with reasons, dissent and what to practise.

It is no average. A round at no blocks; one doubting round can be outvoted, two can't; the same weakness in two rounds
costs a step. Where a round isn't assessed there is no decision, and none on a single round.

# source: DESIGN.md section 6 (locked cards, reasons, dissent, no decision on what wasn't assessed); the steps are ours
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import get_args

from interviewer.content.library import Library
from interviewer.grading.conduct.words import lines
from interviewer.grading.practise import practise
from interviewer.grading.told_twice import title
from interviewer.models.conduct import Conviction
from interviewer.models.contradiction import Contradiction
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Recommendation, Scorecard

STEPS: tuple[Recommendation, ...] = get_args(Recommendation)
WORDS: dict[Recommendation, str] = {r: r.replace("_", " ") for r in STEPS}
WEAK = 2.5
FEWEST = 2  # rounds a decision rests on
QUOTED = 24  # words of a quote in a reason


def lock(card: Scorecard) -> str:
    """The hash of a scorecard as it was when it was read."""
    return hashlib.sha256(card.model_dump_json().encode("utf-8", "backslashreplace")).hexdigest()


def decide(
    cards: Sequence[Scorecard], library: Library, *, chair: str, missing: Sequence[str] = (), asked: Sequence[str] = (),
    convictions: tuple[Conviction, ...] = (), contradictions: tuple[Contradiction, ...] = (),
) -> Debrief:  # fmt: skip
    """The debrief over ``cards``. ``missing``: rounds planned and not held; ``asked``: the sheets that were asked;
    ``convictions``: how challenges were met, and ``contradictions`` between rounds are shown and decide nothing."""
    locked = {c.round: lock(c) for c in cards}
    open_ends = [_unassessed(c) for c in cards if c.recommendation is None]
    open_ends += [f"{title(library, name)}: planned and not held." for name in missing]
    decision = None if open_ends or len(cards) < FEWEST else _decision(cards)
    return Debrief(
        persona=chair,
        decision=decision,
        summary=_summary(cards, decision, open_ends, len(cards) + len(missing)),
        reasons=tuple([*open_ends, *(reason for c in cards for reason in _reasons(c))]),
        dissent=tuple(_dissent(cards, decision)),
        would_change=tuple(_would_change(cards)),
        practise=practise(cards, library, asked),
        under_pressure=lines(convictions, {c.round: c.title for c in cards}),
        contradictions=contradictions,
        locked=locked,
    )


def _unassessed(card: Scorecard) -> str:
    if any(c.status == "failed" for c in card.criteria):
        return f"{card.title}: not graded, because judgements did not come back; grade it again."
    checks = [i for c in card.criteria for i in c.checks]
    seen = sum(i.verdict in ("met", "partly") for i in checks)
    if not any(c.status == "scored" for c in card.criteria) and checks:
        why = card.criteria[0].reason.rstrip(".") or "too little was asked"
        return f"{card.title}: no decision on it. {why}. Seen: {seen} of {len(checks)} things that were looked for."
    return f"{card.title}: no decision on it, too little of it could be assessed."


def _step(card: Scorecard) -> int:
    return STEPS.index(card.recommendation) if card.recommendation else 0


def _decision(cards: Sequence[Scorecard]) -> Recommendation:
    """Blocks first, then doubts, then how many are convinced."""
    steps = sorted(_step(c) for c in cards)
    no, lean_no, lean_yes, yes = (STEPS.index(s) for s in ("no", "lean_no", "lean_yes", "yes"))
    doubts = steps.count(lean_no)
    if steps[0] <= no:
        outcome = 0 if steps[0] == 0 or steps.count(no) > 1 else no
    elif doubts:
        outvoted = len(steps) > 2 and steps[1] >= yes
        outcome = no if doubts > 1 else lean_yes if outvoted else lean_no
    elif steps[0] == lean_yes:
        outcome = yes if steps.count(lean_yes) == 1 and len(steps) > 2 else lean_yes
    else:
        outcome = yes if steps.count(yes) * 2 > len(steps) else yes + 1
    if _repeated(cards) and outcome > lean_no:
        outcome -= 1
    return STEPS[outcome]


def _repeated(cards: Sequence[Scorecard]) -> list[str]:
    """Criteria that are weak in more than one round."""
    weak = [c.id for card in cards for c in card.criteria if c.level is not None and c.level <= WEAK]
    return sorted({name for name in weak if weak.count(name) > 1})


def _summary(
    cards: Sequence[Scorecard], decision: Recommendation | None, open_ends: Sequence[str], planned: int
) -> str:
    votes = ", ".join(f"{c.title}: {WORDS[c.recommendation]}" for c in cards if c.recommendation)
    if decision is None:
        if planned == 1 and not open_ends:
            return f"One round is no loop, so there is no decision. The round itself: {votes}."
        which = f"{len(open_ends)} of {planned} rounds" if planned > 1 else "the round"
        return f"No decision: {which} can't be decided on." + (f" The rest: {votes}." if votes else "")
    blocked = [c.title for c in cards if _step(c) <= STEPS.index("no")]
    why = f" {' and '.join(blocked)} can't be made up for elsewhere." if blocked else ""
    if again := _repeated(cards):
        why += f" The same weakness showed in more than one round: {', '.join(again)}."
    return f"{votes}.{why}"


def _reasons(card: Scorecard) -> list[str]:
    """The strongest and the weakest criterion of a round, in the candidate's own words where there are any."""
    scored = sorted((c for c in card.criteria if c.level is not None), key=lambda c: (c.level or 0, c.id))
    if not scored:
        return []
    picked = [scored[0]] if len(scored) == 1 else [scored[-1], scored[0]]
    return [_reason(card, c) for c in picked]


def _reason(card: Scorecard, c: CriterionScore) -> str:
    wanted = ("met", "partly") if (c.level or 0) >= 3 else ("not_met",)
    first = next((i for v in wanted for i in _by_weight(c) if i.verdict == v and i.kind != "misconception"), None)
    head = f"{card.title}, {c.title} {c.level} ({c.status if c.band is None else f'{c.band[0]} to {c.band[1]}'})"
    if held := next((i for i in c.checks if i.kind == "misconception" and i.verdict == "met"), None):
        return f"{head}: held on to a misconception, {_say(held)}{_quoted(held)}."
    if first is None:
        return f"{head}: {c.reason}"
    return f"{head}: {'missed' if first.verdict == 'not_met' else 'showed'}: {_say(first)}{_quoted(first)}."


def _by_weight(c: CriterionScore) -> list[CheckVerdict]:
    return sorted(c.checks, key=lambda i: (not i.essential, -i.weight, not i.evidence, i.id))


def _say(item: CheckVerdict) -> str:
    return item.says.rstrip(".")


def _quoted(item: CheckVerdict) -> str:
    """The first quote, cut after some words; what is left stands as it was said."""
    if not item.evidence:
        return ""
    first = item.evidence[0]
    said = first.quote.split()
    more = " …" if len(said) > QUOTED else ""
    return f" (turn {first.turn}: “{' '.join(said[:QUOTED])}”{more})"


def _dissent(cards: Sequence[Scorecard], decision: Recommendation | None) -> list[str]:
    """Rounds on the other side of the line than the decision."""
    if decision is None:
        return []
    line = STEPS.index("lean_yes")
    against = [c for c in cards if (_step(c) >= line) != (STEPS.index(decision) >= line)]
    return [f"{c.title} disagrees: {WORDS[c.recommendation]} at {c.overall}." for c in against if c.recommendation]


def _would_change(cards: Sequence[Scorecard]) -> list[str]:
    """The missed point that weighs most in each round that isn't a yes."""
    found = []
    for card in cards:
        if card.recommendation is None or _step(card) >= STEPS.index("yes"):
            continue
        low = min((c for c in card.criteria if c.level is not None), key=lambda c: (c.level or 0, c.id))
        missed = next((i for i in _by_weight(low) if i.verdict == "not_met" and i.kind != "misconception"), None)
        if missed:
            found.append(f"{card.title}: showing this under {low.title}: {_say(missed)}.")
    return found
