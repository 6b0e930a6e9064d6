"""Judging with a model: the statements of one criterion a call, quotes before verdicts, failing closed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from itertools import groupby
from math import ceil

from interviewer.engines.base import JudgeTask
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.prompting import judge_messages, spoken_lines
from interviewer.engines.llm.wire import QuoteOnWire, VerdictOnWire, VerdictsOnWire, verdict_schema
from interviewer.models.scorecard import CheckVerdict, Evidence

A_CALL = 10  # statements at most
AT_ONCE = 4  # calls in flight, where no run over many transcripts paces them
HOPELESS = ("key_refused", "quota", "not_found", "redirected", "spent")  # faults that the next call would meet as well

Batch = dict[int, CheckVerdict]  # place among the task's items -> item, all of one criterion


async def judge(client: Client, task: JudgeTask) -> list[CheckVerdict]:
    """A verdict for each of the task's items, in their order."""
    calls = _Calls(client, task)
    async with asyncio.TaskGroup() as group:
        batches = [group.create_task(calls.verdicts(batch)) for batch in _batches(task)]
    placed = {place: verdict for batch in batches for place, verdict in batch.result().items()}
    return [placed[place] for place in range(len(task.items))]


def _batches(task: JudgeTask) -> Iterator[Batch]:
    ordered = sorted(enumerate(task.items), key=lambda pair: pair[1].criterion)
    for _, group in groupby(ordered, key=lambda pair: pair[1].criterion):
        pairs = list(group)
        calls = ceil(len(pairs) / A_CALL)
        for n in range(calls):  # of about the same size
            yield dict(pairs[n * len(pairs) // calls : (n + 1) * len(pairs) // calls])


class _Calls:
    """The calls of one judgement."""

    def __init__(self, client: Client, task: JudgeTask) -> None:
        self._client, self._task, self._turns = client, task, spoken_lines(task)
        self._slots = asyncio.Semaphore(client.pace.most if client.pace else AT_ONCE)
        self._hopeless: Fault | None = None  # no key, no credit, no such model: the other calls need not try

    async def verdicts(self, batch: Batch) -> Batch:
        """One call. The model sees labels, not ids: an id says too much, and two sheets may share one."""
        labels = {f"s{n}": item for n, item in enumerate(batch.values(), 1)}
        async with self._slots:
            try:
                if self._hopeless is not None:
                    raise self._hopeless
                given = await self._ask(labels)
            except Fault as fault:
                self._give_up(fault)
                failed = {"verdict": "failed", "evidence": (), "note": fault.message}
                return {place: item.model_copy(update=failed) for place, item in batch.items()}
        return {p: _verdict(item, given[label]) for (p, item), label in zip(batch.items(), labels, strict=True)}

    def _give_up(self, fault: Fault) -> None:
        """Spare the other calls what the next would meet as well; in a run an endpoint that stays busy, too."""
        pace = self._client.pace
        if fault.code in HOPELESS or (pace is not None and fault.code == "busy"):
            self._hopeless = fault
            if pace is not None:
                pace.over = fault

    async def _ask(self, labels: Mapping[str, CheckVerdict]) -> dict[str, VerdictOnWire]:
        criterion = next(iter(labels.values())).criterion
        known = self._task.rubric.criterion(criterion)
        about = f"{known.title}: {known.about}" if known else criterion
        given: dict[str, VerdictOnWire] = {}

        def accept(text: str) -> None:
            verdicts = VerdictsOnWire.model_validate_json(text).verdicts
            if sorted(v.id for v in verdicts) != sorted(labels):
                raise ValueError("it does not hold one verdict for each statement")
            given.update({v.id: v for v in verdicts})

        wanted = Wanted(
            judge_messages(self._turns, about, labels), "verdicts", verdict_schema(list(labels)), accept,
            limit=12_000, temperature=0.0,
        )  # fmt: skip
        await self._client.whole(wanted)
        return given


def _verdict(item: CheckVerdict, given: VerdictOnWire) -> CheckVerdict:
    quotes = given.quotes_for if given.verdict in ("met", "partly") else given.quotes_against
    return item.model_copy(update={"verdict": given.verdict, "evidence": tuple(map(_evidence, quotes))})


def _evidence(quote: QuoteOnWire) -> Evidence:
    return Evidence(turn=quote.turn, quote=quote.quote)
