"""What is right too, and what cannot both be true: answers and facts held against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quizgen.facts import Deck, Fact, PlainFact, RelationFact
from quizgen.problems import Problem
from quizgen.questions.audit.answers import plainly
from quizgen.questions.audit.flaws import is_unclear, is_unfocused
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import content, words
from quizgen.world import Entity, countries

# Which option is right may hang on the other options: the first of these, the odd one out.
_COMPARING = re.compile(
    r"\b(first|last|most|least|more|less|fewest|odd one out|best|all but one|[a-z]{3,}est)\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<!^)\b[A-Z0-9]")
_NO_REASON = frozenset(
    {"wrong", "false", "incorrect", "no", "none", "n", "a", "is", "it", "not", "this", "that", "right"}
)


def has_reason(why: str) -> bool:
    """Tell whether a text says more of an option than that it is wrong."""
    said = words(why)
    return len(said) > 1 and not _NO_REASON.issuperset(said)


class RightElsewhere:
    """The keys of all questions that ask the same: whoever is right in one of them is not wrong in another."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._keys: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for item in items:
            self._keys[*words(item.stem), item.picture].add(plainly(item.key))

    def in_(self, item: Item) -> list[str]:
        """Give the wrong options of an item that are the key of another with the same stem."""
        others = self._keys[*words(item.stem), item.picture]
        if len(others) < 2 or _COMPARING.search(item.stem) or is_unclear(item) or is_unfocused(item):
            return []
        if len(content(item.stem)) < 2 and not _NAME.search(item.stem):
            return []  # "Which is right?" asks something else each time
        return [option for option in item.distractors if plainly(option) in others]


class Names:
    """All names of the things that decks speak of, and of all countries."""

    def __init__(self, decks: Sequence[Deck]) -> None:
        relations = (fact for deck in decks for fact in deck.facts if isinstance(fact, RelationFact))
        entities = dict(countries()) | {e.key: e for fact in relations for e in (fact.subject, fact.object)}
        self._by_key: Mapping[str, Entity] = entities
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for entity in entities.values():
            for name in _names(entity):
                self._by_name[name].add(entity.key)
        self._facts = {fact.path: fact for deck in decks for fact in deck.facts if isinstance(fact, PlainFact)}

    def right(self, fact: Fact) -> frozenset[str]:
        """Give what else is right: other names of the answer, and all that the fact calls true beside it."""
        if not isinstance(fact, PlainFact):
            return frozenset()
        right = {plainly(text) for text in (fact.answer, *fact.also_true)}
        keys = {key for name in right for key in self._by_name.get(name, ())} | set(fact.also_true)
        for key in keys:
            right |= _names(self._by_key[key]) if key in self._by_key else set()
            sibling = self._facts.get(f"{fact.deck}/{key}")
            right |= {plainly(sibling.answer)} if sibling else set()
        return frozenset(right)


def _names(entity: Entity) -> set[str]:
    return {plainly(name) for name in (entity.name, *entity.aliases)}


def at_odds(decks: Iterable[Deck]) -> Iterator[Problem]:
    """Give the facts that contradict another of any deck: one statement with two beginnings, or two objects at once."""
    groups: dict[tuple[str, ...], list[RelationFact]] = defaultdict(list)
    for fact in (fact for deck in decks for fact in deck.facts):
        if isinstance(fact, RelationFact) and fact.askable and not fact.retired:
            object_ = "" if fact.relation.functional else fact.object.key
            groups[fact.subject.key, fact.relation.name, object_].append(fact)
    for facts in groups.values():
        facts.sort(key=lambda fact: (fact.during.surely_from, fact.file, fact.line))
        for place, one in enumerate(facts):
            for other in facts[place + 1 :]:
                if other.during.surely_from >= one.during.surely_until:
                    break
                if _contradict(one, other):
                    first, last = sorted((one, other), key=lambda fact: (fact.file, fact.line))
                    yield Problem(last.file, last.line, f"fact '{last.key}' contradicts '{first.path}'", "give 'until'")


def _contradict(one: RelationFact, other: RelationFact) -> bool:
    if one.object != other.object:
        return True
    start, second = one.during.start, other.during.start
    return start is not None and second is not None and not start.may_be(second)
