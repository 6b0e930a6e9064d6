"""Who interviews you: personas, their tone and their lines. A persona never changes what counts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from interviewer.cli import content
from interviewer.text import sanitise

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.content.parsers import Content

DIALS = ("warmth", "scepticism", "patience", "directness", "hints")


def configure(parser: argparse.ArgumentParser) -> None:
    """list | show ID | check [ID|FILE ...] | new ID [--from ID] [--round R]"""
    verbs = content.configure(parser, "persona")
    verbs["new"].add_argument("--round", metavar="ROUND", help="the round it is for")


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises InterviewerError."""
    return content.run("persona", args, _show, _describe)


def _describe(persona: Content) -> str:
    from interviewer.models.persona import Persona

    assert isinstance(persona, Persona)
    return f"{persona.name}, {persona.title} ({', '.join(persona.rounds) or 'any round'})"


def _show(library: Library, args: argparse.Namespace) -> int:
    persona, found = library.persona(args.id), library.found("persona", args.id)
    lines = [
        f"{persona.name}, {persona.title}",
        f"id      {persona.id} ({found.origin.name}: {found.path})",
        f"rounds  {', '.join(persona.rounds) or 'any'}",
        f"dials   {', '.join(f'{dial} {getattr(persona, dial)}' for dial in DIALS)}",
        "",
        "Voice (read by a model only; the offline interviewer speaks with the lines below):",
        persona.voice or "(none)",
    ]
    for slot in type(persona.phrases).model_fields:
        if said := getattr(persona.phrases, slot):
            lines += ["", f"{slot}:", *(f"  {line}" for line in said)]
    print(sanitise("\n".join(lines)))
    return 0
