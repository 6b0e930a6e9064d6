"""What is exported, imported and exported again is the same, whatever was said.

Lone surrogates are left out: an event refuses them, so no file of ours can hold one (see test_log)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from saved_interviews import ID, answered, asked, header, saved

from interviewer.models import events as ev
from interviewer.models.base import Move
from interviewer.models.transcript import Transcript, Turn
from interviewer.storage.formats import json_turns
from interviewer.storage.formats.registry import load
from interviewer.storage.store import import_file

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
ROUNDS = st.sampled_from(["experimentation", "product_case", "culture"])
SAID = st.one_of(
    st.builds(
        ev.InterviewerSaid, turn=st.just(0), round=ROUNDS, text=TEXT, move=st.sampled_from(Move), reason=TEXT,
        persona=st.none() | TEXT, question=st.none() | st.just("a-question"), target=st.none() | TEXT,
        rung=st.sampled_from([None, 1, 2, 3]), note=TEXT,
    ),
    st.builds(
        ev.CandidateSaid, turn=st.just(0), round=ROUNDS, text=TEXT, seconds=st.floats(0, 1e6), continues=st.booleans()
    ),
)  # fmt: skip
OTHER = st.one_of(
    st.builds(ev.SelfRated, round=ROUNDS, levels=st.dictionaries(st.just("judgment"), st.floats(1, 5), max_size=1)),
    st.builds(ev.EngineChanged, engine=st.just("llm"), model=st.none() | TEXT),
)
ENDS = st.sampled_from([[], [ev.Ended(reason="completed")], [ev.Ended(reason="left_early")]])
PLANES = "".join(chr((plane << 16) + at) for plane in range(17) for at in (0x41, 0x2028, 0xFFFD, 0xFFFF))
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200B, 0x202E, 0x2066, 0xFEFF, 0xE0041]))


@settings(max_examples=200, deadline=None)
@given(st.lists(SAID | OTHER, max_size=8), SAID, ENDS)
@example([], answered(0, PLANES), [])
@example([asked(0, CONTROLS)], answered(1, ""), [ev.Ended(reason="completed")])
@example([asked(0, "Twice", move=Move.CLOSE)], asked(1, "in a row.", move=Move.ASK), [])
def test_export_import_export_is_the_identity(more: list[ev.Event], one: ev.Event, end: list[ev.Event]) -> None:
    events = [*more, one, *end]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = saved(
            folder / f"{ID}.jsonl", *events, head=header(rounds=("experimentation", "product_case", "culture"))
        )
        first = load(path)
        exported = folder / "export.json"
        exported.write_text(json_turns.write(first), encoding="utf-8", newline="")
        between = load(exported)
        copy, _ = import_file(exported, folder / "elsewhere")
        second = load(copy)
        assert said(first) == said(between) == said(second)
        assert second.origin == between.origin == "imported" and second.id == first.id
        assert json_turns.write(between).encode() == json_turns.write(second).encode() == exported.read_bytes()


def said(t: Transcript) -> list[Turn]:
    """Turns without what an export keeps to itself, or an import doesn't believe."""
    hidden = {"target": None, "rung": None, "kind": None, "found": (), "clock": None}
    own = {"question": None, "speaker": None}
    return [turn.model_copy(update=hidden | (own if turn.role == "candidate" else {})) for turn in t.turns]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["user", "assistant", "candidate", "system"]), TEXT), min_size=1, max_size=8),
    st.none() | st.just("culture"),
)
@example([("assistant", "Hello?"), ("user", CONTROLS)], None)
def test_a_file_from_elsewhere_is_imported_without_a_change_to_its_words(
    turns: list[tuple[str, str]], round: str | None
) -> None:
    document = {"round": round, "turns": [{"role": role, "text": text} for role, text in turns]}
    if not any(text.strip() for role, text in turns if role != "system"):
        return
    with tempfile.TemporaryDirectory() as name:
        foreign = Path(name) / "foreign.json"
        foreign.write_text(json.dumps(document))
        direct = load(foreign)
        kept, _ = import_file(foreign, Path(name) / "kept")
        native = load(kept)
        assert native.turns == direct.turns and native.rounds == direct.rounds
        assert json_turns.write(native) == json_turns.write(direct)
