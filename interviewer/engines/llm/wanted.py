"""What is asked of a model: messages, and the form of the answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from interviewer.engines.llm import answers
from interviewer.engines.llm.capabilities import Capabilities
from interviewer.engines.llm.probabilities import Token
from interviewer.storage import strict_json

Message = dict[str, str]


@dataclass
class Wanted:
    """A JSON answer to ask for: messages, the schema it must fit, and ``accept``, which raises ValueError when the
    whole answer can't be used. ``limit``: the most tokens it may take, a model's thinking included. Where ``weigh``
    is set and the endpoint is known to tell, ``weighed`` are the answer's tokens with their probabilities."""

    messages: list[Message]
    name: str
    schema: dict[str, Any]
    accept: Callable[[str], object]
    limit: int = 6000
    temperature: float | None = None  # None: the model's own
    weigh: bool = False
    weighed: list[Token] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Accept a whole answer. Raises ValueError or RecursionError where it can't be used."""
        strict_json.parse(text.encode())  # one value for each key, and no NaN
        self.accept(text)

    def answer_name(self, model: str | None, vote: int) -> str:
        """What the answer is kept under."""
        more = {"limit": self.limit, "temperature": self.temperature, "vote": vote}
        return answers.name(model, self.messages, self.schema, **more)

    def body(self, model: str | None, asked: Capabilities) -> dict[str, Any]:
        """A request for it, of as much as the endpoint takes."""
        # A plain dict: the library's typed unions of messages and formats say no more than our own schema does.
        request: dict[str, Any] = {"messages": self.messages, "model": model or ""}
        if asked.format == "json_schema":
            schema = {"name": self.name, "strict": True, "schema": self.schema}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        else:
            request["messages"] = [*self.messages[:-1], _stating(self.messages[-1], self.schema)]
            if asked.format == "json_object":
                request["response_format"] = {"type": "json_object"}
        if asked.limit != "none":
            request[asked.limit] = self.limit
        if asked.temperature and self.temperature is not None:
            request["temperature"] = self.temperature
        return request


def _stating(message: Message, schema: dict[str, Any]) -> Message:
    """The last message with the schema in words, for endpoints that can't be given one."""
    stated = json.dumps(schema, ensure_ascii=False)
    return {**message, "content": f"{message['content']}\n\nThe JSON object must fit this JSON schema:\n{stated}"}
