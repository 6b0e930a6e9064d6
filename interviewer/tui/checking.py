"""Reads every content file while the screen stays alive, so that a broken one is named before it is missed."""

from __future__ import annotations

from threading import Thread

from interviewer.errors import InterviewerError


class Check:
    """Begins at once, in a thread that never keeps the app from closing; ``words`` is one line when ``done``."""

    def __init__(self) -> None:
        self.words = ""
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def _look(self) -> None:
        from interviewer.content.library import library
        from interviewer.tui import catalogue

        try:
            self.words = catalogue.broken_words(catalogue.broken(library()))
        except (InterviewerError, OSError) as error:
            self.words = f"! {error}"
