"""Loops: which rounds in which order, and who decides at the end. One file each under ``rubrics/loops/``."""

from __future__ import annotations

from interviewer.content.files import is_id
from interviewer.content.library import Library
from interviewer.content.schema import fit, same_id
from interviewer.content.yamlfile import decode, parse, read_bytes
from interviewer.errors import NotFound
from interviewer.models.loop import Loop


def loop_ids(library: Library) -> list[str]:
    """The loops there are."""
    return sorted({p.stem for o in library.origins for p in (o.rubrics / "loops").glob("*.yaml") if is_id(p.stem)})


def loop(library: Library, id: str) -> Loop:
    """A loop by id, the first origin that has it. Raises NotFound, ContentError."""
    for origin in library.origins if is_id(id) else ():
        path = origin.rubrics / "loops" / f"{id}.yaml"
        if path.is_file():
            document = parse(decode(read_bytes(path), path), path)
            found = fit(document, Loop)
            same_id(document, id, "file's name")
            return found
    raise NotFound.among("loop", id, loop_ids(library))
