"""Where things are: the workspace, the user's folder, what comes with the package."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

CONTENT = ("personas", "rubrics")
OriginName = Literal["workspace", "user", "built-in"]


@dataclass(frozen=True)
class Origin:
    """A folder that may hold ``personas/`` and ``rubrics/``."""

    name: OriginName
    root: Path

    @property
    def personas(self) -> Path:
        return self.root / "personas"

    @property
    def rubrics(self) -> Path:
        return self.root / "rubrics"


def user_home() -> Path:
    """The user's own folder; ``INTERVIEWER_HOME`` replaces it."""
    if chosen := os.environ.get("INTERVIEWER_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("interviewer", appauthor=False)


def user_cache() -> Path:
    """What can be made again: nothing is lost when it is deleted. Inside of ``INTERVIEWER_HOME`` where that is set."""
    if os.environ.get("INTERVIEWER_HOME"):
        return user_home() / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("interviewer", appauthor=False)


def token_tables() -> Path:
    """Where tiktoken keeps the tables it has fetched, as its own variables say."""
    chosen = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    return Path(chosen) if chosen else Path(tempfile.gettempdir()) / "data-gym-cache"


def workspace(start: Path | None = None) -> Path | None:
    """The nearest folder, from ``start`` (the current one) up, with personas/, rubrics/ and transcripts/ in it."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if all((folder / name).is_dir() for name in (*CONTENT, "transcripts")):
            return folder
    return None


def built_in() -> Path:
    """The root of what comes with the package: inside the wheel, or the source tree of an editable install."""
    inside = Path(str(files("interviewer")))
    return inside if (inside / "personas").is_dir() else inside.parent


def origins() -> tuple[Origin, ...]:
    """Where content is looked for, the first to have an id wins. A checkout is workspace and built-in in one."""
    found: list[Origin] = []
    if (space := workspace()) is not None and space != built_in().resolve():
        found.append(Origin("workspace", space))
    found.append(Origin("user", user_home()))
    found.append(Origin("built-in", built_in()))
    return tuple(found)


def transcripts() -> Path:
    """Where interviews are saved: the workspace's ``transcripts/``, else the user's."""
    return (workspace() or user_home()) / "transcripts"


def marks() -> Path:
    """Where a coach's marks of transcripts are."""
    return user_home() / "marks"


def calibrations() -> Path:
    """Where maps from our levels to people's are, ``v1.json`` and on."""
    return user_home() / "calibrations"
