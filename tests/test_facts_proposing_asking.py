"""How a model is asked: where, how often, how long, what is sent, and that the key is shown to nobody."""

from __future__ import annotations

import builtins
import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from quizgen.facts import Status, load_deck
from quizgen.facts.proposing import Messages, Settings, model_at, settings_from
from quizgen.problems import QuizgenError
from tests.drafting_support import DAY
from tests.model_server import CANARY, ModelServer, model_server

CALL = Messages("Draft questions.", "[1, \"Kenya leads the mission.\"]")  # fmt: skip
SENTENCE = "Kenya leads the mission because Haiti asked for help after the murder of its president."
FACT = {
    "question": "Who asked for help after the murder of its president?",
    "answer": "Haiti",
    "quote": SENTENCE,
    "kind": "who",
}
REPLY = json.dumps({"facts": [FACT, FACT | {"answer": "Russia"}]})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(REPLY) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZGEN_MODEL_URL", server.url)
    monkeypatch.setenv("QUIZGEN_MODEL_KEY", CANARY)
    monkeypatch.delenv("QUIZGEN_MODEL", raising=False)
    (tmp_path / "article.txt").write_text(f"The mission in Haiti\n\n{SENTENCE}\n", encoding="utf-8")
    return tmp_path


def settings(server: ModelServer, **changes: Any) -> Settings:
    return Settings(server.url, "a-model", CANARY, **({"seconds": 20.0, "retries": 0} | changes))


def refusal(server: ModelServer, **changes: Any) -> str:
    with pytest.raises(QuizgenError) as raised:
        model_at(settings(server, **changes))(CALL)
    shown = "".join(traceback.format_exception(raised.value))
    assert CANARY not in shown
    assert raised.value.__context__ is None  # nothing that holds the request goes with it
    return str(raised.value)


def drafted(*options: str) -> Result:
    result = CliRunner().invoke(main, ["draft", "article.txt", "--retrieved", DAY.isoformat(), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert CANARY not in result.output
    return result


def test_a_model_is_asked_once_with_the_key_and_a_form_for_its_reply(server: ModelServer) -> None:
    assert model_at(settings(server))(CALL) == REPLY
    ((path, headers, body),) = server.asked
    assert (path, headers["authorization"]) == ("/v1/chat/completions", f"Bearer {CANARY}")
    assert body["messages"] == [{"role": "system", "content": CALL.system}, {"role": "user", "content": CALL.user}]
    assert (body["model"], body["response_format"]["type"]) == ("a-model", "json_schema")


def test_a_server_that_knows_no_forms_is_asked_without(server: ModelServer) -> None:
    server.way = "plain_only"
    assert model_at(settings(server))(CALL) == REPLY
    assert ["response_format" in body for _, _, body in server.asked] == [True, False]


def test_nothing_else_of_the_environment_is_sent(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, f"other-{name}")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Other: other-header\nAuthorization: Bearer other-key")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    model_at(settings(server))(CALL)
    ((_, headers, body),) = server.asked
    assert "other-" not in json.dumps([headers, body])
    assert set(headers) == {
        "host", "content-type", "content-length", "accept", "accept-encoding", "user-agent", "authorization",
    }  # fmt: skip


def test_without_a_key_none_is_sent(server: ModelServer) -> None:
    model_at(Settings(server.url, "a-model"))(CALL)
    assert "authorization" not in server.asked[0][1]


@pytest.mark.parametrize(
    ("way", "message"),
    [
        ("status 401", "does not take the key in QUIZGEN_MODEL_KEY"),
        ("status 403", "does not take the key in QUIZGEN_MODEL_KEY"),
        ("status 404", "knows no such address or model"),
        ("status 429", "has had too many requests"),
        ("status 500", "answers with 500"),
        ("status 400", "answers with 400"),
        ("packed", "the reply is packed"),
    ],
)
def test_a_server_that_refuses_is_named_and_what_it_says_is_not_shown(
    server: ModelServer, way: str, message: str
) -> None:
    server.way = way
    said = refusal(server)
    assert said.startswith(f"model at 127.0.0.1: {message}")
    assert "refused" not in said


@pytest.mark.parametrize(("way", "calls"), [("status 500", 2), ("status 429", 2), ("status 401", 1)])
def test_it_is_tried_again_as_often_as_allowed_where_that_may_help(server: ModelServer, way: str, calls: int) -> None:
    server.way = way
    refusal(server, retries=1)
    assert len(server.asked) == calls


@pytest.mark.parametrize("way", ["silent", "dripping"])
def test_a_slow_server_is_left(server: ModelServer, way: str) -> None:
    server.way = way
    assert "did not reply within 0.3 seconds" in refusal(server, seconds=0.3, retries=5)


@pytest.mark.parametrize("status", [200, 500])
def test_a_reply_without_end_is_not_read_to_its_end(server: ModelServer, status: int) -> None:
    server.way = f"endless {status}"
    assert "the reply does not end" in refusal(server)
    assert server.sent < 20_000_000  # a few MB: what lies in the buffers between us counts too


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("same_host", [True, False])
def test_no_redirect_is_followed(server: ModelServer, status: int, same_host: bool) -> None:
    with model_server(REPLY) as other:
        server.way, server.elsewhere = f"redirecting {status}", (server if same_host else other).url + "/elsewhere"
        assert "sends us on to another address" in refusal(server)
        assert (len(server.asked), other.asked) == (1, [])


def test_nobody_there_is_a_problem() -> None:
    with model_server() as server:
        pass
    assert "could not be reached" in refusal(server)


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"choices": []}', '{"choices": [{"message": {"content": 7}}]}', "[" * 100_000, "<html>"]
)
def test_a_reply_that_is_none_gives_the_empty_text(server: ModelServer, body: str) -> None:
    server.way, server.reply = "raw", body
    assert model_at(settings(server))(CALL) == ""


def test_the_key_is_in_no_log(
    server: ModelServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    with caplog.at_level(logging.DEBUG):
        for name in list(logging.root.manager.loggerDict):
            logging.getLogger(name).setLevel(logging.DEBUG)
        model_at(settings(server))(CALL)
        server.way = "status 500"
        refusal(server, retries=1)
    assert caplog.records
    assert CANARY not in caplog.text
    assert CANARY not in repr(settings(server))


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://models.example.org/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://192.168.1.20:1234/v1", True),
        ("http://models.example.org/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://8.8.8.8/v1", False),
        ("http://169.254.169.254/v1", False),
        ("http://0.0.0.0/v1", False),
        ("", False),
        ("file:///etc/passwd", False),
        ("models.example.org", False),
        ("https://", False),
        ("https://models.example.org:99999/v1", False),
        (f"https://me:{CANARY}@models.example.org/v1", False),
        (f"https://models.example.org/v1?key={CANARY}", False),
        (f"https://models.example.org/{CANARY} v1", False),
    ],
)
def test_an_address_is_checked_before_anything_is_sent_there(url: str, fine: bool) -> None:
    found, problems = settings_from({"QUIZGEN_MODEL_URL": url, "QUIZGEN_MODEL": "a-model"})
    assert (found is not None, not problems) == (fine, fine)
    assert CANARY not in str(problems)


def test_http_to_others_is_for_whoever_allows_it() -> None:
    environ = {"QUIZGEN_MODEL_URL": "http://models.example.org/v1", "QUIZGEN_MODEL_HTTP": "allow"}
    assert settings_from(environ, "a-model") == (Settings("http://models.example.org/v1", "a-model"), [])


@pytest.mark.parametrize("key", [f"{CANARY}\r\nX-Evil: 1", f"{CANARY} {CANARY}", f"{CANARY}é", CANARY * 1000])
def test_a_key_that_is_none_is_refused_and_not_shown(key: str) -> None:
    found, problems = settings_from({"QUIZGEN_MODEL_URL": "http://localhost/v1", "QUIZGEN_MODEL_KEY": key}, "a-model")
    assert found is None
    assert [problem.file for problem in problems] == ["QUIZGEN_MODEL_KEY"]
    assert CANARY not in str(problems)


def test_by_default_nobody_is_asked(folder: Path, server: ModelServer) -> None:
    assert drafted().exit_code == 0
    assert server.asked == []


@pytest.mark.parametrize("by", ["option", "environment"])
def test_the_command_adds_what_is_taken_and_counts_the_rest(
    folder: Path, server: ModelServer, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by == "environment":
        monkeypatch.setenv("QUIZGEN_MODEL", "a-model")
    asked = drafted("-o", "haiti.yaml", *(["--model", "a-model"] if by == "option" else []))
    assert asked.exit_code == 0, asked.output
    assert asked.stdout == ""
    counted = "a-model at 127.0.0.1: 1 fact taken, 1 dropped (the answer is not in the quote: 1)\n"
    assert counted in asked.stderr
    deck, problems = load_deck((folder / "haiti.yaml").read_bytes(), "haiti.yaml")
    assert deck is not None
    assert problems == []
    (made,) = [fact for fact in deck.facts if "language model" in fact.note]
    assert (made.key, made.status, made.quote) == ("who-haiti", Status.DRAFT, SENTENCE.rstrip())
    assert all(CANARY not in file.read_text(encoding="utf-8") for file in folder.iterdir())


@pytest.mark.parametrize("way", ["status 401", "status 404"])
def test_if_the_model_cannot_be_asked_nothing_is_written_and_the_way_without_is_named(
    folder: Path, server: ModelServer, way: str
) -> None:
    server.way = way
    result = drafted("-o", "haiti.yaml", "--model", "a-model")
    assert (result.exit_code, sorted(file.name for file in folder.iterdir())) == (1, ["article.txt"])
    assert "leave --model out to draft by rules alone" in result.stderr


def test_without_the_client_the_command_says_how_to_get_it(
    folder: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "openai":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    result = drafted("--model", "a-model")
    assert (result.exit_code, result.stderr) == (1, "openai: is not installed (pip install 'quizgen[model]')\n")
    assert server.asked == []


def test_a_missing_address_is_named_before_the_article_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIZGEN_MODEL_URL")
    result = drafted("--model", "a-model")
    assert result.exit_code == 1
    assert result.stderr.startswith("QUIZGEN_MODEL_URL: is missing")
