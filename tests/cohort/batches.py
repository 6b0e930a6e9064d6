"""A small server of OpenAI's Batch API on loopback, as it is documented: files, batches, and what may go wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

from tests.engines.llm.obliging import judges

Answer = dict[str, Any]


def body_of(request: dict[str, Any]) -> Any:
    """What tests.engines.llm.obliging needs to know of a request."""
    body = request["body"]
    schema = body["response_format"]["json_schema"]["schema"]
    return SimpleNamespace(schema=schema, prompt="\n".join(m["content"] for m in body["messages"]))


def answered(request: dict[str, Any], text: str | None = None, finish: str = "stop") -> Answer:
    """A line with a whole answer; by default every statement is met."""
    content = json.dumps(judges(body_of(request), "met")) if text is None else text
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    response = {"status_code": 200, "request_id": "r", "body": body}
    return {"id": "l", "custom_id": request["custom_id"], "response": response, "error": None}


def refused(request: dict[str, Any], status: int) -> Answer:
    response = {"status_code": status, "request_id": "r", "body": {"error": {"message": "no"}}}
    return {"id": "l", "custom_id": request["custom_id"], "response": response, "error": None}


def expired(request: dict[str, Any]) -> Answer:
    error = {"code": "batch_expired", "message": "This request could not be executed before the window expired."}
    return {"id": "l", "custom_id": request["custom_id"], "response": None, "error": error}


@dataclass
class Office:
    """Holds files and batches. A test says how a batch ends; until then it is in progress."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # method, path, authorization
    fail: Callable[[str, str], int | None] = lambda method, path: None  # a status to fail a call with

    def requests(self, id: str) -> list[dict[str, Any]]:
        """What a batch is to answer."""
        data = self.files[self.batches[id]["input_file_id"]]
        return [json.loads(line) for line in data.splitlines()]

    def end(self, id: str, status: str, answers: list[Answer] = [], errors: list[Answer] = []) -> None:  # noqa: B006
        """End a batch with these lines, answers from last to first."""
        batch = self.batches[id]
        batch["status"] = status
        for name, lines in (("output_file_id", answers[::-1]), ("error_file_id", errors)):
            if lines:
                batch[name] = f"file-{len(self.files)}"
                self.files[batch[name]] = "".join(json.dumps(line) + "\n" for line in lines).encode()
        total = batch["request_counts"]["total"]
        batch["request_counts"] = {"total": total, "completed": len(answers), "failed": len(errors)}

    def call(self, method: str, path: str, data: bytes, kind: str) -> dict[str, Any] | bytes | None:  # noqa: PLR0911
        match method, path.strip("/").split("/")[1:]:
            case "POST", ["files"]:
                return self._upload(data, kind)
            case "POST", ["batches"]:
                return self._create(json.loads(data))
            case "GET", ["batches"]:
                return {"object": "list", "data": list(self.batches.values()), "has_more": False}
            case "GET", ["batches", id]:
                return self.batches.get(id)
            case "POST", ["batches", id, "cancel"]:
                self.batches[id]["status"] = "cancelling"
                return self.batches[id]
            case "GET", ["files", id, "content"]:
                return self.files[id]
        return None

    def _upload(self, data: bytes, kind: str) -> dict[str, Any]:
        form = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + data)
        parts = {p.get_param("name", header="content-disposition"): p.get_payload(decode=True) for p in form.walk()}
        assert parts["purpose"] == b"batch"
        id = f"file-{len(self.files)}"
        self.files[id] = bytes(parts["file"])  # type: ignore[arg-type]
        return {"id": id, "object": "file", "bytes": len(self.files[id]), "created_at": 1, "filename": "r.jsonl",
                "purpose": "batch", "status": "processed"}  # fmt: skip

    def _create(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["endpoint"] == "/v1/chat/completions" and asked["completion_window"] == "24h"
        id = f"batch_{len(self.batches)}"
        total = len(self.files[asked["input_file_id"]].splitlines())
        self.batches[id] = {
            "id": id, "object": "batch", "created_at": 1, "status": "in_progress", "output_file_id": None,
            "error_file_id": None, "request_counts": {"total": total, "completed": 0, "failed": 0}, **asked,
        }  # fmt: skip
        return self.batches[id]


@contextmanager
def open_office() -> Iterator[Office]:
    office = Office()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            data = self.rfile.read(int(self.headers.get("content-length") or 0))
            path = self.path.partition("?")[0]
            office.asked.append((self.command, path, self.headers.get("authorization", "")))
            if status := office.fail(self.command, path):
                return self._say(status, b'{"error": {"message": "no"}}')
            result = office.call(self.command, path, data, self.headers.get("content-type", ""))
            if result is None:
                return self._say(404, b'{"error": {"message": "no such thing"}}')
            return self._say(200, result if isinstance(result, bytes) else json.dumps(result).encode())

        do_GET = do_POST = _answer

        def _say(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    office.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield office
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
