"""Say what is set up here and what isn't. Nothing is sent anywhere, unless --probe asks the model's host."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import __version__
from interviewer.errors import InterviewerError

if TYPE_CHECKING:
    from interviewer.config import Endpoint


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--probe", action="store_true", help="ask the model's host what it takes: about six small requests, once"
    )
    parser.add_argument("--model", help="the model's name, if not the one in the settings")


def run(args: argparse.Namespace) -> int:
    """Print one line a thing; 1 if one of them needs mending."""
    checks: list[Callable[[], str]] = [_version, _folder, _settings, partial(_model, args.model), _content, _terminal]
    if args.probe:
        checks.append(partial(_probe, args.model))
    wrong: list[str] = []
    for check in checks:
        try:
            print(f"ok    {check()}")
        except InterviewerError as error:
            if str(error) not in wrong:  # two checks may stumble over one fault
                print(f"mend  {error}")
            wrong.append(str(error))
    return 1 if wrong else 0


def _version() -> str:
    return f"interviewer {__version__}, Python {platform.python_version()}"


def _folder() -> str:
    from interviewer import paths
    from interviewer.errors import StorageError

    folder = paths.transcripts()
    nearest = next((p for p in (folder, *folder.parents) if p.exists()), Path("/"))
    if not os.access(nearest, os.W_OK):
        raise StorageError(f"{folder} can't be written to.", next_step="Change its rights, or set INTERVIEWER_HOME.")
    return f"interviews are saved in {folder}"


def _settings() -> str:
    from interviewer import config

    chosen = config.settings()
    file = config.path()
    return f"settings: {file if file.exists() else 'defaults'}; engine {chosen.engine}"


def _model(model: str | None) -> str:
    from interviewer import config

    where = config.endpoint(model)
    if where.api_key is None and not where.local:
        return "no model is set up; the built-in offline interviewer needs none"
    agreed = "agreed to" if config.has_consent(where) else "will ask once before it is used"
    key = "with a key" if where.api_key else "without a key"
    place = f"{where.name}, {where.base_url}" if where.name else where.base_url
    said = f"model {where.model or '(none named)'} at {place}, {key}; {agreed}"
    return "\n      ".join([said, *_takes(where)])


def _takes(where: Endpoint) -> list[str]:
    """What is known of an endpoint's model."""
    from interviewer.engines.llm import capabilities, tokens

    known = capabilities.known(where)
    counted = "counted by tiktoken" if tokens.exact() else "estimated (tiktoken's table isn't on this machine)"
    how = [f"tokens ahead of a request: {counted}"]
    if known == capabilities.Capabilities():
        return [*how, "what it takes isn't known yet: interviewer doctor --probe"]
    return [*how, f"{'probed' if known.probed else 'learned on the way'}:", *(f"  {line}" for line in known.lines)]


def _probe(model: str | None) -> str:
    import asyncio

    from interviewer.engines.llm.engine import LLMEngine
    from interviewer.engines.llm.faults import Fault
    from interviewer.engines.llm.probing import probe, setting_up

    async def ask() -> list[str]:
        engine = LLMEngine.from_settings(model)
        try:
            return (await probe(engine.client)).lines
        except Fault as fault:
            raise setting_up(fault, engine.client.endpoint) from None
        finally:
            await engine.aclose()

    return "\n      ".join(["asked the model's host:", *asyncio.run(ask())])


def _content() -> str:
    from interviewer.content.library import library
    from interviewer.errors import ContentError

    content = library()
    if problems := content.problems():
        raise ContentError(problems[0].path, problems[0].problem, line=problems[0].line, key=problems[0].key)
    counts = (len(content.persona_ids()), len(content.round_ids()), len(content.question_ids()))
    return "{} personas, {} rounds, {} questions, all readable".format(*counts)


def _terminal() -> str:
    return "a terminal" if sys.stdin.isatty() and sys.stdout.isatty() else "no terminal: use --plain"
