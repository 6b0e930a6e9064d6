"""Several votes on each statement: of one model asked anew, or of a panel of models.

# source: GRADING.md ("The LLM judge" 5): two votes, and no more where they agree and their quotes stand; p_met is
# (yes + .5) / (n + 1), or the mean of the token probabilities. Votes of different models say more than those of one.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from interviewer.engines.base import JudgeTask
from interviewer.engines.llm.client import Client
from interviewer.engines.llm.judge import Batch, Calls, batches
from interviewer.models.scorecard import CheckVerdict, Verdict

ENOUGH = 2  # votes, where they agree
ORDER: tuple[Verdict, ...] = ("not_met", "partly", "met")
WORTH = {"met": 1.0, "partly": 0.5, "not_met": 0.0}


async def judge(panel: Sequence[Client], task: JudgeTask, votes: int = 1) -> list[CheckVerdict]:
    """A verdict for each of the task's items, in their order, by at most ``votes`` votes spread over the panel."""
    calls = [Calls(client, task) for client in panel]
    async with asyncio.TaskGroup() as group:
        decided = [group.create_task(_decided(calls, batch, votes)) for batch in batches(task)]
    placed = {place: verdict for batch in decided for place, verdict in batch.result().items()}
    return [placed[place] for place in range(len(task.items))]


async def _decided(calls: Sequence[Calls], batch: Batch, votes: int) -> Batch:
    cast: dict[int, list[CheckVerdict]] = {place: [] for place in batch}
    left = batch
    for vote in range(votes):
        for place, verdict in (await calls[vote % len(calls)].verdicts(left, vote)).items():
            cast[place].append(verdict)
        left = {place: item for place, item in left.items() if not _settled(cast[place])}
        if not left:
            break
    return {place: tally(found, votes) for place, found in cast.items()}


def _settled(cast: Sequence[CheckVerdict]) -> bool:
    """Enough votes that agree, came back, and whose quotes stood up."""
    same = len({v.verdict for v in cast}) == 1 and cast[0].verdict != "failed"
    return same and len(cast) >= ENOUGH and not any("unsupported" in v.flags for v in cast)


def tally(cast: Sequence[CheckVerdict], votes: int = 2) -> CheckVerdict:
    """What votes on one statement come to: the middle one, of two middle ones the lower, with the quotes of those who
    said the same. Votes that did not come back count for nothing; where none did, the statement has failed."""
    if votes == 1:
        return cast[0]
    back = sorted((v for v in cast if v.verdict != "failed"), key=lambda v: ORDER.index(v.verdict))
    said = tuple(v.verdict for v in cast)
    flags = list(dict.fromkeys(f for v in cast for f in v.flags if f != "unsupported"))
    if not back:
        return cast[0].model_copy(update={"votes": said, "flags": tuple(flags)})
    chosen = back[(len(back) - 1) // 2]
    own = [v for v in back if v.verdict == chosen.verdict]
    flags += ["unsupported"] if all("unsupported" in v.flags for v in own) else []
    flags += ["conflict"] if len({v.verdict for v in back}) > 1 else []
    evidence = tuple(dict.fromkeys(e for v in own for e in v.evidence))
    update = {"votes": said, "p_met": p_met(back), "flags": tuple(flags), "evidence": evidence, "note": _note(own)}
    return chosen.model_copy(update=update)


def _note(own: Sequence[CheckVerdict]) -> str:
    notes = Counter(v.note for v in own)
    return notes.most_common(1)[0][0]


def p_met(back: Sequence[CheckVerdict]) -> float:
    """How likely the statement is met: the mean of the token probabilities where every vote has one, else by count."""
    sure = [v.p_met for v in back if v.p_met is not None and "unsupported" not in v.flags]
    if len(sure) == len(back):
        return round(sum(sure) / len(sure), 4)
    return round((sum(WORTH[v.verdict] for v in back) + 0.5) / (len(back) + 1), 4)
