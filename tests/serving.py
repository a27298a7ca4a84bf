"""Starts the real `quizgen serve` on a free port of this computer, and ends it whatever happens."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"
QUIZGEN = (sys.executable, "-m", "quizgen")
START_SECONDS = 60
END_SECONDS = 30


class Server:
    """One `quizgen serve` in a process group of its own."""

    def __init__(
        self,
        data: Path,
        *arguments: str,
        port: int | None = None,
        program: Sequence[str] = QUIZGEN,
        cwd: Path | None = None,
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://{HOST}:{self.port}"
        log, name = tempfile.mkstemp(prefix="quizgen-serve-", suffix=".log")
        self._log = Path(name)
        self.process = subprocess.Popen(
            [*program, "serve", *arguments, "--port", str(self.port), "--data", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=cwd,
            env=environment(),
        )
        os.close(log)

    def wait(self) -> None:
        """Return when it answers; raise with what it has said when it does not."""
        if not _becomes(lambda: self.process.poll() is not None or _answers(self.port), START_SECONDS):
            raise RuntimeError(f"quizgen serve does not answer:\n{self.said()}")
        if self.process.poll() is not None:
            raise RuntimeError(f"quizgen serve has ended with {self.process.returncode}:\n{self.said()}")

    def said(self) -> str:
        """Give all that it has printed so far."""
        return self._log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it and its workers without a warning, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(END_SECONDS)
        assert _becomes(lambda: not _listens(self.port), END_SECONDS), "the port is still taken"

    def terminate(self) -> int | None:
        """Ask it to end, and give its exit code; None when it would not, and had to be killed."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(END_SECONDS)
        return None

    def close(self) -> None:
        """End it for good."""
        try:
            self.terminate()
        finally:
            self.kill()
            self._log.unlink()


@contextmanager
def started(
    data: Path,
    *arguments: str,
    port: int | None = None,
    program: Sequence[str] = QUIZGEN,
    cwd: Path | None = None,
) -> Iterator[Server]:
    """Serve decks, with the answers in the folder `data`; give the server, to look into it or to kill it."""
    server = Server(data, *arguments, port=port, program=program, cwd=cwd)
    try:
        server.wait()
        yield server
    finally:
        server.close()


@contextmanager
def serving(data: Path, *arguments: str) -> Iterator[str]:
    """Serve decks, with the answers in the folder `data`; give the address."""
    with started(data, *arguments) as server:
        yield server.address


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def environment() -> dict[str, str]:
    """Give the environment of this process without what would point quizgen at other answers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("QUIZGEN_")}


def fetch(port: int, path: str) -> tuple[int, bytes]:
    """Get a page without a browser; give its status and body."""
    connection = http.client.HTTPConnection(HOST, port, timeout=END_SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _answers(port: int) -> bool:
    try:
        return fetch(port, "/about")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _becomes(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not (fulfilled := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return fulfilled
