"""The top of a drafted deck: key, title, category, source, and what the publisher warns of."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from quizgen.articles import Article, Role, folded
from quizgen.facts.drafting.lexicon import read_lines, wording
from quizgen.facts.drafting.quantities import dates
from quizgen.facts.drafting.tokens import slug
from quizgen.facts.model import Source

MOST_OF_KEY, MOST_OF_TITLE, MOST_OF_NOTE = 60, 80, 700
_NAME = r"[A-Z][\w&'’.-]*(?: [A-Z][\w&'’.-]*){0,4}"
_PUBLISHER = re.compile(
    rf"(?:compiled|published|written|produced|provided|prepared) by (?:the )?(?P<one>{_NAME})"
    rf"|©\s*(?:\d{{4}}\s+)?(?P<two>{_NAME})"
)
_SPLIT = re.compile(r"\s*(?:/|>|›|»|\||→)\s*")


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever drafts knows of the article better than it says itself; an empty text leaves it to the article."""

    key: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    category: str = ""


def key_of(article: Article, given: Given) -> str:
    """Make a deck's key of its title; where the script has no small Latin letters, of the text itself."""
    whole = slug(given.title or article.title)
    if len(whole) < 3:
        return f"article-{hashlib.sha256(article.text.encode()).hexdigest()[:8]}"
    return whole if len(whole) <= MOST_OF_KEY else whole[: MOST_OF_KEY + 1].rpartition("-")[0] or whole[:MOST_OF_KEY]


def title_of(article: Article, given: Given, language: str) -> str:
    """Give the title of the article, short enough for a deck."""
    title = folded(given.title or article.title) or wording(language).deck["title"]
    return title if len(title) <= MOST_OF_TITLE else title[: MOST_OF_TITLE - 1].rpartition(" ")[0] + "…"


def category_of(article: Article, given: Given, language: str) -> tuple[str, ...]:
    """Give the shelf that the article stands on, from broad to narrow."""
    said = given.category or next((sentence.text for sentence in article.having(Role.CATEGORY)), "")
    parts = tuple(part for part in _SPLIT.split(folded(said)) if part)
    return parts if parts and len(" / ".join(parts)) <= 200 else (wording(language).deck["category"],)


def source_of(article: Article, given: Given, read_on: date, language: str) -> Source:
    """Make the source of all facts: the article, with what its publisher warns of."""
    publisher = given.publisher or _publisher(article) or wording(language).deck["publisher"]
    whole = folded(given.title or article.title) or wording(language).deck["title"]
    return Source(
        key=slug(publisher)[:40].strip("-") or "article",
        title=whole[:400],
        publisher=publisher[:80].strip(),
        retrieved=read_on,
        url=given.url,
        published=given.published or _published(article, language),
        note=caution_of(article),
    )


def caution_of(article: Article) -> str:
    """Give the sentences in which the publisher warns of its sources: unverified, incomplete, compiled from others."""
    telling = read_lines("cautions.txt")
    kept: list[str] = []
    for text in article.cautions:
        if any(part in text.casefold() for part in telling) and len(" ".join([*kept, folded(text)])) <= MOST_OF_NOTE:
            kept.append(folded(text))
    return " ".join(kept)


def _publisher(article: Article) -> str:
    for sentence in article.having(Role.DISCLAIMER):
        found = _PUBLISHER.search(sentence.text)
        if found:
            return (found["one"] or found["two"]).rstrip(".,")
    return ""


def _published(article: Article, language: str) -> str:
    """Give the one day that the byline names."""
    found = {
        span.when.iso
        for sentence in article.having(Role.BYLINE)
        for span in dates(sentence.text, language)
        if span.when and span.sort == "date"
    }
    written = {
        day for sentence in article.having(Role.BYLINE) for day in re.findall(r"\b20\d\d-\d\d-\d\d\b", sentence.text)
    }
    days = found | written
    return days.pop() if len(days) == 1 else "unknown"
