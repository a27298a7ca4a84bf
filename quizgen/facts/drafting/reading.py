"""Sentences as the rules see them: words, names, stance, and the clause where there is a simple one."""

from __future__ import annotations

import re

from quizgen.articles import Article
from quizgen.facts.drafting.clauses import read_clause
from quizgen.facts.drafting.lexicon import ENGLISH, words
from quizgen.facts.drafting.names import Mention, Sort, capitals_inside, mentions
from quizgen.facts.drafting.people import people
from quizgen.facts.drafting.proposals import Read
from quizgen.facts.drafting.quantities import dates
from quizgen.facts.drafting.stance import Stance, stance_of
from quizgen.facts.drafting.tokens import Token, tokens

MOST_TOKENS = 120  # a longer sentence is none


def read_sentences(article: Article, language: str) -> list[Read]:
    """Read every sentence that may state a fact; of other languages than English, only its words."""
    cut = [(sentence, tokens(sentence.text)) for sentence in article.stating()]
    short = [(sentence, parts) for sentence, parts in cut if parts and len(parts) <= MOST_TOKENS]
    if language != ENGLISH:
        return [Read(sentence, parts, (), Stance()) for sentence, parts in short]
    seen = capitals_inside(parts for _, parts in short)
    persons: set[str] = set()
    reads = []
    for sentence, parts in short:
        persons |= {person.name for person in people(parts, sentence.text)}
        reads.append((sentence, parts, mentions(parts, seen)))
    last_names = {name.split()[-1] for name in persons}
    read = []
    persons |= {mention.text for _, parts, found in reads for mention in found if _has_role(mention, parts)}
    for sentence, parts, found in reads:
        named = tuple(_with_person(mention, persons, last_names) for mention in found)
        clause = read_clause(parts, named, _lead(sentence.text, parts))
        read.append(Read(sentence, parts, named, stance_of(sentence.text), clause))
    return read


def _with_person(mention: Mention, persons: set[str], last_names: set[str]) -> Mention:
    """A name that stands with an office somewhere in the article is a person's everywhere."""
    if mention.sort is Sort.NAME and (mention.text in persons or mention.text in last_names):
        return Mention(mention.first, mention.last, mention.text, Sort.PERSON)
    return mention


def _has_role(mention: Mention, parts: tuple[Token, ...]) -> bool:
    """Tell whether what somebody is stands before a whole name: "the economist Jim O'Neill"."""
    whole = mention.sort is Sort.NAME and mention.last - mention.first in (2, 3)
    return whole and mention.first > 0 and parts[mention.first - 1].low in words("roles")


def _lead(text: str, parts: tuple[Token, ...]) -> int:
    """Count the words of a date that opens a sentence: "In April 2023", "On 4 April 1949"."""
    if not re.match(r"(?:In|On) ", text):
        return 0
    found = dates(text, "en")
    if not found or not re.fullmatch(r"(?:In|On)(?: the year)? ", text[: found[0].start]):
        return 0
    return sum(1 for part in parts if part.start < found[0].end)
