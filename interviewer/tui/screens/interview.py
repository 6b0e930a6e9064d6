"""Where an interview is held."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from interviewer.errors import InterviewerError
from interviewer.models import events as ev
from interviewer.text import sanitise
from interviewer.tui.screens import interview_choices as ask
from interviewer.tui.screens.pause import PauseScreen
from interviewer.tui.screens.rating import RatingScreen
from interviewer.tui.widgets.answer_box import AnswerBox
from interviewer.tui.widgets.conversation import Conversation
from interviewer.tui.widgets.interview_header import InterviewHeader, engine_words
from interviewer.tui.widgets.message import Message

if TYPE_CHECKING:
    from interviewer.session import Session
    from interviewer.tui.app import InterviewerApp

HINT = "Could I have a hint, please?"


class InterviewScreen(Screen[str]):
    """Shows what is said, stores what is typed, and asks when something fails.

    Dismisses with 'left' (can be resumed), 'ended', or 'quit'. The answer is stored before the box is cleared.
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
        self.live: Message | None = None  # the message that words are arriving in

    def compose(self) -> ComposeResult:
        yield InterviewHeader()
        yield Conversation()
        yield Static(id="trouble", markup=False)
        yield AnswerBox(enter_sends=self.app.enter_sends, id="answer")
        yield Static(id="under", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.box.text = self.app.drafts.pop(self.session.id, "")
        self.box.move_cursor(self.box.document.end)
        self.show_all()
        self.set_interval(1, self.show_clock)
        self.box.focus()
        self.go_on()

    def on_screen_suspend(self) -> None:
        self.session.clock.stop()

    def on_screen_resume(self) -> None:
        if self.ready:
            self.session.clock.start()

    @property
    def box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    @property
    def conversation(self) -> Conversation:
        return self.query_one(Conversation)

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
        else:
            self.speak()

    def _rated(self, round: str, levels: dict[str, float]) -> None:
        if self.store(lambda: self.session.rate(round, levels)):
            self.go_on()

    @work(exclusive=True, group="engine", exit_on_error=False)
    async def speak(self) -> None:
        """Let the interviewer speak; failures become a choice, never a dead end."""
        self.session.clock.stop()
        self.thinking = True
        self.show_state()
        try:
            await self._listen()
        except Exception as error:
            self._stopped()
            self.engine_failed(error)
        else:
            self._stopped()
            self.go_on()

    async def _listen(self) -> None:
        async with aclosing(self.session.advance()) as parts:
            async for part in parts:
                if isinstance(part, ev.InterviewerSaid):
                    self._said(part)
                elif isinstance(part, ev.RoundOpened):
                    self.show_round()
                elif (words := getattr(part, "text", None)) is not None and not hasattr(part, "kind"):
                    self._arrived(words)

    def _arrived(self, words: str) -> None:
        if self.live is None:
            current = self.session.interview.current
            name = self.session.persona(current.id).name if current else ""
            self.live = self.conversation.say("interviewer", name)
        at_end = self.conversation.at_end
        self.live.add(words)
        if at_end:
            self.conversation.follow(self.live)

    def _said(self, event: ev.InterviewerSaid) -> None:
        """What was stored is what stays on the screen."""
        if self.live is None:
            self.conversation.say("interviewer", self.name_in(event.round), event.text)
        else:
            self.live.replace(event.text)
            self.conversation.follow(self.live)
        if event.note:
            self.conversation.say("notice", "", event.note)
        self.live = None

    def _stopped(self) -> None:
        """The engine is done or gave up: words that were never stored are taken away."""
        if self.live is not None:
            self.live.remove()
            self.live = None
        self.thinking = False

    # --- what the person does ---

    @on(AnswerBox.Sent)
    def _send(self, event: AnswerBox.Sent) -> None:
        event.stop()
        if not self.ready:
            self.box.add_class("waiting")
            self.query_one("#under").add_class("waiting")
            self.trouble("The interviewer isn't done yet. Your words stay in the box until you can send them.")
            return
        if not event.text.strip() and self.adding:
            return
        if self.send(event.text):
            self.box.clear()

    def send(self, text: str) -> bool:
        """Store an answer, then show it and let the interviewer speak. False when it is not stored."""
        adding = self.adding
        if not self.store(lambda: self.session.answer(text, continues=adding)):
            return False
        self.adding = False
        if adding:
            self.show_all()
        else:
            self.conversation.say("candidate", "You", text)
        self.speak()
        return True

    def store(self, write: ask.Write) -> bool:
        """Run something that writes; what goes wrong is said at once and nothing on the screen is lost."""
        try:
            write()
        except InterviewerError as error:
            self.trouble(str(error))
            return False
        self.trouble("")
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
            self.trouble("There is no answer to add to yet in this round.")
            return
        self.workers.cancel_group(self, "engine")
        self._stopped()
        self.adding = True
        self.trouble("")
        self.session.clock.start()
        self.show_state()
        self.box.focus()

    def action_hint(self) -> None:
        if self.ready and not self.adding:
            self.send(HINT)

    def action_pause(self) -> None:
        if self.ready and self.store(self.session.pause):
            self.app.push_screen(PauseScreen(), lambda _: self._unpause())

    def _unpause(self) -> None:
        self.store(self.session.unpause)
        self.show_state()

    def action_scroll(self, way: int) -> None:
        self.conversation.scroll_relative(y=way * max(1, self.conversation.size.height - 2), animate=False)

    def action_escape(self) -> None:
        if self.thinking:
            self.workers.cancel_group(self, "engine")
            self._stopped()
            self.engine_failed(None)
        else:
            self.app.push_screen(ask.leaving(bool(self.box.text.strip())), self._leave)

    def _leave(self, choice: str | None) -> None:
        if choice in (None, "stay"):
            return
        if choice == "send" and not (self.ready and self.send_and_stop()):
            return
        if choice == "end":
            if self.store(self.session.end_early):
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
        return True

    def keep_draft(self) -> None:
        """Unsent words are there again when this interview is opened in the same run."""
        if self.box.text.strip():
            self.app.drafts[self.session.id] = self.box.text

    # --- when the engine fails ---

    def engine_failed(self, error: Exception | None) -> None:
        """Say what failed in one sentence and ask what to do; None: the person stopped it."""
        self.show_state()
        offline = self.session.interview.engine != "offline"
        self.app.push_screen(ask.engine_trouble(error, offline=offline), self._after_failure)

    def _after_failure(self, choice: str | None) -> None:
        match choice:
            case "again":
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

    def name_in(self, round: str) -> str:
        return self.session.persona(round).name

    def show_all(self) -> None:
        """Show the conversation as it stands in the interview."""
        self.conversation.remove_children()
        shown = ""
        for turn in self.session.interview.turns:
            if turn.round and turn.round != shown:
                shown = turn.round
                self.conversation.say("notice", "", f"── {self.session.rubric(shown).title} ──")
            if turn.role == "interviewer":
                self.conversation.say("interviewer", self.name_in(turn.round or shown), turn.text)
            else:
                self.conversation.say("candidate", "You", turn.text)
        for notice in self.session.notices:
            self.conversation.say("notice", "", notice)
        self.show_round()

    def show_round(self) -> None:
        interview = self.session.interview
        current = interview.current or interview.rounds[-1]
        persona, ids = self.session.persona(current.id), [r.id for r in interview.rounds]
        title = self.session.rubric(current.id).title
        header = self.query_one(InterviewHeader)
        header.show_round(persona.name, persona.title, title, ids.index(current.id) + 1, len(ids))
        self.show_clock()

    def show_clock(self) -> None:
        interview = self.session.interview
        words = engine_words(interview.engine, interview.model)
        self.query_one(InterviewHeader).show_clock(self.session.seconds_left(), words, running=self.ready)

    def show_state(self) -> None:
        """Say below the box whether a send would be taken."""
        under = self.query_one("#under", Static)
        under.set_class(self.thinking, "waiting")
        self.box.set_class(self.thinking, "waiting")
        if self.thinking:
            current = self.session.interview.current
            name = self.name_in(current.id) if current else "The interviewer"
            words = f"{name} is thinking … sending waits, typing doesn't · Esc cancels"
        elif self.adding:
            words = f"Adding to your last answer · {self.box.keys} · F2 never mind"
        else:
            words = self.box.keys
        under.update(Content(sanitise(words)))
        self.show_clock()

    def trouble(self, text: str) -> None:
        """Show one sentence above the box; an empty one takes it away."""
        place = self.query_one("#trouble", Static)
        place.update(Content(f"! {sanitise(text)}" if text else ""))
        place.set_class(bool(text), "shown")
