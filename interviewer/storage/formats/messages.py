"""Chat messages: a list of ``{"role", "content"}`` as chat APIs take them, or ChatGPT's own export of conversations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from interviewer.errors import TranscriptError
from interviewer.models.transcript import Transcript
from interviewer.storage import strict_json
from interviewer.storage.formats import speakers
from interviewer.storage.formats.speakers import Said
from interviewer.storage.strict_json import NotJson
from interviewer.text import one_line

NAME = "messages"
_STARTS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*[\[{]")
_SHAPE = 'It should be [{"role": "assistant" or "user", "content": …}], or ChatGPT\'s conversations.json.'
_UNSPOKEN = ("system", "developer", "tool", "function")


def sniff(data: bytes) -> bool:
    return bool(_STARTS.match(data)) and (b'"mapping"' in data or (b'"role"' in data and b'"content"' in data))


def read(data: bytes, *, name: str, round: str | None = None, candidate: str | None = None) -> Transcript:
    """The messages that were spoken. Raises TranscriptError."""
    try:
        value, notes = strict_json.parse(data)
    except NotJson as error:
        at = f" line {error.line}:" if error.line else ""
        raise TranscriptError(f"{one_line(name)}:{at} {error.problem}.", next_step=_SHAPE) from None
    problems = list(notes)
    said = [
        Said(str(role), text)
        for n, message in enumerate(_messages(value, name, problems))
        if (role := _role(message, n, problems)) and (text := _text(message.get("content"), n, problems))
    ]
    return speakers.transcript(said, name=name, source=NAME, round=round, candidate=candidate, problems=problems)


def _messages(value: Any, name: str, problems: list[str]) -> list[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        value = value["messages"]
    if isinstance(value, dict) and isinstance(value.get("mapping"), dict):
        value = [value]
    if not isinstance(value, list):
        raise TranscriptError(f"{one_line(name)}: there is no list of messages in it.", next_step=_SHAPE)
    talks = [v for v in value if isinstance(v, dict) and isinstance(v.get("mapping"), dict)]
    if talks:
        if len(talks) > 1:
            longest = max(talks, key=lambda t: len(t["mapping"]))
            problems.append(
                f"{len(talks)} conversations; the longest is read, '{one_line(str(longest.get('title', '')), 60)}'"
            )
            talks = [longest]
        return list(_thread(talks[0]))
    return [m for m in value if isinstance(m, dict)]


def _thread(talk: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """From the node the conversation ended on up to its root: answers that were made anew are no part of it."""
    nodes, seen, path = talk["mapping"], set[str](), list[dict[str, Any]]()
    at = talk.get("current_node") or next((k for k, n in nodes.items() if not n.get("children")), None)
    while isinstance(at, str) and isinstance(node := nodes.get(at), dict) and at not in seen:
        seen.add(at)
        path.append(node)
        at = node.get("parent")
    for node in reversed(path):
        message = node.get("message")
        if isinstance(message, dict):
            yield {"role": (message.get("author") or {}).get("role"), "content": message.get("content")}


def _role(message: dict[str, Any], n: int, problems: list[str]) -> str | None:
    role = message.get("role")
    if not isinstance(role, str):
        problems.append(f"message {n}: no role; left out")
        return None
    if role.casefold() in _UNSPOKEN:
        problems.append(f"message {n}: {role.casefold()}, nobody said it; left out")
        return None
    return role


def _text(content: Any, n: int, problems: list[str]) -> str:
    """The words of a message: text, or the text among its parts."""
    if isinstance(content, dict):
        content = content.get("parts") or content.get("text") or ""
    if isinstance(content, str):
        return content.strip()
    parts = content if isinstance(content, list) else []
    texts = [p if isinstance(p, str) else p.get("text") for p in parts if isinstance(p, str | dict)]
    if len([t for t in texts if isinstance(t, str)]) < len(parts):
        problems.append(f"message {n}: a part that is no text; left out")
    return "\n\n".join(t.strip() for t in texts if isinstance(t, str) and t.strip())
