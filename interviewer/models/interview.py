"""The state of an interview, folded out of its events. Nothing here is stored: holding, resuming and replaying fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from interviewer.models import events as ev
from interviewer.models.base import AnswerKind, Move
from interviewer.models.transcript import Transcript, Turn
from interviewer.models.usage import Usage

UNPRODUCTIVE = frozenset(
    {
        AnswerKind.NON_ANSWER,
        AnswerKind.EMPTY,
        AnswerKind.GIBBERISH,
        AnswerKind.OFF_TOPIC,
        AnswerKind.SKIP,
        AnswerKind.REPEAT,
        AnswerKind.ORDER,
    }
)


class Phase(StrEnum):
    """Where a round is."""

    WAITING = "waiting"  # not opened
    ASKING = "asking"  # a question is on the table
    CLOSING = "closing"  # the candidate's own questions
    CLOSED = "closed"


@dataclass
class QuestionProgress:
    """What has happened on one question."""

    id: str
    found: dict[str, ev.Finding] = field(default_factory=dict)
    moves: list[tuple[Move, str | None]] = field(default_factory=list)
    rungs: dict[str, int] = field(default_factory=dict)  # expectation -> highest hint given
    told: set[str] = field(default_factory=set)  # facts
    answers: int = 0  # answers that took up the question
    unproductive: int = 0  # turns that did not, in all
    stuck: int = 0  # of these, how many in a row just now
    thin: int = 0  # short answers in a row in which nothing was found

    def count(self, move: Move) -> int:
        return sum(1 for made, _ in self.moves if made is move)

    def targets(self, move: Move) -> set[str]:
        return {target for made, target in self.moves if made is move and target}


@dataclass
class RoundProgress:
    """What has happened in one round. ``seconds`` is what the candidate's clock has used."""

    id: str
    minutes: int
    phase: Phase = Phase.WAITING
    questions: list[QuestionProgress] = field(default_factory=list)
    seconds: float = 0.0
    closing_turns: int = 0
    rated: bool = False

    @property
    def question(self) -> QuestionProgress | None:
        return self.questions[-1] if self.questions else None

    @property
    def seconds_left(self) -> float:
        return self.minutes * 60 - self.seconds

    def count(self, move: Move) -> int:
        return sum(q.count(move) for q in self.questions)


@dataclass
class Interview:
    """An interview so far. ``apply`` is the only way it changes."""

    header: ev.Started
    turns: list[Turn] = field(default_factory=list)
    withdrawn: list[Turn] = field(default_factory=list)
    rounds: list[RoundProgress] = field(default_factory=list)
    self_ratings: dict[str, dict[str, float]] = field(default_factory=dict)
    engine: str = ""
    model: str | None = None
    paused: bool = False
    ended: ev.Ended | None = None
    failure: ev.EngineFailed | None = None
    usage: Usage = field(default_factory=Usage)

    @classmethod
    def of(cls, events: Iterable[ev.Event]) -> Interview:
        """Fold events; the first must be the header (raises ValueError otherwise)."""
        stream = iter(events)
        header = next(stream, None)
        if not isinstance(header, ev.Started):
            raise ValueError("the first event is not the header")
        interview = cls(header, engine=header.engine, model=header.model)
        interview.rounds = [RoundProgress(r, header.minutes.get(r, 25)) for r in header.rounds]
        for event in stream:
            interview.apply(event)
        return interview

    @property
    def current(self) -> RoundProgress | None:
        """The round that is open, else the next one to open; None when all are closed."""
        return next((r for r in self.rounds if r.phase is not Phase.CLOSED), None)

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None

    @property
    def next_turn(self) -> int:
        return len(self.turns)

    @property
    def to_rate(self) -> RoundProgress | None:
        """A closed round the candidate has not rated yet."""
        return next((r for r in self.rounds if r.phase is Phase.CLOSED and not r.rated), None)

    @property
    def awaiting_candidate(self) -> bool:
        """True when the interviewer has spoken and an answer may be typed."""
        return (
            self.ended is None
            and (current := self.current) is not None
            and current.phase in (Phase.ASKING, Phase.CLOSING)
            and self.last is not None
            and self.last.role == "interviewer"
            and self.last.round == current.id
        )

    def round(self, id: str) -> RoundProgress:
        for r in self.rounds:
            if r.id == id:
                return r
        raise KeyError(id)

    def round_turns(self, id: str) -> tuple[Turn, ...]:
        return tuple(t for t in self.turns if t.round == id)

    def apply(self, event: ev.Event) -> None:
        """Take one event into account."""
        match event:
            case ev.RoundOpened():
                self.round(event.round).phase = Phase.ASKING
            case ev.InterviewerSaid():
                self._interviewer(event)
            case ev.CandidateSaid():
                self._candidate(event)
            case ev.AnswerRead():
                self._read(event)
            case ev.Paused():
                self.round(event.round).seconds += event.seconds
                self.paused = event.why == "paused"
            case ev.Resumed():
                self.paused = False
            case ev.RoundClosed():
                self.round(event.round).phase = Phase.CLOSED
            case ev.SelfRated():
                self.round(event.round).rated = True
                if event.levels:
                    self.self_ratings[event.round] = dict(event.levels)
            case ev.EngineFailed():
                self.failure = event
            case ev.EngineChanged():
                self.engine, self.model, self.failure = event.engine, event.model, None
            case ev.Used():
                self.usage += event.usage
            case ev.Ended():
                self.ended = event
            case ev.Started() | ev.Repaired():
                pass

    def _interviewer(self, e: ev.InterviewerSaid) -> None:
        self.failure = None
        progress = self.round(e.round)
        self.turns.append(
            Turn(
                index=self.next_turn, role="interviewer", text=e.text, round=e.round, speaker=e.persona,
                question=e.question, move=e.move, reason=e.reason, target=e.target, told=e.told, rung=e.rung,
                note=e.note, clock=round(progress.seconds, 3) if self.header.origin == "held" else None,
            )
        )  # fmt: skip
        if e.move in (Move.ASK, Move.NEXT) and e.question:
            progress.questions.append(QuestionProgress(e.question))
        if e.move is Move.CLOSE:
            progress.phase = Phase.CLOSING
            progress.closing_turns += 1
        if (q := progress.question) is not None:
            q.moves.append((e.move, e.target))
            if e.move is Move.HINT and e.target and e.rung:
                q.rungs[e.target] = max(e.rung, q.rungs.get(e.target, 0))
            q.told.update(e.told)
            if e.move is Move.CLARIFY and e.target:  # interviews held before turns said what they told
                q.told.update(e.target.split(","))

    def _candidate(self, e: ev.CandidateSaid) -> None:
        self.paused = False
        progress = self.round(e.round)
        progress.seconds += e.seconds
        if e.continues and self._take_back(progress):
            said = self.turns[-1]
            self.turns[-1] = said.model_copy(
                update={
                    "text": f"{said.text}\n\n{e.text}",
                    "seconds": said.seconds + e.seconds,
                    "kind": None,
                    "found": (),
                }
            )
            return
        question = progress.question.id if progress.question else None
        self.turns.append(
            Turn(
                index=self.next_turn, role="candidate", text=e.text, round=e.round, question=question, seconds=e.seconds
            )
        )

    def _take_back(self, progress: RoundProgress) -> bool:
        """Withdraw what the interviewer said since the last answer; False when there is no answer to add to."""
        cut = len(self.turns)
        while cut and self.turns[cut - 1].role == "interviewer" and self.turns[cut - 1].round == progress.id:
            cut -= 1
        if not cut or self.turns[cut - 1].role != "candidate" or self.turns[cut - 1].round != progress.id:
            return False
        taken, self.turns = self.turns[cut:], self.turns[:cut]
        self.withdrawn += taken
        self._rebuild(progress)
        return True

    def _rebuild(self, progress: RoundProgress) -> None:
        """Fold a round's progress again from the turns that stand."""
        fresh = Interview(self.header, rounds=[RoundProgress(progress.id, progress.minutes, Phase.ASKING)])
        standing = self.round_turns(progress.id)
        for turn in standing:
            if turn.role == "interviewer" and turn.move is not None:
                fresh._interviewer(
                    ev.InterviewerSaid(
                        turn=turn.index, round=progress.id, text=turn.text, move=turn.move, reason=turn.reason,
                        question=turn.question, target=turn.target, told=turn.told, rung=turn.rung,
                    )
                )  # fmt: skip
            elif turn.role == "candidate":
                fresh.turns.append(turn)
                if turn.kind is not None and turn is not standing[-1]:
                    fresh._read(
                        ev.AnswerRead(turn=len(fresh.turns) - 1, round=progress.id, answer=turn.kind, found=turn.found)
                    )
        done = fresh.rounds[0]
        progress.phase, progress.questions, progress.closing_turns = done.phase, done.questions, done.closing_turns

    def _read(self, e: ev.AnswerRead) -> None:
        if not (0 <= e.turn < len(self.turns)) or self.turns[e.turn].role != "candidate":
            return
        self.turns[e.turn] = self.turns[e.turn].model_copy(update={"kind": e.answer, "found": e.found})
        q = self.round(e.round).question
        if q is None:
            return
        for finding in e.found:
            before = q.found.get(finding.id)
            if before is None or before.verdict in ("partly", "held"):
                q.found[finding.id] = finding
        if e.answer in UNPRODUCTIVE:
            q.unproductive += 1
            q.stuck += 1
        elif e.answer in (AnswerKind.SUBSTANTIVE, AnswerKind.RAMBLE, AnswerKind.THIN):
            q.answers += 1
            q.stuck = 0
            q.thin = q.thin + 1 if e.answer is AnswerKind.THIN and not e.found else 0

    def transcript(self, *, source: str = "native", sha256: str = "", problems: tuple[str, ...] = ()) -> Transcript:
        """What was said, for replay and grading."""
        h = self.header
        return Transcript(
            id=h.id, turns=tuple(self.turns), source=source, sha256=sha256, created=h.created, engine=self.engine,
            model=self.model, origin=h.origin, candidate=h.candidate,
            complete=self.ended is not None and self.ended.reason == "completed",
            personas=h.personas, rubrics=h.rubrics, questions=h.questions, self_ratings=self.self_ratings,
            minutes=h.minutes, problems=problems,
        )  # fmt: skip
