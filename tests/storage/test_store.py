"""The folder of interviews: finding, listing, importing, deleting."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from saved_interviews import ID, answered, header, saved, talk

from interviewer.errors import InterviewerError, NotFound, StorageError, UsageError
from interviewer.models import events as ev
from interviewer.storage import files, store
from interviewer.storage.formats.registry import load


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "transcripts"


def keep(folder: Path, id: str, *events: ev.Event, created: str = "") -> Path:
    return saved(
        folder / f"{id}.jsonl", *events, head=header(id, created=created or f"2026-01-0{id[-1]}T09:00:00+00:00")
    )


def test_new_ids_sort_by_time_and_can_be_held_as_files(folder: Path) -> None:
    ids = {store.new_id() for _ in range(200)}
    assert len(ids) > 190
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d-\d{4}-[a-z0-9]{4}", id) for id in ids)
    store.Log.create(folder / f"{min(ids)}.jsonl", header(min(ids))).close()


def test_an_interview_is_found_by_its_id_the_start_of_it_or_its_path(folder: Path, tmp_path: Path) -> None:
    path = keep(folder, ID + "1")
    elsewhere = keep(tmp_path / "other", "x1")
    assert store.find(ID + "1") == store.find(ID) == store.find(f"{ID}1.jsonl") == path
    assert store.find(str(elsewhere)) == elsewhere
    assert store.find("other/x1.jsonl") == Path("other/x1.jsonl")


def test_an_unclear_start_of_an_id_is_not_guessed(folder: Path) -> None:
    keep(folder, ID + "1"), keep(folder, ID + "2")
    with pytest.raises(UsageError, match="start of 2 ids") as caught:
        store.find(ID)
    assert ID + "1" in caught.value.next_step


def test_an_example_is_found_by_those_who_only_read(folder: Path) -> None:
    assert store.find("example-onsite", examples=True).is_file()
    with pytest.raises(NotFound):
        store.find("example-onsite")


def test_an_unknown_name_is_told_which_there_are(folder: Path) -> None:
    keep(folder, ID + "1")
    keep(folder, ID + "2").rename(folder / f"{ID}2.scorecards.jsonl")
    with pytest.raises(NotFound) as caught:
        store.find("nobody")
    assert caught.value.next_step == f"Known: {ID}1."


@pytest.mark.parametrize(
    "ref", ["", "../home/transcripts", "..", "x\0y", "a/" * 3000, "~nobody-here/x", ID[:5] + "/../" + ID]
)
def test_a_name_never_leads_out_of_the_folder(folder: Path, ref: str) -> None:
    keep(folder, ID + "1")
    with pytest.raises(NotFound):
        store.find(ref)


def test_the_list_is_newest_first_and_says_how_each_stands(folder: Path) -> None:
    keep(folder, "a1", *talk(2), ev.Ended(reason="completed"))
    keep(folder, "c3", *talk(1))
    keep(folder, "b2", *talk(1), ev.Ended(reason="left_early"))
    files.append_line(store.scorecards(folder / "a1.jsonl"), "{}")
    (folder / "README.md").write_text("no interview")
    rows = [(s.id, s.turns, s.ended, s.problem) for s in store.listing(folder)]
    assert rows == [("c3", 2, None, None), ("b2", 2, "left_early", None), ("a1", 4, "completed", None)]


def test_a_broken_file_breaks_only_its_own_line(folder: Path) -> None:
    keep(folder, "a1")
    (folder / "broken.jsonl").write_bytes(b"\0\xff{")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "gone.jsonl").symlink_to("nowhere")
    found = {s.id: s.problem for s in store.listing(folder)}
    assert set(found) == {"a1", "broken", "empty"}
    assert found["a1"] is None and found["broken"] and found["empty"]


def test_a_folder_that_is_not_there_holds_no_interviews(folder: Path) -> None:
    assert store.listing(folder) == []
    assert store.latest_unfinished(folder) is None


def test_the_latest_unfinished_was_held_here_and_can_be_gone_on_with(folder: Path, tmp_path: Path) -> None:
    wanted = keep(folder, "a1")
    keep(folder, "b2", *talk(1), ev.Ended(reason="left_early"))
    data = keep(tmp_path / "x", "d4").read_bytes()
    keep(folder, "c3").write_bytes(b"\0" * 100 + data[300:])  # no header
    store.import_file(tmp_path / "x" / "d4.jsonl", folder)
    latest = store.latest_unfinished(folder)
    assert latest is not None and latest.path == wanted


def test_deleting_leaves_no_trace_of_what_was_said(folder: Path) -> None:
    path, other = keep(folder, "a1", answered(0, "my secret words")), keep(folder, "b2")
    files.append_line(store.scorecards(path), json.dumps({"quote": "my secret words"}))
    assert store.delete(path) == [store.scorecards(path), path]
    assert [p for p in folder.rglob("*") if b"my secret words" in p.read_bytes()] == []
    assert list(folder.iterdir()) == [other]


def test_a_damaged_interview_can_be_deleted_too(folder: Path) -> None:
    path = keep(folder, "a1")
    path.write_bytes(b"\0" * 64)
    store.delete(path)
    assert not path.exists()


def test_a_file_that_is_no_interview_is_never_deleted(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("keep me")
    for path in (notes, tmp_path):
        with pytest.raises(InterviewerError):
            store.delete(path)
    with pytest.raises(StorageError):
        store.delete(tmp_path / "nothing")
    assert notes.read_text() == "keep me"


def foreign(path: Path, **more: object) -> Path:
    turns = [{"role": "interviewer", "text": "Well?"}, {"role": "candidate", "text": "Well."}]
    path.write_text(json.dumps({"turns": turns, **more}))
    return path


def test_an_import_keeps_its_id_but_never_takes_the_place_of_another(folder: Path, tmp_path: Path) -> None:
    source = foreign(tmp_path / "x.json", id="mine", round="culture")
    first, _ = store.import_file(source, folder)
    second, _ = store.import_file(source, folder)
    assert first == folder / "mine.jsonl" and first != second
    assert load(first).turns == load(second).turns
    summary = next(s for s in store.listing(folder) if s.id == "mine")
    assert (summary.imported, summary.turns, summary.rounds, summary.ended) == (True, 2, ("culture",), "completed")


def test_an_import_does_not_inherit_the_scorecards_of_a_namesake(folder: Path, tmp_path: Path) -> None:
    files.append_line(folder / "mine.scorecards.jsonl", "{}")
    path, _ = store.import_file(foreign(tmp_path / "x.json", id="mine"), folder)
    assert path.name != "mine.jsonl"


@pytest.mark.parametrize("id", ["../../escape", "UPPER", "a.scorecards", "with space", "x" * 90])
def test_an_import_with_an_id_that_is_no_plain_file_name_gets_a_new_one(folder: Path, tmp_path: Path, id: str) -> None:
    path, _ = store.import_file(foreign(tmp_path / "X Y.json", id=id), folder)
    assert path.parent == folder and re.fullmatch(r"[\d-]{16}[a-z0-9]{4}\.jsonl", path.name)
    assert load(path).id == path.stem


def test_a_native_file_from_elsewhere_is_marked_as_imported_and_keeps_what_was_read(
    folder: Path, tmp_path: Path
) -> None:
    path, t = store.import_file(saved(tmp_path / f"{ID}.jsonl"), folder)
    copy = load(path)
    assert t.origin == "held" and copy.origin == "imported" and copy.id == ID
    unclocked = tuple(turn.model_copy(update={"clock": None}) for turn in t.turns)  # nobody here saw that clock
    assert copy.turns == unclocked and copy.questions == t.questions


def test_an_import_of_nothing_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    store.Log.create(tmp_path / f"{ID}.jsonl", header()).close()
    with pytest.raises(UsageError, match="Nothing was said"):
        store.import_file(tmp_path / f"{ID}.jsonl", folder)
    assert not folder.exists()


def test_scorecard_lines_follow_a_half_line_on_a_line_of_their_own(folder: Path) -> None:
    path = store.scorecards(keep(folder, "a1"))
    path.write_bytes(b'{"half')
    files.append_line(path, "{}")
    assert path.read_bytes() == b'{"half\n{}\n'
