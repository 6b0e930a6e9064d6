"""What is seen of an interview: header, conversation, trouble, the box and the line below it. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from interviewer.models import events as ev
from interviewer.text import sanitise
from interviewer.tui.widgets.answer_box import AnswerBox
from interviewer.tui.widgets.conversation import Conversation
from interviewer.tui.widgets.interview_header import InterviewHeader, engine_words
from interviewer.tui.widgets.message import Message

if TYPE_CHECKING:
    from interviewer.session import Session


class InterviewView(Vertical):
    """Shows a session; the screen around it says when."""

    def __init__(self, session: Session, send: Callable[[str], bool], *, enter_sends: bool) -> None:
        super().__init__()
        self.session = session
        self.send = send
        self.enter_sends = enter_sends
        self.live: Message | None = None  # the message that words are arriving in

    def compose(self) -> ComposeResult:
        yield InterviewHeader()
        yield Conversation()
        yield Static(id="trouble", markup=False)
        yield AnswerBox(self.send, enter_sends=self.enter_sends, id="answer")
        yield Static(id="under", markup=False)

    @property
    def box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    @property
    def conversation(self) -> Conversation:
        return self.query_one(Conversation)

    # --- the conversation ---

    def show_all(self) -> None:
        """Show the conversation as it stands in the interview."""
        self.conversation.remove_children()
        shown = ""
        for turn in self.session.interview.turns:
            if turn.round and turn.round != shown:
                shown = turn.round
                self.conversation.say("notice", "", self._round_line(shown))
            if turn.role == "interviewer":
                self.conversation.say("interviewer", self.name_in(turn.round or shown), turn.text)
            else:
                self.conversation.say("candidate", "You", turn.text)
        self.show_round()

    def opened(self, round: str) -> None:
        """A round begins."""
        self.conversation.say("notice", "", self._round_line(round))
        self.show_round()

    def arrived(self, words: str) -> None:
        """A piece of what the interviewer is saying."""
        if self.live is None:
            current = self.session.interview.current
            self.live = self.conversation.say("interviewer", self.name_in(current.id) if current else "")
        self.live.add(words)
        self.conversation.keep_up()

    def said(self, event: ev.InterviewerSaid) -> None:
        """What was stored is what stays on the screen."""
        if self.live is None:
            self.conversation.say("interviewer", self.name_in(event.round), event.text)
        else:
            self.live.replace(event.text)
            self.conversation.keep_up()
        if event.note:
            self.conversation.say("notice", "", event.note)
        self.live = None

    def withdraw(self) -> None:
        """Take away words that were never stored."""
        if self.live is not None:
            self.live.remove()
            self.live = None

    # --- around it ---

    def show_round(self) -> None:
        """Say in the header which round it is and who holds it."""
        interview = self.session.interview
        current = interview.current or interview.rounds[-1]
        persona, ids = self.session.persona(current.id), [r.id for r in interview.rounds]
        title = self.session.rubric(current.id).title
        header = self.query_one(InterviewHeader)
        header.show_round(persona.name, persona.title, title, ids.index(current.id) + 1, len(ids))

    def show_clock(self, *, running: bool) -> None:
        """Say what is left of the candidate's time."""
        interview = self.session.interview
        words = engine_words(interview.engine, interview.model, interview.usage)
        self.query_one(InterviewHeader).show_clock(self.session.seconds_left(), words, running=running)

    def thinking(self, why: str = "") -> None:
        """Say that sending waits; ``why`` when it takes longer than usual."""
        current = self.session.interview.current
        name = self.name_in(current.id) if current else "The interviewer"
        words = f"! {why}" if why else f"{name} is thinking"
        self._under(f"{self._saved()}{words} … sending waits · Esc cancels", waiting=True)

    def listening(self, *, adding: bool) -> None:
        """Say which keys send."""
        words = f"Adding to your last answer · F2 undoes that · {self.box.keys}"
        plain = f"{self._saved()}{self.box.keys} · Ctrl+C saves and quits"
        self._under(words if adding else plain, waiting=False)

    def _saved(self) -> str:
        """What is on disk, since the box being empty says it only in passing."""
        count = sum(1 for t in self.session.interview.turns if t.role == "candidate")
        return f"Answer {count} saved · " if count else ""

    def trouble(self, text: str) -> None:
        """Show one sentence above the box; an empty one takes it away."""
        place = self.query_one("#trouble", Static)
        place.update(Content(f"! {sanitise(text)}" if text else ""))
        place.set_class(bool(text), "shown")

    def _under(self, words: str, *, waiting: bool) -> None:
        under = self.query_one("#under", Static)
        under.update(Content(sanitise(words)))
        under.set_class(waiting, "waiting")
        self.box.set_class(waiting, "waiting")

    def name_in(self, round: str) -> str:
        return self.session.persona(round).name

    def _round_line(self, round: str) -> str:
        return f"── {self.session.rubric(round).title}, with {self.name_in(round)} ──"
