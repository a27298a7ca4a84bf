"""An article behind a link, for operators who allow that: never from a private address, never more than was asked for.

Every address of the host is checked before, and the connection goes to the address that was checked, so a name
server that changes its mind changes nothing. Redirects are checked like links. Size counts after unpacking.
"""

from __future__ import annotations

import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from quizgen.articles.addresses import Address, Place, RefusedError, Resolve, by_dns, checked, is_public
from quizgen.articles.model import Article
from quizgen.articles.reading import MAX_BYTES, read_article
from quizgen.problems import Problem

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

MAX_REDIRECTS = 3
PORTS = (80, 443)
SECONDS = 15.0

_PIECE = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPES = ("text/html", "text/plain", "text/markdown", "application/xhtml+xml")
_CHARSET = re.compile(r"charset=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEADERS = {"Accept": "text/html, text/plain, text/markdown", "Accept-Encoding": "gzip", "User-Agent": "quizgen"}


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str
    kind: str
    data: bytes


def fetch_article(
    url: str,
    *,
    resolve: Resolve = by_dns,
    allows: Callable[[Address], bool] = is_public,
    ports: Sequence[int] = PORTS,
    seconds: float = SECONDS,
) -> tuple[Article | None, list[Problem]]:
    """Fetch an article and read it, as `read_article` does; problems name the link.

    `resolve` gives the addresses of a host, `allows` tells which may be asked, `ports` where; `seconds` is how long all
    of it may take, but for looking up names. Only call this where an operator allows links.
    """
    ends = time.monotonic() + seconds
    asked = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _ask(checked(asked, resolve, allows, ports), ends - time.monotonic())
            if answer.status not in _REDIRECTS or not answer.location:
                return _read(answer, asked, url)
            asked = urljoin(asked, answer.location)
    except RefusedError as error:
        return None, [Problem(url, 0, str(error), "copy the text of the article instead")]
    return None, [
        Problem(url, 0, f"the link leads on more than {MAX_REDIRECTS} times", "open it, and copy the last address")
    ]


def _read(answer: _Answer, asked: str, url: str) -> tuple[Article | None, list[Problem]]:
    if answer.status != 200:
        raise RefusedError(f"the server answers with {answer.status}")
    kind = answer.kind.partition(";")[0].strip().lower()
    if kind and kind not in _TYPES:
        raise RefusedError(f"this is no text, but {kind[:60]!r}")
    charset = _CHARSET.search(answer.kind)
    article, problems = read_article(answer.data, asked, encoding=charset[1] if charset else "")
    return article, [Problem(url, problem.line, problem.message, problem.hint) for problem in problems]


def _ask(place: Place, seconds: float) -> _Answer:
    """Ask a place, and hang up when the time is over, even if the server sends a letter now and then."""
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 - nobody else needs it

    if seconds <= 0:
        raise RefusedError("the server took too long")
    connection = _connection(place, seconds)
    over = threading.Event()
    try:
        connection.connect()
        watch = threading.Timer(seconds, _hang_up, (connection.sock, over))
        watch.daemon = True
        watch.start()
        try:
            answer = _answer(connection, place)
            if over.is_set():
                # What was hung up on looks like the end of the page.
                raise RefusedError("the server took too long")
            return answer
        finally:
            watch.cancel()
    except (HTTPError, OSError, ValueError, zlib.error) as error:
        took_too_long = over.is_set() or isinstance(error, TimeoutError)
        raise RefusedError("the server took too long" if took_too_long else "the server could not be read") from error
    finally:
        connection.close()


def _connection(place: Place, seconds: float) -> HTTPConnection:
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415 - nobody else needs it

    if place.scheme == "http":
        return HTTPConnection(place.address, place.port, timeout=seconds)
    import ssl  # noqa: PLC0415 - only for https

    import certifi  # noqa: PLC0415 - only for https

    # The certificate must be that of the host in the link, though the connection is to its address.
    return HTTPSConnection(
        place.address,
        place.port,
        timeout=seconds,
        server_hostname=place.host,
        assert_hostname=place.host,
        ssl_context=ssl.create_default_context(cafile=certifi.where()),
    )


def _hang_up(connected: socket.socket | None, over: threading.Event) -> None:
    over.set()
    try:
        if connected is not None:
            connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


def _answer(connection: HTTPConnection, place: Place) -> _Answer:
    host = f"[{place.host}]" if ":" in place.host else place.host
    named = host if place.port in PORTS else f"{host}:{place.port}"
    connection.request(
        "GET", place.path, headers={**_HEADERS, "Host": named}, preload_content=False, decode_content=False
    )
    response = connection.getresponse()
    headers = response.headers
    if response.status in _REDIRECTS:
        return _Answer(response.status, headers.get("Location", ""), "", b"")
    packed = bytearray()
    while piece := response.read(_PIECE, decode_content=False):
        packed += piece
        if len(packed) > MAX_BYTES:
            raise RefusedError("the page is larger than 1 MB")
    return _Answer(
        response.status,
        "",
        headers.get("Content-Type", ""),
        _unpacked(bytes(packed), headers.get("Content-Encoding", "")),
    )


def _unpacked(packed: bytes, encoding: str) -> bytes:
    if encoding.strip().lower() in ("", "identity"):
        return packed
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        raise RefusedError(f"the page is packed as {encoding[:20]!r}")
    unpacked = zlib.decompressobj(wbits=47).decompress(packed, MAX_BYTES + 1)
    if len(unpacked) > MAX_BYTES:
        raise RefusedError("the page is larger than 1 MB")
    return unpacked
