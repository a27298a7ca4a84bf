"""Asking a model at an address that speaks as OpenAI's does, hosted or local, by the `openai` client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, ValidationError

from quizgen.facts.proposing.model import Ask, Messages, Reply
from quizgen.facts.proposing.settings import KEY, MODEL, URL, Settings
from quizgen.problems import Problem, QuizgenError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_INSTALL = "pip install 'quizgen[model]'"
_BY_RULES = "leave --model out to draft by rules alone"


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Said


class _Completion(BaseModel):
    """As much of a reply as is looked at."""

    choices: list[_Choice] = Field(min_length=1)


def model_at(settings: Settings) -> Ask:
    """Make a way to ask the configured model; raises `QuizgenError` if the extra with the client is missing.

    A call takes at most `settings.seconds` with its retries, and sends nothing to any other host. It raises
    `QuizgenError` where there is no reply; one that is empty or no JSON is for the reader to judge.
    """
    try:
        import openai  # noqa: F401, PLC0415 - an extra, and slow: only who asks a model needs it
    except ImportError as error:
        raise QuizgenError([Problem("openai", 0, "is not installed", _INSTALL)]) from error
    return lambda messages: asyncio.run(_asked(settings, messages))


async def _asked(settings: Settings, messages: Messages) -> str:
    """Ask, and let go when the time is over, even if the server sends a letter now and then."""
    import httpx2  # noqa: PLC0415 - comes with the extra
    import openai  # noqa: PLC0415 - the same

    from quizgen.facts.proposing.transport import OneHost, RefusedError  # noqa: PLC0415 - needs the extra

    told = ""
    reply = b""
    try:
        async with (
            asyncio.timeout(settings.seconds),
            httpx2.AsyncClient(transport=OneHost(settings.url, settings.key), trust_env=False) as http,
        ):
            client = openai.AsyncOpenAI(
                api_key="not-known-to-the-client",
                base_url=settings.url,
                timeout=settings.seconds,
                max_retries=settings.retries,
                http_client=http,
            )
            reply = await _sent(client, settings.model, messages)
    except (TimeoutError, openai.APITimeoutError):
        told = f"did not reply within {settings.seconds:g} seconds"
    except openai.APIStatusError as error:
        told = _by_status(error.status_code)
    except RefusedError as error:
        told = str(error)
    except (openai.OpenAIError, httpx2.HTTPError, OSError, ValueError):
        told = "could not be reached, or broke off"
    # Outside of the handlers: what the client raised names the request, and nobody needs it any more.
    if told:
        raise QuizgenError([Problem(f"model at {settings.host}", 0, told, _BY_RULES)])
    return _content(reply)


async def _sent(client: AsyncOpenAI, model: str, messages: Messages) -> bytes:
    """Ask for a reply of our form; of a server that does not know how, for any."""
    import httpx2  # noqa: PLC0415 - comes with the extra
    from openai import BadRequestError, UnprocessableEntityError  # noqa: PLC0415 - the extra

    said: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": messages.system}, {"role": "user", "content": messages.user}],
    }
    form = {"name": "facts", "strict": True, "schema": Reply.model_json_schema()}
    shaped = {"temperature": 0, "response_format": {"type": "json_schema", "json_schema": form}}
    path = "/chat/completions"
    try:
        response = await client.post(path, body={**said, **shaped}, cast_to=httpx2.Response)
    except (BadRequestError, UnprocessableEntityError):
        response = await client.post(path, body=said, cast_to=httpx2.Response)
    return response.content


def _content(data: bytes) -> str:
    """Take the text of the first choice; what is no reply at all gives the empty text."""
    try:
        return _Completion.model_validate_json(data).choices[0].message.content or ""
    except ValidationError:
        return ""


def _by_status(status: int) -> str:
    """Say what a status means; never what the server says, which may hold anything, even the key."""
    if 300 <= status < 400:
        return "sends us on to another address, where the key is not sent"
    named = {
        401: f"does not take the key in {KEY}",
        403: f"does not take the key in {KEY}",
        404: f"knows no such address or model (see {URL} and {MODEL})",
        429: "has had too many requests: wait, or look at the account",
    }
    return named.get(status, f"answers with {status}")
