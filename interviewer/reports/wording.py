"""The words all reports share."""

from __future__ import annotations

from interviewer.models.conduct import ConductReport, Passage, RuleReport
from interviewer.models.contradiction import Contradiction, Telling
from interviewer.models.numbers import NumberFinding
from interviewer.models.scorecard import CheckVerdict, CriterionScore, Debrief, Grade, Scorecard, StrongAnswer
from interviewer.text import one_line, sanitise

MARKS = {"met": "✓", "partly": "~", "not_met": "✗", "not_asked": "·", "failed": "!"}
VERDICTS = {"met": "met", "partly": "partly met", "not_met": "missed", "not_asked": "not asked", "failed": "not judged"}
NOTED = {
    "unsupported": "called true without a quote that stands up",
    "canary": "the judge's first answer called something true that can't be, and was thrown away",
}
SEEN = {"met": "seen", "partly": "partly seen", "not_met": "not seen"}
BELIEFS = {
    "met": "held",
    "partly": "put right",
    "not_met": "not held",
    "not_asked": "not asked",
    "failed": "not judged",
}
BELIEF_MARKS = {"met": "✗", "partly": "~", "not_met": "✓"}
RECOMMENDATIONS = {
    "strong_no": "strong no", "no": "no", "lean_no": "leaning no", "lean_yes": "leaning yes", "yes": "yes",
    "strong_yes": "strong yes",
}  # fmt: skip
STATUSES = {"not_assessed": "not assessed", "failed": "not graded"}
LEVELS = (
    (4.5, "outstanding"), (3.5, "strong, senior level"), (2.5, "mixed, a gap that matters"),
    (1.5, "weak, serious holes"), (1.0, "clearly not shown"),
)  # fmt: skip


def in_words(level: float) -> str:
    """What a level from 1 to 5 means in short."""
    return next((words for least, words in LEVELS if level >= least), LEVELS[-1][1])


def level_line(score: CriterionScore) -> str:
    """Level, band and words, or why there is none."""
    if score.level is None or score.band is None:
        return STATUSES.get(score.status, score.status)
    raw = "" if score.raw is None else f"; {score.raw:.1f} before calibration"
    return f"{score.level:.1f} of 5 ({score.band[0]:.1f} to {score.band[1]:.1f}), {in_words(score.level)}{raw}"


def overall_line(card: Scorecard) -> str:
    if card.overall is None:
        return "Overall: none, because not enough of it was graded."
    advice = RECOMMENDATIONS[card.recommendation] if card.recommendation else "none"
    return f"Overall: {card.overall:.1f} of 5, {in_words(card.overall)}. Recommendation: {advice}."


def without_flagged(grade: Grade, card: Scorecard) -> str:
    """What a round comes to without the words aimed at the grader; empty where there were none."""
    found = next((d for d in grade.without_flagged if d.round == card.round), None)
    if found is None:
        return ""
    moved = [f"{s.title} {s.level:.1f} ({_moved(s.raised)})" for s in found.criteria if s.raised and s.level]
    lost = [s.title for s in found.criteria if s.raised is None and s.level is None]
    lost = [c.title for c in card.criteria if c.level is not None and c.title in lost]
    whole = "no overall" if found.overall is None else f"overall {found.overall:.1f} ({_moved(found.raised)})"
    rest = [*moved, *(f"{title} none" for title in lost)]
    return f"Graded without these words: {whole}{''.join(f', {part}' for part in rest)}."


def _moved(raised: float | None) -> str:
    if raised is None:
        return "none with them"
    return "the same with them" if not raised else f"{abs(raised):.1f} {'higher' if raised > 0 else 'lower'} with them"


def strong_answer(answer: StrongAnswer) -> str:
    """The heading of one."""
    return f"A strong answer to “{one_line(answer.title, 80)}”:"


def verdict(item: CheckVerdict, score: CriterionScore) -> tuple[str, str]:
    """The mark and the word for a verdict; of a misconception, 'met' is the bad news.

    Where nothing is assessed, a thing was only seen or not: that is no judgement.
    """
    if score.status == "not_assessed" and item.verdict in SEEN:
        return MARKS[item.verdict], SEEN[item.verdict]
    if item.kind == "misconception":
        return BELIEF_MARKS.get(item.verdict, MARKS[item.verdict]), f"misconception {BELIEFS[item.verdict]}"
    return MARKS[item.verdict], VERDICTS[item.verdict]


def extras(item: CheckVerdict) -> str:
    """What else counts about a check, in brackets; empty for most."""
    parts = ["essential"] if item.essential else []
    if item.rung and item.verdict in ("met", "partly"):
        parts.append(f"after hint {item.rung} of 3")
    if "conflict" in item.flags:
        parts.append(f"the votes differ: {' / '.join(VERDICTS[v] for v in item.votes)}")
    parts += [NOTED[flag] for flag in item.flags if flag in NOTED]
    return f" ({', '.join(parts)})" if parts else ""


def shown(items: tuple[CheckVerdict, ...]) -> list[CheckVerdict]:
    """What a reader needs: no beliefs nobody held; unasked points last."""
    kept = [i for i in items if i.kind != "misconception" or i.verdict in ("met", "partly", "failed")]
    return sorted(kept, key=lambda i: i.verdict == "not_asked")


def self_rating(card: Scorecard, criterion: str) -> str:
    """The candidate's own level, to stand beside the given one; empty when they gave none."""
    own = card.self_rating.get(criterion)
    return "" if own is None else f"Your own rating: {own:g}."


def source_lines(grade: Grade) -> list[str]:
    """What was graded, by whom, with what."""
    engine = f"{grade.engine} ({grade.model})" if grade.model else grade.engine
    lines = [
        f"Transcript {one_line(grade.transcript)}, sha256 {grade.sha256[:12]}.",
        f"Graded by {engine}; {grade.graded}; calibration: {grade.calibration}.",
    ]
    used = [f"{u.id} {u.sha256[:12]}" for u in (*grade.rubrics, *grade.questions, *grade.prompts)]
    if grade.judging.votes > 1:
        lines.append(f"Each statement by at most {grade.judging.votes} votes of {', '.join(grade.judging.models)}.")
    return [*lines, f"Judged with {', '.join(used)}."] if used else lines


def debrief_parts(debrief: Debrief) -> list[tuple[str, tuple[str, ...]]]:
    """The debrief's lists under their headings, empty ones left out."""
    parts = [
        ("Reasons", debrief.reasons), ("Dissent", debrief.dissent),
        ("What would change it", debrief.would_change), ("Under pressure", debrief.under_pressure),
        ("Practise next", debrief.practise),
    ]  # fmt: skip
    return [(title, lines) for title, lines in parts if lines]


TOLD_TWICE = "Told in two rounds"
WHICH = {
    "figure": "Two rounds, two figures: which is it? Settle on one, and on what it counts.",
    "owner": "Two rounds, two people who did it: whose was it? Be ready to say which part was yours.",
}


def tellings(found: Contradiction) -> tuple[tuple[str, str], tuple[str, str]]:
    """Where it was told and the words, of both."""
    return _telling(found.first), _telling(found.second)


def _telling(t: Telling) -> tuple[str, str]:
    return f"{one_line(t.title or t.round.replace('_', ' '), 60)}, turn {t.turn}", f"“{quote(t.quote)}”"


NUMBERS = "Numbers, worked out again"
NUMBER_MARKS = {"right": "✓", "wrong": "✗", "not_checkable": "·"}
NUMBER_VERDICTS = {"right": "right", "wrong": "wrong", "not_checkable": "not checkable"}


def numbers_summary(card: Scorecard) -> str:
    """How many numbers came out; that they decide nothing."""
    count = {v: sum(f.verdict == v for f in card.numbers) for v in NUMBER_VERDICTS}
    return ", ".join(f"{n} {NUMBER_VERDICTS[v]}" for v, n in count.items() if n) + ". They move no level."


def numbers_shown(card: Scorecard) -> list[NumberFinding]:
    """What a reader needs: those that are wrong, then those that can't be checked."""
    return sorted((f for f in card.numbers if f.verdict != "right"), key=lambda f: f.verdict != "wrong")


def number_line(found: NumberFinding) -> str:
    """A number, what became of it and why."""
    kind = found.kind.replace("_", " ")
    head = f"{NUMBER_MARKS[found.verdict]} {NUMBER_VERDICTS[found.verdict]}: {kind} “{quote(found.said)}”"
    if found.verdict == "wrong":
        head += f", should be {found.should_be} ({found.off_by})"
    if found.missing:
        head += f", not said: {'; '.join(found.missing)}"
    return f"{head}. {found.note}".rstrip()


def number_basis(found: NumberFinding) -> str:
    """What it was worked out from; "" where nothing was."""
    parts = [
        f"{i.name} {i.said} (assumed)" if i.evidence is None else f"{i.name} “{quote(i.said)}” (turn {i.evidence.turn})"
        for i in found.inputs
    ]
    return f"From {', '.join(parts)}." if parts else ""


CONDUCT = "The interviewer's own report"
OUTCOMES = {"pass": ("✓", "kept"), "fail": ("✗", "broken"), "not_applicable": ("·", "not applicable")}


def conduct_summary(report: ConductReport) -> str:
    """How many rules were kept and broken."""
    count = {outcome: sum(r.outcome == outcome for r in report.rules) for outcome in OUTCOMES}
    return ", ".join(f"{n} {OUTCOMES[o][1]}" for o, n in count.items() if n) + f" of {len(report.rules)} rules."


def rule_line(rule: RuleReport) -> str:
    """A rule, whether it was kept, and how often."""
    mark, word = OUTCOMES[rule.outcome]
    return f"{mark} {word}: {rule.says} {rule.reason}"


def passage(where: Passage) -> str:
    """Words of a turn, and what is to be said of them."""
    return f"turn {where.turn}: “{quote(where.quote)}”" + (f" ({quote(where.note)})" if where.note else "")


def quote(text: str) -> str:
    """A quote on one line, safe to show."""
    return " ".join(sanitise(text).split())
