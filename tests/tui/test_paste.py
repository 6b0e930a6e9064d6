"""A paste is one event, whatever is in it and however it arrives."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from interviewer.session import Session
from interviewer.tui.paste import END, START, PasteParser, clean
from tests.terminal import command, environment

from .conftest import start

NASTY = "first line \x1b[31mRED\x1b[0m rest\rsecond line\rthird \x1b]0;title\x07 \x1b\x1b[A \x1b[20~ \x1b[Mabc \x1b"
PLAIN = "first line RED rest\nsecond line\nthird  "


def read(parser: XTermParser, *pieces: str) -> list[object]:
    return [event for piece in pieces for event in parser.feed(piece)]


def test_textual_still_loses_a_paste_with_an_escape_in_it() -> None:
    """When this fails ``interviewer/tui/paste.py`` can go."""
    kinds = {type(e) for e in read(XTermParser(), f"{START}a\x1b[31mb\rc{END}")}
    assert events.Key in kinds


def test_a_paste_with_escapes_arrives_whole_and_without_them() -> None:
    (paste,) = read(PasteParser(), START + NASTY + END)
    assert isinstance(paste, events.Paste)
    assert paste.text.startswith(PLAIN)
    assert "\x1b" not in paste.text


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 4096])
def test_it_does_not_matter_in_how_many_reads_a_paste_comes(size: int) -> None:
    data = f"x{START}{NASTY}{END}y\r"
    found = read(PasteParser(), *(data[n : n + size] for n in range(0, len(data), size)))
    assert [getattr(e, "key", "paste") for e in found] == ["x", "paste", "y", "enter"]


@given(st.text(alphabet=st.sampled_from("a \r\n\t\x1b[]0123~;mOP\\\x07\x9b\x00é"), max_size=60), st.integers(1, 9))
def test_no_paste_becomes_a_key(text: str, size: int) -> None:
    data = START + text + END
    found = read(PasteParser(), *(data[n : n + size] for n in range(0, len(data), size)))
    assert [type(e) for e in found] == [events.Paste]
    assert "\x1b" not in found[0].text  # type: ignore[attr-defined]


def test_an_end_mark_inside_a_paste_does_not_end_it() -> None:
    (paste,) = read(PasteParser(), f"{START}one{END}\rtwo{END}")
    assert isinstance(paste, events.Paste)
    assert paste.text == "one\ntwo"


def test_two_pastes_are_two() -> None:
    found = read(PasteParser(), f"{START}one{END}{START}two{END}")
    assert [e.text for e in found if isinstance(e, events.Paste)] == ["one", "two"]


def test_a_sequence_without_an_end_costs_no_words() -> None:
    assert clean("one \x1b]0;two\rthree \x90four") == "one ]0;two\nthree four"


def test_keys_and_mouse_are_read_as_before() -> None:
    data = "aé\x1b[A\x1b[20~\x1bOP\x1b[<0;3;4M\x1b[I\r"
    assert [repr(e) for e in read(PasteParser(), data)] == [repr(e) for e in read(XTermParser(), data)]


def test_escape_alone_is_a_key_once_nothing_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("textual._parser.get_time", lambda: clock[0])
    parser = PasteParser()
    assert read(parser, "\x1b") == []
    clock[0] = 1.0
    (key,) = parser.tick()
    assert isinstance(key, events.Key)
    assert key.key == "escape"


def test_a_mark_that_comes_slowly_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("textual._parser.get_time", lambda: clock[0])
    parser = PasteParser()
    assert read(parser, START[:4]) == []
    clock[0] = 1.0
    assert list(parser.tick()) == []
    (paste,) = read(parser, f"{START[4:]}a\rb{END}")
    assert isinstance(paste, events.Paste)
    assert paste.text == "a\nb"


def test_in_a_terminal_a_long_paste_with_escapes_and_broken_bytes_is_one_answer(tmp_path: Path) -> None:
    session = start(tmp_path)
    session.close()
    lines = [f"line {n} \x1b[31mred\x1b[0m and about forty more characters of an answer" for n in range(300)]
    begun, answers = _paste_and_send(session, "\r".join(lines))
    assert len(answers) == 1
    assert answers[0].count("\n") == 299
    assert answers[0].startswith("line 0 red and") and answers[0].endswith("of an answer\ufffd")
    assert time.monotonic() - begun < 20


def _paste_and_send(session: Session, text: str) -> tuple[float, list[str]]:
    """The app in a terminal of its own: paste, then Enter; when it was pasted, and the answers stored."""
    fd, inner = pty.openpty()
    process = subprocess.Popen(
        command("resume", str(session.path)), stdin=inner, stdout=inner, stderr=inner,
        env=environment(TERM="xterm-256color"), start_new_session=True,
    )  # fmt: skip
    os.close(inner)
    try:
        _until(fd, lambda seen: b"Enter sends" in seen)
        begun = time.monotonic()
        _write(fd, f"{START}{text}".encode() + b"\xff" + f"{END}".encode())
        _until(fd, lambda seen: b"299" in seen)
        _write(fd, b"\r")
        _until(fd, lambda seen: b"Answer 1 saved" in seen)
        _write(fd, b"\x03")
        _until(fd, lambda seen: process.poll() is not None)
    finally:
        process.kill()
        os.close(fd)
    again = Session.resume(session.path)
    again.close()
    return begun, [t.text for t in again.interview.turns if t.role == "candidate"]


def _write(fd: int, data: bytes) -> None:
    """Write as the app takes it in; its own output is read meanwhile, so that neither waits for the other."""
    while data:
        readable, writable, _ = select.select([fd], [fd], [], 30)
        if readable:
            os.read(fd, 65536)
        if writable:
            data = data[os.write(fd, data[:1000]) :]


def _until(fd: int, true: Callable[[bytes], bool]) -> None:
    seen, end = b"", time.monotonic() + 60
    while not true(seen):
        assert time.monotonic() < end, seen[-2000:]
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 65536)
            except OSError:  # how Linux says that the other side is closed
                continue
