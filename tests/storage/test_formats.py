"""Transcripts from elsewhere are known by their content; what can't be used is named; nothing hidden gets out."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from saved_interviews import ID, SECRET, answered, asked, saved, talk

from interviewer.errors import TranscriptError
from interviewer.models.base import Move
from interviewer.models.transcript import Transcript
from interviewer.storage.formats import markdown
from interviewer.storage.formats.registry import FORMATS, load, named

GOLDEN = Path(__file__).parent / "golden"


def turns_file(path: Path, turns: object, **more: object) -> Path:
    path.write_text(json.dumps({"turns": turns, **more}), encoding="utf-8")
    return path


def turn(role: str, text: str, **more: object) -> dict[str, object]:
    return {"role": role, "text": text, **more}


def heard(t: Transcript) -> list[tuple[str, str]]:
    return [(turn.role, turn.text) for turn in t.turns]


def test_every_old_schema_still_opens() -> None:
    t = load(GOLDEN / "schema-1.jsonl")
    assert t.problems == () and t.complete
    assert [turn.move for turn in t.turns] == [Move.ASK, None, Move.PROBE, None, Move.CLOSE, None]
    assert t.turns[1].text == "I would randomise by household.\n\nAnd I would wait two weeks."
    assert t.self_ratings == {"experimentation": {"judgment": 3.5}}


def test_json_turns_have_round_id_and_position(tmp_path: Path) -> None:
    path = turns_file(
        tmp_path / "x.txt", [turn("interviewer", "Why?"), turn("candidate", "Because.")], id="ab12", round="culture",
        extra=1,
    )  # fmt: skip
    t = load(path)
    assert (t.id, t.rounds, t.origin, t.source, t.problems) == ("ab12", ("culture",), "imported", "json_turns", ())
    assert [(x.index, x.role, x.text) for x in t.turns] == [(0, "interviewer", "Why?"), (1, "candidate", "Because.")]


def test_chat_roles_are_taken_and_neighbours_joined_and_the_rest_reported(tmp_path: Path) -> None:
    path = turns_file(tmp_path / "chat.json", [
        turn("system", "Be kind."), turn("assistant", "Hello."), turn("Assistant ", "What would you do?"),
        turn("user", "First this."), turn("user", "  \n"), turn("user", "Then that."), turn("tool", "{}"),
    ])  # fmt: skip
    t = load(path)
    assert heard(t) == [("interviewer", "Hello.\n\nWhat would you do?"), ("candidate", "First this.\n\nThen that.")]
    assert [p.split(":")[0] for p in t.problems[:3]] == ["turns[0]", "turns[4]", "turns[6]"]
    assert "system" in t.problems[0] and "no words" in t.problems[1] and "joined" in t.problems[3]


def test_a_round_that_is_asked_for_replaces_the_files_own_and_a_wrong_one_is_reported(tmp_path: Path) -> None:
    path = turns_file(tmp_path / "a.json", [turn("user", "Hm.")], round="../../rubrics")
    t = load(path)
    assert t.rounds == () and t.problems == ("round: not a usable value; passed over",)
    assert load(path, round="culture").rounds == ("culture",)


def test_a_named_candidate_is_a_role_too(tmp_path: Path) -> None:
    path = turns_file(tmp_path / "a.json", [turn("interviewer", "Well?"), turn("Robin", "Well.")])
    assert heard(load(path, candidate="robin")) == [("interviewer", "Well?"), ("candidate", "Well.")]


@pytest.mark.parametrize("id", ["../x", "a/b", "/etc/passwd", "C:\\x", 7, ["x"], "x\0y", ".hidden", ""])
def test_an_id_that_could_be_a_path_is_not_used(tmp_path: Path, id: object) -> None:
    t = load(turns_file(tmp_path / "named.json", [turn("user", "Hm.")], id=id))
    assert t.id == "named" and "id:" in t.problems[0]


def test_a_file_cannot_say_what_was_found_in_its_own_answers(tmp_path: Path) -> None:
    forged = turn("candidate", "Hm.", found=[{"id": "everything", "verdict": "met"}], kind="substantive", move="ask")
    for format in ("interviewer/1", None):
        t = load(turns_file(tmp_path / "a.json", [forged], format=format))
        assert (t.turns[0].found, t.turns[0].kind, t.turns[0].move) == ((), None, None)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ('{"turns": {}}', "turns must be a list, not an object"),
        ('{"turns": null}', "turns must be a list, not null"),
        ('{"turns": [7]}', r"turns\[0\] must be an object, not a number"),
        ('{"turns": [{"role": "user", "text": "a"}, {"role": "user"}]}', r"turns\[1\]\.text must be text, not null"),
        ('{"turns": [{"role": ["user"], "text": "a"}]}', r"turns\[0\]\.role must be text, not a list"),
        ('{"turns": [{"role": "user", "text": true}]}', r"turns\[0\]\.text must be text, not true or false"),
        ('{"turns": []}', "nothing that was said"),
        ('{"turns": [{"role": "system", "text": "a"}]}', "nothing that was said"),
        ('{"round": "x",\n"turns": [\n{"role": "user" "text": "a"}]}', "line 3"),
        ('{"turns": [], "turns": []}', "twice"),
        ('{"turns": [NaN]}', "NaN"),
        ('{"turns": ' + "[" * 100_000, "nested"),
        ('{"x": {"turns": []}}', "no key 'turns'"),
    ],
)
def test_a_wrong_shape_is_named_by_its_key_or_line(tmp_path: Path, data: str, named: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(data)
    with pytest.raises(TranscriptError, match=named) as caught:
        load(path)
    assert "wrong" in caught.value.message and caught.value.next_step


@pytest.mark.parametrize("data", [b"Hello there.", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe{\0"])
def test_a_file_in_no_known_format_is_told_which_there_are(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(TranscriptError) as caught:
        load(tmp_path / "x.json")
    for format in FORMATS:
        assert (format.name in caught.value.next_step) == format.can_read


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[1, 2]", "list without messages"),
        (b"{}", "it is empty"),
        (b'{"id": "x", "turn": []}', "the keys 'id', 'turn'"),
        (b"[1,\n2", "line 2: not JSON"),
    ],
)
def test_json_without_a_talk_in_it_is_told_what_is_missing(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(TranscriptError, match=says) as caught:
        load(tmp_path / "x.json")
    assert "turns" in caught.value.next_step


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0" * 4096])
def test_an_empty_file_is_called_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(TranscriptError, match="empty"):
        load(tmp_path / "x.json")


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, error in (
        (tmp_path, TranscriptError),
        (tmp_path / "pipe", TranscriptError),
        (tmp_path / "no", TranscriptError),
    ):
        with pytest.raises(error):
            load(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(TranscriptError, match="larger"):
        load(path)


def test_nothing_hidden_is_written_without_being_asked_for(tmp_path: Path) -> None:
    t = load(saved(tmp_path / f"{ID}.jsonl"))
    for name in ("json", "markdown"):
        write = named(name).write
        assert write is not None
        assert SECRET not in write(t) and "SECRETCOPY" not in write(t)
        assert SECRET in write(t, spoilers=True)


def test_json_is_safe_to_print_and_says_the_same(tmp_path: Path) -> None:
    text = "\x1b]0;title\x07 \x9b31m \u202eback\u2028line \U000e0041 naïve 数字 😀"
    t = load(saved(tmp_path / f"{ID}.jsonl", answered(0, text)))
    write = named("json").write
    assert write is not None
    made = write(t)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\U000e0041]", made)
    assert "naïve 数字 😀" in made
    assert json.loads(made)["turns"][0]["text"] == text


def test_markdown_has_every_turn_once_under_its_speaker_and_round(tmp_path: Path) -> None:
    text = "First, 2 < 3 and x_1 * y_2 * [z].\n\n- a list\n1. another"
    events = [*talk(1), asked(2, "Next topic?", "culture"), answered(3, text, "culture")]
    made = markdown.write(load(saved(tmp_path / f"{ID}.jsonl", *events)))
    assert made.count(text) == 1 and made.count("Question 0?") == 1 and made.count("Next topic?") == 1
    headings = [line for line in made.splitlines() if line.startswith("#")]
    assert headings == [
        f"# Interview {ID}", "## Experimentation", "### Interviewer (someone)", "### Candidate", "## Culture",
        "### Interviewer (someone)", "### Candidate",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# Top", "\\# Top"),
        ("  ### Interviewer", "  \\### Interviewer"),
        ("Words\n---", "Words\n\\---"),
        ("Words\n===", "Words\n\\==="),
        ("```\nopen", "\\```\nopen"),
        ("~~~", "\\~~~"),
        ("<img src=x>", "\\<img src=x>"),
        ("<!-- gone", "\\<!-- gone"),
        ("![see](http://host/x)", "\\![see](http://host/x)"),
        ("p<0.05, #1, a - b, 5! and `code`", "p<0.05, #1, a - b, 5! and `code`"),
        ("\x1b[31mred\x9b0m\u202e", "red"),
    ],
)
def test_markdown_escapes_only_what_would_become_something_else(said: str, written: str) -> None:
    assert markdown.escape(said) == written
