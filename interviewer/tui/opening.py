"""Opening what is saved: replays and scorecards of interviews that are over, and the question before that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import paths
from interviewer.errors import InterviewerError
from interviewer.tui import consent
from interviewer.tui.screens.choice import ChoiceScreen, problem
from interviewer.tui.widgets.menu import Choice

if TYPE_CHECKING:
    from interviewer.models.scorecard import Grade
    from interviewer.models.transcript import Transcript
    from interviewer.session import Session
    from interviewer.tui.app import InterviewerApp

WHY_NOT_YET = (
    "The reasons of the moves and the scorecard tell what the interviewer looks for, so they are shown once it is over."
)


def replay(app: InterviewerApp, path: Path) -> None:
    """Step through a transcript of any readable format; one that can still be gone on with has to be ended first."""

    def show() -> None:
        from interviewer.storage.formats.registry import load
        from interviewer.tui.screens.replay import ReplayScreen

        app.push_screen(ReplayScreen(load(path), path))

    _once_over(app, path, show, heading="This can't be replayed", what="Replaying")


def scorecard(app: InterviewerApp, path: Path, *, again: bool = False) -> None:
    """Show the scorecard that is kept, else (or ``again``) rate and grade."""
    _once_over(app, path, lambda: _scorecard(app, path, again), heading="This can't be graded", what="Grading")


def _once_over(app: InterviewerApp, path: Path, show: Callable[[], None], *, heading: str, what: str) -> None:
    """Show it now if it is over; else ask, and end it before it is shown."""

    def end_and_show() -> None:
        _end(path)
        show()

    def chosen(choice: str | None) -> None:
        if choice == "resume":
            app.resume(path)
        elif choice == "end":
            _safely(app, end_and_show, heading)

    def decide() -> None:
        from interviewer.storage import store

        if store.is_over(path):
            show()
        else:
            app.push_screen(_unfinished(what), chosen)

    _safely(app, decide, heading)


def _safely(app: InterviewerApp, do: Callable[[], object], heading: str) -> None:
    try:
        do()
    except (InterviewerError, OSError) as error:
        app.push_screen(problem(error, heading=heading))


def _unfinished(what: str) -> ChoiceScreen:
    choices = [
        Choice("resume", "Go on with it", "the interviewer is waiting"),
        Choice("end", "End it for good", "it can't be resumed after that"),
        Choice("back", "Go back"),
    ]
    return ChoiceScreen(f"{what} ends this interview", WHY_NOT_YET, choices, escape="back")


def _end(path: Path) -> None:
    from interviewer.session import Session
    from interviewer.storage import unsent

    session = Session.resume(path)
    try:
        session.end_early()
    finally:
        session.close()
    unsent.forget(path)


def _scorecard(app: InterviewerApp, path: Path, again: bool) -> None:
    from interviewer.storage.formats.registry import load
    from interviewer.tui.screens.scorecard import ScorecardScreen

    transcript = load(path)
    own = _own(path)
    kept = None if again or not own else _kept(path, transcript)
    if kept is not None or not own or transcript.origin == "imported":
        app.push_screen(ScorecardScreen(transcript, path, grade=kept, keep=own))
        return
    from interviewer.session import Session

    session = app.session = Session.resume(path)
    _graded_by(app, session)


def _graded_by(app: InterviewerApp, session: Session) -> None:
    """Grade with the engine that held it; where that is a model, only if it may be used."""
    from interviewer.tui.screens.scorecard import ScorecardScreen

    def show(offline: bool) -> None:
        app.push_screen(ScorecardScreen.of_session(session, offline=offline), lambda _: app.close_session())

    def chosen(choice: str | None) -> None:
        if choice == "yes":
            consent.remember(session.interview.model)
        if choice in ("yes", "offline"):
            show(choice == "offline")
        else:
            app.close_session()

    question = consent.before_use(session.interview.engine, session.interview.model)
    if question is None:
        show(False)
    else:
        app.push_screen(question, chosen)


def _own(path: Path) -> bool:
    """Whether an interview is one of those saved here; nothing is written beside any other."""
    return path.resolve().parent == paths.transcripts().resolve()


def _kept(path: Path, transcript: Transcript) -> Grade | None:
    """The newest grade kept of exactly this transcript and all of its rounds."""
    from interviewer.grading import cards

    grades, _ = cards.read(path)
    same = (g for g in reversed(grades) if g.sha256 == transcript.sha256 != "")
    return next((g for g in same if {card.round for card in g.rounds} >= set(transcript.rounds)), None)
