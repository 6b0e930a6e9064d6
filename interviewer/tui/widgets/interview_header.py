"""Two lines that say who is asking, where we are, how much time is left and who thinks."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from interviewer.models.usage import Usage, usage_words
from interviewer.text import one_line


class InterviewHeader(Horizontal):
    """Persona and round on the left, clock and engine on the right."""

    def compose(self) -> ComposeResult:
        yield Static(id="who", markup=False)
        yield Static(id="clock", markup=False)

    def show_round(self, name: str, title: str, round_title: str, number: int, rounds: int) -> None:
        """Who holds which round; ``number`` counts from 1."""
        place = f"Round {number} of {rounds}" if rounds > 1 else "One round"
        self.query_one("#who", Static).update(
            Content.assemble(
                (one_line(name, 40), "bold"), f", {one_line(title, 60)}\n", f"{place} · {one_line(round_title, 50)}"
            )
        )

    def show_clock(self, seconds: float | None, engine: str, *, running: bool) -> None:
        """What is left of the candidate's time, and whether it runs. ``engine`` is already in words."""
        self.query_one("#clock", Static).update(
            Content.assemble((clock_words(seconds, running=running), "bold"), f"\n{one_line(engine, 34)}")
        )


def clock_words(seconds: float | None, *, running: bool) -> str:
    """E.g. '12:04 left', '0:30 over', '12:04 left, stopped'."""
    if seconds is None:
        return ""
    left = int(abs(seconds))
    words = f"{left // 60}:{left % 60:02d} {'left' if seconds >= 0 else 'over'}"
    return words if running else f"{words} · clock stopped"


def engine_words(engine: str, model: str | None, usage: Usage) -> str:
    """Who thinks and what it has cost so far, for the header."""
    if engine != "llm":
        return "offline interviewer"
    spent = usage_words(usage)
    return f"{one_line(model or '?', 14)} · {spent}" if spent else f"model {model or '?'}"
