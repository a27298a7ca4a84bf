"""Which candidates are taken: each goes through a list of rules, and the first that it breaks is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizgen.articles import Article, Role, folded
from quizgen.facts.drafting.lexicon import ENGLISH, LANGUAGES, wording, words
from quizgen.facts.drafting.names import Sort, mentions
from quizgen.facts.drafting.proposals import Proposal
from quizgen.facts.drafting.stance import stance_of
from quizgen.facts.drafting.tokens import tokens
from quizgen.facts.loaded_words import takes_side
from quizgen.facts.plain_text import FORBIDDEN
from quizgen.facts.proposing.grounding import (
    Named,
    fits_kind,
    is_in,
    is_told_by,
    named_in,
    names_nothing_else,
    shares_words,
)
from quizgen.facts.proposing.model import Candidate, Kind, Why
from quizgen.facts.proposing.places import Quoted, leaves_out, quoted_in

MOST_OF_NAMED = 100_000  # characters of an article; the calls show less
_MARKUP = re.compile(r"[<>{}\\`]|://|\b(?:javascript|data|vbscript):|\bwww\.|&#?\w+;|\]\(", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff\n\t]"
)
_YES_OR_NO = frozenset({"yes", "no", "true", "false", "oui", "non", "sí", "ja", "nein", "да", "нет", "نعم", "لا"})
_ASKS = re.compile(
    r"(?:(?:in|on|at|to|for|with|by|from|under|of|since|until|after|before|through|against|into|among|between|over"
    r"|according to) )?(?:who|whom|whose|what|when|where|which|why|how)\b",
    re.IGNORECASE,
)
_SETS: dict[Kind, str] = {
    "what": "answers",
    "where": "places",
    "number": "numbers",
    "reason": "reasons",
    "goal": "goals",
    "definition": "definitions",
}
_SETS_OF_NAMES = {
    Sort.COUNTRY: "countries",
    Sort.ORGANISATION: "organisations",
    Sort.PERSON: "people",
    Sort.PLACE: "places",
    Sort.CITY: "places",
    Sort.TREATY: "treaties",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """An article, and what is named in as much of it as a model may be shown."""

    article: Article
    named: Named

    @property
    def language(self) -> str:
        """The language of the article, English if it is not known."""
        return self.article.language or ENGLISH


@dataclass(frozen=True, slots=True)
class _Judged:
    """A candidate with the place of its quote."""

    said: Candidate
    quoted: Quoted
    seen: Seen


def seen_of(article: Article) -> Seen:
    """Read an article once, for all candidates."""
    shown = " ".join([article.title, *(sentence.text for sentence in article.stating())])
    return Seen(article, named_in(shown[:MOST_OF_NAMED]))


def judge(said: Candidate, seen: Seen) -> Proposal | Why:
    """Make a proposal of a candidate, or tell why not; what it says is never changed."""
    if why := next((why for why, broken in _OF_WORDS if broken(said)), None):
        return why
    quoted = quoted_in(seen.article, said.quote)
    if isinstance(quoted, Why):
        return quoted
    judged = _Judged(said, quoted, seen)
    why = next((why for why, broken in _OF_MEANING if broken(judged)), None)
    return why or _proposal(judged)


def _is_not_plain(said: Candidate) -> bool:
    written = (said.question, said.answer)
    if any(FORBIDDEN.search(text) or _UNSEEN.search(text) for text in (*written, said.quote.replace("\n", " "))):
        return True
    return any(_MARKUP.search(text) or text != text.strip() for text in written)


def _asks_nothing(said: Candidate) -> bool:
    asked = said.question
    if not asked.endswith(("?", "؟", "？")) or sum(asked.count(mark) for mark in "?؟？") > 1 or "_" in asked:
        return True
    return folded(said.answer).casefold().rstrip(".!") in _YES_OR_NO


def _has_no_letters(said: Candidate) -> bool:
    return not any(char.isalnum() for char in said.answer)


_OF_WORDS: tuple[tuple[Why, Callable[[Candidate], bool]], ...] = (
    (Why.NOT_PLAIN, _is_not_plain),
    (Why.NO_QUESTION, _asks_nothing),
    (Why.FORM, _has_no_letters),
    (Why.LOADED, lambda said: takes_side(said.question) or takes_side(said.answer)),
    (Why.IN_STEM, lambda said: is_told_by(said.answer, said.question)),
)


def _asks_for_yes(judged: _Judged) -> bool:
    """Tell of English questions without a question word at the beginning.

    In other languages the answer stands in the quote as it is, and so is no yes.
    """
    return judged.seen.language == ENGLISH and not _ASKS.match(judged.said.question)


def _is_of_another_topic(judged: _Judged) -> bool:
    said, quoted, language = judged.said, judged.quoted, judged.seen.language
    near = f"{quoted.before} {quoted.sentence.text}"
    named = names_nothing_else(said.question, judged.seen.named, language)
    return not (named and shares_words(said.question, near, language))


_OF_MEANING: tuple[tuple[Why, Callable[[_Judged], bool]], ...] = (
    (Why.NO_QUESTION, _asks_for_yes),
    (Why.CUT, lambda one: leaves_out(one.quoted, one.seen.language) or one.quoted.text.rstrip(' "”').endswith("?")),
    (Why.NOT_IN_QUOTE, lambda one: not is_in(one.said.answer, one.quoted.text, one.seen.language)),
    (Why.KIND, lambda one: not fits_kind(one.said.answer, one.said.kind, one.seen.language)),
    (Why.OTHER_TOPIC, _is_of_another_topic),
)


def _proposal(judged: _Judged) -> Proposal:
    said, quoted = judged.said, judged.quoted
    return Proposal(
        quoted.sentence,
        quoted.start,
        quoted.end,
        ask=_framed(said.question, judged.seen.language),
        answer=said.answer,
        kind=said.kind,
        option_set=_set_of(said),
        hedged=_is_hedged(judged),
    )


def _framed(question: str, language: str) -> str:
    """Ask as the rules do: "According to the article, why ...?"."""
    asked = folded(question)
    frame = wording(language).ask.get("question") if language in LANGUAGES else None
    if not frame:
        return asked
    starts_small = language == ENGLISH and asked.split()[0].casefold() in words("function")
    return frame.format(question=asked[:1].lower() + asked[1:] if starts_small else asked)


def _is_hedged(judged: _Judged) -> bool:
    """Tell whether the article itself only guesses, or gives the words of somebody whom the question does not name."""
    stance = stance_of(judged.quoted.sentence.text)
    others = stance.quoted or judged.quoted.sentence.role is Role.QUOTATION
    named = stance_of(judged.said.question).reported
    return judged.seen.language == ENGLISH and (stance.hedged or stance.conditional or (others and not named))


def _set_of(said: Candidate) -> str:
    """Give the set of answers of one sort, as the rules call it."""
    if said.kind == "when":
        return "years" if re.fullmatch(r"\d{3,4}", said.answer) else "dates"
    parts = tokens(said.answer)
    first = 1 if len(parts) > 1 and parts[0].low in words("function") else 0  # the United States
    whole = [one for one in mentions(parts) if (one.first, one.last) == (first, len(parts))]
    if said.kind in ("who", "which"):
        sort = whole[0].sort if whole else Sort.NAME
        return _SETS_OF_NAMES.get(sort, "people" if said.kind == "who" else "answers")
    return _SETS[said.kind]
