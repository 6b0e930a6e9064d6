"""The connection under the client: one origin, no redirects, and no more bytes than an answer can need."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import httpx2
import openai

from interviewer.engines.llm import faults

MOST_BYTES = 8_000_000  # of one response


class Capped(httpx2.AsyncByteStream):
    """A response's bytes, up to ``most``; raises Fault beyond. Once closed it has no more to give."""

    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream, self._most = stream, most
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._stream:
            size += len(part)
            if size > self._most:
                raise faults.too_long()
            yield part
            if self._closed:
                return

    async def aclose(self) -> None:
        self._closed = True
        await self._stream.aclose()


async def cap(most: int, response: httpx2.Response) -> None:
    """Cap a response. What is packed although we asked for it plain could unpack to anything: refused."""
    if response.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise faults.malformed("it came packed")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = Capped(response.stream, most)


class Lanes(httpx2.AsyncBaseTransport):
    """Connections that each serve one request at a time and are used again: a pool of hundreds, as the library keeps
    it, is looked through whole at every request."""

    def __init__(self) -> None:
        self._context = httpx2.create_ssl_context()
        self._all: list[httpx2.AsyncHTTPTransport] = []
        self._free: list[httpx2.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        lane = self._free.pop() if self._free else self._new()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            self._free.append(lane)
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Lent(response.stream, partial(self._free.append, lane))
        return response

    async def aclose(self) -> None:
        for lane in self._all:
            await lane.aclose()

    def _new(self) -> httpx2.AsyncHTTPTransport:
        one = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
        self._all.append(httpx2.AsyncHTTPTransport(verify=self._context, limits=one))
        return self._all[-1]


class _Lent(httpx2.AsyncByteStream):
    """A response's bytes; with its end the lane is given back, once."""

    def __init__(self, stream: httpx2.AsyncByteStream, give_back: Callable[[], None]) -> None:
        self._stream, self._give_back = stream, give_back
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if not self._closed:
            self._closed = True
            try:
                await self._stream.aclose()
            finally:
                self._give_back()


async def ask(client: openai.AsyncOpenAI, http: httpx2.AsyncClient, body: dict[str, Any]) -> openai.AsyncStream[Any]:
    """The stream that answers a request, its chunks as they come. Raises openai.APIStatusError, httpx2.HTTPError.

    Past the library's own way of asking: its models of requests and chunks say no more than our schemas do, and take
    most of the time a call costs us. Its headers, connection, errors and stream are the same.
    """
    headers = {**client.default_headers, **client.auth_headers}
    request = http.build_request(
        "POST", f"{str(client.base_url).rstrip('/')}/chat/completions", json=body, timeout=client.timeout,
        headers={name: value for name, value in headers.items() if isinstance(value, str)},
    )  # fmt: skip
    response = await http.send(request, stream=True)
    if not response.is_success:
        raise await faults.refusal(response)
    return openai.AsyncStream(cast_to=object, response=response, client=client)


def http_client(*, local: bool, plain: bool = False, run: int = 0, most: int = MOST_BYTES) -> httpx2.AsyncClient:
    """No redirects: what candidates say goes to the one address that was chosen. No proxy for this machine itself.
    No idle connections either: a turn takes minutes, and nothing is to be left behind. ``run``: the calls under way at
    once in a run over many transcripts, which reuse their connections. ``most``: bytes of one response. ``plain``: the
    address is an http one. Where it is on this machine, too, no certificates are read, which takes longer than all else
    before a first request; without them every other server would be refused."""
    return openai.DefaultAsyncHttpxClient(
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain and local else True,
        follow_redirects=False,
        trust_env=not local,
        limits=httpx2.Limits(max_connections=run or 8, max_keepalive_connections=run),
        event_hooks={"response": [partial(cap, most)]},
        transport=Lanes() if run else None,
    )
