"""What to hold: the plan a person makes, and the header it becomes, with copies of all content it will use."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from interviewer.content.library import Library
from interviewer.content.loops import loop
from interviewer.content.materials import HIRING_MANAGER
from interviewer.errors import ContentError, NotFound, UsageError
from interviewer.graph.gate import BUDGETS
from interviewer.models import events as ev
from interviewer.models.base import Length
from interviewer.storage import store


@dataclass(frozen=True)
class Plan:
    """What to hold: chosen before the first word, written to the header."""

    rounds: tuple[str, ...]
    loop: str = "onsite"
    questions: tuple[str, ...] = ()  # sheets to ask in their rounds; drawn by the seed otherwise
    personas: dict[str, str] = field(default_factory=dict)  # round -> persona id; the rubric's own otherwise
    engine: str = "offline"
    model: str | None = None
    length: Length = Length.STANDARD
    minutes: int | None = None  # a round, instead of the length's own
    seed: int | None = None
    id: str | None = None
    folder: Path | None = None
    candidate: str = ""  # who answers in a candidate's place, if it is no person


def make_header(plan: Plan, content: Library) -> ev.Started:
    """The first event of an interview: everything chosen, with copies of the content it will use."""
    if not plan.rounds:
        raise UsageError("No round was chosen.", next_step=f"Rounds: {', '.join(content.round_ids())}.")
    seed = plan.seed if plan.seed is not None else secrets.randbelow(2**31)
    rubrics = {r: content.rubric(r) for r in plan.rounds}
    personas = {r: plan.personas.get(r, rubrics[r].persona) for r in plan.rounds}
    for round, id in personas.items():
        suits = content.persona(id).rounds
        if suits and round not in suits:
            raise UsageError(
                f"Persona '{id}' doesn't hold the round '{round}'.", next_step=f"It holds: {', '.join(suits)}."
            )
    manager = plan.personas.get(HIRING_MANAGER) or loop(content, plan.loop).hiring_manager
    return ev.Started(
        id=plan.id or store.new_id(), created=store.now(), loop=plan.loop, rounds=plan.rounds, engine=plan.engine,
        model=plan.model, length=plan.length, seed=seed, candidate=plan.candidate,
        minutes={r: plan.minutes or rubrics[r].lengths.minutes(plan.length) for r in plan.rounds},
        personas={r: content.held("persona", id) for r, id in personas.items()}
        | {HIRING_MANAGER: content.held("persona", manager)},
        rubrics={r: content.held("rubric", r) for r in plan.rounds},
        questions={r: choose(content, r, plan, seed) for r in plan.rounds},
    )  # fmt: skip


def choose(content: Library, round: str, plan: Plan, seed: int) -> tuple[ev.Held, ...]:
    """The sheets a round will ask from, in order: those that were named for it, else drawn by the seed alone."""
    named = [id for id in plan.questions if round in content.question(id).rounds]
    if named:
        return tuple(content.held("question", id) for id in named)
    known = sorted(content.question_ids(round))
    random.Random(f"{seed}:{round}").shuffle(known)
    drawn = tuple(islice(_readable(content, known), BUDGETS[plan.length].questions))
    if not drawn:
        raise NotFound(f"There is no question for the round '{round}'.", next_step="See: interviewer questions list.")
    return drawn


def _readable(content: Library, ids: list[str]) -> Iterator[ev.Held]:
    """The sheets that can be used; a broken one is passed over, ``questions check`` says what is wrong with it."""
    for id in ids:
        try:
            content.question(id)
        except ContentError:
            continue
        yield content.held("question", id)
