"""Judging with a model: the statements of one criterion a call, quotes before verdicts, failing closed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from interviewer.engines.base import JudgeTask
from interviewer.engines.llm import probabilities
from interviewer.engines.llm.ballot import Ballot, ballot
from interviewer.engines.llm.client import Client, Wanted
from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.prompting import judge_messages, spoken_lines
from interviewer.engines.llm.wire import QuoteOnWire, VerdictOnWire, VerdictsOnWire, verdict_schema
from interviewer.models.scorecard import CheckVerdict, Evidence
from interviewer.reading.evidence import standing, usable_words

A_CALL = 10  # statements at most
AT_ONCE = 4  # calls in flight, where no run over many transcripts paces them
HOPELESS = ("key_refused", "quota", "not_found", "redirected", "spent")  # faults that the next call would meet as well
UNSUPPORTED = "Unsupported: asked twice, no quote of the candidate's own words stood up."

Batch = dict[int, CheckVerdict]  # place among the task's items -> item, all of one criterion


def batches(task: JudgeTask) -> Iterator[Batch]:
    """The task's items in calls of one criterion each."""
    ordered = sorted(enumerate(task.items), key=lambda pair: pair[1].criterion)
    for _, group in groupby(ordered, key=lambda pair: pair[1].criterion):
        pairs = list(group)
        calls = ceil(len(pairs) / A_CALL)
        for n in range(calls):  # of about the same size
            yield dict(pairs[n * len(pairs) // calls : (n + 1) * len(pairs) // calls])


class Calls:
    """The calls of one judgement to one model."""

    def __init__(self, client: Client, task: JudgeTask) -> None:
        self._client, self._task, self._turns = client, task, spoken_lines(task)
        self._usable = usable_words(task.transcript, task.rubric, task.sheets)
        self._slots = asyncio.Semaphore(client.pace.most if client.pace else AT_ONCE)
        self._hopeless: Fault | None = None  # no key, no credit, no such model: the other calls need not try

    async def verdicts(self, batch: Batch, vote: int = 0) -> Batch:
        """One vote on a batch. What is called true without a quote that stands is asked once more, then it isn't."""
        first = await self._asked(batch, vote)
        doubtful = {place: batch[place] for place, found in first.items() if self._unsupported(found)}
        if not doubtful:
            return first
        second = await self._asked(doubtful, vote, again=True)
        return first | {place: self._supported(found) for place, found in second.items()}

    async def _asked(self, batch: Batch, vote: int, *, again: bool = False) -> Batch:
        async with self._slots:
            try:
                if self._hopeless is not None:
                    raise self._hopeless
                found = await self._watched(list(batch.values()), vote, again)
            except Fault as fault:
                self._give_up(fault)
                failed = {"verdict": "failed", "evidence": (), "note": fault.message}
                failed |= {"flags": ("canary",)} if fault.code == "canary" else {}
                return {place: item.model_copy(update=failed) for place, item in batch.items()}
        return dict(zip(batch, found, strict=True))

    def _give_up(self, fault: Fault) -> None:
        """Spare the other calls what the next would meet as well; in a run an endpoint that stays busy, too."""
        pace = self._client.pace
        if fault.code in HOPELESS or (pace is not None and fault.code == "busy"):
            self._hopeless = fault
            if pace is not None:
                pace.over = fault

    async def _watched(self, items: Sequence[CheckVerdict], vote: int, again: bool) -> list[CheckVerdict]:
        """Verdicts in the order of ``items``. An answer that calls the canary true is thrown away, and asked for once
        more under another code word. Raises Fault."""
        criterion, says = items[0].criterion, "|".join(i.says for i in items)
        for attempt in ("", "once more"):
            put = ballot(items, f"{self._turns}|{says}|{vote}|{again}|{attempt}", shuffled=vote > 0)
            given = await self._ask(put, criterion, vote, again)
            if given.pop(put.canary).verdict == "not_met":
                flags = ("canary",) if attempt else ()
                return [given[label].model_copy(update={"flags": flags}) for label in _labels(put, items)]
        raise Fault("canary", "The model called a statement true that can't be, twice; its answers were thrown away.")

    async def _ask(self, put: Ballot, criterion: str, vote: int, again: bool) -> dict[str, CheckVerdict]:
        known = self._task.rubric.criterion(criterion)
        about = f"{known.title}: {known.about}" if known else criterion
        labels, taken = list(put.statements), dict[str, CheckVerdict]()

        def accept(text: str) -> None:
            given = VerdictsOnWire.model_validate_json(text).verdicts
            if sorted(v.id for v in given) != sorted(labels):
                raise ValueError("it does not hold one verdict for each statement")
            taken.update({v.id: _verdict(put.statements[v.id], v) for v in given})

        # The first vote is the model's surest; the same again would only say the same.
        wanted = Wanted(
            judge_messages(self._turns, about, put.statements, again=again), "verdicts", verdict_schema(labels), accept,
            limit=12_000, temperature=0.0 if vote == 0 else None, weigh=True,
        )  # fmt: skip
        await self._client.whole(wanted, vote)
        likely = probabilities.chances(wanted.weighed)
        return {label: v.model_copy(update={"p_met": likely.get(label)}) for label, v in taken.items()}

    def _unsupported(self, found: CheckVerdict) -> bool:
        quoted = (standing(e, self._task.transcript, self._usable) for e in found.evidence)
        return found.verdict in ("met", "partly") and not any(quoted)

    def _supported(self, found: CheckVerdict) -> CheckVerdict:
        if not self._unsupported(found):
            return found
        flags = (*found.flags, "unsupported")
        told = {"verdict": "not_met", "evidence": (), "note": UNSUPPORTED, "flags": flags, "p_met": None}
        return found.model_copy(update=told)


def _labels(put: Ballot, items: Sequence[CheckVerdict]) -> list[str]:
    """The labels of ``items``, in their order."""
    under = {id(item): label for label, item in put.statements.items()}
    return [under[id(item)] for item in items]


def _verdict(item: CheckVerdict, given: VerdictOnWire) -> CheckVerdict:
    quotes = given.quotes_for if given.verdict in ("met", "partly") else given.quotes_against
    return item.model_copy(update={"verdict": given.verdict, "evidence": tuple(map(_evidence, quotes))})


def _evidence(quote: QuoteOnWire) -> Evidence:
    return Evidence(turn=quote.turn, quote=quote.quote)
