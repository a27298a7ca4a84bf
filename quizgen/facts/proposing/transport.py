"""How a model's server is spoken to: one host, one key, no redirects, and no more bytes than a reply can have.

Imported only where a model is asked: `openai` and what it needs are an extra.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
from openai import OpenAIError

MOST_BYTES = 1_000_000
# What of the client's own is sent: nothing from elsewhere in the environment, and nothing about this computer.
_SENT = ("host", "content-type", "content-length", "accept")


class RefusedError(OpenAIError):
    """A reply is not read, or a request not sent; the message says why. It is not tried again."""


class OneHost(httpx2.AsyncBaseTransport):
    """Sends requests to the one server that was configured, and nothing else anywhere.

    The key is known only here: neither the client nor its errors ever hold it.
    """

    def __init__(self, url: str, key: str) -> None:
        self._url = httpx2.URL(url)
        self._key = key
        proxies = self._url.scheme == "https"  # a proxy would read what is sent without encryption
        self._within = httpx2.AsyncHTTPTransport(trust_env=proxies, retries=0)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request with the key, and give a response whose body ends in time."""
        if (request.url.scheme, request.url.host, request.url.port) != (
            self._url.scheme,
            self._url.host,
            self._url.port,
        ):
            raise RefusedError("another server was to be asked")
        headers = {name: request.headers[name] for name in _SENT if name in request.headers}
        headers |= {"accept-encoding": "identity", "user-agent": "quizgen"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        sent = httpx2.Request(
            request.method, request.url, headers=headers, content=await request.aread(), extensions=request.extensions
        )
        response = await self._within.handle_async_request(sent)
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            await response.aclose()
            raise RefusedError("the reply is packed, though that was not asked for")
        assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - what this transport gives; for mypy
        return httpx2.Response(response.status_code, headers=response.headers, stream=_Counted(response.stream))

    async def aclose(self) -> None:
        """Hang up."""
        await self._within.aclose()


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise RefusedError("the reply does not end")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
