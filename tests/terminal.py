"""The program as a person has it: a process of its own in a terminal, read until it says what is waited for."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import interviewer
from tests.conftest import FOREIGN

PROMPT = "you> "
LONGEST = 60.0  # seconds; only a stuck program takes as long


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "interviewer", *args]


def environment(**more: str) -> dict[str, str]:
    """This test's own environment, in which ``python -m interviewer`` is the code beside the tests."""
    own = {k: v for k, v in os.environ.items() if k == "INTERVIEWER_HOME" or not k.startswith(FOREIGN)}
    return {**own, "PYTHONPATH": str(Path(interviewer.__file__).parents[1]), "COLUMNS": "100", **more}


def run(
    *args: str, stdin: str = "", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """One command over pipes, to its end."""
    return subprocess.run(
        command(*args), input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        env=env or environment(), cwd=cwd, timeout=3 * LONGEST,
    )  # fmt: skip


def fold(text: str) -> str:
    """Text without its line breaks and runs of blanks."""
    return " ".join(text.split())


class Terminal:
    """A command in a terminal that doesn't echo, so that ``screen`` is what the program said on stdout."""

    def __init__(self, *args: str) -> None:
        self.screen = ""
        self._fd, inner = pty.openpty()
        settings = termios.tcgetattr(inner)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(inner, termios.TCSANOW, settings)
        self.process = subprocess.Popen(
            command(*args), stdin=inner, stdout=inner, stderr=subprocess.PIPE, env=environment(), start_new_session=True
        )
        os.close(inner)

    def press(self, text: str) -> None:
        os.write(self._fd, text.encode())

    def send(self, answer: str) -> None:
        """Type an answer and end it; ``screen`` begins anew."""
        self.screen = ""
        self.press(answer + "\n\n")

    def read(self, seconds: float) -> bool:
        """Take in what arrives for so long at most; False once the program is gone."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self._fd], [], [], left)[0]:
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # how Linux says that the other side is closed
                data = b""
            if not data:
                return False
            self.screen += data.decode("utf-8", "replace").replace("\r\n", "\n")
            if self.screen.endswith(PROMPT):
                return True
        return True

    def wait_for_prompt(self) -> str:
        """What the program said up to its prompt."""
        end = time.monotonic() + LONGEST
        while not self.screen.endswith(PROMPT):
            gone = not self.read(end - time.monotonic())
            assert not gone and time.monotonic() < end, f"no prompt, but {self.screen!r} and {self._complaint()!r}"
        return fold(self.screen.removesuffix(PROMPT))

    def signal(self, number: int) -> int:
        """Send a signal; the exit code, once all that was said before is read."""
        self.process.send_signal(number)
        code = self.process.wait(LONGEST)
        for _ in range(100):
            if not self.read(0.1):
                break
        return code

    def _complaint(self) -> str:
        self.process.kill()
        assert self.process.stderr is not None
        return self.process.stderr.read().decode("utf-8", "replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()
        os.close(self._fd)
