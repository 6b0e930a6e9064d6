"""Small private files in the user's folder, replaced whole."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from interviewer.errors import StorageError


def write(file: Path, text: str) -> None:
    """Replace a file whole, private from the first byte. Raises StorageError."""
    part = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise StorageError(
            f"{file} could not be written: {error.strerror}.", next_step="Check the folder, or set INTERVIEWER_HOME."
        ) from error


def read_json(file: Path) -> Any:
    """What a file of ours holds; None when there is none or it can't be read: such files only remember."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def write_json(file: Path, value: Any) -> None:
    write(file, json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
