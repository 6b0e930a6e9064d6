"""A disk that takes no more bytes, made with the system's own limit on a file's size in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from saved_interviews import ID, header, saved, talk

from interviewer.storage.log import read

SMALL = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
"""

APPEND = (
    SMALL
    + """
from interviewer.errors import StorageError
from interviewer.models.events import CandidateSaid
from interviewer.storage.log import Log
path = Path(sys.argv[1])
log, _ = Log.open(path)
answer = CandidateSaid(turn=6, round="experimentation", text="word " * 2000)
before = path.read_bytes()
room(len(before) + 3000)
try:
    log.append(answer)
except StorageError as error:
    print(error)
print("unchanged" if path.read_bytes() == before else "changed")
room(resource.RLIM_INFINITY)
log.append(answer)
"""
)

CREATE = (
    SMALL
    + """
from interviewer.errors import StorageError
from interviewer.models.events import Started
from interviewer.storage.log import Log
room(20)
try:
    Log.create(Path(sys.argv[1]), Started(id="new", created="", loop="onsite", rounds=(), engine="offline"))
except StorageError as error:
    print(error)
"""
)

REPAIR = (
    SMALL
    + """
from interviewer.errors import StorageError
from interviewer.storage.log import Log
path = Path(sys.argv[1])
room(path.stat().st_size)
try:
    Log.open(path)
except StorageError as error:
    print(error)
"""
)

EXPORT = (
    SMALL
    + """
from interviewer.errors import StorageError
from interviewer.storage.files import append_line, write_private
room(100)
for write in (write_private, append_line):
    try:
        write(Path(sys.argv[1]), "new " * 1000)
    except StorageError as error:
        print(error)
"""
)


def run(script: str, path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_answer_that_does_not_fit_leaves_nothing_half_written_and_can_be_sent_again(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    said = run(APPEND, path)
    assert str(tmp_path) in said and "Free some space there" in said
    assert said.endswith("unchanged\n")
    loaded = read(path)
    assert loaded.events[:-1] == [header(), *talk()] and loaded.problems == []
    assert loaded.events[-1].text == "word " * 2000


def test_an_interview_that_cannot_begin_leaves_no_file(tmp_path: Path) -> None:
    said = run(CREATE, tmp_path / "new.jsonl")
    assert "Could not save new.jsonl" in said
    assert list(tmp_path.iterdir()) == []


def test_a_repair_that_does_not_fit_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl")
    path.write_bytes(torn := path.read_bytes() + b'{"kind": "cand')
    assert "Could not save" in run(REPAIR, path)
    assert path.read_bytes() == torn


def test_an_export_that_does_not_fit_leaves_the_one_before_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("good\n")
    assert run(EXPORT, path).count("Could not save out.json") == 2
    assert path.read_text() == "good\n"
    assert list(tmp_path.iterdir()) == [path]
