"""``interviewer start --plain``: a process of its own, answers on stdin, the interview on stdout, nothing replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.holding import PROSE, hold, start, steady
from tests.terminal import environment, fold, run

ROUNDS = {"experimentation": "Marguerite Osei", "product_case": "Dmitri Vale", "culture": "Ines Calloway"}
QUICK = ("start", "--plain", "--length", "quick", "--seed", "3")


Onsite = tuple[CompletedProcess[str], dict[str, str], Path]


def answers(count: int) -> str:
    return "".join(f"{PROSE[n % len(PROSE)]}\nThat’s my naïve view, at point {n}.\n\n" for n in range(count))


def one_sentence(done: CompletedProcess[str], code: int) -> str:
    """What was complained of: one line, no traceback, nothing on stdout."""
    assert done.returncode == code, done.stderr
    assert done.stdout == "" and done.stderr.startswith("interviewer: ") and done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture(scope="module")
def onsite(tmp_path_factory: pytest.TempPathFactory) -> Onsite:
    """A whole onsite with a candidate who never runs out of words, the environment it was held in, its folder."""
    home = tmp_path_factory.mktemp("onsite")
    env = environment(INTERVIEWER_HOME=str(home))
    return run(*QUICK, "--id", "whole", stdin=answers(60), env=env, cwd=home), env, home


def exported(env: dict[str, str], cwd: Path) -> list[dict[str, str]]:
    turns: list[dict[str, str]] = json.loads(run("transcripts", "export", "whole", env=env, cwd=cwd).stdout)["turns"]
    return turns


def test_an_onsite_goes_through_its_rounds_with_their_personas_to_a_debrief(onsite: Onsite) -> None:
    held, env, cwd = onsite
    assert held.returncode == 0, held.stderr
    assert "Traceback" not in held.stderr and "offline" in held.stderr
    spoke = re.findall(r"^([A-Z]\w+ [A-Z]\w+):$", held.stdout, re.M)
    assert list(dict.fromkeys(spoke)) == list(ROUNDS.values())
    openings = {t["round"]: t["text"] for t in reversed(exported(env, cwd)) if t["role"] == "interviewer"}
    assert list(reversed(openings)) == list(ROUNDS)
    for round, name in ROUNDS.items():
        assert name in openings[round] and fold(openings[round]) in fold(held.stdout)
    assert held.stdout.index("rate yourself") < held.stdout.index("\nDebrief\n")


def test_every_answer_is_kept_in_its_own_words_and_order(onsite: Onsite) -> None:
    _, env, cwd = onsite
    kept = [t["text"] for t in exported(env, cwd) if t["role"] == "candidate"]
    assert len(kept) > 12
    assert kept == answers(60).split("\n\n")[: len(kept)]


def test_the_saved_interview_replays_with_the_reason_of_each_move(onsite: Onsite) -> None:
    _, env, cwd = onsite
    replayed = run("replay", "--plain", "whole", env=env, cwd=cwd)
    assert replayed.returncode == 0, replayed.stderr
    shown, turns = fold(replayed.stdout), exported(env, cwd)
    assert all(fold(turn["text"]) in shown for turn in turns)
    assert all(turn["reason"] and fold(turn["reason"]) in shown for turn in turns if turn["role"] == "interviewer")


def test_its_grade_quotes_the_candidate_word_for_word(onsite: Onsite) -> None:
    _, env, cwd = onsite
    graded = run("grade", "whole", "--format", "json", env=env, cwd=cwd)
    assert graded.returncode == 0, graded.stderr
    data, turns = json.loads(graded.stdout), exported(env, cwd)
    assert [r["round"] for r in data["rounds"]] == list(ROUNDS)
    quotes = [
        (r["round"], evidence)
        for r in data["rounds"]
        for c in r["criteria"]
        for k in c["checks"]
        for evidence in k["evidence"]
    ]
    assert len(quotes) > 5
    for round, evidence in quotes:
        cited = turns[evidence["turn"]]
        assert (cited["role"], cited["round"]) == ("candidate", round)
        assert evidence["quote"] and evidence["quote"] in cited["text"]


def test_the_end_of_input_saves_what_was_said_and_leaves_early(home: Path) -> None:
    held = run(*QUICK, "--id", "short", stdin="I would ask who decides.\n\nAnd then I'd")
    assert held.returncode == 0, held.stderr
    assert "Left early" in held.stderr and "replay short" in held.stderr
    (listed,) = json.loads(run("transcripts", "list", "--format", "json").stdout)
    assert (listed["id"], listed["ended"]) == ("short", "left_early")
    turns = json.loads(run("transcripts", "export", "short").stdout)["turns"]
    assert [t["text"] for t in turns if t["role"] == "candidate"] == ["I would ask who decides.", "And then I'd"]
    assert "replay short" in one_sentence(run("resume", "short", "--plain"), 2)


@pytest.mark.parametrize("argv", [("start",), ("resume",), ()], ids=["start", "resume", "app"])
def test_without_a_terminal_it_names_the_plain_way(argv: tuple[str, ...], home: Path) -> None:
    assert "--plain" in one_sentence(run(*argv), 2)
    assert not home.exists()


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--rounds", "juggling"), ("juggling", *ROUNDS)),
        (("--rounds", "culture,culture"), ("once",)),
        (("--rounds", " , "), tuple(ROUNDS)),
        (("--loop", "nowhere"), ("nowhere", "onsite", "sample")),
        (("--persona", "nobody"), ("nobody", "dmitri-vale", "theo-brandt")),
        (("--persona", "juggling=theo-brandt"), ("juggling", *ROUNDS)),
        (("--persona", "culture=dmitri-vale"), ("dmitri-vale", "product_case")),
        (("--minutes", "0"), ("1 to 120",)),
        (("--minutes", "121"), ("1 to 120",)),
        (("--minutes", "soon"), ("--minutes", "soon")),
        (("--length", "endless"), ("quick", "standard", "real")),
        (("--engine", "magic"), ("offline", "llm")),
        (("--model", "m", "--engine", "offline"), ("--engine llm",)),
        (("--id", "../elsewhere"), ("elsewhere", "letters")),
    ],
    ids=lambda value: "_".join(value) if value[0].startswith("--") else "",
)
def test_a_wrong_option_is_named_with_the_choices_there_are(
    options: tuple[str, ...], names: tuple[str, ...], home: Path
) -> None:
    said = one_sentence(run("start", "--plain", *options, stdin="Hello.\n\n"), 2)
    assert [name for name in names if name not in said] == []
    assert not list(home.rglob("*.jsonl"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('engine = "magic"\n', ("engine", "offline", "llm")),
        ('colour = "red"\n', ("colour", "enter_sends", "theme")),
        ("engine = \n", ("config.toml:1 is no valid TOML",)),
    ],
)
def test_a_broken_setting_is_named_with_its_file(text: str, names: tuple[str, ...], home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text(text)
    said = one_sentence(run(*QUICK), 2)
    assert [name for name in (str(home / "config.toml"), *names) if name not in said] == []


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_asked(home: Path) -> None:
    home.mkdir()
    (home / "transcripts").write_text("in the way")
    said = one_sentence(run(*QUICK, stdin="Hello.\n\n"), 1)
    assert str(home / "transcripts") in said and "INTERVIEWER_HOME" in said


def test_a_persona_of_ones_own_interviews_in_its_workspace(tmp_path: Path) -> None:
    space = tmp_path / "space"
    for name in ("personas", "rubrics", "transcripts"):
        (space / name).mkdir(parents=True)
    made = run("personas", "new", "anna-bell", cwd=space)
    path = Path(made.stdout.strip())
    assert path == space / "personas" / "anna-bell.md"
    text = re.sub(
        r'    - "My name is .*', '    - "$name here, $title, with $minutes minutes for $looks_for."', path.read_text()
    )
    text = re.sub(r'    - "(Hello, I\'m|I\'m) .*\n', "", text)
    path.write_text(text.replace('name: "Anna Bell"', 'name: "Anna Bell-Okafor"'))
    checked = run("personas", "check", "anna-bell", cwd=space)
    assert checked.returncode == 0, checked.stdout
    options = ("--rounds", "experimentation", "--persona", "anna-bell", "--id", "own")
    held = run(*QUICK, *options, stdin="I would ask who decides.\n\n", cwd=space)
    assert held.returncode == 0, held.stderr
    assert "Anna Bell-Okafor here, Director of Data Science, with 10 minutes for" in fold(held.stdout)
    assert held.stdout.count("Anna Bell-Okafor:") == 2 and "Marguerite" not in held.stdout
    assert (space / "transcripts" / "own.jsonl").is_file()


async def test_an_interview_that_ended_just_before_a_crash_still_shows_its_scorecards(tmp_path: Path) -> None:
    session = start(tmp_path, ["culture"])
    await hold(session, steady)
    session.close()  # as a kill would, before anything was graded
    done = run("resume", "--plain", str(session.path))
    assert done.returncode == 0
    assert "Scorecard" in done.stdout
