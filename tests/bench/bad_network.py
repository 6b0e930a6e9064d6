"""Interviews on a bad network: what is kept, what is asked, and what is made of it.

    python -m tests.bench.bad_network [INTERVIEWS [SHARE [SEED]]]

Each is short (one round; after four answers the candidate ends it) and is held by the real graph and client over real
HTTP; of the requests a share fails, each in one of several ways. Which one does follows from the seed, the interview,
what is asked and how often it was asked before, so that the order in which they come makes no difference. Who can't go
on tries again, goes on offline, saves and leaves, or breaks off without a word; those who left are resumed later on a
good network. Then all are graded on the bad one. Waits are not waited. Exits with 1 when a promise was broken.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pydantic import SecretStr

from interviewer.config import Endpoint
from interviewer.content.library import Library, library
from interviewer.engines.base import Waiting
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.engine import LLMEngine
from interviewer.errors import EngineError
from interviewer.grading.grade import Grade, grade
from interviewer.graph.state import Chunk
from interviewer.models import events as ev
from interviewer.models.base import Length
from interviewer.models.interview import Interview
from interviewer.plan import Plan
from interviewer.session import Session
from interviewer.storage.store import read
from tests.engines.llm.faulty import FAULTS, finish
from tests.engines.llm.obliging import is_judging, judges, opens, speaks, statements
from tests.engines.llm.server import Asked, serving
from tests.holding import PROSE

ROUND, QUESTION = "experimentation", "price-rise-one-region"
ANSWERS = 4
AT_ONCE = 8
A_PIECE = 60  # characters
PATIENCE = 6.0  # seconds, of which a busy machine takes some; what hangs would hang for ever
AGAIN = (
    "busy", "busy-seconds", "internal", "gateway", "unavailable", "overloaded", "reset", "closed", "reset-midway",
    "short-body", "early-end", "empty-body", "half-body", "null-body", "broken-line", "no-content", "cut-json",
    "hangs", "hangs-midway",
)  # fmt: skip
POINTLESS = ("refusal", "filter", "busy-year")
GOES_ON = ("again", "again", "offline", "leaves", "breaks off")


@dataclass(frozen=True)
class Served:
    """One request: of which interview, what it asked, and how it was spoilt ("" if it wasn't)."""

    interview: int
    what: str  # the same for the same thing asked again
    says: frozenset[str]  # the statements to be judged; of a turn none
    fault: str


@dataclass
class Network:
    """Fails a share of the requests, until it is mended."""

    seed: int
    share: float
    served: list[Served] = field(default_factory=list)
    mended: bool = False

    def reply(self, asked: Asked) -> None:
        interview = int(asked.body["model"].removeprefix("interview-"))
        what = sha256(asked.prompt.encode()).hexdigest()[:12]
        draw = random.Random(f"{self.seed} {interview} {what} {self._before(interview, what)}")
        spoilt = not self.mended and draw.random() < self.share
        fault = draw.choice(AGAIN * 2 + POINTLESS) if spoilt else ""
        judging = is_judging(asked)
        says = frozenset(statements(asked).values()) if judging else frozenset[str]()
        self.served.append(Served(interview, what, says, fault))
        answer = judges(asked, "met") if judging else speaks(asked, None if opens(asked) else words(what))
        if fault:
            FAULTS[fault][1](asked, json.dumps(answer))
        else:
            asked.begin()
            asked.pieces(json.dumps(answer), A_PIECE)
            finish(asked)

    def _before(self, interview: int, what: str) -> int:
        return sum(1 for s in self.served if (s.interview, s.what) == (interview, what))


def words(what: str) -> str:
    """The turn that answers one prompt, unlike every other."""
    return f"You said something under number {what}. What would change your mind about it?"


def answer(interview: int, turn: int) -> str:
    return f"{PROSE[(interview + turn) % len(PROSE)]} That is answer {turn} of interview {interview}."


@dataclass
class Held:
    """One interview: what its candidate was told was kept, what they saw, and how it went."""

    number: int
    path: Path
    answered: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)  # each turn as it stood on the screen at its end
    tries: list[tuple[int, bool]] = field(default_factory=list)  # requests of each try at a turn; whether it came
    choices: Counter[str] = field(default_factory=Counter)
    ended: bool = False
    grade: Grade | None = None


@dataclass
class Run:
    """Many interviews on one network."""

    network: Network
    url: str
    folder: Path
    content: Library
    held: list[Held] = field(default_factory=list)

    async def all(self, interviews: int) -> None:
        """Hold them, resume those that were left, grade all of them."""
        slots = asyncio.Semaphore(AT_ONCE)
        self.held = [Held(n, self.folder / f"{n}.jsonl") for n in range(interviews)]

        async def each(step: str, one: Held) -> None:
            async with slots:
                await getattr(self, step)(one)

        for step in ("hold", "resume", "judge"):
            self.network.mended = step == "resume"
            await asyncio.gather(*(each(step, one) for one in self.held if step != "resume" or not one.ended))

    async def hold(self, one: Held) -> None:
        plan = Plan(
            (ROUND,), questions=(QUESTION,), length=Length.QUICK, seed=3, folder=self.folder, id=str(one.number)
        )
        await self._through(Session.start(plan, self.content), one)

    async def resume(self, one: Held) -> None:
        await self._through(Session.resume(one.path, self.content), one)

    async def judge(self, one: Held) -> None:
        engine = self._engine(one.number)
        one.grade = await grade(interview_of(one).transcript(), engine, self.content)
        await engine.aclose()

    async def _through(self, session: Session, one: Held) -> None:
        """To the end, or to where the candidate leaves."""
        session._engine = engine = self._engine(one.number)
        draw = random.Random(f"{self.network.seed} {one.number} {len(one.tries)}")
        try:
            while not session.interview.ended:
                if not await self._turn(session, one) and not await self._goes_on(session, one, draw):
                    return
                self._replies(session, one)
            one.ended = True
        finally:
            session.close()
            await engine.aclose()

    async def _turn(self, session: Session, one: Held) -> bool:
        """One try at the interviewer's turn; what was withdrawn is gone from the screen."""
        before, screen = self._asked(one), ""
        try:
            async for part in session.advance():
                if isinstance(part, Waiting):
                    screen = ""
                elif isinstance(part, Chunk):
                    screen += part.text
                elif isinstance(part, ev.InterviewerSaid):
                    one.shown.append(screen)
        except EngineError:
            one.tries.append((self._asked(one) - before, False))
            return False
        one.tries.append((self._asked(one) - before, True))
        return True

    async def _goes_on(self, session: Session, one: Held, draw: random.Random) -> bool:
        choice = draw.choice(GOES_ON)
        one.choices[choice] += 1
        if choice == "offline":
            await session.use_engine("offline")
        elif choice == "leaves":
            session.leave()
        return choice in ("again", "offline")

    def _replies(self, session: Session, one: Held) -> None:
        interview = session.interview
        if interview.to_rate is not None:
            session.rate(interview.to_rate.id, {})
        elif interview.awaiting_candidate and len(one.answered) == ANSWERS:
            session.end_round()
        elif interview.awaiting_candidate:
            said = answer(one.number, len(one.answered))
            session.answer(said)
            one.answered.append(said)

    def _asked(self, one: Held) -> int:
        return sum(1 for s in self.network.served if s.interview == one.number)

    def _engine(self, number: int) -> LLMEngine:
        where = Endpoint(base_url=self.url, api_key=SecretStr("of-a-bad-network"), model=f"interview-{number}")
        return LLMEngine(Client(where, deadline=60.0, patience=PATIENCE, sleep=_at_once))


async def _at_once(_: float) -> None:
    """No wait is waited."""


def interview_of(one: Held) -> Interview:
    """As its file has it."""
    return Interview.of(read(one.path).events)


def figures(run: Run) -> dict[str, int]:
    """What there is to say of a run."""
    served, tries = run.network.served, [t for one in run.held for t in one.tries]
    criteria = [c for one in run.held if one.grade for c in one.grade.rounds[0].criteria]
    choices = sum((one.choices for one in run.held), Counter[str]())
    return {
        "interviews": len(run.held), "ended": sum(one.ended for one in run.held),
        "left or broken off, then resumed": choices["leaves"] + choices["breaks off"],
        "gone on offline": choices["offline"], "tried again": choices["again"],
        "answers": sum(len(one.answered) for one in run.held), "turns tried": len(tries),
        "turns that failed": sum(not came for _, came in tries),
        "requests": len(served), "of them spoilt": sum(bool(s.fault) for s in served),
        "kinds of fault": len({s.fault for s in served} - {""}),
        "most requests for one try": max(requests for requests, _ in tries),
        "criteria with a level": sum(c.level is not None for c in criteria),
        "criteria shown as failed": sum(c.status == "failed" for c in criteria), "criteria": len(criteria),
    }  # fmt: skip


async def run(folder: Path, interviews: int = 100, share: float = 0.3, seed: int = 1) -> Run:
    """A whole run, with its own server."""
    with serving() as server:
        network = Network(seed, share)
        server.reply = network.reply
        made = Run(network, server.url, folder, library())
        await made.all(interviews)
        return made


def main() -> None:
    from tests.bench.bad_network_promises import broken

    given = sys.argv[1:]
    interviews, share, seed = (kind(given[n]) if n < len(given) else default
                               for n, (kind, default) in enumerate(((int, 100), (float, 0.3), (int, 1))))  # fmt: skip
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        made = asyncio.run(run(Path(folder), interviews, share, seed))
        found = broken(made)
        for name, value in (figures(made) | {"promises broken": len(found)}).items():
            print(f"{name}: {value}")
        print(f"seconds: {time.monotonic() - began:.0f}")
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
