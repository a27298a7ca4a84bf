"""An article behind a link: what is asked, what is refused, and that nothing grows too large or takes too long."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quizgen.articles import Article
from quizgen.articles.addresses import Address, is_public
from quizgen.articles.fetching import fetch_article

PAGE = b"""<!doctype html><html lang="en"><body><article><h1>The Kiel Canal</h1>
<p>The canal joins the North Sea and the Baltic Sea. It was opened in 1895.</p>
<p>It is 98 kilometres long, and more ships use it than any other canal of its kind.</p></article></body></html>"""
BOMB = gzip.compress(b"a" * 50_000_000)
PUBLIC = "93.184.216.34"


class Server(ThreadingHTTPServer):
    """A server on this machine that plays one on the internet; `asked` are the paths and hosts it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.stop = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        return

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))
        kind, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"give_{kind}")(rest)

    def give(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def give_page(self, _: str) -> None:
        self.give(PAGE)

    def give_packed(self, _: str) -> None:
        self.give(gzip.compress(PAGE), Content_Encoding="gzip")

    def give_bomb(self, _: str) -> None:
        self.give(BOMB, Content_Encoding="gzip")

    def give_large(self, _: str) -> None:
        self.give(b"It is so. " * 150_000)

    def give_brotli(self, _: str) -> None:
        self.give(b"?", Content_Encoding="br")

    def give_broken(self, _: str) -> None:
        self.give(b"no gzip at all", Content_Encoding="gzip")

    def give_picture(self, _: str) -> None:
        self.give(b"\x89PNG", Content_Type="image/png")

    def give_missing(self, _: str) -> None:
        self.give(b"", 404)

    def give_latin(self, _: str) -> None:
        self.give("Le traité fut signé à Évian.".encode("cp1252"), Content_Type="text/plain; charset=windows-1252")

    def give_hop(self, left: str) -> None:
        self.give(b"", 302, Location=f"/hop/{int(left) - 1}" if left != "0" else "/page")

    def give_away(self, where: str) -> None:
        self.give(b"", 302, Location=where.replace("|", "/"))

    def give_slowly(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.stop.wait(0.05):
            self.wfile.write(b"a")
            self.wfile.flush()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.stop.set()
        server.shutdown()
        thread.join()


def fetched(server: Server, path: str, seconds: float = 20) -> tuple[Article | None, list[str]]:
    """Fetch from the server, which plays a public one: its address is allowed, and no other that is not public."""
    article, problems = fetch_article(
        f"http://example.org:{server.port}/{path}",
        resolve=lambda host, port: ["127.0.0.1"] if host == "example.org" else [host],
        allows=lambda address: is_public(address) or str(address) == "127.0.0.1",
        ports=(server.port, 80),
        seconds=seconds,
    )
    return article, [problem.message for problem in problems]


@pytest.mark.parametrize("path", ["page", "packed", "hop/0", "hop/2"])
def test_a_page_is_fetched_and_read(server: Server, path: str) -> None:
    article, problems = fetched(server, path)
    assert problems == []
    assert article is not None
    assert (article.title, article.language) == ("The Kiel Canal", "en")
    assert server.asked[0] == (f"/{path}", f"example.org:{server.port}"), "the host is asked by its name"


def test_the_server_says_which_encoding_it_is(server: Server) -> None:
    article, _ = fetched(server, "latin")
    assert article is not None
    assert article.text == "Le traité fut signé à Évian."


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("bomb", "the page is larger than 1 MB"),
        ("large", "the page is larger than 1 MB"),
        ("brotli", "the page is packed as 'br'"),
        ("broken", "the server could not be read"),
        ("picture", "this is no text, but 'image/png'"),
        ("missing", "the server answers with 404"),
        ("hop/3", "the link leads on more than 3 times"),
        ("away/http:||10.0.0.1|", "'10.0.0.1' is not a public address"),
        ("away/http:||169.254.169.254|latest", "'169.254.169.254' is not a public address"),
        ("away/http:||[::1]|", "'::1' is not a public address"),
        ("away/https:||example.org:8443|", "port 8443 is not allowed"),
        ("away/file:|||etc|passwd", "a link begins with https:// or http://"),
        ("away/||10.1.2.3|", "'10.1.2.3' is not a public address"),
    ],
)
def test_what_a_server_must_not_do_is_a_problem(server: Server, path: str, message: str) -> None:
    assert fetched(server, path) == (None, [message])


def test_a_bomb_is_not_unpacked_to_its_end(server: Server) -> None:
    tracemalloc.start()
    try:
        fetched(server, "bomb")
        assert tracemalloc.get_traced_memory()[1] < len(PAGE) + 20_000_000
    finally:
        tracemalloc.stop()


def test_a_server_that_sends_a_letter_now_and_then_is_hung_up_on(server: Server) -> None:
    assert fetched(server, "slowly", seconds=0.5) == (None, ["the server took too long"])


def test_a_name_that_changes_its_address_is_asked_at_the_one_that_was_checked(server: Server) -> None:
    told = iter([["127.0.0.1"], ["10.0.0.1"]])
    article, problems = fetch_article(
        f"http://rebinding.example:{server.port}/page",
        resolve=lambda host, port: next(told),
        allows=lambda address: str(address) == "127.0.0.1",
        ports=(server.port,),
    )
    assert (article is not None, problems, list(told)) == (True, [], [["10.0.0.1"]]), "the name is looked up once"


def refuse_to_look_up(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host}:{port} was looked up")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/", "a link begins with https:// or http://"),
        ("file:///etc/passwd", "a link begins with https:// or http://"),
        ("javascript:alert(1)", "a link begins with https:// or http://"),
        ("https:///nowhere", "a link begins with https:// or http://"),
        ("https://user:secret@example.org/", "a link must not hold a name or a password"),
        ("https://example.org:22/", "port 22 is not allowed"),
        ("https://example.org:99999/", "this is no link"),
        ("https://example.org\\@10.0.0.1/", "this is no link"),
        ("https://example.org/a b", "this is no link"),
        ("https://example.org/\r\nX: y", "this is no link"),
        ("https://[::1/", "this is no link"),
        ("https://" + "a" * 3000, "this is no link"),
        ("https://" + "a" * 100 + ".example/", "this is no link"),
    ],
)
def test_what_is_no_link_is_never_looked_up(url: str, message: str) -> None:
    article, problems = fetch_article(url, resolve=refuse_to_look_up)
    assert (article, [problem.message for problem in problems]) == (None, [message])


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], [PUBLIC, "192.168.1.1"], ["::1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"], ["0.0.0.0"], []],
)
def test_one_private_address_among_public_ones_is_enough_to_refuse(addresses: list[str]) -> None:
    article, problems = fetch_article("https://example.org/", resolve=lambda host, port: addresses)
    assert article is None
    assert problems[0].message in ("'example.org' is not a public address", "'example.org' was not found")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("127.8.8.8", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fc00::1", False),
        ("ff0e::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_public_is_what_anybody_could_ask(address: str, public: bool) -> None:
    parsed: Address = ipaddress.ip_address(address)
    assert is_public(parsed) is public
