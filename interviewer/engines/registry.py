"""The engines there are. Each is imported only when it is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewer.engines.base import Engine
from interviewer.errors import NotFound

if TYPE_CHECKING:
    from interviewer.engines.llm.pace import Pace

ENGINES = ("offline", "llm")


def create(
    name: str, model: str | None = None, seed: int = 0, *, remember: bool = False, pace: Pace | None = None
) -> Engine:
    """An engine by name; raises NotFound, or EngineError when it can't be set up (no key, no model).

    ``remember``: a model's judgements are kept, and what was judged before is not asked again. ``pace``: of a run over
    many transcripts.
    """
    if name == "offline":
        from interviewer.engines.offline.engine import OfflineEngine

        return OfflineEngine(seed)
    if name == "llm":
        from interviewer.engines.llm.engine import LLMEngine

        return LLMEngine.from_settings(model, seed, remember=remember, pace=pace)
    raise NotFound.among("engine", name, list(ENGINES))


def panel(model: str | None, judges: Sequence[str], votes: int, *, remember: bool = False) -> Engine:
    """A model engine whose statements are judged by several votes, spread over ``judges``; raises EngineError."""
    from interviewer.engines.llm.panel import Panel

    return Panel.named(model, judges, votes, remember=remember)
