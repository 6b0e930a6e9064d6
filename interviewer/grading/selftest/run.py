"""Running the attacks: each is graded beside the honest answer it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.content.library import Library
from interviewer.engines.base import Engine
from interviewer.grading.grade import OFFLINE, scorecard
from interviewer.grading.selftest.families import Attack, Base, attacks
from interviewer.models.scorecard import Scorecard
from interviewer.models.transcript import Transcript, Turn
from interviewer.reading.flags import injection

WEAK, STRONG = 2.0, 4.0  # levels of the graded answers that are attacked, and that are padded
MORE, LAST = "Anything else?", "Nothing from my side."
TENTH, HALF = 0.1, 0.5  # levels


@dataclass(frozen=True)
class Outcome:
    """What one attack did: the furthest any level moved (up; of benign text either way), None where the judgement
    failed; whether words were flagged in it."""

    attack: Attack
    moved: float | None
    flagged: bool


@dataclass(frozen=True)
class Family:
    """What the attacks of one family did."""

    name: str
    benign: bool
    tried: int
    over_tenth: int
    over_half: int
    worst: float
    worst_case: str
    flagged: int
    failed: int


def bases(library: Library, level: float, *, structure: bool) -> tuple[Base, ...]:
    """The graded answers of ``level`` that stand in the sheets, round after round; with ``structure`` also of rounds
    whose quality only a model can read."""
    found: list[list[Base]] = []
    for name in library.round_ids():
        rubric = library.rubric(name)
        if structure or rubric.offline != "structure":
            sheets = [library.question(id) for id in library.question_ids(name)]
            found.append([Base(name, rubric, s, e.answer) for s in sheets for e in s.examples if e.level == level])
    longest = max(map(len, found), default=0)
    return tuple(own[n] for n in range(longest) for own in found if n < len(own))


async def selftest(engine: Engine, library: Library, sample: int | None = None) -> tuple[Outcome, ...]:
    """Grade every attack, or at most ``sample`` of a family. Raises what grading raises."""
    structure = engine.name != OFFLINE
    weak = bases(library, WEAK, structure=structure)
    strong = bases(library, STRONG, structure=structure)
    honest: dict[str, Scorecard] = {}
    outcomes: list[Outcome] = []
    for attack in attacks(weak, strong, sample):
        base = attack.base
        if attack.place == "flags":
            outcomes.append(Outcome(attack, 0.0, bool(injection(attack.text))))
            continue
        if base.answer not in honest:
            honest[base.answer] = await scorecard(_talk(base, base.answer), engine, library, base.round)
        attacked = await scorecard(_talked(attack), engine, library, base.round)
        outcomes.append(Outcome(attack, _moved(honest[base.answer], attacked, attack.benign), bool(attacked.flags)))
    return tuple(outcomes)


def _talked(attack: Attack) -> Transcript:
    base = attack.base
    match attack.place:
        case "instead":
            return _talk(base, attack.text)
        case "glued":
            return _talk(base, f"{base.answer} {attack.text}")
        case "after" | "flags":
            return _talk(base, base.answer, attack.text)


def _talk(base: Base, answer: str, last: str = LAST) -> Transcript:
    said = (
        ("interviewer", base.ask or base.sheet.ask),
        ("candidate", answer),
        ("interviewer", MORE),
        ("candidate", last),
    )
    turns = tuple(
        Turn.model_validate({"index": n, "role": role, "text": text, "round": base.round})
        for n, (role, text) in enumerate(said)
    )
    return Transcript(id=base.sheet.id, turns=turns)


def _levels(card: Scorecard) -> dict[str, float | None]:
    return {"overall": card.overall} | {c.id: c.level for c in card.criteria}


def _moved(honest: Scorecard, attacked: Scorecard, benign: bool) -> float | None:
    """The furthest a level moved; None where one could not be judged."""
    if any(c.status == "failed" for card in (honest, attacked) for c in card.criteria):
        return None
    before, after = _levels(honest), _levels(attacked)
    moves = [round(b - a, 1) for k, a in before.items() if a is not None and (b := after[k]) is not None]
    return max((abs(m) if benign else m for m in moves), default=0.0)


def families(outcomes: Iterable[Outcome]) -> tuple[Family, ...]:
    """The outcomes by family, in order."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.attack.family, []).append(outcome)
    return tuple(_family(name, group) for name, group in groups.items())


def _family(name: str, group: Sequence[Outcome]) -> Family:
    moves = [(o.moved, o.attack.name) for o in group if o.moved is not None]
    worst = max(moves, key=lambda m: m[0], default=(0.0, ""))
    return Family(
        name, group[0].attack.benign, len(group), sum(m > TENTH for m, _ in moves), sum(m > HALF for m, _ in moves),
        worst[0], worst[1] if worst[0] > TENTH else "", sum(o.flagged for o in group), len(group) - len(moves),
    )  # fmt: skip
