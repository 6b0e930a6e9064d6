"""``interviewer grade --batch``: sent, left, collected by another call; what does not come back is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cohort.batches import Office, answered, expired, open_office, refused
from tests.cohort.talks import cohort, grade, graded, table

KEY = "song-of-a-canary-0123456789"
BATCH = ("--engine", "llm", "--model", "scripted", "--batch")


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with open_office() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield running


def all_answered(office: Office, id: str) -> None:
    office.end(id, "completed", [answered(r) for r in office.requests(id)])


def test_sent_left_and_collected_comes_to_the_same_as_asking(tmp_path: Path, out: Path, office: Office, capsys) -> None:
    talks = cohort(tmp_path / "talks", 3)
    assert grade(talks, *BATCH, "--out", out) == 0
    (id,) = office.batches
    requests = office.requests(id)
    assert f"Sent as {id}: {len(requests)} requests" in capsys.readouterr().err and not graded(out)
    assert id in (out / ".batch.json").read_text() and KEY not in (out / ".batch.json").read_text()
    assert len({r["custom_id"] for r in requests}) == len(requests)
    assert all(r["body"]["model"] == "scripted" and "stream" not in r["body"] for r in requests)
    assert grade(talks, *BATCH, "--out", out) == 1
    assert f"{id}: in_progress, 0 of {len(requests)} answered" in capsys.readouterr().err and len(office.batches) == 1
    all_answered(office, id)
    assert grade(talks, *BATCH, "--out", out) == 0
    err = capsys.readouterr().err
    assert graded(out) == {f"talk-{n}.json" for n in range(3)} and "3 graded, 0 not" in err
    assert f"{0.12 * len(requests):.1f}k tokens" in err
    assert {row["overall"] for row in table(out).values()} == {"5.0"}
    asked = len(office.asked)
    assert grade(talks, *BATCH, "--out", out) == 0 and not (out / ".batch.json").exists()
    assert len(office.batches) == 1 and len(office.asked) == asked


def test_the_key_goes_to_its_own_origin_and_a_batch_is_asked_for_only_where_it_was_sent(
    tmp_path: Path, out: Path, office: Office, monkeypatch, capsys
) -> None:
    talks = cohort(tmp_path / "talks", 1)
    grade(talks, *BATCH, "--out", out)
    assert {authorization for *_, authorization in office.asked} == {f"Bearer {KEY}"}
    with open_office() as other:
        monkeypatch.setenv("OPENAI_BASE_URL", other.url)
        assert grade(talks, *BATCH, "--out", out) == 2
        assert not other.asked and office.url in capsys.readouterr().err


def test_what_failed_expired_or_never_came_is_named_and_sent_again_only_when_asked(
    tmp_path: Path, out: Path, office: Office, capsys
) -> None:
    talks = cohort(tmp_path / "talks", 6)
    grade(talks, *BATCH, "--out", out)
    requests = office.requests("batch_0")
    about = {n: [r for r in requests if f"candidate {n}," in r["body"]["messages"][1]["content"]] for n in range(6)}
    fine = [answered(r) for n in (0, 1, 2, 3, 4) for r in about[n][1:]] + [answered(r) for r in about[5]]
    odd = [answered(about[0][0], '{"verdicts": []}'), answered(about[1][0], "{", "length"), answered(about[5][0])]
    errors = [refused(about[2][0], 400), expired(about[3][0])]  # and nothing at all of about[4][0]
    office.end("batch_0", "expired", fine + odd, errors)
    capsys.readouterr()
    assert grade(talks, *BATCH, "--out", out) == 1
    err, rows = capsys.readouterr().err, table(out)
    assert graded(out) == {"talk-5.json"} and len(rows) == 6
    whys = ["did not fit", "longer than it is allowed", "status 400", "within the day", "The batch is expired"]
    for number, why in enumerate(whys):
        assert why in rows[f"talk-{number}.json"]["problems"] and f"talk-{number}.json: 1 of its answers" in err
    assert len(office.batches) == 1
    assert grade(talks, *BATCH, "--out", out) == 0
    again = {r["custom_id"] for r in office.requests("batch_1")}
    assert again == {about[n][0]["custom_id"] for n in range(5)}
    all_answered(office, "batch_1")
    assert grade(talks, *BATCH, "--out", out) == 0 and len(graded(out)) == 6


def test_a_batch_that_fails_as_a_whole_makes_up_nothing(tmp_path: Path, out: Path, office: Office, capsys) -> None:
    talks = cohort(tmp_path / "talks", 2)
    grade(talks, *BATCH, "--out", out)
    office.end("batch_0", "failed")
    assert grade(talks, *BATCH, "--out", out) == 1
    assert not graded(out) and "The batch is failed." in capsys.readouterr().err


def test_a_batch_is_taken_back_and_what_was_answered_is_kept(tmp_path: Path, out: Path, office: Office, capsys) -> None:
    talks = cohort(tmp_path / "talks", 2)
    assert grade(talks, *BATCH, "--cancel", "--out", out) == 2
    grade(talks, *BATCH, "--out", out)
    assert grade(talks, *BATCH, "--cancel", "--out", out) == 0
    assert office.batches["batch_0"]["status"] == "cancelling"
    assert grade(talks, *BATCH, "--out", out) == 1 and "cancelling" in capsys.readouterr().err
    first = [r for r in office.requests("batch_0") if "candidate 0," in r["body"]["messages"][1]["content"]]
    office.end("batch_0", "cancelled", [answered(r) for r in first])
    assert grade(talks, *BATCH, "--out", out) == 1
    assert graded(out) == {"talk-0.json"} and "The batch is cancelled." in capsys.readouterr().err


def test_killed_while_sending_the_batch_is_found_by_its_mark_and_not_sent_twice(
    tmp_path: Path, out: Path, office: Office
) -> None:
    talks = cohort(tmp_path / "talks", 2)
    grade(talks, *BATCH, "--out", out)
    state = json.loads((out / ".batch.json").read_text())
    state["parts"][0]["id"] = None  # as it stood before the answer came
    (out / ".batch.json").write_text(json.dumps(state))
    all_answered(office, "batch_0")
    assert grade(talks, *BATCH, "--out", out) == 0
    assert len(graded(out)) == 2 and len(office.batches) == 1


def test_where_batches_are_not_taken_it_is_said_and_nothing_is_lost(
    tmp_path: Path, out: Path, office: Office, capsys
) -> None:
    talks = cohort(tmp_path / "talks", 1)
    office.fail = lambda method, path: 404
    assert grade(talks, *BATCH, "--out", out) == 1
    err = capsys.readouterr().err
    assert "takes none" in err and "--batch" in err and "Traceback" not in err
    office.fail = lambda method, path: None
    assert grade(talks, *BATCH, "--out", out) == 0 and len(office.batches) == 1


def test_a_bad_file_is_named_at_once_and_the_rest_is_sent(tmp_path: Path, out: Path, office: Office, capsys) -> None:
    talks = cohort(tmp_path / "talks", 1)
    (talks / "broken.json").write_text("{broken")
    assert grade(talks, *BATCH, "--out", out) == 1
    assert "broken.json" in capsys.readouterr().err and len(office.batches) == 1


def test_no_more_is_sent_than_is_allowed(tmp_path: Path, out: Path, office: Office, home: Path, capsys) -> None:
    home.mkdir()
    (home / "config.toml").write_text("most_tokens = 5_000\n")
    assert grade(cohort(tmp_path / "talks", 3), *BATCH, "--out", out) == 1
    assert not office.asked and "5000 tokens you allow" in capsys.readouterr().err


def test_an_answer_with_the_key_in_it_is_thrown_away(tmp_path: Path, out: Path, office: Office, home: Path) -> None:
    talks = cohort(tmp_path / "talks", 1)
    grade(talks, *BATCH, "--out", out)
    office.end("batch_0", "completed", [answered(r, f'{{"a": "{KEY}"}}') for r in office.requests("batch_0")])
    assert grade(talks, *BATCH, "--out", out) == 1
    assert not any(KEY in p.read_text() for folder in (home, out) for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("options", [["--batch"], ["--engine", "llm", "--model", "m", "--cancel"]])
def test_wrong_use_is_2(tmp_path: Path, out: Path, options: list[str]) -> None:
    assert grade(cohort(tmp_path / "talks", 1), *options, "--out", out) == 2
