"""Which evidence stands: every quote is looked up in the candidate's own turn before it earns anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.models.scorecard import CheckVerdict
from interviewer.models.transcript import Transcript
from interviewer.reading.evidence import standing, usable_words

UNSUPPORTED = "Unsupported: no quote of the candidate's own words stood up."
VERDICTS = frozenset({"met", "partly", "not_met", "not_asked", "failed"})


@dataclass(frozen=True)
class Settled:
    """Verdicts whose evidence stands, in the order of the templates, and what was strange about the rest."""

    items: tuple[CheckVerdict, ...]
    problems: tuple[str, ...]


def settle(
    templates: Sequence[CheckVerdict], returned: Sequence[CheckVerdict], talk: Transcript,
    usable: Mapping[int, str] | None = None,
) -> Settled:  # fmt: skip
    """Fit an engine's verdicts to what was asked of it; ``usable`` words as ``usable_words`` gives them.

    Only verdict, evidence, note and how it was voted are taken over, never weights. What is missing, doubled with
    different verdicts, or no verdict at all has failed; what nobody asked for is dropped. An engine may leave a check
    out when it says why (it can't be read without a model), never an expectation.
    """
    answers: dict[tuple[str, str | None, str], list[CheckVerdict]] = {}
    for verdict in returned:
        answers.setdefault(_key(verdict), []).append(verdict)
    asked = {_key(t) for t in templates}
    strange = sum(len(found) for key, found in answers.items() if key not in asked)
    problems = [f"Verdicts nobody asked for were dropped: {strange}."] if strange else []
    usable = usable_words(talk) if usable is None else usable
    settled = tuple(_settled(t, answers.get(_key(t), []), talk, usable) for t in templates)
    return Settled(settled, tuple(problems))


def _key(item: CheckVerdict) -> tuple[str, str | None, str]:
    return item.kind, item.question, item.id


def _settled(
    template: CheckVerdict, found: Sequence[CheckVerdict], talk: Transcript, usable: Mapping[int, str]
) -> CheckVerdict:
    verdicts = {f.verdict for f in found}
    unread = verdicts == {"not_asked"} and not (template.kind == "check" and found[0].note)
    if len(verdicts) != 1 or not verdicts <= VERDICTS or unread:
        note = "No verdict came back." if len(verdicts) < 2 else "Contradicting verdicts came back."
        return template.model_copy(update={"verdict": "failed", "evidence": (), "note": note})
    answer = found[0]
    evidence = tuple(dict.fromkeys(e for f in found for raw in f.evidence if (e := standing(raw, talk, usable))))
    taken = {"evidence": evidence, "flags": answer.flags}
    if answer.verdict in ("met", "partly") and not evidence:
        flags = tuple(dict.fromkeys([*answer.flags, "unsupported"]))
        return template.model_copy(update={**taken, "verdict": "not_met", "note": UNSUPPORTED, "flags": flags})
    return template.model_copy(
        update={**taken, "verdict": answer.verdict, "note": answer.note, "votes": answer.votes, "p_met": answer.p_met}
    )
