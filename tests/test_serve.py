"""`quizgen serve` as a process: how it ends, and what it says when it will not start."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from quizgen.web.server import make_secret
from tests.serving import END_SECONDS, HOST, QUIZGEN, environment, free_port, started

BROKEN = """\
deck: bad
as_of: soon
colour: red
sources: {}
facts: []
"""


def refused(*arguments: str) -> str:
    """What it says when it will not start."""
    command = [*QUIZGEN, "serve", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment())
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_tells_its_address_and_where_answers_are_kept(tmp_path: Path) -> None:
    with started(tmp_path) as server:
        assert server.said() == f"quizgen: {server.address}  (answers are kept in {tmp_path}; stop with Ctrl-C)\n"
        assert {file.name for file in tmp_path.iterdir()} >= {"quizgen.sqlite", "secret"}
        assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("group", [True, False], ids=["Ctrl-C", "kill"])
def test_it_ends_when_asked_even_while_a_browser_holds_on(tmp_path: Path, group: bool) -> None:
    with started(tmp_path) as server, closing(http.client.HTTPConnection(HOST, server.port, END_SECONDS)) as browser:
        browser.request("GET", "/")
        browser.getresponse().read()
        (os.killpg if group else os.kill)(server.process.pid, signal.SIGINT if group else signal.SIGTERM)
        assert server.process.wait(END_SECONDS) == 0
        assert "Traceback" not in server.said()


def test_a_port_that_is_taken_is_a_message(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = refused("--port", port, "--data", str(tmp_path))
    assert said.startswith(f"port {port}: is taken by another program (choose another with --port;")
    assert said.count("\n") == 1


def test_a_second_server_on_the_same_port_is_a_message(tmp_path: Path) -> None:
    with started(tmp_path) as server:
        assert "is taken" in refused("--port", str(server.port), "--data", str(tmp_path))


def test_a_broken_deck_is_all_its_problems(tmp_path: Path) -> None:
    deck = tmp_path / "bad.yaml"
    deck.write_text(BROKEN, encoding="utf-8")
    said = refused(str(deck), "--port", str(free_port()), "--data", str(tmp_path / "data"))
    assert all(line.startswith(f"{deck}:") for line in said.splitlines())
    assert [word for word in ("'title'", "'category'", "'colour'", "'as_of'") if word not in said] == []
    assert not (tmp_path / "data").exists()


def test_a_deck_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    said = refused("natto", "--port", str(free_port()), "--data", str(tmp_path))
    assert said == "natto: is neither a file, nor a folder, nor a deck of the library (did you mean 'nato'?)\n"


def test_a_file_that_is_no_database_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "quizgen.sqlite").write_bytes(b"holiday pictures" * 100)
    said = refused("--port", str(free_port()), "--data", str(tmp_path))
    assert "the database cannot be used: file is not a database" in said
    assert said.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refused("--port", str(free_port()), "--data", str(tmp_path / "file" / "data"))
    assert said == f"{tmp_path / 'file' / 'data'}: cannot be written (choose another folder with --data)\n"


def interrupted(*_arguments: object, **_options: object) -> None:
    raise KeyboardInterrupt


def test_a_secret_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", interrupted)
        with pytest.raises(KeyboardInterrupt):
            make_secret(tmp_path)
    secret = make_secret(tmp_path)
    assert len(secret) > 20
    assert make_secret(tmp_path) == secret
