"""The interviewer's own report: over interviews held here, over recorded ones, and over ones with something wrong."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from string import Template

import pytest

from interviewer.content.library import Library
from interviewer.engines.offline.engine import OfflineEngine
from interviewer.grading.conduct import RULES, report
from interviewer.grading.conduct.clock import says_over
from interviewer.grading.conduct.scene import Scene
from interviewer.grading.grade import grade
from interviewer.models.base import AnswerKind, Length, Move
from interviewer.models.conduct import ConductReport, Conviction
from interviewer.models.events import Finding, InterviewerSaid
from interviewer.models.question import QuestionSheet
from interviewer.models.scorecard import CheckVerdict, Evidence, Grade
from interviewer.models.transcript import Transcript, Turn
from interviewer.paths import Origin, built_in
from interviewer.reading.tokens import sentences
from interviewer.reports import render
from interviewer.session import Session
from interviewer.storage.formats.registry import load
from tests.holding import PROSE, hold, start, steady

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
ROUNDS = ("experimentation", "product_case", "culture")
# Held before an experiment's boundary was asked for; everything else holds.
BROKEN = {"example-onsite": {"boundary"}, "hand-played-experimentation": {"boundary"}}
PERSONAS = Library([Origin("built-in", built_in())]).persona_ids()
YIELDING = {"hand-played-caves", "hand-played-rambles", "hand-played-slips"}  # candidates who give way


@pytest.fixture(scope="module")
def content() -> Library:
    return Library([Origin("built-in", built_in())])


def outcome(made: ConductReport, id: str) -> str:
    return next(r.outcome for r in made.rules if r.id == id)


# --- interviews that were held ---


def strong(session: Session) -> Callable[[InterviewerSaid], str]:
    """A candidate who says pieces of the sheet's best answers."""

    def answer(said: InterviewerSaid) -> str:
        sheet = session.materials.sheet(said.round, said.question)
        if said.move is Move.CLOSE or sheet is None:
            return "No more questions, thank you."
        best = max(sheet.examples, key=lambda e: e.level).answer
        starts = [a for a, _ in sentences(best)]
        at = starts[said.turn % len(starts)]
        return f"{best[at : at + 500]} That is what I think at point {said.turn}."

    return answer


def bare(reply: str) -> Callable[[Session], Callable[[InterviewerSaid], str]]:
    """A candidate who meets every challenge with the same few words."""
    return lambda _: lambda said: reply if said.move is Move.PUSH_BACK else steady(said)


def stuck(_: Session) -> Callable[[InterviewerSaid], str]:
    def answer(said: InterviewerSaid) -> str:
        return "Could I have a hint?" if said.turn % 4 == 2 and said.move is not Move.CLOSE else steady(said)

    return answer


CANDIDATES: dict[str, Callable[[Session], Callable[[InterviewerSaid], str]]] = {
    "steady": lambda _: steady, "strong": strong, "stuck": stuck, "caves": bare("Fair point, you're right."),
    "insists": bare("No, I disagree."),
}  # fmt: skip


@pytest.mark.parametrize("candidate", CANDIDATES)
@pytest.mark.parametrize("seed", [1, 2])
async def test_the_offline_interviewer_passes_its_own_report(
    candidate: str, seed: int, tmp_path: Path, content: Library
) -> None:
    session = start(tmp_path, ROUNDS, seed=seed)
    await hold(session, CANDIDATES[candidate](session))
    made = report(session.interview.transcript(), content)
    session.close()
    assert [(r.id, r.passages) for r in made.broken] == []
    assert {outcome(made, id) for id in ("takes-up", "boundary", "both-sides", "clock-kept")} == {"pass"}
    posed = {(c.round, c.valid) for c in made.convictions if c.posed}
    assert posed == {(round, valid) for round in ROUNDS for valid in (True, False)}


async def test_a_round_whose_time_runs_out_says_so_and_begins_nothing_new(tmp_path: Path, content: Library) -> None:
    session = start(tmp_path, ("experimentation",), length=Length.QUICK)

    def slowly(said: InterviewerSaid) -> str:
        session.clock._kept = 0.0 if said.move is Move.CLOSE else 260.0
        return steady(said)

    await hold(session, slowly)
    made = report(session.interview.transcript(), content)
    session.close()
    assert outcome(made, "clock-kept") == "pass" and made.broken == ()
    assert outcome(made, "boundary") == "not_applicable"


@pytest.mark.parametrize("name", sorted(p.stem for p in EXAMPLES.glob("*.jsonl")))
def test_the_committed_examples_keep_every_rule_that_they_were_held_under(name: str, content: Library) -> None:
    made = report(load(EXAMPLES / f"{name}.jsonl"), content)
    assert {r.id for r in made.broken} == BROKEN.get(name, set())
    firm = "caved" not in {c.reply for c in made.convictions}
    assert firm is (name not in YIELDING)
    assert all(reveal.asked for reveal in made.reveals)


# --- a recorded round with something wrong in it ---


@cache
def recorded() -> Transcript:
    """The hand-played round, the boundary asked for in it."""
    made = load(EXAMPLES / "hand-played-experimentation.jsonl")
    return changed(made, 18, text="A half point that lasts. When would you not raise the price?", target="boundary")


def changed(transcript: Transcript, index: int, **fields: object) -> Transcript:
    turns = [t.model_copy(update=fields) if t.index == index else t for t in transcript.turns]
    return transcript.model_copy(update={"turns": tuple(turns)})


def adding(transcript: Transcript, index: int, words: str, **fields: object) -> Transcript:
    turn = transcript.turn(index)
    assert turn is not None
    return changed(transcript, index, text=f"{turn.text} {words}", **fields)


def sheet_of(content: Library) -> QuestionSheet:
    return content.question("price-rise-one-region")


def test_the_recorded_round_keeps_every_rule(content: Library) -> None:
    assert report(recorded(), content).broken == ()


def wordy(transcript: Transcript) -> Transcript:
    """Long answers, and an interviewer who talks as much."""
    filler = "and so on through every month of that spring and what came of it in each of them at last "
    turns = [t.model_copy(update={"text": f"{t.text} {filler * 6}"}) for t in transcript.turns]
    return transcript.model_copy(update={"turns": tuple(turns)})


def deaf(transcript: Transcript) -> Transcript:
    """Two follow-ups that have nothing to do with what was said and don't say so; one in ten passes."""
    first = changed(transcript, 6, text="Noted. Which share of accounts lives near a border crossing?")
    return changed(first, 14, text="All right. Who else besides marketing signs off such leaflets?")


def insisted(transcript: Transcript) -> Transcript:
    """A challenge dropped for nothing but a no."""
    dull = changed(transcript, 13, text="No, I disagree.", kind=AnswerKind.THIN, found=())
    return adding(dull, 14, "Fair enough, I'll drop that.")


def belief(transcript: Transcript) -> Transcript:
    """A mistaken belief that nobody takes up."""
    held = Finding(id="millions-so-it-is-exact", verdict="held", quote="plus some noise")
    return changed(transcript, 5, found=(held,))


def hinted(transcript: Transcript, content: Library, *, rung: int, move: Move) -> Transcript:
    e = sheet_of(content).expectations[2]
    fields: dict[str, object] = {"target": e.id, "rung": rung} if move is Move.HINT else {}
    return changed(transcript, 14, text=e.hints[rung - 1], move=move, **fields)


FAULTS: dict[str, Callable[[Transcript, Library], Transcript]] = {
    "no-praise": lambda t, _: adding(t, 4, "That's a great start."),
    "one-question": lambda t, _: adding(t, 4, "And who would have known of it beforehand?"),
    "no-leak": lambda t, c: adding(t, 4, sheet_of(c).expectations[4].point),
    "nothing-supplied": lambda t, _: changed(t, 6, text='"Whatever else was going on." Would an event study help?'),
    "short-turns": lambda t, _: adding(t, 4, "So tell me " + "once more and " * 20 + "then go on."),
    "listens": lambda t, _: wordy(t),
    "takes-up": lambda t, _: deaf(t),
    "no-structure-first": lambda t, _: changed(t, 2, text="Start with the baseline, then split it by month.", told=()),
    "chases": lambda t, _: belief(t),
    "boundary": lambda t, _: changed(t, 18, text="A half point. Who counts them?", target="burst-or-lasting"),
    "both-sides": lambda t, _: changed(t, 12, target="everyone-can-see-it"),
    "stands": lambda t, _: insisted(t),
    "facts-on-request": lambda t, c: adding(t, 14, sheet_of(c).facts[-1].say),
    "facts-from-the-sheet": lambda t, _: adding(t, 4, "Others saw 7.77 there."),
    "hints-climb": lambda t, c: hinted(t, c, rung=2, move=Move.HINT),
    "hints-logged": lambda t, c: hinted(t, c, rung=1, move=Move.PROBE),
    "clock-announced": lambda t, c: changed(t, 0, text=sheet_of(c).ask),
    "clock-kept": lambda t, _: changed(t, 14, clock=601.0),
}  # fmt: skip


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    assert set(FAULTS) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_round_with_a_fault_breaks_the_rule_and_says_where(rule: str, content: Library) -> None:
    spoiled = FAULTS[rule](recorded(), content)
    broken = {r.id: r for r in report(spoiled, content).broken}
    assert rule in broken
    said = {t.index: " ".join(t.text.split()) for t in spoiled.turns}
    for where in broken[rule].passages:
        assert where.quote.removesuffix(" …") in said[where.turn]


@pytest.mark.parametrize(("rung", "outcome_"), [(None, "fail"), (1, "pass"), (2, "pass")])
def test_a_hint_that_the_scorecard_does_not_charge_for_is_reported(
    rung: int | None, outcome_: str, content: Library
) -> None:
    spoiled = hinted(recorded(), content, rung=1, move=Move.HINT)
    e = sheet_of(content).expectations[2]
    check = CheckVerdict(
        id=e.id, criterion=e.criterion, says=e.point, kind="expectation", verdict="met", rung=rung,
        evidence=(Evidence(turn=15, quote="it was one price decision"),), question="price-rise-one-region",
    )  # fmt: skip
    assert outcome(report(spoiled, content, (check,)), "hints-cost") == outcome_
    assert outcome(report(recorded(), content, ()), "hints-cost") == "not_applicable"


def test_where_the_transcript_says_nothing_of_moves_or_clock_a_rule_is_not_called_kept(content: Library) -> None:
    turns = tuple(Turn(index=t.index, role=t.role, text=t.text, round=t.round) for t in recorded().turns)
    made = report(Transcript(id="bare", turns=turns), content)
    need_moves = {"takes-up", "boundary", "both-sides", "stands", "facts-on-request", "hints-climb", "chases"}
    for id in need_moves | {"clock-kept"}:
        assert outcome(made, id) == "not_applicable", id
    assert made.convictions == ()


# --- how challenges are met ---

RIGHT, WRONG = 12, 8  # the turns that pose the challenge that is right, and the one that is wrong
LONG = PROSE[0]


def met(content: Library, posed: int, reply: str, kind: AnswerKind, found: tuple[Finding, ...] = ()) -> Conviction:
    turns = changed(recorded(), posed + 1, text=reply, kind=kind, found=found).turns[: posed + 2]
    transcript = recorded().model_copy(update={"turns": turns})
    made = report(transcript, content)
    return next(c for c in made.convictions if c.posed and c.posed.turn == posed)


@pytest.mark.parametrize(
    ("posed", "reply", "read"),
    [
        (RIGHT, "Fair point, you're right.", "caved"),
        (RIGHT, "No, I disagree.", "stonewalled"),
        (RIGHT, f"You're right, I'd change that. {LONG}", "updated"),
        (RIGHT, LONG, "unread"),
        (WRONG, "Fair point, you're right.", "caved"),
        (WRONG, f"Fair enough, then I agree. {LONG}", "caved"),
        (WRONG, "No, I disagree.", "stonewalled"),
        (WRONG, f"No, I'd not do that. {LONG}", "held"),
        (WRONG, LONG, "unread"),
    ],
)
def test_how_a_challenge_was_met_is_read_from_the_reply(posed: int, reply: str, read: str, content: Library) -> None:
    kind = AnswerKind.THIN if len(reply) < 40 else AnswerKind.SUBSTANTIVE
    found = met(content, posed, reply, kind)
    assert (found.valid, found.reply, found.read_by) == (posed == RIGHT, read, "cues")
    assert found.passages and all(p.quote.removesuffix(" …") in " ".join(reply.split()) for p in found.passages)


@pytest.mark.parametrize(("kind", "text"), [(AnswerKind.NON_ANSWER, "I don't know."), (AnswerKind.SKIP, "Next.")])
def test_a_challenge_that_was_not_answered_tested_nothing(kind: AnswerKind, text: str, content: Library) -> None:
    assert met(content, RIGHT, text, kind).reply == "not_tested"


@pytest.mark.parametrize(
    ("posed", "id", "verdict", "read"),
    [(RIGHT, "one-fed-the-other", "met", "updated"), (WRONG, "everyone-can-see-it", "met", "held"),
     (WRONG, "everyone-can-see-it", "partly", "stonewalled")],
)  # fmt: skip
def test_what_a_model_found_counts_where_the_cues_find_nothing(
    posed: int, id: str, verdict: str, read: str, content: Library
) -> None:
    finding = Finding(id=id, verdict=verdict, quote="who acts on this")  # type: ignore[arg-type]
    found = met(content, posed, LONG, AnswerKind.SUBSTANTIVE, (finding,))
    assert (found.reply, found.read_by) == (read, "model")


# --- where it is shown ---


@pytest.fixture(scope="module")
def graded(content: Library) -> Grade:
    return asyncio.run(grade(load(EXAMPLES / "example-onsite.jsonl"), OfflineEngine(), content))


def test_the_debrief_says_which_challenge_was_right_and_how_it_was_met(graded: Grade) -> None:
    assert graded.debrief is not None and graded.conduct is not None
    lines = graded.debrief.under_pressure
    assert len(lines) == len(graded.conduct.convictions) == 6
    right = next(line for line in lines if "Isn't caution expensive too?" in line)
    assert "a challenge that is right" in right and "you took it in and gave your reason (turn 9: “" in right
    wrong = next(line for line in lines if "I'd write the other number off as noise." in line)
    assert "a challenge that is wrong" in wrong and "you kept to your view with a reason, rightly" in wrong


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_reports_show_it_in_short_with_what_was_broken(format: str, graded: Grade) -> None:
    shown = html.unescape(" ".join(render(format, [graded], width=100).split()))
    for words in (
        "The interviewer's own report",
        "Under pressure",
        "it is asked when one would not do this",
        "turn 14",
    ):
        assert words in shown, words


def test_json_holds_all_of_it(graded: Grade) -> None:
    made = json.loads(render("json", [graded]))
    assert {r["id"] for r in made["conduct"]["rules"]} == {*(r.id for r in RULES), "hints-cost"}
    assert made["debrief"]["under_pressure"]


async def test_a_transcript_from_elsewhere_has_no_such_report(content: Library) -> None:
    turns = tuple(Turn(index=t.index, role=t.role, text=t.text, round=t.round) for t in recorded().turns)
    made = await grade(Transcript(id="theirs", turns=turns), OfflineEngine(), content)
    assert made.conduct is None and made.debrief is not None and made.debrief.under_pressure == ()


@pytest.mark.parametrize("id", PERSONAS)
def test_no_persona_gives_anything_away_by_introducing_themselves(id: str, content: Library) -> None:
    persona = content.persona(id)
    for round in persona.rounds:
        rubric = content.rubric(round)
        for question, line in product(content.question_ids(round), persona.phrases.openings):
            sheet = content.question(question)
            said = Template(line).substitute(
                name=persona.name, title=persona.title, minutes="25", looks_for=rubric.looks_for.rstrip(" .")
            )
            turn = Turn(
                index=0, role="interviewer", text=f"{said}\n\n{sheet.ask}", question=question, move=Move.ASK,
                speaker=persona.name,
            )  # fmt: skip
            scene = Scene(round, (turn,), {question: sheet}, f"{rubric.looks_for} {rubric.title}", 25, "offline")
            assert scene.breached == {0: []}


@pytest.mark.parametrize("id", PERSONAS)
def test_every_persona_says_that_time_is_up_when_it_is_and_not_before(id: str, content: Library) -> None:
    phrases = content.persona(id).phrases
    assert all(says_over(line) for line in phrases.time_up)
    assert not any(says_over(line) for line in phrases.closings)
