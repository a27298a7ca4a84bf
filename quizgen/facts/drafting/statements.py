"""Questions from a plain clause: who did it, when, where, why, how many, what it is.

Every rule would rather be silent than ask for something that the sentence does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizgen.facts.drafting.amounts import amount_facts
from quizgen.facts.drafting.clauses import is_single_name
from quizgen.facts.drafting.lexicon import words
from quizgen.facts.drafting.names import Mention, Sort
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.quantities import Span, dates
from quizgen.facts.drafting.tokens import Token, between
from quizgen.facts.drafting.turning import Asked, Said
from quizgen.facts.drafting.verbs import BE

_YEAR = Asked("year", "when", "years", single=True)
_DATE = Asked("when", "when", "dates", single=True)
_WHY = Asked("why", "reason", "reasons", 8.0)
_WHERE = Asked("where", "where", "places")
_DEFINITION = Asked("definition", "definition", "definitions", 8.0)
_WHO = {
    Sort.COUNTRY: Asked("which_country", "which", "countries", 5.0),
    Sort.ORGANISATION: Asked("which_organisation", "which", "organisations", 5.0),
    Sort.PERSON: Asked("which_person", "who", "people", 5.0),
    Sort.PLACE: Asked("which_place", "which", "places", 5.0),
    Sort.TREATY: Asked("which_treaty", "which", "treaties", 5.0),
}
_PARTICIPLE = re.compile(r"\w+(?:ed|en|t|n|ng|d)\b")
_NO_DEFINITION = re.compile(r"an? (?:\w+ ){0,2}(?:member|lot|number|part)\b")


def statement_facts(read: Read) -> Iterator[Proposal]:
    """Draft whatever a plain clause says in one of the ways that the rules know."""
    if read.clause is None or not read.stance.plain:
        return
    said = Said(read, read.clause)
    if _dangles(said):
        return
    for rule in (_when, _why, _where, amount_facts, _definition, _who):
        yield from rule(said)


def _dangles(said: Said) -> bool:
    """Tell whether the clause leans on another sentence: "they", "this", "there"."""
    inside = said.read.parts[said.clause.subject[0] : said.clause.rest[1]]
    return inside[0].low in words("pronouns") or any(token.low in words("dangling") for token in inside)


def _when(said: Said) -> Iterator[Proposal]:
    """Ask for the one date of an event, where it stands at the end, at the start, or behind the verb."""
    found = dates(said.read.sentence.text, "en")
    helper = said.clause.form.helper
    if len(found) != 1 or helper not in ("did", "was", "were"):
        return
    rest = said.rest if said.clause.lead else _without(said, found[0])
    if rest is None or (helper in BE and not _PARTICIPLE.match(rest)):
        return
    if not rest and said.clause.form.base not in words("whole_alone"):
        return  # "when did Sweden follow?"
    asked = _YEAR if found[0].sort == "year" else _DATE
    about = said.about("when", rest.split(" in ", 1)[0])
    yield from said.propose(asked, {"clause": said.turned(rest)}, found[0].text, about)


def _without(said: Said, span: Span) -> str | None:
    """Take a date with its "in" or "on" out of the rest; None where it cannot be taken out."""
    text, parts = said.read.sentence.text, said.read.parts
    start, end = parts[said.clause.rest[0]].start, parts[said.clause.rest[1] - 1].end
    before = re.search(r"(?:^|\s)(?:in|on)\s+(?:the year\s+)?$", text[start : span.start])
    if not (start <= span.start and span.end <= end) or before is None:
        return None
    tail = text[span.end : end]
    if tail.strip() and not re.match(r"\s+(?:by|in|at|for|with|to|after|under|between)\b", tail):
        return None
    return (text[start : start + before.start()] + tail).strip()


def _why(said: Said) -> Iterator[Proposal]:
    """Ask for the reason that follows "because"."""
    if said.clause.reason is None:
        return
    first, last = said.clause.reason
    reason = between(said.read.sentence.text, said.read.parts[first:last])
    if 3 <= len(reason.split()) <= 40:
        yield from said.propose(_WHY, {"clause": said.turned(said.rest)}, reason)


def _where(said: Said) -> Iterator[Proposal]:
    """Ask for the known city or country in which something happened or sits."""
    clause, parts, text = said.clause, said.read.parts, said.read.sentence.text
    if clause.form.base not in words("events") and parts[clause.rest[0]].low not in words("at_place"):
        return
    places = [mention for mention in said.read.named if _is_place(mention, said)]
    if len(places) != 1:
        return
    place = places[0]
    after = parts[place.last : clause.rest[1]]
    if after and after[0].low not in ("in", "on", "for", "to", "with", "after"):
        return
    head = between(text, parts[clause.rest[0] : place.first - 1])
    fill = {"clause": said.turned(f"{head} {between(text, after)}")}
    yield from said.propose(_WHERE, fill, place.text, said.about("where", head))


def _is_place(mention: Mention, said: Said) -> bool:
    first, last = said.clause.rest
    inside = first < mention.first and mention.last <= last
    known = mention.sort in (Sort.CITY, Sort.COUNTRY)
    return inside and known and said.read.parts[mention.first - 1].low in ("in", "at")


def _definition(said: Said) -> Iterator[Proposal]:
    """Ask what a named thing is: "X is a Y that ..."."""
    subject = is_single_name(said.clause, said.read.named, said.read.parts)
    if said.clause.form.helper != "is" or subject is None or subject.sort in (Sort.COUNTRY, Sort.CITY):
        return
    answer = said.rest
    if re.match(r"an? ", answer) and 4 <= len(answer.split()) <= 32 and not _NO_DEFINITION.match(answer):
        yield from said.propose(_DEFINITION, {"subject": said.subject}, answer)


def _who(said: Said) -> Iterator[Proposal]:
    """Ask for the subject, where it is one name: the rest of the sentence is the question as it stands."""
    clause, parts = said.clause, said.read.parts
    subject = is_single_name(clause, said.read.named, parts)
    if subject is None or subject.sort not in _WHO or clause.lead or clause.reason:
        return
    rest = parts[clause.rest[0] : clause.rest[1]]
    defined = clause.form.helper == "is" and rest[0].low in ("a", "an") and subject.sort is not Sort.COUNTRY
    if defined or any(token.text == "," for token in rest) or _gives_away(subject, rest, said):
        return
    if _says_enough(rest, said):
        fill = {"rest": between(said.read.sentence.text, parts[clause.verb : clause.rest[1]])}
        yield from said.propose(_WHO[subject.sort], fill, subject.text)


def _says_enough(rest: Sequence[Token], said: Said) -> bool:
    """A question for the subject holds a name, a number, or enough other words to have one answer."""
    if rest[0].low in ("one", "among"):
        return False
    first, last = said.clause.rest
    content = [token for token in rest if token.is_word and token.low not in words("function")]
    named = any(first <= mention.first < last for mention in said.read.named)
    if any(token.is_number for token in rest):
        return len(content) >= 2
    return len(content) >= (3 if named else 4)


def _gives_away(subject: Mention, rest: Sequence[Token], said: Said) -> bool:
    first, last = said.clause.rest
    others = [mention for mention in said.read.named if first <= mention.first < last]
    if subject.entity and any(mention.entity is subject.entity for mention in others):
        return True
    own = {word.casefold() for word in subject.text.split() if len(word) > 3}
    return any(token.low in own for token in rest)
