"""A persona file: keys between two '---' lines, then the voice in Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from interviewer.content.schema import Invalid, Parsed, faults_of, fit, keys, same_id
from interviewer.content.yamlfile import Document, decode, parse
from interviewer.errors import ContentError
from interviewer.models.persona import Persona, Phrases

_FENCE = re.compile(r"---[ \t]*\Z")
_OUT_OF_REACH = "a persona sets only how things are said; it can't reach what counts"


def parse_persona(data: bytes, path: Path, expected_id: str | None = None) -> Parsed[Persona]:
    """A persona from a file's bytes. Raises ContentError (Invalid when the keys don't fit, or reach too far)."""
    head, voice = split(decode(data, path), path)
    document = parse(head, path, first_line=2)
    if "voice" in document.data:
        raise document.error("is no key: the voice is the text below the second '---'", ("voice",))
    try:
        persona = fit(document, Persona)
    except Invalid as error:
        raise Invalid([_with_reach(document, fault) for fault in faults_of(error)]) from None
    same_id(document, expected_id, "file name")
    parsed = Parsed(persona.model_copy(update={"voice": voice.strip()}), _with_voice(document, head))
    _behind_the_firewall(parsed)
    return parsed


def _behind_the_firewall(parsed: Parsed[Persona]) -> None:
    """Wherever a persona is read it is held to this, not only when it is checked. Raises Invalid."""
    from interviewer.content.form.personas import firewall

    faults = [parsed.document.error(finding.says, finding.where) for finding in firewall(parsed.model)]
    if faults:
        raise Invalid(sorted(faults, key=lambda fault: fault.line or 0))


def split(text: str, path: Path) -> tuple[str, str]:
    """The head's YAML and the Markdown below it. Raises ContentError."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        raise ContentError(path, "must start with a line '---', then keys, then '---', then the voice", line=1)
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.match(line):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise ContentError(path, "has no second '---' line that ends its keys", line=1)


def _with_reach(document: Document, fault: ContentError) -> ContentError:
    """An unknown key is the firewall's business too: say that there is nothing to reach."""
    if not fault.problem.startswith("is no key here"):
        return fault
    known = [key for key in keys(Phrases if fault.key.startswith("phrases.") else Persona) if key != "voice"]
    suggestion = fault.problem.partition("known keys")[0].removeprefix("is no key here").rstrip("; ")
    says = f"is no key of a persona{suggestion}; {_OUT_OF_REACH}; known keys: {', '.join(known)}"
    return ContentError(fault.path, says, line=fault.line, key=fault.key)


def _with_voice(document: Document, head: str) -> Document:
    """The document, knowing where the voice starts."""
    return replace(document, lines={**document.lines, ("voice",): head.count("\n") + 4})
