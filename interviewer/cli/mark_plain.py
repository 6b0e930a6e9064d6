"""Marking over stdin and stdout: the transcript of a round, then one line for each criterion."""

from __future__ import annotations

import asyncio
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from interviewer.text import one_line, sanitise

if TYPE_CHECKING:
    from interviewer.engines.base import Engine
    from interviewer.grading.marking import Marking, ToMark
    from interviewer.models.rubric import Criterion

PROMPT = "mark> "
HOW = "One line each: 1 to 5 (halves as in 3.5), 0 for no evidence or not asked, b to go one back."
SAVED = "What is marked is saved; go on with the same command."
FEWER = "Not saved: there are fewer marks than were kept before, and those stay."


def hold(marking: Marking, engine: Engine, stdin: TextIO | None = None) -> int:
    """Ask for every level, then for a last word, then show both. 1 while something is left unmarked."""
    lines = Lines(stdin or sys.stdin)
    try:
        if not _begin(marking, lines):
            _note("Nothing was changed.")
            return 1
        return _ask_all(marking, engine, lines)
    except KeyboardInterrupt:
        _note(f"\n{SAVED if marking.keep() else FEWER}")
        return 130


class Lines:
    """What is typed, a line at a time; None once it ends."""

    def __init__(self, stream: TextIO) -> None:
        self.stream: Iterator[str] = iter(stream)

    def next(self) -> str | None:
        print(PROMPT, end="", flush=True)
        line = next(self.stream, None)
        return None if line is None else line.strip().casefold()


def _begin(marking: Marking, lines: Lines) -> bool:
    """Whether to mark at all; where there are marks already, that is asked."""
    for problem in marking.transcript.problems:
        _note(f"note: {problem}")
    old = marking.before
    if old is None:
        return True
    print(f"{sanitise(old.rater)} marked this on {old.at[:10]}: {old.total - old.left} of {old.total}.")
    if old.shown is not None:
        print("The machine's levels were shown then: what is changed now isn't blind and is not measured with.")
    if not marking.can_go_on:
        print("The rubric has changed since, so these marks can't be gone on with.")
    choices = {"replace": marking.start_anew} | ({"go on": marking.go_on} if marking.can_go_on else {})
    print(f"Type {' or '.join(repr(c) for c in reversed(choices))}; anything else leaves it as it is.")
    chosen = choices.get(lines.next() or "")
    if chosen is None:
        return False
    chosen()
    return True


def _ask_all(marking: Marking, engine: Engine, lines: Lines) -> int:
    for round in marking.rounds:
        if marking.left(round.id):
            _show(round)
            if not _ask_round(marking, round, lines):
                return _stopped(marking)
    print(f"\nAll {len(marking.levels)} are marked. Type 'yes' to keep them and see the machine's beside them.")
    if lines.next() not in ("yes", "y"):
        return _stopped(marking)
    _compare(marking, engine)
    return 0


def _stopped(marking: Marking) -> int:
    left = len(marking.left())
    ending = SAVED if marking.keep() else FEWER
    _note(f"\n{f'{left} are left to mark. ' if left else 'Not confirmed. '}{ending}")
    return 1


def _ask_round(marking: Marking, round: ToMark, lines: Lines) -> bool:
    """Ask for what is left of a round; False when the input ends."""
    print(f"{HOW}\n")
    place = next((n for n, c in enumerate(round.criteria) if (round.id, c.id) not in marking.levels), 0)
    while place < len(round.criteria):
        criterion = round.criteria[place]
        _explain(criterion)
        said = lines.next()
        if said is None:
            return False
        if said == "b":
            place = max(0, place - 1)
            continue
        try:
            marking.mark(round.id, criterion.id, level(said))
        except ValueError:
            print(f"'{one_line(said, 20)}' is no level. {HOW}")
            continue
        place += 1
    return True


def level(said: str) -> float | None:
    """The level a line means, None for 0. Raises ValueError for what is neither."""
    if said == "0":
        return None
    value = float(said)
    if not (1 <= value <= 5 and (value * 2).is_integer()):
        raise ValueError(said)
    return value


def _compare(marking: Marking, engine: Engine) -> None:
    from interviewer.models.usage import usage_words
    from interviewer.reports.marks import side_by_side

    async def both() -> str:
        try:
            found, differences = await marking.compare(engine)
        finally:
            await engine.aclose()
        by = f"{found.engine} ({found.model})" if found.model else found.engine
        return f"\nThe machine: {by}; {found.graded}.\n\n{side_by_side(differences)}"

    print(sanitise(asyncio.run(both())), end="")
    if spent := usage_words(engine.usage):
        _note(f"The model used {spent}.")


def _show(round: ToMark) -> None:
    width = _width()
    print(f"\n== {sanitise(round.title)} ==\n")
    for turn in round.talk.turns:
        print(f"[{turn.index}] {one_line(turn.speaker or turn.role)}")
        for line in sanitise(turn.text).splitlines():
            print(textwrap.fill(line, width, initial_indent="    ", subsequent_indent="    "))
        print()


def _explain(criterion: Criterion) -> None:
    from interviewer.reports.marks import anchors

    a = criterion.anchors
    print(f"{sanitise(criterion.title)}: {sanitise(criterion.about)}")
    for line in anchors((("1", a.one), ("3", a.three), ("5", a.five))):
        print(textwrap.fill(sanitise(line), _width(), initial_indent="  ", subsequent_indent="     "))


def _width() -> int:
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def _note(text: str) -> None:
    print(sanitise(text), file=sys.stderr, flush=True)
