"""The app: screens in a row, one open interview at a time, and a safe way out of everything."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding

from interviewer import config
from interviewer.errors import ConfigError, InterviewerError
from interviewer.text import sanitise
from interviewer.tui import consent, opening, paste
from interviewer.tui.screens.choice import ChoiceScreen, problem
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from interviewer.plan import Plan
    from interviewer.session import Session

NO_TERMINAL = "The app needs a terminal. For pipes and scripts use: interviewer start --plain"


class InterviewerApp(App[None]):
    """``session`` opens in its interview, ``replay`` in a replay; otherwise the home screen is shown."""

    CSS_PATH = "app.tcss"
    TITLE = "interviewer"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+c", "leave", show=False, priority=True), Binding("ctrl+q", "leave", show=False)]

    def __init__(self, session: Session | None = None, replay: Path | None = None) -> None:
        super().__init__()
        self.session = session
        self.replay_path = replay
        self.last_words: list[str] = []  # printed when the app has closed
        self._asked_about_draft = False

    def on_mount(self) -> None:
        self._catch_signals()
        self._apply_theme()
        self.open_first()

    def open_first(self) -> None:
        """What is seen first."""
        if self.session is not None:  # the home screen, with its list of what is saved, can wait
            self.open_session(self.session)
            return
        self.push_screen(HomeScreen())
        if self.replay_path is not None:
            self.open_replay(self.replay_path)

    # --- settings ---

    @property
    def enter_sends(self) -> bool:
        return self.settings().enter_sends

    def settings(self) -> config.Settings:
        """The settings; a broken file is said once by the home screen and the defaults are used."""
        try:
            return config.settings()
        except ConfigError:
            return config.Settings()

    def _apply_theme(self) -> None:
        theme = self.settings().theme
        if theme in self.available_themes:
            self.theme = theme
            return
        choices = ", ".join(sorted(name for name in self.available_themes if name.startswith("textual")))
        says = f"{config.path()}: there is no theme '{theme}'; for example: {choices}."
        self.notify(sanitise(says), severity="warning", markup=False)

    # --- opening things ---

    def begin(self, plan: Plan) -> None:
        """Start a new interview and open it."""
        from interviewer.session import Session

        try:
            if plan.engine == "llm" and (missing := consent.missing_for_model(plan.model)):
                self.push_screen(consent.not_set_up(missing))  # before there is a file
                return
            session = Session.start(plan)
        except (InterviewerError, OSError) as error:
            self.push_screen(problem(error, heading="The interview couldn't be started"))
            return
        self.open_session(session)

    def resume(self, path: Path) -> None:
        """Go on with a saved interview."""
        from interviewer.session import Session

        try:
            session = Session.resume(path)
        except (InterviewerError, OSError) as error:
            self.push_screen(problem(error, heading="The interview couldn't be resumed"))
            return
        self.open_session(session)

    def open_session(self, session: Session) -> None:
        """Show an interview; where its model isn't set up or not agreed to yet, ask first."""
        self.session = session
        try:
            question = consent.before_use(session.interview.engine, session.interview.model)
        except ConfigError as error:
            self.go_home()
            self.push_screen(problem(error))
            return
        if question is None:
            self.push_screen(InterviewScreen(session), self._interview_over)
        else:
            self.push_screen(question, lambda choice: self._consented(session, choice))

    def _consented(self, session: Session, choice: str | None) -> None:
        if choice == "yes":
            consent.remember(session.interview.model)
            self.push_screen(InterviewScreen(session), self._interview_over)
        elif choice == "offline":
            self.run_worker(self._offline_instead(session), exit_on_error=False)
        else:
            self.go_home()

    async def _offline_instead(self, session: Session) -> None:
        try:
            await session.use_engine("offline")
        except InterviewerError as error:
            self.go_home()
            self.push_screen(problem(error))
            return
        self.push_screen(InterviewScreen(session), self._interview_over)

    def _interview_over(self, how: str | None) -> None:
        if how == "ended" and self.session is not None:
            from interviewer.tui.screens.scorecard import ScorecardScreen

            self.push_screen(ScorecardScreen.of_session(self.session), lambda _: self.go_home())
        else:
            self.go_home()

    def open_replay(self, path: Path) -> None:
        """Step through a transcript of any readable format."""
        opening.replay(self, path)

    def open_scorecard(self, path: Path, *, again: bool = False) -> None:
        """Show an interview's scorecard, graded now if it isn't yet or ``again``."""
        opening.scorecard(self, path, again=again)

    def go_home(self) -> None:
        """After an interview: let go of it, and show the home screen where there is nothing else below."""
        self.close_session()
        if not any(isinstance(s, HomeScreen) for s in self.screen_stack):
            self.push_screen(HomeScreen())

    def close_session(self) -> None:
        """Let go of the open interview's file."""
        if self.session is not None:
            self.session.close()
            self.session = None

    # --- leaving ---

    def action_leave(self) -> None:
        """Save and quit at once; with unsent words in the box ask first, and quit when asked again."""
        screen = self._interview()
        if screen is not None and screen.box.text.strip() and not self._asked_about_draft:
            self._asked_about_draft = True
            self.push_screen(_unsent(), self._leave_with_draft)
            return
        self.leave_now(0)

    def _leave_with_draft(self, choice: str | None) -> None:
        self._asked_about_draft = False
        screen = self._interview()
        if choice == "send" and screen is not None and not screen.send_and_stop():
            return
        if choice in ("send", "quit"):
            self.leave_now(0)

    def leave_now(self, code: int) -> None:
        """Store the clock, keep unsent words for the terminal, and end the app with an exit code."""
        screen = self._interview()
        unsent = screen.box.text if screen is not None else ""
        if screen is not None:
            screen.keep_draft()
        if (session := self.session) is not None and not session.interview.ended:
            try:
                session.leave()
                self.last_words.append(f"Saved. Go on with: interviewer resume {session.id}")
            except (InterviewerError, OSError) as error:
                self.last_words.append(f"{error} Everything sent before is saved in {session.path}.")
        self.close_session()
        if unsent.strip():
            self.last_words.append(f"You had typed, but not sent:\n{unsent}")
        self.exit(return_code=code)

    def _interview(self) -> InterviewScreen | None:
        # One that is still being built holds no words yet.
        open_ones = [s for s in self.screen_stack if isinstance(s, InterviewScreen) and s.is_mounted]
        return open_ones[-1] if open_ones else None

    def _catch_signals(self) -> None:
        """End tidily when told to: the interview is saved and the terminal given back."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            try:
                loop.add_signal_handler(number, self.leave_now, 128 + number)
            except (NotImplementedError, RuntimeError, ValueError):  # not the main thread, or no such signal here
                return


def _unsent() -> ChoiceScreen:
    choices = [
        Choice("send", "Send and quit", "store the words as your answer"),
        Choice("quit", "Quit without sending", "they are kept for when you resume; Ctrl+C again does the same"),
        Choice("stay", "Stay"),
    ]
    return ChoiceScreen("You have words in the box that you haven't sent", "", choices, escape="stay")


def run_app(session: Session | None = None, replay: Path | None = None) -> int:
    """Run the app until it is left; returns the exit code. Without a terminal: a message on stderr and 2."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(NO_TERMINAL, file=sys.stderr)
        return 2
    paste.install()
    app = InterviewerApp(session, replay)
    try:
        app.run()
    finally:
        app.close_session()
    for words in app.last_words:
        try:
            print(sanitise(words), file=sys.stderr)
        except OSError:  # the terminal is gone
            break
    return app.return_code or 0
