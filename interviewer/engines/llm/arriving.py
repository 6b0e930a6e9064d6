"""One turn of the interviewer while it arrives: nothing is shown before its move is known to be open, and no sentence
before it is whole and may be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from interviewer.engines.llm import partial
from interviewer.engines.llm.choices import Choice
from interviewer.engines.llm.opening import LeadIn
from interviewer.engines.llm.wire import SpokenOnWire
from interviewer.reading.conduct import Breach, Room, breach, ended


class Arriving:
    """Takes the pieces of one JSON answer and gives out the words to show, a sentence at a time."""

    def __init__(
        self, open: Mapping[str, Choice], place: Callable[[Choice], Room], lead_in: Callable[[Choice], LeadIn | None]
    ) -> None:
        self._open, self._place, self._lead_in = open, place, lead_in
        self.forget()

    def forget(self) -> None:
        """Begin again: the answer so far is withdrawn."""
        self._text = self.shown = self.named = ""
        self.illegal = False
        self.wrong: Breach | None = None  # what the next sentence does; nothing more of the answer is shown
        self.led = False  # what leads to a question is over; nothing more of the answer is shown
        self._room: Room | None = None
        self._spoken: SpokenOnWire | None = None

    @property
    def choice(self) -> Choice:
        """What was chosen; known, and open, once anything was shown or is wrong."""
        return self._open[self.named]

    @property
    def stopped(self) -> bool:
        """Whether nothing more of the answer is shown, whatever it says."""
        return self.illegal or self.led or self.wrong is not None

    @property
    def lead_in(self) -> LeadIn | None:
        """What the words are measured by where they open a question; None where they don't."""
        return self._lead_in(self.choice)

    @property
    def spoken(self) -> SpokenOnWire | None:
        """The answer, once it was accepted."""
        return self._spoken

    def take(self, piece: str) -> str:
        """What may be shown with this piece; "" while no sentence is whole, or the move isn't known or isn't open."""
        self._text += piece
        so_far = partial.parse(self._text)
        keys, say = list(so_far), so_far.get("say")
        # A value is whole once the next key has begun. Words that come before the move wait for the end.
        if "move" not in keys or not isinstance(say, str) or keys.index("move") > keys.index("say"):
            return ""
        self._name(so_far["move"])
        if self.illegal or not say.startswith(self.shown):
            return ""
        return self._released(say, whole=keys[-1] != "say")

    def accept(self, text: str) -> None:
        """The whole answer. Raises ValueError when it doesn't fit, says nothing, or took back what was shown."""
        spoken = SpokenOnWire.model_validate_json(text)
        if self.shown and spoken.move != self.named:
            raise ValueError("it changed its move while it spoke")
        self._name(spoken.move)
        if not spoken.say.strip() or not spoken.say.startswith(self.shown):
            raise ValueError("it said nothing, or something else than it began to say")
        self._spoken = spoken

    def rest(self) -> str:
        """The words of the accepted answer that have not been shown and may be."""
        return self._released(self._spoken.say, whole=True) if self._spoken else ""

    def _released(self, say: str, *, whole: bool) -> str:
        fresh = ""
        lead_in = self.lead_in
        while not self.stopped and len(self.shown) < len(say):
            start = len(self.shown)
            end = ended(say, start) or (len(say) if whole else None)
            if end is None:
                break
            self.led = lead_in is not None and not lead_in.holds(say[start:end], self.shown)
            self.wrong = None if self.led else breach(say[start:end], self.shown, self._here())
            if not self.stopped:
                fresh, self.shown = fresh + say[start:end], say[:end]
        return fresh

    def _here(self) -> Room:
        if self._room is None:
            self._room = self._place(self.choice)
        return self._room

    def _name(self, move: object) -> None:
        self.named = move if isinstance(move, str) else ""
        self.illegal = self.named not in self._open
