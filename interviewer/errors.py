"""The errors people see: one clear sentence, what to do next, an exit code.

InterviewerError                    1  something could not be done
├── UsageError                      2  the command was used wrongly
│   ├── NotFound                    2  no such persona, round, question or interview
│   ├── ContentError                2  a persona, rubric, sheet or prompt file is broken
│   ├── ConfigError                 2  a setting is broken
│   └── TranscriptError             2  a transcript can't be read
├── StorageError                    1  a file could not be written or read
│   └── InUse                       1  another window holds this interview
└── EngineError                     1  the interviewer's engine gave no usable answer
    └── NotSetUp                    2  no model, or no key for it, is named
"""

from __future__ import annotations

from pathlib import Path


class InterviewerError(Exception):
    """Base of every error shown to a person. ``next_step`` says what to do about it."""

    exit_code = 1

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class UsageError(InterviewerError):
    """The command or a choice in it was wrong."""

    exit_code = 2


class NotFound(UsageError):
    """A name that nothing answers to; the message lists what there is."""

    @classmethod
    def among(cls, what: str, name: str, known: list[str]) -> NotFound:
        """Say that ``name`` is no ``what`` and which ids there are."""
        choices = ", ".join(sorted(known)) or "none"
        return cls(f"There is no {what} '{name}'.", next_step=f"Known: {choices}.")


class ContentError(UsageError):
    """A content file is broken: says file, line, key, what is wrong and what would be right."""

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None, key: str = "") -> None:
        where = f"{path}:{line}" if line else f"{path}"
        at = f" {key}:" if key else ""
        super().__init__(f"{where}:{at} {problem}")
        self.path = Path(path)
        self.problem = problem
        self.line = line
        self.key = key


class ConfigError(UsageError):
    """A setting has a wrong value."""


class TranscriptError(UsageError):
    """A transcript holds nothing that can be used."""


class StorageError(InterviewerError):
    """Writing or reading a file failed; what was unsaved is still with the caller."""


class InUse(StorageError):
    """Another window is holding the interview."""


class EngineError(InterviewerError):
    """The engine gave no usable answer. ``code`` is stable, ``retryable`` says whether asking again may help."""

    def __init__(self, code: str, message: str, *, next_step: str = "", retryable: bool = False) -> None:
        super().__init__(message, next_step=next_step)
        self.code = code
        self.retryable = retryable


class NotSetUp(EngineError):
    """An engine was chosen that can't begin: no model, or no key for it, is named."""

    exit_code = 2
