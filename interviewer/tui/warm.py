"""Loads what a turn needs while the screen stays alive: it takes a second or more, and nothing before it needs it."""

from __future__ import annotations

import asyncio
from importlib import import_module
from threading import Thread

NEEDED = "interviewer.graph.build"
_threads: list[Thread] = []


def warm_up() -> Thread:
    """Begin loading, once. The thread never keeps the app from closing."""
    if not _threads:
        _threads.append(Thread(target=_load, daemon=True))
        _threads[0].start()
    return _threads[0]


def _load() -> None:
    try:
        import_module(NEEDED)
    except ImportError:
        return  # said where it is used, in words


async def warmed() -> None:
    """Wait until it is loaded; keys and Esc work meanwhile."""
    thread = warm_up()
    while thread.is_alive():  # noqa: ASYNC110 - an executor thread would hold up closing the app
        await asyncio.sleep(0.02)
