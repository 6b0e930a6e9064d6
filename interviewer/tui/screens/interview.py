"""Where an interview is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer

from interviewer.engines.base import Waiting
from interviewer.errors import InterviewerError
from interviewer.models import events as ev
from interviewer.tui.draft import Draft
from interviewer.tui.screens import interview_choices as ask
from interviewer.tui.screens.pause import PauseScreen
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.warm import warmed
from interviewer.tui.widgets.answer_box import AnswerBox
from interviewer.tui.widgets.interview_view import InterviewView

if TYPE_CHECKING:
    from interviewer.session import Session
    from interviewer.tui.app import InterviewerApp

KEEP_EVERY = 2.0  # seconds; a killed app loses no more typing than this
WARM_AFTER = 0.5  # seconds: the question is on the screen first
HINT = "Could I have a hint, please?"
NOT_YET = "The interviewer isn't done yet. Your words stay in the box until you can send them."
NOTHING_TYPED = "Type an answer first. “I don't know” is one too."
NOTHING_TO_ADD_TO = "There is no answer to add to yet in this round."


class InterviewScreen(Screen[str]):
    """Shows what is said, stores what is typed, and asks when something fails.

    Dismisses with 'left' (can be resumed) or 'ended'. An answer is stored before the box is cleared.
    """

    CSS_PATH = "interview.tcss"
    app: InterviewerApp
    BINDINGS = [
        Binding("f2", "add", "I wasn't finished"),
        Binding("f3", "hint", "Hint"),
        Binding("f4", "pause", "Pause"),
        Binding("escape", "escape", "Leave", priority=True),
        Binding("pageup", "scroll(-1)", "Scroll", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Scroll", show=False, priority=True),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.thinking = False
        self.adding = False  # the next send adds to the answer just sent
        self.draft = Draft(session)

    def compose(self) -> ComposeResult:
        yield InterviewView(self.session, self.send, enter_sends=self.app.enter_sends)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.box.text = self.draft.words()
        self.box.move_cursor(self.box.document.end)
        self.view.show_all()
        for notice in self.session.notices:
            self.view.conversation.say("notice", "", notice)
        self.set_interval(1, self.show_clock)
        self.set_interval(KEEP_EVERY, self.keep_draft)
        self.box.focus()
        if self.session.interview.paused:
            self.store(self.session.unpause)
        self.go_on()

    def on_screen_suspend(self) -> None:
        self.session.clock.stop()

    def on_screen_resume(self) -> None:
        if self.ready:
            self.session.clock.start()

    @property
    def view(self) -> InterviewView:
        return self.query_one(InterviewView)

    @property
    def box(self) -> AnswerBox:
        return self.view.box

    @property
    def ready(self) -> bool:
        """True when an answer may be sent."""
        interview = self.session.interview
        return not self.thinking and interview.to_rate is None and (interview.awaiting_candidate or self.adding)

    # --- what comes next ---

    def go_on(self) -> None:
        """Do what the interview needs next: rate, end, listen, or let the interviewer speak."""
        interview = self.session.interview
        if (closed := interview.to_rate) is not None:
            rubric = self.session.rubric(closed.id)
            self.app.push_screen(RatingScreen(rubric), lambda levels: self._rated(closed.id, levels or {}))
        elif interview.ended:
            self.dismiss("ended")
        elif interview.awaiting_candidate:
            self.session.clock.start()
            self.show_state()
            self.set_timer(WARM_AFTER, self.session.warm_up)
        else:
            self.speak()

    def _rated(self, round: str, levels: dict[str, float]) -> None:
        if self.store(lambda: self.session.rate(round, levels)):
            self.go_on()

    def speak(self) -> None:
        """Let the interviewer speak; from here on until it is done nothing can be sent."""
        self.session.clock.stop()
        self.thinking = True
        self.show_state()
        self._speak()

    @work(exclusive=True, group="engine", exit_on_error=False)
    async def _speak(self) -> None:
        """Failures become a choice, never a dead end."""
        try:
            await self._listen()
        except Exception as error:
            self._stopped()
            self.engine_failed(error)
        else:
            self._stopped()
            self.go_on()

    async def _listen(self) -> None:
        await warmed()
        from interviewer.graph.state import Chunk

        async for part in self.session.advance():
            match part:
                case Chunk():
                    self.view.arrived(part.text)
                case Waiting():
                    self.view.withdraw()
                    self.view.thinking(f"{part.why.rstrip('.')}. Asking again in {part.seconds:.0f} s")
                case ev.InterviewerSaid():
                    self.view.said(part)
                case ev.RoundOpened():
                    self.view.opened(part.round)

    def _stopped(self) -> None:
        """The engine is done or gave up: words that were never stored are taken away."""
        self.view.withdraw()
        self.view.trouble("")
        self.thinking = False

    # --- what the person does ---

    def send(self, text: str) -> bool:
        """Store an answer, then show it and let the interviewer speak. False when it is not stored."""
        if not self.ready or not text.strip():
            self.view.trouble(NOTHING_TYPED if self.ready else NOT_YET)
            return False
        adding = self.adding
        if not self.store(lambda: self.session.answer(text, continues=adding)):
            return False
        self.adding = False
        self.draft.sent()
        if adding:
            self.view.show_all()
        else:
            self.view.conversation.say("candidate", "You", text)
        self.speak()
        return True

    def store(self, write: ask.Write) -> bool:
        """Run something that writes; what goes wrong is said at once and nothing on the screen is lost."""
        try:
            write()
        except InterviewerError as error:
            self.view.trouble(str(error))
            return False
        self.view.trouble("")
        return True

    def action_add(self) -> None:
        """The next send adds to the answer just sent; what the interviewer said since is withdrawn then."""
        if self.adding:
            self.adding = False
            self.go_on()
            return
        turns = self.session.interview.turns
        current = self.session.interview.current
        if current is None or not any(t.role == "candidate" and t.round == current.id for t in turns):
            self.view.trouble(NOTHING_TO_ADD_TO)
            return
        self.workers.cancel_group(self, "engine")
        self._stopped()
        self.adding = True
        self.view.show_all()  # a reply may have been stored just before it was stopped
        self.session.clock.start()
        self.show_state()
        self.box.focus()

    def action_hint(self) -> None:
        if self.ready and not self.adding:
            self.send(HINT)

    def action_pause(self) -> None:
        if not self.ready:
            self.view.trouble(NOT_YET)
        elif self.store(self.session.pause):
            self.app.push_screen(PauseScreen(), lambda _: self._unpause())

    def _unpause(self) -> None:
        self.store(self.session.unpause)
        self.show_state()

    def action_scroll(self, way: int) -> None:
        self.view.conversation.page(way)

    def action_escape(self) -> None:
        if self.thinking:
            self.workers.cancel_group(self, "engine")
            self._stopped()
            self.engine_failed(None)
        else:
            last = self.session.interview.current is self.session.interview.rounds[-1]
            self.app.push_screen(ask.leaving(bool(self.box.text.strip()), more=not last), self._leave)

    def _leave(self, choice: str | None) -> None:
        if choice in (None, "stay"):
            return
        if choice == "send" and not (self.ready and self.send_and_stop()):
            return
        if choice == "round":
            if self.store(self.session.end_round):
                self.go_on()
            return
        if choice == "end":
            if self.store(self.session.end_early):
                self.box.clear()
                self.draft.sent()
                self.dismiss("ended")
        elif self.store(self.session.leave):
            self.keep_draft()
            self.dismiss("left")

    def send_and_stop(self) -> bool:
        """Store what is in the box without waiting for a reply; the interviewer replies on resuming."""
        text, adding = self.box.text, self.adding
        if not self.store(lambda: self.session.answer(text, continues=adding)):
            return False
        self.box.clear()
        self.draft.sent()
        return True

    def keep_draft(self) -> None:
        """Unsent words are there again when this interview is opened, whatever happens to this terminal."""
        if not self.session.interview.ended:
            self.draft.keep(self.box.text)

    # --- when the engine fails ---

    def engine_failed(self, error: Exception | None) -> None:
        """Say what failed in one sentence and ask what to do; None: the person stopped it."""
        self.show_state()
        interview = self.session.interview
        answered = interview.last is not None and interview.last.role == "candidate"
        trouble = ask.engine_trouble(error, offline=interview.engine != "offline", answered=answered)
        self.app.push_screen(trouble, self._after_failure)

    def _after_failure(self, choice: str | None) -> None:
        match choice:
            case "again":
                self.view.show_all()
                self.go_on()
            case "offline":
                self._go_offline()
            case "add":
                self.action_add()
            case _:
                if self.store(self.session.leave):
                    self.keep_draft()
                    self.dismiss("left")

    @work(exclusive=True, group="switch", exit_on_error=False)
    async def _go_offline(self) -> None:
        try:
            await self.session.use_engine("offline")
        except Exception as error:
            self.engine_failed(error)
        else:
            self.show_clock()
            self.go_on()

    # --- what is shown ---

    def show_clock(self) -> None:
        self.view.show_clock(running=self.ready)

    def show_state(self) -> None:
        """Say below the box whether a send would be taken."""
        if self.thinking:
            self.view.thinking()
        else:
            self.view.listening(adding=self.adding)
        self.show_clock()
