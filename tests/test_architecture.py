"""Start-up stays light, and imports that only look lazy are found out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"pydantic", "textual", "langgraph", "openai", "tiktoken", "numpy", "scipy"}


def loaded_by(*argv: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after running the command."""
    script = (
        "import json, sys\n"
        "from interviewer.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))\n"
    )
    out = subprocess.run([sys.executable, "-c", script, *argv], capture_output=True, text=True, check=True)
    return set(json.loads(out.stdout.splitlines()[-1]))


@pytest.mark.parametrize("argv", [("--help",), ("--version",), ("start", "--help"), ("grade", "--help")])
def test_help_and_version_load_nothing_heavy(argv: tuple[str, ...]) -> None:
    assert not HEAVY & loaded_by(*argv)


def test_the_check_above_can_fail() -> None:
    assert "pydantic" in loaded_by("personas", "list")


def test_formulas_are_loaded_without_scipy_until_a_quantile_is_needed() -> None:
    script = "import sys, interviewer.reading.numbers; print('scipy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


@pytest.mark.parametrize("argv", [("personas", "list"), ("questions", "list"), ("transcripts", "list")])
def test_lists_load_neither_the_app_nor_the_graph_nor_a_client(argv: tuple[str, ...]) -> None:
    assert not {"textual", "langgraph", "openai"} & loaded_by(*argv)
