"""``grade --votes --judge``: several votes on each statement. No command of its own."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.engines.base import Engine


def panel(args: argparse.Namespace, model: str | None) -> Engine:
    """The engine that votes. Raises UsageError, ConfigError, EngineError."""
    from interviewer.engines import registry
    from interviewer.engines.llm.panel import MOST

    judges = list(dict.fromkeys(args.judge))
    votes = args.votes or len(judges)
    if judges and args.model:
        raise UsageError("--model and --judge both name who judges.", next_step="Use --judge for each of them.")
    if votes < len(judges):
        raise UsageError(f"{len(judges)} judges need as many votes.", next_step=f"Say --votes {len(judges)}.")
    if votes > MOST:
        raise UsageError(f"More than {MOST} votes change nothing but the bill.", next_step=f"Say at most {MOST}.")
    return registry.panel(args.model or model, judges, votes, remember=not args.no_cache)
