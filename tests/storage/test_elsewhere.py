"""Transcripts as other programs write them: each is known by its content, and gives the same talk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.errors import TranscriptError
from interviewer.models.transcript import Transcript
from interviewer.storage.formats.registry import from_bytes, load

ASK = "Churn is up in one region. What would you do?"
TELL = "I'd ask since when, and for whom. Then I'd split it."
MORE = "And if it's the price?"
END = "I'd compare it with a region whose price stayed."
TALK = [("interviewer", ASK), ("candidate", TELL), ("interviewer", MORE), ("candidate", END)]

ZOOM = f"""WEBVTT

1
00:00:01.000 --> 00:00:03.000
Ana Lima: Churn is up in one region.

2
00:00:03.100 --> 00:00:05.000
Ana Lima: What would you do?

3
00:00:05.500 --> 00:00:09.000
Bo Berg: I'd ask since when,
and for whom.

4
00:00:09.000 --> 00:00:11.000
Then I'd split it.

5
00:00:11.500 --> 00:00:13.000
Ana Lima: {MORE}

6
00:00:13.500 --> 00:00:16.000
Bo Berg: {END}
"""
TEAMS = f"""\ufeffWEBVTT

NOTE language en

c1-0
00:00:01.000 --> 00:00:05.000 align:start
<v Ana Lima>{ASK}</v>

c1-1
00:00:04.000 --> 00:00:09.000
<v Bo Berg>I&#39;d ask since when, <i>and for whom</i>.</v>

c1-2
00:00:09.000 --> 00:00:16.000
<v Bo Berg>Then I'd split it.</v>
<v.loud Ana Lima>{MORE}</v>

c1-3
00:00:16.000 --> 00:00:20.000
<v Bo Berg>{END}</v>
"""
SRT = f"""1
00:00:01,000 --> 00:00:05,000
Speaker 1: {ASK}

2
00:00:05,000 --> 00:00:09,000
Speaker 2: I'd ask since when, and for whom.

3
00:00:09,000 --> 00:00:11,000
Then I'd split it.

4
00:00:11,000 --> 00:00:13,000
Speaker 1: {MORE}

5
00:00:13,000 --> 00:00:16,000
Speaker 2: {END}
"""
OTTER = f"""Mock interview

Ana Lima  0:01
{ASK}

Bo Berg  0:05
I'd ask since when, and for whom.
Then I'd split it.

Ana Lima  0:11
{MORE}

Bo Berg  0:13
{END}
"""
WRAPPED = f"""Practice, product round

Ana: Churn is up in one region.
    What would you do?

Bo: I'd ask since when, and for
    whom. Then I'd split it.
Ana: {MORE}
Bo: {END}
"""
BOLD = f"""# Mock onsite

**Interviewer:** {ASK}

**Bo:** I'd ask since when, and for whom.

Then I'd split it.

**Interviewer:** {MORE}

**Bo:** {END}
"""
MESSAGES = json.dumps(
    [
        {"role": "system", "content": "Hold a round."},
        {"role": "assistant", "content": [{"type": "text", "text": ASK}]},
        {"role": "user", "content": TELL},
        {"role": "assistant", "content": MORE},
        {"role": "user", "content": END},
    ]
)


def node(id: str, parent: str | None, role: str, text: str, children: list[str]) -> dict[str, object]:
    message = {"author": {"role": role}, "content": {"content_type": "text", "parts": [text]}}
    return {"id": id, "parent": parent, "message": message if role else None, "children": children}


CHATGPT = json.dumps(
    [
        {
            "title": "Mock",
            "current_node": "e",
            "mapping": {
                "a": node("a", None, "", "", ["b"]),
                "b": node("b", "a", "assistant", ASK, ["c"]),
                "c": node("c", "b", "user", TELL, ["d", "x"]),
                "x": node("x", "c", "assistant", "An answer that was made anew.", []),
                "d": node("d", "c", "assistant", MORE, ["e"]),
                "e": node("e", "d", "user", END, []),
            },
        }
    ]
)
FILES = {"zoom": ZOOM, "teams": TEAMS, "srt": SRT, "otter": OTTER, "wrapped": WRAPPED, "bold": BOLD,
         "messages": MESSAGES, "chatgpt": CHATGPT}  # fmt: skip


def talk(t: Transcript) -> list[tuple[str, str]]:
    return [(turn.role, turn.text) for turn in t.turns]


@pytest.mark.parametrize("kind", FILES)
def test_the_same_talk_is_read_from_every_kind_of_file(kind: str) -> None:
    t = from_bytes(FILES[kind].encode(), name="x")
    assert talk(t) == TALK
    assert [turn.index for turn in t.turns] == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", ["zoom", "teams", "srt", "otter", "wrapped"])
def test_who_the_candidate_is_taken_for_is_said_and_can_be_said_otherwise(kind: str) -> None:
    t = from_bytes(FILES[kind].encode(), name="x")
    assert any("for the candidate" in problem and "--candidate" in problem for problem in t.problems)
    other = next(turn.speaker for turn in t.turns if turn.role == "interviewer")
    turned = from_bytes(FILES[kind].encode(), name="x", candidate=other)
    assert [turn.role for turn in turned.turns] == ["candidate", "interviewer"] * 2
    assert not any("--candidate" in problem for problem in turned.problems)


def test_a_candidate_nobody_is_called_is_an_error_that_names_the_speakers() -> None:
    with pytest.raises(TranscriptError, match="Ana Lima"):
        from_bytes(ZOOM.encode(), name="x", candidate="Zoe")


def test_what_is_not_used_is_said() -> None:
    assert any("Mock interview" in p for p in from_bytes(OTTER.encode(), name="x").problems)
    assert any("system" in p for p in from_bytes(MESSAGES.encode(), name="x").problems)


def test_captions_that_name_nobody_and_a_talk_of_one_are_refused_with_what_to_do() -> None:
    with pytest.raises(TranscriptError, match="name no speaker"):
        from_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello there\n", name="x")
    with pytest.raises(TranscriptError, match="only one side"):
        from_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nAna: Hi\n\n00:02.000 --> 00:03.000\nAna: There\n", name="x")


def test_a_sentence_with_a_colon_is_no_speaker() -> None:
    text = WRAPPED.replace("Then I'd split it.", "Then I'd\nsplit it. My point: it depends.")
    assert [t.speaker for t in from_bytes(text.encode(), name="x").turns] == ["Ana", "Bo", "Ana", "Bo"]


def test_exported_markdown_is_read_back(tmp_path: Path) -> None:
    from interviewer.storage.formats import markdown

    held = from_bytes(BOLD.encode(), name="x", round="product_case")
    odd = held.model_copy(
        update={
            "turns": (
                *held.turns,
                held.turns[0].model_copy(update={"index": 4, "text": "# Not a title\n\n<b> ![x](y)"}),
            )
        }
    )
    path = tmp_path / "x.md"
    path.write_text(markdown.write(odd), encoding="utf-8")
    again = load(path)
    assert [(t.role, t.text, t.round, t.speaker) for t in again.turns] == [
        (t.role, t.text, t.round, t.speaker) for t in odd.turns
    ]
    assert markdown.write(again) == markdown.write(odd.model_copy(update={"id": again.id, "origin": again.origin}))
