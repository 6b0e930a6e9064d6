"""Judging with a model: the statements of one criterion a call, quotes before verdicts, failing closed."""

from __future__ import annotations

import asyncio
from itertools import groupby

from interviewer.engines.base import JudgeTask, Waiting
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.prompting import judge_messages
from interviewer.engines.llm.wire import QuoteOnWire, VerdictOnWire, VerdictsOnWire, verdict_schema
from interviewer.models.scorecard import CheckVerdict, Evidence

A_CALL = 8  # statements at most
AT_ONCE = 4  # calls in flight


async def judge(client: Client, task: JudgeTask) -> list[CheckVerdict]:
    """A verdict for each of the task's items, in their order."""
    slots = asyncio.Semaphore(AT_ONCE)
    order = sorted(range(len(task.items)), key=lambda n: task.items[n].criterion)
    calls = []
    for criterion, group in groupby(order, key=lambda n: task.items[n].criterion):
        places = list(group)
        for k in range(0, len(places), A_CALL):
            batch = {f"s{n}": task.items[place] for n, place in enumerate(places[k : k + A_CALL], 1)}
            calls.append((places[k : k + A_CALL], _call(client, task, criterion, batch, slots)))
    verdicts = await asyncio.gather(*(call for _, call in calls))
    placed = {
        place: v
        for (places, _), batch in zip(calls, verdicts, strict=True)
        for place, v in zip(places, batch, strict=True)
    }
    return [placed[n] for n in range(len(task.items))]


async def _call(
    client: Client, task: JudgeTask, criterion: str, items: dict[str, CheckVerdict], slots: asyncio.Semaphore
) -> list[CheckVerdict]:
    """One call's verdicts. The model sees labels, not ids: an id says too much, and two sheets may share one."""
    known = task.rubric.criterion(criterion)
    about = f"{known.title}: {known.about}" if known else criterion
    wanted = Wanted(judge_messages(task, about, items), "verdicts", verdict_schema(list(items)), _accepted)
    text = ""
    async with slots:
        try:
            async for piece in client.stream(wanted):
                text = "" if isinstance(piece, Waiting) else text + piece
        except Fault as fault:
            return [i.model_copy(update={"verdict": "failed", "note": fault.message}) for i in items.values()]
    given = {v.id: v for v in _accepted(text)}
    return [_verdict(item, given.get(label)) for label, item in items.items()]


def _accepted(text: str) -> list[VerdictOnWire]:
    verdicts = VerdictsOnWire.model_validate_json(text).verdicts
    if len({v.id for v in verdicts}) != len(verdicts):
        raise ValueError("two verdicts on one statement")
    return verdicts


def _verdict(item: CheckVerdict, given: VerdictOnWire | None) -> CheckVerdict:
    if given is None:
        return item.model_copy(update={"verdict": "failed", "note": "The model gave no verdict on it."})
    quotes = given.quotes_for if given.verdict in ("met", "partly") else given.quotes_against
    return item.model_copy(update={"verdict": given.verdict, "evidence": tuple(map(_evidence, quotes))})


def _evidence(quote: QuoteOnWire) -> Evidence:
    return Evidence(turn=quote.turn, quote=quote.quote)
