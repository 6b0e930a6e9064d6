"""The words in the answer box, kept on disk while they are not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.storage import unsent

if TYPE_CHECKING:
    from interviewer.session import Session


class Draft:
    """One interview's unsent words. Writes only when they changed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._on_disk = ""

    def words(self) -> str:
        """What was typed and not sent before; not what a kill left there in the moment after it was sent."""
        self._on_disk = unsent.read(self.session.path)
        said = [t.text for t in self.session.interview.turns if t.role == "candidate"]
        return "" if said and said[-1].endswith(self._on_disk) else self._on_disk

    def keep(self, text: str) -> None:
        """Keep what is in the box now. A disk that won't is asked again the next time; the words are in the box."""
        if text != self._on_disk and unsent.keep(self.session.path, text):
            self._on_disk = text

    def sent(self) -> None:
        """The words are in the interview; the copy goes."""
        unsent.forget(self.session.path)
        self._on_disk = ""
