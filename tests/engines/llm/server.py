"""A tiny OpenAI-compatible server on loopback. A test gives it a function that answers each request as it likes."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Asked"], None]
STATED = "must fit this JSON schema:\n"


@dataclass
class Asked:
    """One request, and the ways to answer it."""

    body: dict[str, Any]
    headers: Message
    number: int  # from 1
    handler: BaseHTTPRequestHandler

    @property
    def given(self) -> bool:
        """Whether a JSON schema was given as such."""
        return "json_schema" in self.body.get("response_format", {})

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema asked for; {} when there is none. An endpoint without schemas is told it in words."""
        given = self.body.get("response_format", {}).get("json_schema", {}).get("schema")
        stated = self.prompt.rpartition(STATED)[2] if STATED in self.prompt else "{}"
        return dict(given or json.loads(stated))

    @property
    def prompt(self) -> str:
        return "\n".join(m["content"] for m in self.body["messages"])

    def raw(self, status: int, data: bytes, kind: str = "application/json", **headers: str) -> None:
        """A whole response."""
        self.handler.send_response(status)
        self.handler.send_header("content-type", kind)
        self.handler.send_header("content-length", str(len(data)))
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(data)

    def error(self, status: int, message: str = "no", code: str | None = None, **headers: str) -> None:
        self.raw(status, json.dumps({"error": {"message": message, "code": code, "type": "x"}}).encode(), **headers)

    def begin(self) -> None:
        """Begin a stream, which ends with the connection."""
        self.handler.send_response(200)
        self.handler.send_header("content-type", "text/event-stream")
        self.handler.end_headers()

    def event(self, data: object) -> None:
        line = data if isinstance(data, str) else json.dumps(data)
        self.handler.wfile.write(f"data: {line}\n\n".encode())
        self.handler.wfile.flush()

    def piece(self, content: str | None = None, finish: str | None = None, **delta: object) -> None:
        """One chunk of a chat completion."""
        given = {"content": content, **delta} if content is not None else delta
        choice = {"index": 0, "delta": given, "finish_reason": finish}
        self.event(
            {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
        )

    def pieces(self, text: str, size: int = 7) -> None:
        for start in range(0, len(text), size):
            self.piece(text[start : start + size])

    def whole(self, answer: object) -> None:
        """A whole stream: the answer in pieces, how it ended, what it cost."""
        self.begin()
        self.pieces(answer if isinstance(answer, str) else json.dumps(answer))
        self.piece(finish="stop")
        usage = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}
        self.event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [],
                    "usage": usage})  # fmt: skip
        self.event("[DONE]")

    def cut(self) -> None:
        """Break the connection hard, as a dying server does."""
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.handler.connection.close()


@dataclass
class Server:
    """Where it is, what it was asked, and how it answers: ``reply``, after the replies in ``next``."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    next: list[Reply] = field(default_factory=list)
    reply: Reply = lambda asked: asked.error(500)


@contextmanager
def serving() -> Iterator[Server]:
    """A server for one test."""
    server = Server()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with lock:
                asked = Asked(body, self.headers, len(server.asked) + 1, self)
                server.asked.append(asked)
                reply = server.next.pop(0) if server.next else server.reply
            with suppress(OSError):  # the client has gone
                reply(asked)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = False
        request_queue_size = 128  # of a crowd that connects at once nobody is turned away

        def handle_error(self, *_: object) -> None:
            pass  # a connection that a test cut

    http = Quiet(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
