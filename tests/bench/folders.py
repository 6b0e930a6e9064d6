"""How fast folders are graded, and whether anything is lost or doubled, through the real command.

    python -m tests.bench.folders pace       200 calls at once, answers after 300 ms, then 3 s: the share of what
                                             latency allows
    python -m tests.bench.folders offline    1,000 transcripts offline: time and memory
    python -m tests.bench.folders faulty     1,000 against an endpoint that fails, killed twice and continued

The endpoint is on loopback, in a process of its own. On two processors it and the two processes of the run share them:
what is measured is the processor's time as much as the pace, so the load before is printed beside it.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from interviewer.content.library import library
from tests.cohort.talks import graded

AT_ONCE = 200
ANSWERS = (0.3, 3.0)  # seconds
MANY = 1000
SETTINGS = "most_tokens = 1_000_000_000\n"
PROSE = "I would say so. First I would ask who decides, and by when. Then I would look at the weeks before."


def talks(folder: Path, count: int) -> Path:
    """Synthetic transcripts of nine turns over our own questions, with parts of strong answers in changing order."""
    folder.mkdir()
    content, chance = library(), Random(5)
    asked = [(round, id) for round in ("experimentation", "product_case") for id in content.question_ids(round)]
    for number in range(count):
        round, id = asked[number % len(asked)]
        sheet = content.question(id)
        points = [e.point for e in sheet.expectations] + sheet.model_answer.split(". ")
        turns = [{"role": "interviewer", "text": sheet.ask}]
        for probe in [e.probe for e in sheet.expectations][:4]:
            said = f"In my view, number {number}: {'. '.join(chance.sample(points, min(4, len(points))))}. {PROSE}"
            turns += [{"role": "candidate", "text": said}, {"role": "interviewer", "text": probe}]
        turns.append({"role": "candidate", "text": f"I would decide to launch if it holds, number {number}."})
        data = {"id": f"talk-{number:04}", "round": round, "turns": turns}
        (folder / f"talk-{number:04}.json").write_text(json.dumps(data))
    return folder


@contextmanager
def model(seconds: float, faults: float = 0.0) -> Iterator[str]:
    """The endpoint's address."""
    command = [sys.executable, "-m", "tests.bench.cheap_server", str(seconds), str(faults)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        os.environ["OPENAI_BASE_URL"] = f"{url}/v1"
        try:
            yield url
        finally:
            process.kill()


def stats(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/stats") as response:
        found: dict[str, Any] = json.load(response)
        return found


def command(folder: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "interviewer", "grade", str(folder), "--out", str(out), "--format", "json", *options]
    return subprocess.Popen(line, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    said = process.communicate()[1]
    if process.returncode not in (0, 1):
        raise SystemExit(said)
    return said.strip().splitlines()[-1]


def used() -> tuple[float, float]:
    """Processor seconds of all ended children, and the most memory one of them had, in MB."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime, children.ru_maxrss / 1024


def check(folder: Path, out: Path) -> None:
    """Nothing lost, nothing doubled."""
    given = {p.name for p in folder.iterdir()}
    with (out / "cohort.csv").open(newline="") as file:
        rows = [row["file"] for row in csv.DictReader(file)]
    assert graded(out) == given == set(rows) and len(rows) == len(given), "lost or doubled"
    print(f"  {len(given)} in, {len(graded(out))} reports, {len(rows)} rows: none lost, none doubled")


def pace(place: Path) -> None:
    folder = talks(place / "talks", 500)
    for seconds in ANSWERS:
        paced(folder, place / f"after {seconds} s", seconds)


def paced(folder: Path, out: Path, answers: float) -> None:
    before = used()[0]
    with model(answers) as url:
        options = ("--engine", "llm", "--model", "m", "--no-cache", "--at-once", str(AT_ONCE))
        finish(command(folder, out, *options))
        found, seconds = stats(url), used()[0] - before
    times, calls = found["times"], found["calls"]
    took, bound = times[-1] - found["first"], calls / AT_ONCE * answers
    print(f"  {out.name}:")
    middle = times[calls * 3 // 4] - times[calls // 4]
    print(f"  {calls} calls, at most {found['most']} at once, in {took:.1f} s; latency alone would take {bound:.1f} s:")
    print(
        f"  {bound / took:.0%} of what latency allows, {bound / 2 / middle:.0%} over the middle half, when all is read"
    )
    print(f"  {1000 * seconds / calls:.1f} ms of processor a call, starting included")
    check(folder, out)


def offline(place: Path) -> None:
    folder, began = talks(place / "talks", MANY), time.monotonic()
    finish(command(folder, place / "out"))
    seconds, memory = used()
    took = time.monotonic() - began
    print(f"  {MANY} in {took:.0f} s, {seconds:.0f} s of processor, at most {memory:.0f} MB a process")
    check(folder, place / "out")


def faulty(place: Path) -> None:
    folder, options = talks(place / "talks", MANY), ("--engine", "llm", "--model", "m", "--at-once", "40")
    with model(0.02, 0.2) as url:
        for part, number in ((0.2, signal.SIGKILL), (0.6, signal.SIGINT)):
            process = command(folder, place / "out", *options)
            while len(graded(place / "out")) < part * MANY:
                time.sleep(0.2)
            process.send_signal(number)
            process.communicate()
            print(f"  stopped by {number.name} with {len(graded(place / 'out'))} reports")
        print(f"  {finish(command(folder, place / 'out', *options))}")
        found = stats(url)
    print(f"  {found['calls']:.0f} calls, {found['failed']:.0f} of them spoilt")
    check(folder, place / "out")


def main() -> None:
    wanted = sys.argv[1:] or ["pace", "offline", "faulty"]
    for name in wanted:
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["INTERVIEWER_HOME"] = scratch
            (Path(scratch) / "config.toml").write_text(SETTINGS)
            print(f"{name}, {os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}:", flush=True)
            {"pace": pace, "offline": offline, "faulty": faulty}[name](Path(scratch))


if __name__ == "__main__":
    main()
