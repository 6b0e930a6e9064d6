"""What must hold of every interview on a bad network, whatever failed: read in its file and in the server's log."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.content.library import library
from interviewer.engines.llm.client import REQUESTS
from interviewer.models import events as ev
from interviewer.storage.store import read
from tests.bench.bad_network import AGAIN, POINTLESS, QUESTION, Held, Run, Served

OWN = "the sheet's own words were said"
WHOLE = re.compile(r"You said something under number \w+\. What would change your mind about it\?")


def broken(run: Run) -> list[str]:
    """Every promise that was broken, in words; [] when all were kept."""
    return [
        f"interview {one.number}: {what}"
        for one in run.held
        for what in (*kept(one), *asked(run, one), *judged(run, one))
    ]


def kept(one: Held) -> Iterator[str]:
    """Nothing is lost, doubled or half, and every interview came to its end."""
    loaded = read(one.path)
    spoken = [e for e in loaded.events if isinstance(e, ev.InterviewerSaid | ev.CandidateSaid)]
    said = [e for e in spoken if isinstance(e, ev.InterviewerSaid)]
    ask = library().question(QUESTION).ask
    if loaded.problems:
        yield f"the file is damaged: {loaded.problems}"
    if [e.text for e in spoken if isinstance(e, ev.CandidateSaid)] != one.answered:
        yield "what was answered isn't what is kept"
    if [e.turn for e in spoken] != list(range(len(spoken))) or len({e.text for e in said}) != len(said):
        yield "a turn is missing or doubled"
    if [e.text for e in said] != one.shown:
        yield "what stood on the screen isn't what is kept"
    for e in said:
        by_sheet = e.engine == "offline" or OWN in e.note  # where a sentence of the model's isn't fit to be shown
        if not by_sheet and not WHOLE.fullmatch(e.text) and not e.text.endswith(ask):
            yield f"half a turn is kept as a whole one: {e.move} {e.text!r} ({e.note})"
    if not one.ended or not isinstance(loaded.events[-1], ev.Ended):
        yield "it neither ended nor could be resumed"


def asked(run: Run, one: Held) -> Iterator[str]:
    """Each try asks as often as it may and no more: again after what may pass, up to three times, else once."""
    faults = iter([s.fault for s in run.network.served if s.interview == one.number and not s.says])
    for requests, came in one.tries:
        yield from _as_it_may([next(faults) for _ in range(requests)], came)
    if left := list(faults):
        yield f"{len(left)} requests belong to no turn"


def _as_it_may(faults: list[str], came: bool) -> Iterator[str]:
    if not faults and came:
        return  # offline
    passing = all(fault in AGAIN for fault in faults[:-1]) and 1 <= len(faults) <= REQUESTS
    last = faults[-1] if faults else ""
    rightly = last == "" if came else last in POINTLESS or (last in AGAIN and len(faults) == REQUESTS)
    if not (passing and rightly):
        yield f"asked {len(faults)} times, {faults}, and {'came' if came else 'failed'}"


def judged(run: Run, one: Held) -> Iterator[str]:
    """A statement has a verdict where a whole answer to it came, else none, and its criterion no level."""
    calls: dict[str, list[Served]] = {}
    for served in run.network.served:
        if served.interview == one.number and served.says:
            calls.setdefault(served.what, []).append(served)
    for call in calls.values():
        yield from _as_it_may([s.fault for s in call], call[-1].fault == "")
    came = {says for call in calls.values() if not call[-1].fault for says in call[-1].says}
    for criterion in one.grade.rounds[0].criteria if one.grade else ():
        failed = [c for c in criterion.checks if c.verdict == "failed"]
        if any(c.says in came for c in failed):
            yield f"{criterion.id}: a verdict that came is shown as failed"
        if any(c.says not in came for c in criterion.checks if c.verdict not in ("failed", "not_asked")):
            yield f"{criterion.id}: a verdict was made up"
        if failed and criterion.level is not None:
            yield f"{criterion.id}: a level was made up"
