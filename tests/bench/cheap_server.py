"""A model on loopback that costs little, in a process of its own: every statement is met, after a while.

    python -m tests.bench.cheap_server SECONDS [FAULTS]

Prints its port. With FAULTS, a share from 0 to 1, that many first calls for a judgement fail, each in one of several
ways; the same judgement asked again is answered. GET /stats says what was asked, and when first and last.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import sys
from time import monotonic

IDS = re.compile(rb'"enum": ?\[("s1"[^\]]*)\]')
TURN = re.compile(rb'\\"turn\\": (\d+), \\"speaker\\": \\"candidate\\", \\"text\\": \\"(.{12})')
FAULTS = 5  # ways to fail


class Stats:
    def __init__(self) -> None:
        self.calls = self.answered = self.failed = self.now = self.most = 0
        self.times: list[float] = []  # of answers
        self.first = 0.0
        self.seen: set[bytes] = set()


stats = Stats()


def event(choices: list[object], **more: object) -> bytes:
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


END = (
    event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
    + event([], usage={"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100})
    + b"data: [DONE]\n\n"
)


def answer(body: bytes) -> bytes:
    """A stream in one piece."""
    ids, turn = IDS.search(body), TURN.search(body)
    assert ids and turn
    quotes = [{"turn": int(turn[1]), "quote": turn[2].decode()}]
    verdicts = [
        {"id": id, "quotes_for": quotes, "quotes_against": [], "verdict": "met"}
        for id in json.loads(b"[" + ids[1] + b"]")
    ]
    content = json.dumps({"verdicts": verdicts})
    return event([{"index": 0, "delta": {"content": content}, "finish_reason": None}]) + END


def whole(data: bytes, status: str = "200 OK", kind: str = "text/event-stream", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(data)}\r\n{more}\r\n"
    return head.encode() + data


def spoilt(which: int, body: bytes) -> bytes | None:
    """One of the ways to fail; None: the connection is closed."""
    json_ = "application/json"
    return [
        whole(b"{}", "429 Too Many Requests", json_, "retry-after: 0.2\r\n"),
        whole(b"{}", "500 Internal Server Error", json_),
        whole(answer(body)[:200]),
        whole(event([{"index": 0, "delta": {"content": '{"verdicts": []}'}, "finish_reason": None}]) + END),
        None,
    ][which]


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float, faults: float) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            if head.startswith(b"GET"):
                said = {k: v for k, v in vars(stats).items() if k != "seen"}
                writer.write(whole(json.dumps(said).encode(), kind="application/json"))
                continue
            size = int(re.search(rb"content-length: (\d+)", head, re.I)[1])  # type: ignore[index]
            body = await reader.readexactly(size)
            if not await reply(writer, body, delay, faults):
                return
    except (asyncio.IncompleteReadError, ConnectionError):
        return
    finally:
        writer.close()


async def reply(writer: asyncio.StreamWriter, body: bytes, delay: float, faults: float) -> bool:
    """Answer one call; whether the connection stays."""
    stats.first = stats.first or monotonic()
    stats.calls += 1
    stats.now += 1
    stats.most = max(stats.most, stats.now)
    digest = hashlib.sha1(body).digest() if faults else b""
    await asyncio.sleep(delay)
    data: bytes | None = None
    if faults and digest not in stats.seen and digest[0] < 256 * faults:
        stats.failed += 1
        data = spoilt(digest[1] % FAULTS, body)
    else:
        stats.answered += 1
        data = whole(answer(body))
    stats.seen.add(digest)
    stats.now -= 1
    stats.times.append(monotonic())
    if data is not None:
        writer.write(data)
    return data is not None


async def main() -> None:
    delay, faults = float(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    server = await asyncio.start_server(
        lambda r, w: serve(r, w, delay, faults), "127.0.0.1", 0, backlog=2000, limit=2**20
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
