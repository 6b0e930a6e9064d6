"""Rules on facts: only the sheet's, and only when asked for. The ledger says which were told, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from interviewer.grading.conduct.rules import Looked, Rule, passage
from interviewer.grading.conduct.scene import Scene
from interviewer.models.base import Move
from interviewer.models.conduct import Reveal
from interviewer.models.question import Fact, QuestionSheet
from interviewer.models.transcript import Turn
from interviewer.reading.conduct import own_words, share_of, told
from interviewer.reading.facts import asked, clauses
from interviewer.reading.match import mentions
from interviewer.reading.numbers.numerals import quantities
from interviewer.reading.questions import asking

_OPENS = (Move.ASK, Move.NEXT)
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
MUCH = 0.3  # of a fact's telling words in an answer that asks for it
EARLIER = 2  # answers before the telling in which a fact may have been asked for


@lru_cache(maxsize=16)
def ledger(scene: Scene) -> tuple[Reveal, ...]:
    """Every fact told, declared or recognised by its words, the first time; whether it had been asked for."""
    found: list[Reveal] = []
    known: set[tuple[str, str]] = set()
    for place, turn in scene.spoken:
        sheet = scene.sheet(turn)
        if sheet is None or turn.move in _OPENS:
            continue
        heard = [f.id for t in scene.turns[:place] for f in t.found]
        own = own_words(sheet, turn.move, turn.target, turn.rung, heard)
        said = [id for id in told(turn.text, sheet) if id not in told(own, sheet)]
        new = [id for id in dict.fromkeys([*turn.told, *said]) if sheet.fact(id) and (sheet.id, id) not in known]
        several = 1 < len(new) <= _questions(scene.answer(place))  # one for each; the reader can't place every wording
        for id in new:
            known.add((sheet.id, id))
            fact = sheet.fact(id)
            asked_for = fact is not None and (several or _asked_for(scene, place, fact, sheet))
            found.append(Reveal(turn=turn.index, question=sheet.id, fact=id, asked=asked_for))
    return tuple(found)


def _questions(answer: Turn | None) -> int:
    """How many questions an answer puts, those in one sentence counted."""
    return sum(len(clauses(answer.text[a:b])) for a, b in asking(answer.text).waiting) if answer else 0


def _asked_for(scene: Scene, place: int, fact: Fact, sheet: QuestionSheet) -> bool:
    """Whether one of the last answers asks for it."""
    answers = [t for t in scene.turns[:place] if t.role == "candidate"][-EARLIER:]
    return any(_wants(t, fact, sheet) for t in answers)


def _wants(turn: Turn, fact: Fact, sheet: QuestionSheet) -> bool:
    """By the reader; by a name of it, or much of it, in an answer that asks; by a question that the reader, who knows
    only wordings, can't place."""
    said = asking(turn.text)
    if not said.any:
        return False
    wants = asked(turn.text, said.spans, sheet)
    named = bool(mentions(fact.about, turn.text)) or share_of(fact.say, turn.text) >= MUCH
    return fact.id in wants.facts or wants.unknown or not wants.facts or named


def _on_request(held: Sequence[Scene]) -> Looked:
    looked = Looked(none="no fact was told")
    for scene in held:
        turns = {t.index: t for t in scene.turns}
        for reveal in ledger(scene):
            wrong = passage(turns[reveal.turn], note=f"told '{reveal.fact}' unasked")
            looked.add(None if reveal.asked else wrong)
    return looked


def _from_the_sheet(held: Sequence[Scene]) -> Looked:
    """Every figure that is said stands on the sheet, or was said before."""
    looked = Looked(none="no figure was said")
    for scene in held:
        for place, turn in scene.spoken:
            sheet = scene.sheet(turn)
            if sheet is None or not (said := set(_FIGURE.findall(turn.text))):
                continue
            known = set(_FIGURE.findall(_all_of(sheet))) | {str(scene.minutes)}
            known |= {f for t in scene.turns[:place] for f in _FIGURE.findall(t.text)}
            in_words = {q.value for t in scene.turns[:place] for q in quantities(t.text)}
            new = [f for f in said if f not in known and float(f.replace(",", "")) not in in_words]
            made_up = sorted(f for f in new if not re.search(rf"\b{re.escape(f)} min", turn.text))
            looked.add(passage(turn, note=f"{', '.join(made_up)}: not on the sheet") if made_up else None)
    return looked


def _all_of(sheet: QuestionSheet) -> str:
    """All that an interviewer may ever say from a sheet."""
    return "\n".join([
        sheet.ask, sheet.decide or "", *(f.say for f in sheet.facts), *(m.challenge for m in sheet.misconceptions),
        *(p.say for p in sheet.push_backs), *(t for e in sheet.expectations for t in (e.probe, *e.hints)),
    ])  # fmt: skip


RULES = (
    Rule("facts-on-request", "A fact is told only when it was asked for.", "facts told", _on_request),
    Rule(
        "facts-from-the-sheet", "Every figure stands on the sheet or was said before.", "turns with figures",
        _from_the_sheet,
    ),
)  # fmt: skip
