"""The engines there are. Each is imported only when it is chosen."""

from __future__ import annotations

from interviewer.engines.base import Engine
from interviewer.errors import NotFound

ENGINES = ("offline", "llm")


def create(name: str, model: str | None = None, seed: int = 0) -> Engine:
    """An engine by name; raises NotFound, or EngineError when it can't be set up (no key, no model)."""
    if name == "offline":
        from interviewer.engines.offline.engine import OfflineEngine

        return OfflineEngine(seed)
    if name == "llm":
        from interviewer.engines.llm.engine import LLMEngine

        return LLMEngine.from_settings(model, seed)
    raise NotFound.among("engine", name, list(ENGINES))
