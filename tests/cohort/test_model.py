"""``interviewer grade`` over folders with a model on loopback: paced, continued, capped, and nothing made up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from tests.cohort.talks import cohort, grade, graded, met, table
from tests.engines.llm.faulty import counts
from tests.engines.llm.obliging import candidate_turns, judges
from tests.engines.llm.server import Asked, Reply, Server

MODEL = ("--engine", "llm", "--model", "scripted")


def candidate(asked: Asked) -> int:
    """Whose transcript a request is about."""
    return int(candidate_turns(asked)[1][1].split("week ")[1].rstrip("."))


def test_every_transcript_is_judged_and_the_table_names_the_model(tmp_path: Path, out: Path, model: Server) -> None:
    assert grade(cohort(tmp_path / "talks", 5), *MODEL, "--out", out) == 0
    rows = table(out)
    assert len(rows) == 5 == len(graded(out))
    assert {(row["engine"], row["model"], row["overall"]) for row in rows.values()} == {("llm", "scripted", "5.0")}
    assert {candidate(a) for a in model.asked} == set(range(5))


def test_what_was_judged_is_free_the_next_time(tmp_path: Path, out: Path, model: Server, home: Path) -> None:
    talks = cohort(tmp_path / "talks", 2)
    grade(talks, *MODEL, "--out", out)
    asked = len(model.asked)
    assert grade(talks, *MODEL, "--out", tmp_path / "elsewhere") == 0
    assert grade(talks / "talk-0.json", *MODEL, "--format", "json", "--out", tmp_path / "one") == 0
    assert len(model.asked) == asked
    assert (tmp_path / "one").read_bytes() == (out / "talk-0.json.json").read_bytes()
    kept = [p for p in (home / "cache" / "answers").rglob("*") if p.is_file()]
    assert len(kept) == asked and all(p.stat().st_mode & 0o777 == 0o600 for p in kept)
    assert all(p.stat().st_mode & 0o777 == 0o700 for p in (home / "cache").rglob("*") if p.is_dir())
    assert grade(talks / "talk-0.json", *MODEL, "--no-cache", "--out", tmp_path / "again") == 0
    assert len(model.asked) == asked + asked // 2


def test_another_word_or_model_is_asked_about_anew(tmp_path: Path, model: Server) -> None:
    talk = cohort(tmp_path / "talks", 1) / "talk-0.json"
    grade(talk, *MODEL, "--out", tmp_path / "one")
    once = len(model.asked)
    talk.write_text(talk.read_text().replace("four weeks", "five weeks"))
    grade(talk, *MODEL, "--out", tmp_path / "two")
    grade(talk, "--model", "another", "--engine", "llm", "--out", tmp_path / "three")
    assert len(model.asked) == 3 * once


def test_a_failure_is_never_kept_and_a_spoilt_answer_on_disk_is_asked_again(
    tmp_path: Path, model: Server, home: Path
) -> None:
    talk = cohort(tmp_path / "talks", 1) / "talk-0.json"
    model.reply = lambda asked: asked.whole({"verdicts": []})
    assert grade(talk, *MODEL, "--out", tmp_path / "one") == 1
    assert not list((home / "cache").rglob("*"))
    model.reply = met
    assert grade(talk, *MODEL, "--out", tmp_path / "two") == 0
    (spoilt, *_) = (p for p in (home / "cache" / "answers").rglob("*") if p.is_file())
    spoilt.write_text(spoilt.read_text()[:-5])
    asked = len(model.asked)
    assert grade(talk, *MODEL, "--out", tmp_path / "three") == 0
    assert len(model.asked) == asked + 1


class Full:
    """An endpoint that answers so many at once and turns every further call away."""

    def __init__(self, room: int, after: str) -> None:
        self.room, self.after = room, after
        self.lock = threading.Lock()
        self.inside = self.most = self.turned_away = 0

    def __call__(self, asked: Asked) -> None:
        with self.lock:
            full = self.inside >= self.room
            self.turned_away += full
            self.inside += not full
            self.most = max(self.most, self.inside)
        if full:
            return asked.error(429, "slow down", retry_after=self.after)
        try:
            time.sleep(0.03)
            met(asked)
        finally:
            with self.lock:
                self.inside -= 1
        return None


def test_an_endpoint_that_turns_calls_away_fails_none_and_is_asked_less(
    tmp_path: Path, out: Path, model: Server
) -> None:
    model.reply = full = Full(3, "0.05")
    assert grade(cohort(tmp_path / "talks", 12), *MODEL, "--at-once", 30, "--out", out) == 0
    assert len(graded(out)) == 12
    # The first thirty come before anything is learned; a run that learned nothing has twice as many turned away.
    answered = len(model.asked) - full.turned_away
    assert full.most == 3 and 0 < full.turned_away < answered


def test_after_retry_after_no_call_of_the_run_begins_too_early(tmp_path: Path, out: Path, model: Server) -> None:
    times: list[tuple[float, bool]] = []
    lock = threading.Lock()

    def reply(asked: Asked) -> None:
        with lock:
            refuse = len(times) == 4
            times.append((monotonic(), refuse))
        if refuse:
            asked.error(429, "slow down", retry_after="1")
        else:
            met(asked)

    model.reply = reply
    assert grade(cohort(tmp_path / "talks", 4), *MODEL, "--at-once", 1, "--out", out) == 0
    refused = next(at for at, refuse in times if refuse)
    assert min(at for at, _ in times if at > refused) - refused >= 0.99


def test_with_many_at_once_processes_share_the_calls_and_the_pace(tmp_path: Path, out: Path, model: Server) -> None:
    model.reply = full = Full(20, "0.1")
    assert grade(cohort(tmp_path / "talks", 8), *MODEL, "--at-once", 100, "--out", out) == 0
    assert graded(out) == set(table(out)) == {f"talk-{n}.json" for n in range(8)}
    assert full.most <= 20


def flaky(spoil: Callable[[Asked], bool], how: Reply) -> Reply:
    return lambda asked: how(asked) if spoil(asked) else met(asked)


@pytest.mark.parametrize("how", [lambda a: a.error(400), lambda a: a.whole({"no": 1}), lambda a: a.cut()])
def test_what_an_endpoint_spoils_is_named_and_the_rest_is_graded(
    tmp_path: Path, out: Path, model: Server, capsys, how: Reply
) -> None:
    talks = cohort(tmp_path / "talks", 6)
    model.reply = flaky(lambda a: candidate(a) in (1, 4), how)
    assert grade(talks, *MODEL, "--out", out) == 1
    rows, err = table(out), capsys.readouterr().err
    bad = {"talk-1.json", "talk-4.json"}
    assert {f for f, row in rows.items() if row["status"] == "failed"} == bad == set(rows) - graded(out)
    assert all(f"{name}: not judged: " in err for name in bad)
    assert not any(row["overall"] for f, row in rows.items() if f in bad)
    before = len(model.asked)
    model.reply = met
    assert grade(talks, *MODEL, "--out", out) == 0
    assert {candidate(a) for a in model.asked[before:]} == {1, 4} and len(graded(out)) == 6


def test_a_refused_key_ends_the_run_at_once_and_every_transcript_is_named(
    tmp_path: Path, out: Path, model: Server, capsys
) -> None:
    model.reply = lambda asked: asked.error(401)
    assert grade(cohort(tmp_path / "talks", 30), *MODEL, "--at-once", 4, "--out", out) == 1
    assert len(model.asked) <= 4
    assert capsys.readouterr().err.count("refused the key") == 30 and not graded(out)


def test_no_more_is_used_than_is_allowed(tmp_path: Path, out: Path, model: Server, home: Path, capsys) -> None:
    home.mkdir()
    (home / "config.toml").write_text("most_tokens = 20_000\n")
    talks = cohort(tmp_path / "talks", 10)
    usage = {"prompt_tokens": 700, "completion_tokens": 300, "total_tokens": 1000}
    model.reply = lambda asked: counts(usage)(asked, json.dumps(judges(asked, "met")))
    assert grade(talks, *MODEL, "--at-once", 4, "--out", out) == 1
    assert len(model.asked) <= 20
    rows, err = table(out), capsys.readouterr().err
    assert 0 < len(graded(out)) < 10 and len(rows) == 10
    assert "of the 20000 tokens you allow" in err


def running(model: Server, *args: object) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "interviewer", "grade", *map(str, args)]
    env = {**os.environ, "OPENAI_BASE_URL": model.url}
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_and_continued_nothing_is_lost_or_doubled_or_asked_twice(
    tmp_path: Path, out: Path, model: Server, number: signal.Signals
) -> None:
    talks = cohort(tmp_path / "talks", 12)
    enough = threading.Event()
    answered: Counter[str] = Counter()

    def reply(asked: Asked) -> None:
        met(asked)
        answered[asked.prompt] += 1
        if len(answered) >= 25:
            enough.set()
            time.sleep(0.05)  # so that the run is not over before the signal comes

    model.reply = reply
    with running(model, talks, *MODEL, "--at-once", 4, "--out", out) as process:
        assert enough.wait(60)
        process.send_signal(number)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    if number == signal.SIGINT:
        assert "of 12 done; the same command goes on from there" in said and (out / "cohort.csv").is_file()
    some = graded(out)
    assert 0 < len(some) < 12
    assert grade(talks, *MODEL, "--at-once", 4, "--out", out) == 0
    assert graded(out) == set(table(out)) == {f"talk-{n}.json" for n in range(12)}
    assert not [p for p in out.rglob(".*.tmp")]
    twice = [prompt for prompt, times in answered.items() if times > 1]
    assert len(twice) <= 4, "more was asked again than was under way"
