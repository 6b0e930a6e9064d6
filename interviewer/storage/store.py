"""The folder of interviews: find, list, import, delete. Holding one open is ``Log``."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from interviewer import paths
from interviewer.errors import InterviewerError, NotFound, TranscriptError, UsageError
from interviewer.models.events import CandidateSaid, Ended, InterviewerSaid
from interviewer.models.interview import Interview
from interviewer.models.transcript import Transcript
from interviewer.storage import files, log, unsent
from interviewer.storage.formats import native, registry
from interviewer.storage.lines import Loaded
from interviewer.storage.log import Log, now, read
from interviewer.text import one_line

__all__ = [
    "Loaded", "Log", "Summary", "delete", "find", "import_file", "is_over", "latest_unfinished", "listing", "new_id",
    "now", "read", "scorecards",
]  # fmt: skip

_SUFFIX = ".jsonl"
_SCORECARDS = ".scorecards.jsonl"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike; lower case, for disks that fold case


@dataclass(frozen=True)
class Summary:
    """One interview in a list. ``created`` is ISO 8601 in UTC, the file's own time where the header has none;
    ``ended`` how it ended, None while it can be gone on with; ``problem`` the first thing wrong with the file."""

    id: str
    path: Path
    created: str
    rounds: tuple[str, ...]
    engine: str
    model: str | None
    turns: int
    ended: str | None
    problem: str | None
    imported: bool = False


def new_id() -> str:
    """An id for a new interview: the time in UTC, so that names sort, and four letters. Safe as a file name."""
    return datetime.now(UTC).strftime("%Y-%m-%d-%H%M-") + "".join(secrets.choice(_LETTERS) for _ in range(4))


def scorecards(path: Path) -> Path:
    """Where an interview's scorecards are: beside it."""
    return path.with_name(path.name.removesuffix(_SUFFIX) + _SCORECARDS)


def find(ref: str, *, examples: bool = False) -> Path:
    """The file of an interview's id, of the start of one that is unique, or at a path. Raises NotFound, UsageError.

    ``examples``: those that come with the program are looked among too, for those who only read."""
    built_in = [paths.built_in() / "transcripts" / "examples"] if examples else []
    folders = (*built_in, paths.transcripts())
    known = {path.name.removesuffix(_SUFFIX): path for folder in folders for path in _interview_files(folder)}
    # Ids are looked up among the names there are and never become part of a path.
    if ref in known:
        return known[ref]
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        if ref and (path := Path(ref).expanduser()).is_file():
            return path
    if ref.removesuffix(_SUFFIX) in known:
        return known[ref.removesuffix(_SUFFIX)]
    starting = sorted(id for id in known if ref and id.startswith(ref))
    if len(starting) == 1:
        return known[starting[0]]
    if starting:
        raise UsageError(
            f"'{one_line(ref)}' is the start of {len(starting)} ids.", next_step=f"Choose: {_some(starting)}."
        )
    raise NotFound(
        f"There is no interview '{one_line(ref)}', and no such file.", next_step=f"Known: {_some(list(known))}."
    )


def _some(ids: list[str], most: int = 12) -> str:
    newest = sorted(ids, reverse=True)
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return ", ".join(map(one_line, newest[:most])) + more if ids else "none"


def _interview_files(folder: Path) -> list[Path]:
    """The interviews right in a folder; scorecards, hidden files and subfolders are none."""
    try:
        found = [p for p in folder.iterdir() if p.name.endswith(_SUFFIX) and not p.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise files.failed(folder, error, doing="read") from error
    return [p for p in found if not p.name.endswith(_SCORECARDS) and p.is_file()]


def listing(folder: Path) -> list[Summary]:
    """The interviews in a folder, the newest first. A file that can't be read is listed with its problem."""
    return sorted((_summary(path) for path in _interview_files(folder)), key=lambda s: (s.created, s.id), reverse=True)


def is_over(path: Path) -> bool:
    """False for an interview held here that can still be gone on with. Raises StorageError, TranscriptError."""
    loaded = read(path)
    if loaded.header is None or loaded.header.origin == "imported":
        return True
    return any(isinstance(event, Ended) for event in loaded.events)


def latest_unfinished(folder: Path) -> Summary | None:
    """The newest interview held here that can be gone on with."""
    return next((s for s in listing(folder) if s.ended is None and not s.imported and s.engine), None)


def _summary(path: Path) -> Summary:
    id = path.name.removesuffix(_SUFFIX)
    try:
        loaded = read(path)
    except InterviewerError as error:
        return Summary(id, path, _file_time(path), (), "", None, 0, None, error.message)
    header = loaded.header
    problem = loaded.problems[0] if loaded.problems else None
    if header is None:
        said = sum(isinstance(e, InterviewerSaid | CandidateSaid) for e in loaded.events)
        return Summary(id, path, _file_time(path), (), "", None, said, None, problem or "nothing in it can be read")
    interview = Interview.of(loaded.events)
    ended = next((e.reason for e in loaded.events if isinstance(e, Ended)), None)
    return Summary(
        id=id, path=path, created=header.created or _file_time(path), rounds=tuple(r for r in header.rounds if r),
        engine=interview.engine, model=interview.model, turns=len(interview.turns), ended=ended, problem=problem,
        imported=header.origin == "imported",
    )  # fmt: skip


def _file_time(path: Path) -> str:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except OSError:
        return ""


def delete(path: Path) -> list[Path]:
    """Remove an interview with the scorecards and the unsent words beside it; what was removed. Raises InUse while a
    window holds it, UsageError for a file that is no interview of ours, StorageError."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode) or not _is_ours(files.contents(fd, path)):
                raise UsageError(
                    f"{one_line(str(path), 200)} is no interview saved by this program, so it is not deleted.",
                    next_step="See: interviewer transcripts list.",
                )
            log.lock(fd, path)
            # Scorecards first: should this stop half-way, the id still finds what is left.
            gone = [p for p in (scorecards(path), unsent.beside(path), path) if p.exists()]
            for each in gone:
                each.unlink()
            log.remove_drafts(path)
        finally:
            os.close(fd)
    except OSError as error:
        raise files.failed(path, error, doing="delete") from error
    files.sync_folder(path.parent)
    return gone


def _is_ours(data: bytes) -> bool:
    return not data.strip(b"\0\n") or native.sniff(data)


def import_file(
    path: Path, folder: Path, *, round: str | None = None, candidate: str | None = None
) -> tuple[Path, Transcript]:
    """Keep a transcript from elsewhere as an interview file marked as imported, under its own id if that is free.
    Raises TranscriptError for a file with no turns, StorageError."""
    data = files.read_bytes(path)
    t = registry.from_bytes(data, name=path.stem, shown=str(path), round=round, candidate=candidate)
    if not t.turns:
        raise TranscriptError(f"Nothing was said in {one_line(str(path), 200)}.", next_step="Import another file.")
    target = folder / f"{t.id}{_SUFFIX}"
    id = t.id
    if not log.is_id(id) or id != id.lower() or target.exists() or scorecards(target).exists():
        id = new_id()
    header, rest = native.imported(data, id) if t.source == native.NAME else native.events_of(t, id)
    target = folder / f"{id}{_SUFFIX}"
    with Log.create(target, header) as made:
        try:
            made.append(*rest)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target, t
