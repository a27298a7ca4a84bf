"""Noun phrases, known by the words around them: "a | crucial military foothold | in"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.facts.drafting.gap_model import Gap
from quizgen.facts.drafting.lexicon import words
from quizgen.facts.drafting.proposals import Read
from quizgen.facts.drafting.tokens import Token, between
from quizgen.facts.drafting.verbs import base_forms, past_forms, present_forms

_NOUNS = ("tion", "sion", "ment", "ity", "ness", "ship", "ence", "ance", "ism", "ure", "cy", "s")


def noun_phrases(read: Read) -> Iterator[Gap]:
    """Find noun phrases by what stands around them: "a | crucial military foothold | in"."""
    parts, text = read.parts, read.sentence.text
    inside = {index for mention in read.named for index in range(mention.first, mention.last)}
    at = 1
    while at < len(parts):
        last = at
        while last < len(parts) and in_phrase(parts[last]) and last not in inside:
            last += 1
        opened = parts[at - 1].low in (
            "a",
            "an",
            "the",
            "its",
            "their",
            "of",
            "for",
            "to",
            "his",
            "her",
            "no",
            "and",
            "about",
            "from",
        )
        closed = last >= len(parts) or parts[last].low in words("closing") or not parts[last].is_word
        if (
            opened
            and closed
            and 2 <= last - at <= 4
            and not parts[last - 1].low.endswith(("ly", "ing"))
            and _is_nominal(parts, at, last)
        ):
            yield Gap(parts[at].start, parts[last - 1].end, between(text, parts[at:last]), "phrase")
        at = max(last, at + 1)


def in_phrase(token: Token) -> bool:
    """Tell whether a word can stand in a noun phrase."""
    noun = token.low not in words("function") and token.low not in words("no_nouns") and token.low not in past_forms()
    return token.is_word and not token.is_capital and noun


def _is_nominal(parts: Sequence[Token], first: int, last: int) -> bool:
    """No part of it is a verb that the rules know, unless an article says that it is none."""
    article = parts[first - 1].low in words("opens_phrase")
    verbs = [
        token
        for token in parts[first:last]
        if token.low in present_forms() or token.low in base_forms() or token.low in past_forms()
    ]
    last_word = parts[last - 1].low
    adjective = last_word.endswith(
        ("ful", "ous", "ble", "cult", "ive", "less", "ary", "ish", "er", "est", "tic", "nal", "ed")
    )
    clear = parts[first - 1].low != "the" or last_word.endswith(_NOUNS)
    return (
        article and clear and not verbs and not adjective and last_word not in {"accounts", "account", "lies", "makes"}
    )
