"""Which model is asked, and where: what the teacher configured, checked before anything is sent."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from quizgen.problems import Problem

MODEL, URL, KEY, HTTP = "QUIZGEN_MODEL", "QUIZGEN_MODEL_URL", "QUIZGEN_MODEL_KEY", "QUIZGEN_MODEL_HTTP"
SECONDS = 120.0
RETRIES = 2
_LONGEST = 2000
_EXAMPLE = "such as http://127.0.0.1:11434/v1 of a model on this computer"


@dataclass(frozen=True, slots=True)
class Settings:
    """An address that speaks as OpenAI's does, the name of a model there, and the key, which nothing ever shows.

    `seconds` is how long one call may take in all, with its retries; `retries` is how many there may be.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    retries: int = RETRIES

    @property
    def host(self) -> str:
        """The name of the host, as it may be shown."""
        return urlsplit(self.url).hostname or ""


def settings_from(environ: Mapping[str, str], model: str = "") -> tuple[Settings | None, list[Problem]]:
    """Read the settings from the environment; `model` counts more than what is there.

    Without a model there are no settings and no problems: nobody is asked. No problem shows the address or the key.
    """
    name = (model or environ.get(MODEL, "")).strip()
    if not name:
        return None, []
    url, key = environ.get(URL, "").strip(), environ.get(KEY, "").strip()
    problems = [*_model_problems(name), *_url_problems(url, environ.get(HTTP, "") == "allow"), *_key_problems(key)]
    return (None, problems) if problems else (Settings(url.rstrip("/"), name, key), [])


def _model_problems(name: str) -> list[Problem]:
    fine = len(name) <= 200 and name.isprintable()
    return [] if fine else [Problem(MODEL, 0, "is no name of a model", "write it as its server lists it")]


def _key_problems(key: str) -> list[Problem]:
    fine = len(key) <= _LONGEST and key.isascii() and key.isprintable() and " " not in key
    return [] if fine else [Problem(KEY, 0, "is no key", "copy it again: it has no spaces and no line ends")]


def _url_problems(url: str, http_allowed: bool) -> list[Problem]:
    if not url:
        return [Problem(URL, 0, "is missing", f"the address of the model's server, {_EXAMPLE}")]
    try:
        parts = urlsplit(url)
        fine = bool(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
    except ValueError:
        return [Problem(URL, 0, "is no address", _EXAMPLE)]
    if not fine or len(url) > _LONGEST or not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        return [Problem(URL, 0, "is no address", _EXAMPLE)]
    if "@" in parts.netloc or parts.query or parts.fragment:
        return [Problem(URL, 0, "holds more than an address", f"the key goes into {KEY}")]
    if parts.scheme == "http" and not (http_allowed or _is_near(parts)):
        hint = f"write https, or set {HTTP}=allow if nobody can listen on the way"
        return [Problem(URL, 0, "would send the article and the key where others can read them", hint)]
    return []


def _is_near(parts: SplitResult) -> bool:
    """Tell whether a host is this computer, or one by its number in a network of one's own."""
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or (address.is_private and not address.is_link_local and not address.is_unspecified)
