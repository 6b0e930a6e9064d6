"""The connection under the client: one origin, no redirects, and no more bytes than an answer can need."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import openai

from interviewer.engines.llm import faults

MOST_BYTES = 8_000_000  # of one response


class Capped(httpx2.AsyncByteStream):
    """A response's bytes, up to MOST_BYTES; raises Fault beyond. Once closed it has no more to give."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._stream:
            size += len(part)
            if size > MOST_BYTES:
                raise faults.too_long()
            yield part
            if self._closed:
                return

    async def aclose(self) -> None:
        self._closed = True
        await self._stream.aclose()


async def cap(response: httpx2.Response) -> None:
    """Cap a response. What is packed although we asked for it plain could unpack to anything: refused."""
    if response.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise faults.malformed("it came packed")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = Capped(response.stream)


def http_client(*, local: bool, run: int = 0) -> httpx2.AsyncClient:
    """No redirects: what candidates say goes to the one address that was chosen. No proxy for this machine itself.
    No idle connections either: a turn takes minutes, and nothing is to be left behind. ``run``: the calls under way at
    once in a run over many transcripts, which reuse their connections."""
    return openai.DefaultAsyncHttpxClient(
        follow_redirects=False,
        trust_env=not local,
        limits=httpx2.Limits(max_connections=run or 8, max_keepalive_connections=run),
        event_hooks={"response": [cap]},
    )
