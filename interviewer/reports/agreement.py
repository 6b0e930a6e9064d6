"""How far grades agree with people, as text, markdown or json."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from interviewer.models.agreement import Agreement, Comparison, Interval
from interviewer.text import table

COVERS = "90 %"
HEAD = ("of", "n", "qwk", COVERS, "r", COVERS, "rho", "within", "mae", "bias", "length r", "constant mae")
BESIDE = 4  # groups and the head
LABELS = ("accuracy", "macro-F1", COVERS, "constant F1")
MEANING = (
    "qwk: weighted kappa; 90 %: the bootstrap interval over whole {unit} of the figure before it; r, rho: "
    "correlations; within: r with each {within}'s mean taken out; mae, bias: in {points}, ours less theirs; length r: "
    "what the number of words alone reaches; constant mae: what the mean grade alone reaches."
)


def render(format: str, comparison: Comparison) -> str:
    """The figures in ``format``, ending in a newline."""
    if format == "html":
        from interviewer.reports import agreement_page

        return agreement_page.render(comparison)
    formats: dict[str, Callable[[Comparison], str]] = {"text": _text, "markdown": _markdown, "json": _json}
    return formats[format](comparison)


def _text(comparison: Comparison) -> str:
    """Few groups stand beside each other, many below each other."""
    shown = rows(comparison)
    if len(shown) <= BESIDE:
        shown = list(zip(*shown, strict=True))
    return "\n".join([*table(shown), "", *remarks(comparison)]) + "\n"


def _markdown(comparison: Comparison) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows(comparison)]
    lines.insert(1, "|" + "---|" * (lines[0].count("|") - 1))
    return "\n".join([*lines, "", *remarks(comparison)]) + "\n"


def rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """The table's head and its rows, the second person's last."""
    labelled = any(a.accuracy is not None for a in comparison.groups.values())
    unit = HEAD[0], HEAD[1], comparison.unit, *HEAD[2:]
    shown = dict(comparison.groups) | ({"a second person": comparison.human} if comparison.human else {})
    return [(*unit, *(LABELS if labelled else ())), *(_row(name, a, labelled) for name, a in shown.items())]


def _row(name: str, a: Agreement, labelled: bool) -> tuple[str, ...]:
    base = a.baselines
    figures = (
        name, str(a.n), str(a.clusters), two(a.qwk), span(a.intervals.get("qwk")), two(a.pearson),
        span(a.intervals.get("pearson")), two(a.spearman), two(a.within), two(a.mae), two(a.bias),
        two(base["length_pearson"]), two(base["constant_mae"]),
    )  # fmt: skip
    if not labelled:
        return figures
    named = (two(a.accuracy), two(a.macro_f1), span(a.intervals.get("macro_f1")), two(base.get("constant_macro_f1")))
    return figures + named


def two(value: float | None) -> str:
    """With two decimals, or a dash where a figure isn't defined."""
    return "-" if value is None else f"{value:.2f}"


def span(interval: Interval | None) -> str:
    """An interval in words."""
    return f"{interval[0]:.2f} to {interval[1]:.2f}" if interval else "-"


def remarks(comparison: Comparison) -> list[str]:
    """What the figures mean and what they were made from, a sentence or two a line."""
    scale, transcripts = comparison.scale, comparison.unit == "transcripts"
    words = ("criterion", "levels") if transcripts else ("question", "points of the scale")
    lines = [MEANING.format(unit=comparison.unit, within=words[0], points=words[1])]
    if comparison.labels:
        worth = ", ".join(f"{label} {value:g}" for label, value in comparison.labels.items())
        lines.append(f"Labels are worth: {worth}. constant F1: what the commonest label alone reaches.")
    elif not transcripts:
        lines.append(f"Grades on a scale from {scale.low:g} to {scale.high:g}, kappa in steps of {scale.step:g}.")
    if shown := comparison.exemplars:
        drawn = f"{shown['per_question']} graded answers of each question, drawn by seed {shown['seed']}, were shown"
        lines.append(f"{drawn} to the grader; these {shown['left_out']} are left out.")
    if without := comparison.without:
        named = ", ".join(sorted({of.rpartition(": ")[2] for of in without}))
        lines.append(f"{len(without)} rated levels got none from us (not assessed): {named}.")
    return [*lines, *comparison.notes]


def _json(comparison: Comparison) -> str:
    """The figures of all there is come first, then those of each group under ``agreement``."""
    groups = {name: _figures(a) for name, a in comparison.groups.items()}
    scale = comparison.scale
    whole: dict[str, Any] = {
        "source": comparison.source, "engine": comparison.engine, "model": comparison.model,
        **next(iter(groups.values())),
        "human": _figures(comparison.human) if comparison.human else None,
        "scale": {"low": scale.low, "high": scale.high, "step": scale.step}, "labels": dict(comparison.labels) or None,
        "exemplars": dict(comparison.exemplars) or None, "agreement": groups, "without_level": list(comparison.without),
    }  # fmt: skip
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _figures(a: Agreement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "n": a.n, "clusters": a.clusters, "pearson": a.pearson, "spearman": a.spearman, "qwk": a.qwk, "mae": a.mae,
        "within_question_r": a.within, "bias": a.bias, "baselines": dict(a.baselines), "interval": a.interval,
        "intervals": {"covers": 0.9, **a.intervals},
    }  # fmt: skip
    return found if a.accuracy is None else found | {"accuracy": a.accuracy, "macro_f1": a.macro_f1}
