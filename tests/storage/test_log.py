"""What is acknowledged is on disk, whole, private, and in one window's hands only."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from saved_interviews import ID, answered, asked, header, saved, talk

from interviewer.errors import InUse, StorageError, TranscriptError, UsageError
from interviewer.models.events import CandidateSaid, Repaired, Started
from interviewer.storage import files, store
from interviewer.storage.log import Log, read

CREATE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from interviewer.models.events import Started
from interviewer.storage.log import Log
at, name = int(sys.argv[2]), iter(range(99))
def dying(real):
    def call(*args, **more):
        if next(name) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    return call
for each in ("open", "write", "fsync", "link", "unlink", "close"):
    setattr(os, each, dying(getattr(os, each)))
Log.create(Path(sys.argv[1]), Started(id="new", created="", loop="onsite", rounds=("culture",), engine="offline"))
"""

HOLD = """
import sys
from pathlib import Path
from interviewer.storage.log import Log
log, loaded = Log.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def other_window(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A second process that holds an interview."""
    path = saved(tmp_path / f"{ID}.jsonl")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield path, process
        process.kill()


def test_what_is_appended_comes_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / f"{ID}.jsonl"
    with Log.create(path, header()) as log:
        for event in talk():
            log.append(event)
    loaded = read(path)
    assert loaded.events == [header(), *talk()]
    assert loaded.problems == []


def test_an_event_is_synced_before_append_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log.create(tmp_path / f"{ID}.jsonl", header())
    sizes: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (sizes.append(os.fstat(fd).st_size), real(fd))[1])
    log.append(answered(0, "Kept."))
    assert sizes and sizes[-1] == log.path.stat().st_size
    log.close()


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_files_and_folders_are_private_from_the_first_moment(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = saved(tmp_path / "new" / "transcripts" / f"{ID}.jsonl")
        files.write_private(tmp_path / "exports" / "out.md", "text")
        files.append_line(store.scorecards(path), "{}")
    finally:
        os.umask(before)
    made = [p for name in ("new", "exports") for p in (tmp_path / name, *(tmp_path / name).rglob("*"))]
    assert len(made) == 6
    for each in made:
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each


def test_our_own_transcripts_folder_is_closed_to_others_but_no_other_folder_is(home: Path, tmp_path: Path) -> None:
    ours, theirs = home / "transcripts", tmp_path / "shared"
    for folder in (ours, theirs):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        saved(folder / f"{ID}.jsonl")
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o755


def test_an_interview_never_replaces_another(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="already"):
        Log.create(path, header())
    assert path.read_bytes() == before


def test_a_kill_at_any_point_of_making_it_leaves_a_whole_header_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    outcomes = []
    for at in range(20):
        run = [sys.executable, "-c", CREATE_AND_DIE, str(path), str(at)]
        died = subprocess.run(run, check=False).returncode == -signal.SIGKILL
        outcomes.append(path.exists())
        assert [s.id for s in store.listing(tmp_path)] == (["new"] if path.exists() else [])
        if path.exists():
            log, loaded = Log.open(path)
            log.close()
            assert [e.id for e in loaded.events if isinstance(e, Started)] == ["new"] and not loaded.problems
            assert list(tmp_path.iterdir()) == [path]  # no second name that deleting would miss
            path.unlink()
        if not died:
            break
    assert not died and outcomes[0] is False and outcomes.count(True) > 1


def test_an_interview_never_replaces_another_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = saved(tmp_path / f"{ID}.jsonl")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="already"):
        Log.create(path, header())
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_deleting_an_interview_deletes_the_second_name_a_kill_left(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    os.link(path, tmp_path / f".{ID}.jsonl.0a1b2c3d.draft")
    store.delete(path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("id", ["../escape", "a/b", "a\\b", "", ".hidden", "nul\0", "x" * 65, "café", "a.b"])
def test_an_id_that_is_no_plain_file_name_is_refused(tmp_path: Path, id: str) -> None:
    with pytest.raises(UsageError, match="id"):
        Log.create(tmp_path / "fine.jsonl", header(id))
    assert list(tmp_path.iterdir()) == []


def test_a_second_window_is_refused(other_window: tuple[Path, subprocess.Popen[str]]) -> None:
    path, _ = other_window
    before = path.read_bytes()
    with pytest.raises(InUse, match="another window"):
        Log.open(path)
    assert path.read_bytes() == before
    assert read(path).problems == []  # looking is allowed


def test_an_interview_another_window_holds_is_not_deleted(other_window: tuple[Path, subprocess.Popen[str]]) -> None:
    path, _ = other_window
    with pytest.raises(InUse):
        store.delete(path)
    assert path.exists()


def test_the_lock_ends_with_a_killed_owner(other_window: tuple[Path, subprocess.Popen[str]]) -> None:
    path, process = other_window
    process.kill()
    process.wait()
    log, loaded = Log.open(path)
    log.append(answered(6, "Back again."))
    log.close()
    assert len(loaded.events) == 1 + len(talk())


def test_closing_lets_the_next_one_in(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    first, _ = Log.open(path)
    first.close()
    second, _ = Log.open(path)
    second.close()
    with pytest.raises(StorageError, match="closed"):
        second.append(answered(6, "Too late."))


def test_a_half_line_is_ended_noted_and_kept(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    torn = path.read_bytes() + b'{"kind": "candidate", "turn": 6, "text": "I wou'
    path.write_bytes(torn)
    log, loaded = Log.open(path)
    log.append(asked(6, "Where were we?"))
    log.close()
    assert path.read_bytes().startswith(torn)
    assert any("line 12" in p for p in loaded.problems)
    events = read(path).events
    assert events[:-2] == [header(), *talk()]
    assert isinstance(events[-2], Repaired) and (events[-2].line, events[-2].size) == (12, 47)
    assert events[-1] == asked(6, "Where were we?")


def test_a_whole_last_line_without_its_newline_counts(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    log, loaded = Log.open(path)
    log.close()
    assert path.read_bytes() == data
    assert loaded.events == [header(), *talk()] and loaded.problems == []


def test_a_failed_sync_leaves_nothing_and_the_next_append_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    before = path.read_bytes()
    log, _ = Log.open(path)
    real, calls = os.fsync, iter([True, True, True])

    def broken(fd: int) -> None:  # the write's sync, then the taking back's
        if next(calls, False):
            raise OSError(errno.EIO, "Input/output error")
        real(fd)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageError, match="Input/output error"):
        log.append(answered(6, "One."))
    assert path.read_bytes() == before
    with pytest.raises(StorageError):
        log.append(answered(6, "One."))
    log.append(answered(6, "One."))
    log.close()
    assert read(path).events[-1] == answered(6, "One.")
    assert path.read_bytes().count(b"One.") == 1


def test_an_interrupt_while_writing_leaves_no_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    before = path.read_bytes()
    log, _ = Log.open(path)
    real, calls = os.fsync, iter([True])

    def interrupted(fd: int) -> None:
        if next(calls, False):
            raise KeyboardInterrupt
        real(fd)

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        log.append(answered(6, "Half."))
    log.close()
    assert path.read_bytes() == before


def test_a_file_that_was_moved_away_or_changed_is_not_written_to(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    log, _ = Log.open(path)
    path.rename(tmp_path / "elsewhere.jsonl")
    with pytest.raises(StorageError, match="moved"):
        log.append(answered(6, "Lost?"))
    (tmp_path / "elsewhere.jsonl").rename(path)
    log.append(answered(6, "Found."))
    with path.open("ab") as other:
        other.write(b"something else\n")
    with pytest.raises(StorageError, match="changed"):
        log.append(answered(7, "Mixed?"))
    log.close()


def test_what_could_not_be_read_back_is_never_written(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    before = path.read_bytes()
    log, _ = Log.open(path)
    endless = CandidateSaid(turn=6, round="experimentation", text="x", seconds=float("inf"))
    half = CandidateSaid.model_construct(turn=6, round="experimentation", text="\ud800")
    for event in (endless, half):
        with pytest.raises(ValueError, match=r"JSON|surrogates"):
            log.append(event)
    log.close()
    assert path.read_bytes() == before


def test_a_file_without_its_header_is_not_gone_on_with_but_can_be_read(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    headless = path.read_bytes().split(b"\n", 1)[1]
    path.write_bytes(headless)
    with pytest.raises(TranscriptError, match="first line"):
        Log.open(path)
    assert path.read_bytes() == headless
    assert read(path).events == talk()


def test_a_folder_that_cannot_be_made_is_named_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="file/transcripts") as caught:
        Log.create(tmp_path / "file" / "transcripts" / f"{ID}.jsonl", header())
    assert "Mend that folder and try again, or choose another place." in caught.value.next_step


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_is_named_with_a_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(StorageError, match="locked"):
        Log.create(folder / f"{ID}.jsonl", header())
