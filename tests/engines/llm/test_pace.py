"""How many calls are let through: halved once for each volley of refusals, then one more a round of answers."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from interviewer.engines.llm.faults import Fault
from interviewer.engines.llm.pace import Board, Pace
from interviewer.models.usage import Usage


async def test_no_more_calls_than_allowed_are_let_through_and_each_gets_its_turn() -> None:
    pace, inside, most = Pace(3), 0, 0
    order: list[int] = []

    async def call(number: int) -> None:
        nonlocal inside, most
        async with pace.call():
            order.append(number)
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(call(n) for n in range(20)))
    assert most == 3 and order == list(range(20)) and pace.under_way == 0


async def test_refusals_of_calls_that_were_under_way_together_halve_once() -> None:
    pace = Pace(16)
    together = monotonic()
    for _ in range(5):
        pace.refused(together, 0.0)
    assert pace.allowed == 8
    pace.refused(monotonic(), 0.0)
    assert pace.allowed == 4
    for _ in range(10):
        pace.refused(monotonic(), 0.0)
    assert pace.allowed == 1


async def test_answers_allow_one_call_more_a_round_up_to_what_was_asked_for() -> None:
    pace = Pace(8)
    pace.refused(monotonic(), 0.0)
    for _ in range(5):  # a round of four, and what rounding leaves
        pace.served()
    assert pace.allowed == 5
    for _ in range(100):
        pace.served()
    assert pace.allowed == 8


async def test_nobody_is_let_through_before_the_pause_is_over_and_the_next_refusal_pauses_longer() -> None:
    pace = Pace(2)
    pace.refused(monotonic(), 0.05)
    began = monotonic()
    async with pace.call():
        assert monotonic() - began >= 0.045
    pace.refused(monotonic(), None)
    first = pace.paused
    pace.refused(monotonic(), None)
    assert first < pace.paused <= 2.0


async def test_a_call_cancelled_while_it_waits_takes_no_place() -> None:
    pace = Pace(1)

    async def call() -> None:
        async with pace.call():
            pass

    async with pace.call():
        waiting = [asyncio.create_task(call()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    await asyncio.gather(*waiting[1:])
    assert waiting[0].cancelled() and pace.under_way == 0 and pace.hungry


async def test_a_hopeless_run_lets_everybody_through_to_hear_why() -> None:
    pace = Pace(1)
    pace.refused(monotonic(), 60.0)
    pace.over = Fault("quota", "No credit.")
    with pytest.raises(Fault, match="No credit"):
        async with pace.call():
            pass


async def test_processes_share_what_is_allowed_and_what_is_used() -> None:
    board = Board()
    here, there = Pace(10, board, 2), Pace(10, board, 2)
    async with asyncio.timeout(5):
        calls = [here.call() for _ in range(5)]
        for call in calls:
            await call.__aenter__()
    assert not here.hungry and there.hungry
    there.refused(monotonic(), 60.0)
    assert here.allowed == 5 and here.paused > 50 and not there.hungry
    here.spend(Usage(prompt=100, cost=0.5))
    there.spend(Usage(prompt=50))
    assert (here.spent.tokens, here.spent.cost) == (150, 0.5) == (there.spent.tokens, there.spent.cost)
    for call in calls:
        await call.__aexit__(None, None, None)
