"""Common beliefs, kept once for every sheet: a sheet takes one with ``common`` and says what to ask in its own case.

Only the package's own file counts, so that a sheet reads alike in every folder and out of a kept interview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from interviewer import paths
from interviewer.content.schema import fit, suggestion
from interviewer.content.yamlfile import Document, Location, decode, parse, read_bytes
from interviewer.models.question import CommonBelief, CommonBeliefs


def common_beliefs() -> Mapping[str, CommonBelief]:
    """The common beliefs by id. Raises ContentError."""
    return _read(paths.built_in() / "rubrics" / "beliefs.yaml")


@lru_cache(maxsize=2)
def _read(path: Path) -> Mapping[str, CommonBelief]:
    document = parse(decode(read_bytes(path), path), path)
    return {belief.id: belief for belief in fit(document, CommonBeliefs).beliefs}


def with_common(sheet: Document) -> Document:
    """The sheet with what it takes of the common beliefs written out. Raises ContentError at an id that is none."""
    beliefs = sheet.data.get("misconceptions")
    if not isinstance(beliefs, list) or not any(_common(belief) for belief in beliefs):
        return sheet
    filled = [_filled(sheet, belief, ("misconceptions", at)) for at, belief in enumerate(beliefs)]
    return replace(sheet, data={**sheet.data, "misconceptions": filled})


def _common(belief: object) -> str | None:
    name = belief.get("common") if isinstance(belief, dict) else None
    return name if isinstance(name, str) else None


def _filled(sheet: Document, belief: Any, where: Location) -> Any:
    """An entry with the id, belief and challenge that it leaves out, and with the common cues after its own."""
    if (name := _common(belief)) is None:
        return belief
    known = common_beliefs()
    if name not in known:
        says = f"'{name}' is no common belief{suggestion(name, list(known))}; choose from: {', '.join(known)}"
        raise sheet.error(says, (*where, "common"))
    common, own = known[name].model_dump(mode="json"), belief.get("cues", [])
    cues = [*own, *common["cues"]] if isinstance(own, list) else own  # what is no list, its model complains of
    left_out = {key: common[key] for key in ("id", "belief", "challenge") if common[key] is not None}
    return {**left_out, **belief, "cues": cues}
