"""A server on this machine that speaks as a model's does, and misbehaves as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CANARY = "sk-canary-5d1f0c"


class ModelServer(ThreadingHTTPServer):
    """`reply` is what the model says; `way` is how the server behaves; `asked` are the calls: path, headers, body."""

    daemon_threads = True

    def __init__(self, reply: str = "", way: str = "honest") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply, self.way = reply, way
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.stop = threading.Event()
        self.sent = 0
        self.elsewhere = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up on us is no news."""


class Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        return

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        way, _, detail = self.server.way.partition(" ")
        getattr(self, f"be_{way}")(detail)

    def give(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "application/json", "Content_Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def be_honest(self, _: str) -> None:
        message = {"role": "assistant", "content": self.server.reply}
        self.give(json.dumps({"id": "1", "object": "chat.completion", "choices": [{"message": message}]}).encode())

    def be_raw(self, _: str) -> None:
        self.give(self.server.reply.encode())

    def be_status(self, status: str) -> None:
        said = f"refused {self.headers.get('Authorization')}"  # some do say the key again
        self.give(json.dumps({"error": {"message": said}}).encode(), int(status))

    def be_plain_only(self, _: str) -> None:
        if "response_format" in self.server.asked[-1][2]:
            self.be_status("400")
        else:
            self.be_honest("")

    def be_once(self, _: str) -> None:
        if len(self.server.asked) == 1:
            self.be_honest("")
        else:
            self.be_status("401")

    def be_redirecting(self, status: str) -> None:
        self.give(b"", int(status), Location=self.server.elsewhere)

    def be_packed(self, _: str) -> None:
        self.give(b"\x1f\x8b\x08\x00", Content_Encoding="gzip")

    def be_silent(self, _: str) -> None:
        self.server.stop.wait(60)

    def be_dripping(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.stop.wait(0.02):
            self.wfile.write(b"X: y\r\n")

    def be_endless(self, status: str) -> None:
        self.send_response(int(status))
        self.end_headers()
        while not self.server.stop.is_set():
            self.wfile.write(b" " * 65536)
            self.server.sent += 65536


@contextmanager
def model_server(reply: str = "", way: str = "honest") -> Iterator[ModelServer]:
    """Serve for as long as it is used."""
    server = ModelServer(reply, way)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
