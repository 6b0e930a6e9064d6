"""One turn of the interviewer while it arrives: nothing is shown before its move is known to be open."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.engines.llm import partial
from interviewer.engines.llm.choices import Choice
from interviewer.engines.llm.wire import SpokenOnWire


class Arriving:
    """Takes the pieces of one JSON answer and gives out the words to show."""

    def __init__(self, open: Mapping[str, Choice]) -> None:
        self._open = open
        self.forget()

    def forget(self) -> None:
        """Begin again: the answer so far is withdrawn."""
        self._text = self._shown = self.named = ""
        self.illegal = False
        self._spoken: SpokenOnWire | None = None

    def take(self, piece: str) -> str:
        """The words that are new with this piece; "" while there are none, or its move isn't known or isn't open."""
        self._text += piece
        so_far = partial.parse(self._text)
        keys, say = list(so_far), so_far.get("say")
        # A value is whole once the next key has begun. Words that come before the move wait for the end.
        if "move" not in keys or not isinstance(say, str) or keys.index("move") > keys.index("say"):
            return ""
        self._name(so_far["move"])
        if self.illegal or not say.startswith(self._shown):
            return ""
        fresh, self._shown = say[len(self._shown) :], say
        return fresh

    def accept(self, text: str) -> None:
        """The whole answer. Raises ValueError when it doesn't fit, says nothing, or took back what was shown."""
        spoken = SpokenOnWire.model_validate_json(text)
        if self._shown and spoken.move != self.named:
            raise ValueError("it changed its move while it spoke")
        self._name(spoken.move)
        if not spoken.say.strip() or not spoken.say.startswith(self._shown):
            raise ValueError("it said nothing, or something else than it began to say")
        self._spoken = spoken

    def rest(self) -> str:
        """The words of the whole answer that have not been shown."""
        return self.whole()[1].say[len(self._shown) :]

    def whole(self) -> tuple[Choice, SpokenOnWire]:
        """What was chosen and said, once it was accepted."""
        if self._spoken is None:
            raise RuntimeError("the answer is not whole yet")
        return self._open[self.named], self._spoken

    def _name(self, move: object) -> None:
        self.named = move if isinstance(move, str) else ""
        self.illegal = self.named not in self._open
