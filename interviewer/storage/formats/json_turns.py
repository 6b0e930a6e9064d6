"""One JSON object with a list of turns: ``{"id", "round", "turns": [{"role", "text"}]}``, more keys allowed.

Our own exports carry ``"format": "interviewer/1"``: their turns are taken one for one. In files from elsewhere turns
without words are left out and neighbours of one role are joined."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from interviewer.errors import TranscriptError
from interviewer.models.base import Id, Move
from interviewer.models.transcript import Role, Transcript, Turn
from interviewer.storage import strict_json
from interviewer.storage.strict_json import NotJson
from interviewer.text import one_line

NAME = "json_turns"
OURS = "interviewer/1"
ROLES: dict[str, Role] = {
    "interviewer": "interviewer", "assistant": "interviewer", "candidate": "candidate", "user": "candidate",
}  # fmt: skip
# Characters a terminal obeys or hides; escaped, the file says the same and is safe to print.
_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_STARTS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_LARGEST = 8 * 2**20
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_CHECKS: dict[str, TypeAdapter[Any]] = {
    "round": TypeAdapter(Id),
    "question": TypeAdapter(Id),
    "move": TypeAdapter(Move),
    "rung": TypeAdapter(Literal[1, 2, 3]),
    "speaker": TypeAdapter(str),
    "reason": TypeAdapter(str),
    "note": TypeAdapter(str),
    "target": TypeAdapter(str),
    "created": TypeAdapter(str),
    "engine": TypeAdapter(str),
    "model": TypeAdapter(str),
    "seconds": TypeAdapter(float),
    "complete": TypeAdapter(bool),
    "self_ratings": TypeAdapter(dict[Id, dict[str, float]]),
}
_OF_TURN = ("move", "reason", "note", "speaker", "question", "target", "rung")
_OF_FILE = ("created", "engine", "model", "complete", "self_ratings")


def sniff(data: bytes) -> bool:
    """Whether it looks like an object with turns; whether it is one, ``read`` says better."""
    return _STARTS.match(data) is not None and b'"turns"' in data


def read(data: bytes, *, name: str, round: str | None = None, candidate: str | None = None) -> Transcript:
    """The turns of a file. ``round`` replaces the file's own, but not a turn's own; ``candidate`` is one more role
    to take for the candidate. Raises TranscriptError with the key or line that is wrong."""
    document, problems = _document(data, name)
    turns = _list(document, name)
    kept = document if document.get("format") == OURS else {}
    given = round or _optional(document, "round", "", problems)
    ours = bool(kept)
    spoken = list(_turns(turns, name, candidate, problems, ours))
    if not ours:
        spoken = _joined(spoken, problems)
    if not spoken:
        why = f" ({problems[0]})" if problems else ""
        raise TranscriptError(f"{one_line(name)}: 'turns' holds nothing that was said{why}.", next_step=_SHAPE)
    numbered = tuple(Turn(**{"round": given, **fields}, index=n) for n, fields in enumerate(spoken))
    facts = {key: value for key in _OF_FILE if (value := _optional(kept, key, "", problems)) is not None}
    return Transcript(id=_id(document, name, problems), turns=numbered, source=NAME, problems=tuple(problems), **facts)


_SHAPE = 'It should be {"round": …, "turns": [{"role": "interviewer" or "candidate", "text": …}]}.'


def _document(data: bytes, name: str) -> tuple[dict[str, Any], list[str]]:
    if len(data) > _LARGEST:
        raise TranscriptError(
            f"{one_line(name)} is larger than {_LARGEST // 2**20} MB.", next_step="Cut it into parts."
        )
    try:
        value, notes = strict_json.parse(data)
    except NotJson as error:
        at = f" line {error.line}:" if error.line else ""
        raise TranscriptError(f"{one_line(name)}:{at} {error.problem}.", next_step=_SHAPE) from None
    if not isinstance(value, dict):
        raise TranscriptError(f"{one_line(name)}: not an object.", next_step=_SHAPE)
    return value, notes


def _list(document: dict[str, Any], name: str) -> list[Any]:
    if "turns" not in document:
        raise TranscriptError(f"{one_line(name)}: there is no key 'turns'.", next_step=_SHAPE)
    if not isinstance(turns := document["turns"], list):
        raise _wrong(name, "turns", "a list", turns)
    return turns


def _wrong(name: str, key: str, right: str, value: object) -> TranscriptError:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return TranscriptError(
        f"{one_line(name)}: {key} must be {right}, not {kinds.get(type(value), 'a number')}.", next_step=_SHAPE
    )


def _turns(
    turns: list[Any], name: str, candidate: str | None, problems: list[str], ours: bool
) -> Iterator[dict[str, Any]]:
    """Each usable turn as the fields of a Turn."""
    roles = ROLES | ({candidate.strip().casefold(): "candidate"} if candidate else {})
    for n, turn in enumerate(turns):
        at = f"turns[{n}]"
        if not isinstance(turn, dict):
            raise _wrong(name, at, "an object", turn)
        for key in ("role", "text"):
            if not isinstance(turn.get(key), str):
                raise _wrong(name, f"{at}.{key}", "text", turn.get(key))
        role = roles.get(turn["role"].strip().casefold())
        if role is None:
            problems.append(f"{at}: role '{one_line(turn['role'], 30)}' is neither interviewer nor candidate; left out")
        elif not ours and not turn["text"].strip():
            problems.append(f"{at}: no words; left out")
        else:
            yield _fields(turn, role, at, problems)


def _fields(turn: dict[str, Any], role: Role, at: str, problems: list[str]) -> dict[str, Any]:
    """What is known of a turn. What an engine found in it is not believed from a file."""
    keys = ("round", *_OF_TURN) if role == "interviewer" else ("round", "seconds")
    known = {key: value for key in keys if (value := _optional(turn, key, at, problems)) is not None}
    if known.get("seconds", 0.0) < 0:
        del known["seconds"]
    return {"role": role, "text": turn["text"], **known}


def _joined(spoken: list[dict[str, Any]], problems: list[str]) -> list[dict[str, Any]]:
    """Neighbours of one role, in one round, as one turn with a blank line between."""
    made: list[dict[str, Any]] = []
    for fields in spoken:
        if made and all(made[-1].get(key) == fields.get(key) for key in ("role", "round")):
            made[-1] = {**fields, **made[-1], "text": f"{made[-1]['text']}\n\n{fields['text']}"}
        else:
            made.append(fields)
    if len(made) < len(spoken):
        problems.append(f"{len(spoken) - len(made)} turns were joined to the one before, by the same speaker")
    return made


def _optional(where: dict[str, Any], key: str, at: str, problems: list[str]) -> Any:
    """A key's value if it is there and right; reported and None if it is wrong."""
    if (value := where.get(key)) is None:
        return None
    try:
        return _CHECKS[key].validate_python(value)
    except ValidationError:
        problems.append(f"{at}{'.' if at else ''}{key}: not a usable value; passed over")
        return None


def _id(document: dict[str, Any], name: str, problems: list[str]) -> str:
    """The file's id if it can be a file name, else the file's name."""
    given = document.get("id")
    if isinstance(given, str) and _PLAIN_ID.fullmatch(given):
        return given
    if given is not None:
        problems.append("id: can't be a file's name; the name of the file is used")
    return name


def write(t: Transcript, *, spoilers: bool = False) -> str:
    """The transcript as JSON, one turn after the other; hidden parts only with ``spoilers``."""
    document: dict[str, Any] = {"format": OURS, "id": t.id}
    rounds = {turn.round for turn in t.turns}
    if len(rounds) == 1 and t.rounds:
        document["round"] = t.rounds[0]
    document |= {"created": t.created, "engine": t.engine, "model": t.model, "complete": t.complete}
    if t.self_ratings:
        document["self_ratings"] = t.self_ratings
    document["turns"] = [_written(turn, own_round=len(rounds) > 1, spoilers=spoilers) for turn in t.turns]
    if spoilers:
        held = t.model_dump(mode="json", include={"personas", "rubrics", "questions"})
        document["held"] = {key: value for key, value in held.items() if value}
    made = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return _HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], made) + "\n"


def _written(turn: Turn, *, own_round: bool, spoilers: bool) -> dict[str, Any]:
    keys = ["move", "reason", "note", "speaker", "question"] if turn.role == "interviewer" else []
    if spoilers:
        keys += ["target", "rung"] if turn.role == "interviewer" else ["kind", "found"]
    if own_round:
        keys.insert(0, "round")
    made: dict[str, Any] = {"role": turn.role, "text": turn.text}
    made |= turn.model_dump(mode="json", include=set(keys), exclude_defaults=True)
    if turn.role == "candidate" and turn.seconds:
        made["seconds"] = turn.seconds
    return made
