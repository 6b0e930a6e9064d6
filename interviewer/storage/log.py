"""One open interview file: the only place that adds to what was said. Locked, appended to, synced."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from interviewer.errors import InUse, StorageError, TranscriptError, UsageError
from interviewer.models.events import SCHEMA, Event, Repaired, Started
from interviewer.storage import files, lines
from interviewer.storage.lines import Loaded
from interviewer.text import one_line

_DRAFT = ".draft"
_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def now() -> str:
    """The time in UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def lock(fd: int, path: Path) -> None:
    """Take the file for this process; the system lets go of it when the process ends, however it ends. Raises InUse."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise InUse(
                f"The interview {one_line(path.stem)} is open in another window.",
                next_step="Go on there, or close it first.",
            ) from None
        raise


def read(path: Path) -> Loaded:
    """Everything an interview file gives up, without locking or writing. Raises StorageError or TranscriptError when
    the file itself can't be had."""
    return lines.parse(files.read_bytes(path))


def is_id(id: str) -> bool:
    """Whether an id is a plain file name: it can't lead out of the folder or hide in it."""
    return _PLAIN.fullmatch(id) is not None


def _check_id(id: str) -> None:
    if not is_id(id):
        raise UsageError(f"'{one_line(id)}' can't be an interview's id.", next_step="Use letters, digits, - and _.")


def remove_drafts(path: Path) -> None:
    """Remove what a kill left of making this interview: it may be a second name of the same file. Only for whoever
    has the interview itself; anyone else making one of that id is too late anyway."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f".{glob.escape(path.name)}.*{_DRAFT}"):
            left.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    """Give a whole draft its final name, which must be free. Raises StorageError if it isn't, OSError."""
    try:
        try:
            os.link(draft, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # Some file systems have no links. The name is claimed first, so that nothing there is replaced.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            _replace_claim(draft, path)
    except OSError:
        if not path.exists():
            raise
        raise StorageError(
            f"There is an interview {one_line(path.stem)} already.", next_step="Choose another id."
        ) from None


def _replace_claim(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


class Log:
    """An interview file held open under an exclusive lock. Made by ``create`` or ``open``."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd = fd
        self._end = os.fstat(fd).st_size  # what is before this offset is whole and synced
        self._dirty = False  # something behind it could not be taken back

    @classmethod
    def create(cls, path: Path, header: Started) -> Log:
        """A new file, 0600 in a 0700 folder, with the header on disk. Raises StorageError, and then there is no file;
        UsageError for an id that is no plain file name."""
        _check_id(header.id)
        first = lines.encode(header)
        # Written under a hidden name and linked when whole: a kill leaves no file without its header.
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_DRAFT}")
        try:
            files.private_folder(path.parent)
            fd = os.open(draft, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise files.failed(path, error) from error
        try:
            lock(fd, path)
            files.write_all(fd, first)
            _publish(draft, path)
        except BaseException as error:
            draft.unlink(missing_ok=True)
            os.close(fd)
            if isinstance(error, OSError):
                raise files.failed(path, error) from error
            raise
        remove_drafts(path)
        files.sync_folder(path.parent)
        return cls(path, fd)

    @classmethod
    def open(cls, path: Path) -> tuple[Log, Loaded]:
        """An existing file, locked; a line cut by a crash is ended and noted, its bytes stay. Raises InUse,
        StorageError, TranscriptError."""
        try:
            fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_NONBLOCK)
        except OSError as error:
            raise files.failed(path, error, doing="open") from error
        try:
            lock(fd, path)
            log = cls(path, fd)
            remove_drafts(path)
            data = files.contents(fd, path)
            loaded = lines.parse(data)
            _check_can_go_on(path, loaded)
            return log, log._repair(data) or loaded
        except BaseException as error:
            os.close(fd)
            if isinstance(error, OSError):
                raise files.failed(path, error, doing="open") from error
            raise

    def append(self, *events: Event) -> None:
        """Add events; they are on disk when this returns. Raises StorageError, and then none of them is in the file."""
        if events:
            self._write(b"".join(lines.encode(event) for event in events))

    def close(self) -> None:
        """Let go of the file. May be called again."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _write(self, data: bytes) -> None:
        if self._fd < 0:
            raise StorageError(f"{one_line(self.path.name)} is closed.", next_step="Resume the interview.")
        try:
            self._check_still_ours()
            if self._dirty:
                self._take_back()
            try:
                files.write_all(self._fd, data)
            except BaseException:  # an interrupt too: what wasn't acknowledged must not be half there
                self._dirty = True
                self._take_back()
                raise
            self._end += len(data)
        except OSError as error:
            raise files.failed(self.path, error) from error

    def _take_back(self) -> None:
        """Cut the file to its last whole line. Raises OSError; then it is tried again before the next write."""
        os.ftruncate(self._fd, self._end)
        os.fsync(self._fd)
        self._dirty = False

    def _check_still_ours(self) -> None:
        """Refuse to write into a file nobody would find, or one that something else has written to."""
        mine = os.fstat(self._fd)
        try:
            there = self.path.stat()
        except FileNotFoundError:
            there = None
        if there is None or (there.st_dev, there.st_ino) != (mine.st_dev, mine.st_ino):
            raise StorageError(
                f"{one_line(str(self.path), 200)} was moved, deleted or replaced while the interview was open.",
                next_step="Put it back and try again, or resume the one that is there.",
            )
        if mine.st_size != self._end and not self._dirty:
            raise StorageError(
                f"Something else has changed {one_line(str(self.path), 200)} while the interview was open.",
                next_step="Leave and resume it; nothing that was saved before is lost.",
            )

    def _repair(self, data: bytes) -> Loaded | None:
        """End a last line that has no newline; None when there was nothing to do."""
        fragment = data[data.rfind(b"\n") + 1 :]
        if not fragment:
            return None
        mend = b"\n"
        if not lines.is_event(fragment):
            mend += lines.encode(Repaired(line=data.count(b"\n") + 1, size=len(fragment), at=now()))
        self._write(mend)
        return lines.parse(data + mend)


def _check_can_go_on(path: Path, loaded: Loaded) -> None:
    """Only a file whose header we understand can be added to."""
    name = one_line(str(path), 200)
    if loaded.header is None:
        raise TranscriptError(
            f"{name} can't be gone on with: the first line, which says what is held, can't be read.",
            next_step="What was said can still be had with 'interviewer transcripts export'.",
        )
    if loaded.header.schema_ > SCHEMA:
        raise TranscriptError(f"{name} was written by a newer version.", next_step="Update interviewer to go on.")
