"""Bytes to and from the disk: private from the first moment, whole or not at all, synced before we say so."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from interviewer import paths
from interviewer.errors import StorageError, TranscriptError
from interviewer.text import one_line

LARGEST = 32 * 2**20  # bytes; an hour of talk is about 0.1 MB


def failed(path: Path, error: OSError, *, doing: str = "save") -> StorageError:
    """The StorageError for an OSError: names the folder, the reason and a way out."""
    why = error.strerror or str(error)
    return StorageError(
        f"Could not {doing} {one_line(path.name)} in {one_line(str(path.parent), 200)}: {why}.",
        next_step=_way_out(path, error) if doing == "save" else "Check the file and its permissions.",
    )


def _way_out(path: Path, error: OSError) -> str:
    """What helps here. In a workspace its own folder is used, whatever INTERVIEWER_HOME says."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    closed = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    mend = "Free some space there" if full else "Allow writing in that folder" if closed else "Mend that folder"
    space, place = paths.workspace(), path.resolve()
    if space is not None and place.is_relative_to(space / "transcripts"):
        return f"{mend} and try again, or run interviewer from a folder outside {one_line(str(space), 200)}."
    if place.is_relative_to(paths.user_home().resolve()):
        return f"{mend} and try again, or set INTERVIEWER_HOME to another folder."
    return f"{mend} and try again, or choose another place."


def read_bytes(path: Path) -> bytes:
    """A regular file's bytes. Raises TranscriptError for folders, devices and files over ``LARGEST``, StorageError
    for what the system refuses."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe nobody writes to must not make us wait
        try:
            return contents(fd, path)
        finally:
            os.close(fd)
    except FileNotFoundError:
        raise TranscriptError(f"There is no file {one_line(str(path), 200)}.", next_step="Check its name.") from None
    except OSError as error:
        raise failed(path, error, doing="read") from error


def contents(fd: int, path: Path) -> bytes:
    """Everything in an open file, from its start, whatever its position."""
    status = os.fstat(fd)
    name = one_line(str(path), 200)
    if not stat.S_ISREG(status.st_mode):
        raise TranscriptError(f"{name} is no file.", next_step="Name a transcript file.")
    if status.st_size > LARGEST:
        raise TranscriptError(f"{name} is larger than {LARGEST // 2**20} MB.", next_step="Cut it into parts.")
    pieces: list[bytes] = []
    offset = 0
    while piece := os.pread(fd, 2**20, offset):
        pieces.append(piece)
        offset += len(piece)
    return b"".join(pieces)


def private_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, all 0700. One that exists is left as it is, except our own
    transcripts folder, which is closed to others. Raises OSError."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for made in reversed(missing):
        with contextlib.suppress(FileExistsError):  # a second window was quicker
            made.mkdir(mode=0o700)
        sync_folder(made.parent)
    status = folder.stat()
    if status.st_mode & 0o077 and status.st_uid == os.getuid() and folder.resolve() == paths.transcripts().resolve():
        folder.chmod(0o700)


def sync_folder(folder: Path) -> None:
    """Make what was created, renamed or removed in a folder last; some file systems can't, and need not."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def write_all(fd: int, data: bytes, *, sync: bool = True) -> None:
    """Write every byte and sync. Raises OSError, with part of it perhaps written."""
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]
    if sync:
        os.fsync(fd)


def write_private(path: Path, text: str, *, sync: bool = True) -> None:
    """Replace a file by ``text``, 0600: the old content stays until the new is whole on disk. Without ``sync`` that
    holds for crashes of ours but not of the machine: for what can be made again. Raises StorageError."""
    data = text.encode("utf-8")
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe: nothing to replace
            path.write_bytes(data)
            return
        target = path.resolve()
        private_folder(target.parent)
        draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            try:
                write_all(fd, data, sync=sync)
            finally:
                os.close(fd)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        if sync:
            sync_folder(target.parent)
    except OSError as error:
        raise failed(path, error) from error


def append_line(path: Path, line: str) -> None:
    """Add one line to a file beside an interview (scorecards), 0600 and synced; a half line left by a crash is ended
    first. On failure the file is as it was. Raises StorageError."""
    try:
        private_folder(path.parent)
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(fd).st_size
            torn = size > 0 and os.pread(fd, 1, size - 1) != b"\n"
            try:
                write_all(fd, (b"\n" if torn else b"") + line.encode("utf-8") + b"\n")
            except BaseException:
                os.ftruncate(fd, size)
                raise
        finally:
            os.close(fd)
        sync_folder(path.parent)
    except OSError as error:
        raise failed(path, error) from error
