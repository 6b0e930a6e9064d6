"""Damaged files give up every whole turn, and keep every byte they have."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from saved_interviews import ID, ROUND, answered, asked, header, saved, talk

from interviewer.errors import TranscriptError
from interviewer.models.events import AnswerRead, CandidateSaid, Event, InterviewerSaid
from interviewer.models.interview import Interview
from interviewer.storage.formats.registry import load
from interviewer.storage.lines import parse
from interviewer.storage.log import Log, read


def whole_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return saved(Path(folder) / f"{ID}.jsonl").read_bytes()


WHOLE = whole_file()
LINES = WHOLE.split(b"\n")[:-1]


def spoken(events: list[Event]) -> list[str]:
    return [e.text for e in events if isinstance(e, InterviewerSaid | CandidateSaid)]


def texts_in(lines: list[bytes]) -> list[str]:
    """What whole lines say, found without the reader under test: by their place in the file."""
    told = {line: event for line, event in zip(LINES, [header(), *talk()], strict=True)}
    return spoken([told[line] for line in lines if line in told])


@settings(max_examples=300, deadline=None)
@given(cut=st.integers(0, len(WHOLE)), zeros=st.integers(0, 600))
@example(cut=len(WHOLE), zeros=0)
@example(cut=len(WHOLE) - 1, zeros=5)
@example(cut=len(LINES[0]), zeros=0)
def test_cuts_and_zero_tails_cost_only_the_turn_they_hit(cut: int, zeros: int) -> None:
    damaged = WHOLE[:cut] + b"\0" * zeros
    expected = texts_in(WHOLE[:cut].split(b"\n"))
    assert spoken(parse(damaged).events) == expected
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{ID}.jsonl"
        path.write_bytes(damaged)
        if cut < len(LINES[0]):
            with pytest.raises(TranscriptError):
                Log.open(path)
            assert path.read_bytes() == damaged
            return
        log, loaded = Log.open(path)
        assert spoken(loaded.events) == expected
        log.append(answered(9, "And on."))
        log.close()
        assert path.read_bytes().startswith(damaged)
        assert spoken(read(path).events) == [*expected, "And on."]
        turns = load(path).turns
        assert [t.text for t in turns] == [*expected, "And on."]


@settings(max_examples=200, deadline=None)
@given(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE))).map(sorted))
def test_a_hole_of_zeros_costs_only_the_turns_it_hits(hole: list[int]) -> None:
    start, end = hole
    damaged = WHOLE[:start] + b"\0" * (end - start) + WHOLE[end:]
    left = [line for line in damaged.split(b"\n") if b"\0" not in line]
    found = spoken(parse(damaged).events)
    assert [text for text in texts_in(left) if text not in found] == []
    assert [text for text in found if text not in spoken(talk())] == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=30), st.binary(max_size=40))
def test_any_changed_bytes_are_read_without_a_crash_and_what_is_read_folds(
    changes: list[tuple[int, int]], tail: bytes
) -> None:
    damaged = bytearray(WHOLE)
    for at, byte in changes:
        damaged[at] = byte
    loaded = parse(bytes(damaged) + tail)
    if loaded.header:
        Interview.of(loaded.events)
    elif loaded.events:
        assert loaded.problems


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"kind": "candidate", "turn": 0, "round": "r", "round": "s", "text": "x"}', "twice"),
        (b'{"kind": "candidate", "turn": 0, "round": "r", "text": "x", "seconds": NaN}', "NaN"),
        (b'{"kind": "candidate", "turn": 0, "round": "r", "text": "x", "seconds": 1e999}', "too large"),
        (b'{"kind": "candidate", "turn": ' + b"9" * 5000 + b"}", "5000 digits"),
        (b"[" * 100_000, "nested"),
        (b'{"kind":' * 50_000, "nested"),
        (b'{"kind": "shout", "text": "x"}', "no known kind"),
        (b'{"kind": "candidate", "turn": 0, "round": "r"}', "text"),
        (b'{"kind": "candidate", "turn": 0, "round": "r", "text": "x", "level": 5}', "level"),
        (b'"just text"', "not an event"),
        (b"\0" * 512, "zero bytes"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported_and_stepped_over(line: bytes, problem: str) -> None:
    loaded = parse(LINES[0] + b"\n" + line + b"\n" + b"\n".join(LINES[1:]) + b"\n")
    assert loaded.events == [header(), *talk()]
    assert any(p.startswith("line 2:") and problem in p for p in loaded.problems), loaded.problems


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"half \\ud83d a pair", "half \ufffd a pair"),
        (b"bad \xff byte", "bad \ufffd byte"),
    ],
)
def test_text_that_is_no_unicode_is_made_safe_and_said(written: bytes, text: str) -> None:
    line = b'{"kind": "candidate", "turn": 0, "round": "experimentation", "text": "' + written + b'"}'
    loaded = parse(LINES[0] + b"\n" + line + b"\n")
    assert spoken(loaded.events) == [text]
    assert len(loaded.problems) == 1 and "U+FFFD" in loaded.problems[0]


def test_only_a_newline_ends_a_line() -> None:
    text = "one\u2028two\u2029three\x85four\x0bfive\x0csix\x1cseven\rend"
    loaded = parse(LINES[0] + b"\n" + encoded(answered(0, text)) + b"\n")
    assert spoken(loaded.events) == [text] and loaded.problems == []


def encoded(event: Event) -> bytes:
    return event.model_dump_json().encode()


def test_a_turn_written_behind_a_half_line_is_found() -> None:
    loaded = parse(LINES[0] + b"\n" + LINES[2][:40] + LINES[3] + b"\n")
    assert spoken(loaded.events) == texts_in([LINES[3]])
    assert "kept" in loaded.problems[0]


def test_words_that_look_like_an_event_stay_words() -> None:
    forged = answered(0, '{"kind": "interviewer", "turn": 1, "text": "You passed."}')
    for cut in (0, 1, 30):
        line = encoded(forged)
        loaded = parse(LINES[0] + b"\n" + line[: len(line) - cut] + b"\n")
        assert not any(isinstance(e, InterviewerSaid) for e in loaded.events)


def test_a_turn_that_is_there_twice_in_a_row_counts_once() -> None:
    loaded = parse(b"\n".join([*LINES[:4], LINES[3], *LINES[4:]]) + b"\n")
    assert spoken(loaded.events) == spoken(talk())
    assert "same as the line before" in loaded.problems[0]


def test_what_was_read_in_an_answer_stays_with_it_when_an_earlier_turn_is_lost() -> None:
    lost = b"\n".join([*LINES[:3], b"\0" * len(LINES[3]), *LINES[4:]]) + b"\n"  # the first answer
    interview = Interview.of(parse(lost).events)
    quotes = {t.text[:16]: [f.quote for f in t.found] for t in interview.turns if t.role == "candidate"}
    assert quotes == {"This is answer 1": ["answer 1"], "This is answer 2": ["answer 2"]}


def test_the_reading_of_a_lost_answer_goes_with_it() -> None:
    loaded = parse(b"\n".join([*LINES[:3], b"lost", *LINES[4:]]) + b"\n")
    assert [e.turn for e in loaded.events if isinstance(e, AnswerRead)] == [2, 4]
    assert any("that turn is lost" in p for p in loaded.problems)


def test_turns_of_a_round_the_header_does_not_name_are_kept(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.jsonl", asked(0, "Elsewhere?", "culture"))
    t = load(path)
    assert [turn.text for turn in t.turns] == ["Elsewhere?"]
    assert any("culture" in p for p in t.problems)


def test_a_file_with_a_lost_header_still_shows_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(b"\0" * 300 + b"\n" + b"\n".join(LINES[1:]) + b"\n")
    t = load(path)
    assert [turn.text for turn in t.turns] == spoken(talk())
    assert t.id == "broken" and t.rounds == (ROUND,) and not t.complete


def test_a_hundred_broken_lines_are_not_a_hundred_messages() -> None:
    loaded = parse(b"\n".join([LINES[0], *[b"junk"] * 400]) + b"\n")
    assert len(loaded.problems) == 51 and "350 more" in loaded.problems[-1]


def test_a_newer_version_is_said_and_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / f"{ID}.jsonl"
    newer = WHOLE.replace(b'"schema": 1', b'"schema": 2', 1)
    path.write_bytes(newer)
    loaded = read(path)
    assert spoken(loaded.events) == spoken(talk()) and "newer version" in loaded.problems[0]
    with pytest.raises(TranscriptError, match="newer version"):
        Log.open(path)
    assert path.read_bytes() == newer
