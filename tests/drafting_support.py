"""Reads and drafts the articles of drafting/; `python -m tests.drafting_support` writes their snapshots."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from quizgen.articles import Article, Role, Sentence, read_article
from quizgen.facts import Fact, PlainFact, RelationFact
from quizgen.facts.drafting import Drafted, Given, draft

FOLDER = Path(__file__).parent / "drafting"
DAY = date(2026, 11, 22)
ARTICLES = sorted(
    file.name
    for file in FOLDER.iterdir()
    if file.suffix in (".txt", ".md", ".html") and not file.name.endswith((".asked.txt", ".drafted.txt"))
)


def read(name: str) -> Article:
    """Read an article of the folder."""
    return article_of((FOLDER / name).read_bytes(), name)


def article_of(text: str | bytes, name: str = "article.txt") -> Article:
    """Read an article."""
    article, problems = read_article(text.encode() if isinstance(text, str) else text, name)
    assert article, problems
    return article


def drafted(name: str) -> Drafted:
    """Draft an article of the folder."""
    return draft(read(name), as_of=DAY, file=name)


def draft_of(text: str, given: Given | None = None) -> Drafted:
    """Draft an article that a test writes."""
    return draft(article_of(text), as_of=DAY, file="article.txt", given=given)


def by_hand(*said: str | tuple[Role, str], language: str = "en") -> Article:
    """Make an article of sentences, each in a paragraph of its own and body unless it says otherwise."""
    text, sentences = "", []
    for number, one in enumerate(said, start=1):
        role, words = (Role.BODY, one) if isinstance(one, str) else one
        sentences.append(Sentence(number, words, len(text), len(text) + len(words), role, number))
        text += words + "\n"
    return Article(text, tuple(sentences), language)


def hand_draft(*said: str | tuple[Role, str], language: str = "en") -> Drafted:
    """Draft an article of some sentences."""
    return draft(by_hand(*said, language=language), as_of=DAY, file="article.txt")


def stated(result: Drafted) -> dict[str, str]:
    """Give what a draft asks and its answers, without the gaps; relations as `FIN member_of nato 2023-04-04`."""
    return dict(_shown(fact) for fact in result.deck.facts if fact.kind != "gap")


def gaps(result: Drafted) -> list[str]:
    """Give the answers of the gaps, best first."""
    found = {fact.key: fact for fact in result.deck.facts}
    return [fact.answer for key in result.gaps if isinstance(fact := found[key], PlainFact)]


def _shown(fact: Fact) -> tuple[str, str]:
    if isinstance(fact, RelationFact):
        since = fact.during.start.iso if fact.during.start else ""
        return f"{fact.subject.key} {fact.relation.name} {fact.object.key}", since
    assert isinstance(fact, PlainFact)
    return fact.ask.removeprefix("According to the article, "), fact.answer


def snapshot(name: str) -> str:
    """Write down the draft of an article, one fact a line, as a reader judges it."""
    result = drafted(name)
    lines = [f"{result.deck.key} | {result.deck.title} | {' / '.join(result.deck.category)} | {result.deck.language}"]
    lines += [f"{source.publisher} | {source.published} | {source.note}" for source in result.deck.sources]
    for fact in result.deck.facts:
        asked, answer = _shown(fact)
        hedged, also = " ~" if fact.hedged else "", f" | also {', '.join(fact.also_true)}" if fact.also_true else ""
        lines.append(f"{fact.kind or 'relation'}{hedged} | {asked} | {answer}{also} | {fact.place}")
    lines += [f"remark | {remark}" for remark in result.remarks]
    lines += [f"left out | {why} | {number}" for why, number in sorted(result.left.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for article in ARTICLES:
        (FOLDER / f"{article}.drafted.txt").write_text(snapshot(article), encoding="utf-8")
