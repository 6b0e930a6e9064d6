"""What was acknowledged survives: the program is killed at random moments and must go on as if nothing had happened."""

from __future__ import annotations

import json
import random
import signal
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.holding import PROSE
from tests.terminal import PROMPT, Terminal, fold, run

ID = "killed"
NEW: tuple[str, ...] = ("start", "--plain", "--id", ID, "--seed", "7")
AGAIN: tuple[str, ...] = ("resume", "--plain", ID)
# When the program is killed: while it starts, half-way through an answer, just after sending one, at the next question.
MOMENTS = ["starting"] * 4 + ["typing"] * 2 + ["sent"] * 5 + ["asked"] * 3


@dataclass
class Sent:
    """An answer that was ended with an empty line, under the question that was on the screen."""

    text: str
    question: str
    acknowledged: bool = False


class Candidate:
    """Holds one interview over many lives of the program and remembers what was seen."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.file = folder / "transcripts" / f"{ID}.jsonl"
        self.sent: list[Sent] = []
        self.question = ""  # the last words on the screen, while no answer to them is under way

    def live(self, moment: str) -> None:
        """Start or resume the program, go on with the interview, and kill it at a moment."""
        with Terminal(*(AGAIN if self.file.exists() else NEW)) as window:
            if moment == "starting":
                window.read(self.chance.uniform(0.05, 1.2))
            else:
                self._go_on(window, moment)
            window.signal(signal.SIGKILL)
            if moment == "sent" and window.screen.strip():
                self._acknowledged(window)

    def _go_on(self, window: Terminal, moment: str) -> None:
        shown = self._after_the_last_answer(window.wait_for_prompt())
        assert shown, "there was no question"
        if self.question:
            assert self.question.endswith(shown), "another question after resuming"
        self.question = shown
        if moment == "typing":
            window.press(self._answer() + self.chance.choice(["", "\n"]))
            return
        self.sent.append(Sent(self._answer(), self.question))
        self.question = ""
        window.send(self.sent[-1].text)
        if moment == "sent":
            window.read(self.chance.choice([0, self.chance.uniform(0, 0.1), self.chance.uniform(0, 1.5)]))
        else:
            window.wait_for_prompt()
            self._acknowledged(window)

    def _after_the_last_answer(self, screen: str) -> str:
        """What follows the last answer that was kept, which a resumed interview shows first."""
        acknowledged = [fold(s.text) for s in self.sent if s.acknowledged]
        assert not acknowledged or any(fold(s.text) in screen for s in self.sent), "the last answer isn't shown"
        return next(
            (screen.rpartition(text)[2].lstrip() for s in reversed(self.sent) if (text := fold(s.text)) in screen),
            screen,
        )

    def _acknowledged(self, window: Terminal) -> None:
        self.sent[-1].acknowledged = True
        if window.screen.endswith(PROMPT):
            self.question = fold(window.screen.removesuffix(PROMPT))

    def _answer(self) -> str:
        number = self.chance.randrange(10**9)
        return f"{self.chance.choice(PROSE)}\nThat is my {number}th thought; naïve as it is, I'd keep it."


def exported() -> list[dict[str, str]]:
    done = run("transcripts", "export", ID, "--format", "json")
    assert done.returncode == 0, done.stderr
    turns: list[dict[str, str]] = json.loads(done.stdout)["turns"]
    return turns


@pytest.mark.slow
def test_killed_at_any_moment_nothing_acknowledged_is_lost_doubled_or_torn(home: Path) -> None:
    candidate = Candidate(home, seed=1)
    moments = MOMENTS.copy()
    candidate.chance.shuffle(moments)
    for moment in [*moments, "typing"]:
        candidate.live(moment)
    turns, sent = exported(), candidate.sent
    kept = [t["text"] for t in turns if t["role"] == "candidate"]
    acknowledged = [s.text for s in sent if s.acknowledged]
    assert len(acknowledged) >= 2  # on a busy machine most lives end before the reply is seen
    assert [text for text in kept if text in acknowledged] == acknowledged, "lost, doubled or out of order"
    assert [s.text for s in sent if s.text in kept] == kept, "torn, doubled or never sent"
    asked = {t["text"]: fold(before["text"]) for before, t in pairwise(turns)}
    for each in sent:
        assert each.text not in kept or each.question.endswith(asked[each.text]), "kept under another question"


@pytest.mark.slow
def test_a_closed_window_ctrl_c_and_kill_lose_nothing_and_the_same_question_comes_back() -> None:
    answers: list[str] = []
    question, start = "", NEW
    for number, code in ((signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP), (signal.SIGINT, 130)):
        with Terminal(*start) as window:
            shown = window.wait_for_prompt()
            if answers:
                before, shown = (part.strip() for part in shown.rsplit(fold(answers[-1]), 1))
                assert "saved" in before
            assert not question or question.endswith(shown), "another question after resuming"
            answers.append(f"I would ask who decides.\nThen I would pick metric {number.name}.")
            window.send(answers[-1])
            question = window.wait_for_prompt()
            window.press("Half of an ans")
            assert window.signal(number) == code
        start = AGAIN
    with Terminal(*AGAIN) as window:
        assert question.endswith(window.wait_for_prompt().rpartition(fold(answers[-1]))[2].lstrip())
        window.signal(signal.SIGKILL)
    assert [t["text"] for t in exported() if t["role"] == "candidate"] == answers


def test_a_second_window_is_refused_in_one_sentence_and_the_first_goes_on() -> None:
    with Terminal(*NEW) as window:
        window.wait_for_prompt()
        second = run(*AGAIN, stdin="I am the other one.\n\n")
        assert second.returncode == 1
        assert second.stdout == ""
        assert second.stderr.count("\n") == 1 and "open in another window" in second.stderr
        window.send("I am the first.")
        window.wait_for_prompt()
    assert [t["text"] for t in exported() if t["role"] == "candidate"] == ["I am the first."]
