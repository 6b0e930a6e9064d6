"""Say what is set up here and what isn't. Nothing is sent anywhere."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from interviewer import __version__
from interviewer.errors import InterviewerError


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(args: argparse.Namespace) -> int:
    """Print one line a thing; 1 if one of them needs mending."""
    checks = (_version, _folder, _settings, _model, _content, _terminal)
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


def _model() -> str:
    from interviewer import config

    where = config.endpoint()
    if where.api_key is None and not where.local:
        return "no model is set up; the built-in offline interviewer needs none"
    agreed = "agreed to" if config.has_consent(where) else "will ask once before it is used"
    key = "with a key" if where.api_key else "without a key"
    return f"model {where.model or '(none named)'} at {where.host}, {key}; {agreed}"


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
