"""Steps through a finished conversation and says why each move was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.models.transcript import Transcript, Turn
from interviewer.text import one_line, sanitise
from interviewer.tui.widgets.conversation import Conversation
from interviewer.tui.widgets.message import Message

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewerApp

SHOWN = 6  # turns on the screen: the current one and what led to it
PAGE = 10


class ReplayScreen(Screen[None]):
    """The conversation up to the current turn, and below it the reason of the interviewer's move."""

    CSS_PATH = "replay.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding("left", "step(-1)", "Back"),
        Binding("right,space", "step(1)", "Next"),
        Binding("g", "scorecard", "Scorecard"),
        Binding("escape,q", "close", "Close"),
        Binding("pageup", f"step(-{PAGE})", "10 back"),
        Binding("pagedown", f"step({PAGE})", "10 on"),
        Binding("home", "go(0)", "First"),
        Binding("end", "go(-1)", "Last"),
        Binding("up", "scroll(-3)", show=False),
        Binding("down", "scroll(3)", show=False),
    ]

    def __init__(self, transcript: Transcript, path: Path | None = None) -> None:
        """``path`` is the transcript's file, for opening its scorecard; None when that is open already."""
        super().__init__()
        self.transcript = transcript
        self.path = path
        self.place = 0

    def compose(self) -> ComposeResult:
        yield Static(id="where", markup=False)
        yield Conversation()
        yield Static(id="why", markup=False)
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        await self.show()

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.transcript.turns

    async def action_step(self, by: int) -> None:
        await self.action_go(max(0, min(len(self.turns) - 1, self.place + by)))

    async def action_go(self, place: int) -> None:
        """Show a turn by its place; -1 is the last."""
        self.place = max(0, len(self.turns) - 1) if place < 0 else place
        await self.show()

    def action_scroll(self, by: int) -> None:
        self.query_one(Conversation).roll(by)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No scorecard where it is what this was opened from."""
        return self.path is not None if action == "scorecard" else True

    def action_scorecard(self) -> None:
        if self.path is not None:
            self.app.open_scorecard(self.path)

    def action_close(self) -> None:
        self.dismiss(None)

    async def show(self) -> None:
        """Show the current turn with what led to it."""
        where, why = self.query_one("#where", Static), self.query_one("#why", Static)
        where.update(self._where())
        conversation = self.query_one(Conversation)
        await conversation.remove_children()
        if not self.turns:
            why.update("Nothing was said in it.")
            return
        messages = [
            Message(t.role, f"[{t.index}] {speaker(t)}", t.text, current=t is self.turns[self.place])
            for t in self.turns[max(0, self.place + 1 - SHOWN) : self.place + 1]
        ]
        await conversation.mount(*messages)
        conversation.follow(messages[-1])
        why.update(reason(self.turns[self.place]))

    def _where(self) -> Content:
        turn = self.turns[self.place] if self.turns else None
        # Numbered from 0, as in the file, in the scorecard's evidence and in `interviewer replay --plain`.
        place = f"Turn [{turn.index}] of [0]–[{self.turns[-1].index}]" if turn else ""
        round = f" · {turn.round.replace('_', ' ')}" if turn and turn.round else ""
        source = "held here" if self.transcript.origin == "held" else f"imported, {self.transcript.source}"
        problems = f" · {len(self.transcript.problems)} lines unreadable" if self.transcript.problems else ""
        return Content.assemble(
            ("Replay ", "bold"),
            one_line(f"{self.transcript.id} · {source}{problems}", 100),
            "\n",
            (one_line(place + round, 100), "bold"),
        )


def speaker(turn: Turn) -> str:
    """Who speaks, and what an interviewer's turn does."""
    name = one_line(turn.speaker or ("Interviewer" if turn.role == "interviewer" else "Candidate"), 40)
    return f"{name} · {turn.move.value.replace('_', ' ')}" if turn.move else name


def reason(turn: Turn) -> Content:
    """Why the turn is as it is, as far as the file says."""
    if turn.role == "candidate":
        read = f"Read as: {turn.kind.value.replace('_', ' ')}." if turn.kind else "The candidate's own words."
        spent = f" It took {turn.seconds:.0f} seconds." if turn.seconds else ""
        return Content.assemble(("Answer  ", "bold"), f"{read}{spent}")
    why = sanitise(turn.reason) or "The file gives no reason."
    note = f"\n{sanitise(turn.note)}" if turn.note else ""
    hint = f" (hint {turn.rung} of 3)" if turn.rung else ""
    return Content.assemble(("Why this move  ", "bold"), f"{why}{hint}{note}")
