"""How challenges were met, in sentences for the debrief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interviewer.models.conduct import Conviction, Reply

RIGHT: Mapping[Reply, str] = {
    "updated": "you took it in and gave your reason",
    "held": "you kept to your view with a reason, though the challenge is right",
    "caved": "you agreed and gave no reason",
    "stonewalled": "you insisted and gave no reason",
}
WRONG: Mapping[Reply, str] = {
    "updated": "you took it in, though the challenge is wrong",
    "held": "you kept to your view with a reason, rightly",
    "caved": "you gave way, though the challenge is wrong",
    "stonewalled": "you kept to your view, rightly, and gave no reason",
}
BOTH: Mapping[Reply, str] = {
    "unread": "how you met it can't be told from the wording",
    "not_tested": "it was never answered",
}


def lines(convictions: tuple[Conviction, ...], titles: Mapping[str, str]) -> tuple[str, ...]:
    """One line a challenge. ``titles`` are the rounds'."""
    return tuple(_line(c, titles.get(c.round, c.round)) for c in convictions)


def _line(c: Conviction, title: str) -> str:
    kind = "right" if c.valid else "wrong"
    if c.posed is None:
        return f"{title}: no challenge that is {kind} was put, so that wasn't tested."
    words = {**BOTH, **(RIGHT if c.valid else WRONG)}[c.reply]
    said = "".join(f" (turn {p.turn}: “{p.quote}”)" for p in c.passages[-1:])
    return (
        f"{title}: a challenge that is {kind} (turn {c.posed.turn}: “{c.posed.quote}”): {words}{said}. "
        f"Why it is {kind}: {c.because.rstrip('.')}."
    )


def tally(convictions: tuple[Conviction, ...]) -> Iterator[str]:
    """Replies counted, for one line."""
    for reply in ("updated", "held", "caved", "stonewalled", "unread", "not_tested"):
        if count := sum(c.reply == reply for c in convictions):
            yield f"{reply.replace('_', ' ')} {count}"
