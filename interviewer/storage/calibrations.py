"""Fitted calibrations on disk: ``v1.json``, ``v2.json`` and on. One that is there is never changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pydantic import ValidationError

from interviewer import paths
from interviewer.errors import NotFound, StorageError
from interviewer.models.calibration import Calibration
from interviewer.storage import files
from interviewer.text import one_line

_FILE = re.compile(r"v([1-9][0-9]{0,5})\.json")
FIRST = "v1"


def versions() -> list[str]:
    """Those there are, the oldest first."""
    folder = paths.calibrations()
    numbers = [int(m[1]) for p in folder.glob("v*.json") if (m := _FILE.fullmatch(p.name))]
    return [f"v{n}" for n in sorted(numbers)]


def load(version: str) -> Calibration:
    """One by its name. Raises NotFound, StorageError for a file that is broken."""
    known = versions()
    if version not in known:
        said = f"Known: {', '.join(known)}." if known else "None is fitted yet: interviewer calibrate --fit."
        raise NotFound(f"There is no calibration '{one_line(version, 40)}'.", next_step=said)
    path = paths.calibrations() / f"{version}.json"
    try:
        found = Calibration.model_validate_json(path.read_bytes())
    except OSError as error:
        raise files.failed(path, error, doing="read") from error
    except ValidationError:
        raise StorageError(
            f"{one_line(str(path), 200)} holds no calibration that can be read.", next_step="Fit another one."
        ) from None
    if found.version != version:
        raise StorageError(f"{one_line(str(path), 200)} holds {found.version}.", next_step="Name it as it was.")
    return found


def save(calibration: Calibration) -> tuple[Path, Calibration]:
    """Keep it under the next free version, which it then has. Raises StorageError."""
    folder = paths.calibrations()
    number = int((versions() or ["v0"])[-1][1:])
    while True:
        number += 1
        path = folder / f"v{number}.json"
        try:
            files.private_folder(folder)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # nobody else's from here on
        except FileExistsError:
            continue
        except OSError as error:
            raise files.failed(path, error) from error
        kept = calibration.model_copy(update={"version": f"v{number}"})
        try:
            files.write_private(path, kept.model_dump_json(indent=1) + "\n")
        except StorageError:
            path.unlink(missing_ok=True)
            raise
        return path, kept
