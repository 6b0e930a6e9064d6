"""Answers of a model that were used before, by what was asked: the same is not asked, nor paid for, twice.

The name of an answer is a hash of all that decides it: model, messages (prompt, statements of rubric and sheet, turns),
schema, temperature, limit, and which of several votes it is. The address asked is no part of it, nor how it was asked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from interviewer import paths

FORM = "answer-1"  # another when what is kept or hashed changes


def name(model: str | None, messages: list[dict[str, str]], schema: dict[str, Any], **more: object) -> str:
    """The name of the answer to a question: 64 hexadecimal digits."""
    asked = [FORM, model, messages, schema, more]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def beside(name: str, what: str) -> str:
    """The name of something else that came with an answer."""
    return hashlib.sha256(f"{name}/{what}".encode()).hexdigest()


class Answers:
    """A folder of answers, each a private file. It only remembers: what can't be read or written is asked again."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or paths.user_cache() / "answers"

    def get(self, name: str) -> str | None:
        """The answer of that name, as it came."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return self._file(name).read_text(encoding="utf-8")
        return None

    def put(self, name: str, text: str) -> None:
        """Keep an answer that was taken. One that a crash tore is found out by whoever takes it next."""
        file = self._file(name)
        with contextlib.suppress(OSError, UnicodeEncodeError):
            data = text.encode("utf-8")
            self._folders(file.parent)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(data)

    def drop(self, name: str) -> None:
        """Forget one that could not be used."""
        with contextlib.suppress(OSError):
            self._file(name).unlink(missing_ok=True)

    def _folders(self, last: Path) -> None:
        if not last.is_dir():
            for folder in (self.folder.parent, self.folder, last):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / name[:2] / name
