"""The nineteen item-writing flaws, as rules that need no model.

After the criteria of Haladyna, Downing and Rodriguez (2002), in the list of Moore et al. (2023). `decidable` ones are
certain where they speak; the others are proxies and may be wrong in either direction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from quizgen.questions.audit.answers import are_same, is_joint, value_of
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import KEPT, content, number, stem, unquoted, words

Rule = Callable[[Item], bool]

_NONE = re.compile(
    r"\b(none|neither|nothing|no one) of (the|these|those|them)\b|\bnone\b$"
    r"|^not one\b|^nothing (that|named|listed)\b|^no (answer|option|choice)s?\b.* (correct|right|true)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(all|each|any|both|every one) of (the|these|those|them)\b|\ball the (above|others?|rest)\b"
    r"|^every (one|option|answer|choice)\b|^all (three|four|five)\b"
    r"|^all (answers |options |choices )?are (right|correct|true)\b",
    re.IGNORECASE,
)
_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}")
_TRUE = frozenset({"true", "false", "yes", "no"})
_NEGATIVE = re.compile(
    r"\b(not|never|cannot|except|least likely|incorrect|untrue|unlikely|false|neither|nor|unlike|other than)\b|n['’]t\b"
    r"|\bwhich\b.*\bno\b(?! longer)|\bwrong (answer|option|choice|statement|one)\b|\b(is|are) wrong\b"
    r"|\b(with the exception of|excluding|ruled out)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(always|never|only|all|every|none|nothing|nobody|everyone|entirely|completely|must|solely|exclusively|alone"
    r"|invariably|absolutely|totally|necessarily|without exception|in no case|no other|without fail|for ?ever)\b",
    re.IGNORECASE,
)
_NOT_ABSOLUTE = re.compile(r"\ball saints\b|complete reliance", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(usually|often|sometimes|frequently|generally|typically|mostly|many|several|various|some|few|rarely|commonly"
    r"|occasionally|seldom|regularly|normally|probably|possibly|perhaps|maybe|largely|mainly|in most cases|as a rule"
    r"|from time to time|hardly ever|more or less|by and large|and so on|etc)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(both|I+|A|B|C|D)\b\)? (and|or|&) \(?(II+|B|C|D|both)\b|\b[A-D], ?[A-D]\b|^\(?[1-5]\)? (and|or|&) \(?[1-5]\b"
    r"|\b([Bb]oth|[Tt]wo|[Ss]ome|[Mm]ore than one) of (the|these)\b|^[Tt]he two (above|below)\b"
    r"|\b([Ff]irst|second|third) and (the )?(second|third|fourth|last)\b"
)
_DANGLING = re.compile(r"^(it|they|this|he|she|these)\b[^?]*$", re.IGNORECASE)
_ABSENT = re.compile(r"\bthe (above|passage|map|table|figure|picture|text below)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"\b(who|whom|whose|what|which|when|where|why|how|in which|name|choose|select|complete|identify|find)\b",
    re.IGNORECASE,
)
_EMPTY_STEM = re.compile(
    r"^(which|what)( of (the|these)( following)?( statements)?)? (is|are) (true|right|correct)\W*$", re.I
)
_QUANTITY = re.compile(r"\bhow (many|much|long|old|far)\b|\bwhen\b|\bin (which|what) year\b", re.IGNORECASE)
_LONGEST_STEM = 60
_PLURAL_STEM = re.compile(
    r"\b(they|these|those) are( the)?\W*$|\b(are|were) (they|these|those)\b[^?]*\?\W*$", re.IGNORECASE
)
_PLURAL = re.compile(r"(?<![sui])s$|\b(people|men|women|police)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One criterion: its name, whether a rule can decide it, and the rule.

    One that is `stubborn` cannot arise by leaving options out: where all options are free of it, so are some of them.
    """

    name: str
    decidable: bool
    holds: Rule
    stubborn: bool = False


def is_unclear(item: Item) -> bool:
    """Tell of a stem that points at something the learner cannot see, or says next to nothing."""
    absent = _ABSENT.search(item.stem) and not item.picture
    return bool(_DANGLING.search(item.stem) or absent) or len(words(item.stem)) < 3


def has_implausible_distractor(item: Item) -> bool:
    """Tell of a distractor that is alone in its form: a year among names, a clause among words."""
    forms = [form(option) for option in item.options]
    return any(forms.count(forms[place]) == 1 and place != item.answer for place in range(len(forms))) and len(
        set(forms)
    ) < len(forms)


def says_none(item: Item) -> bool:
    """Tell of `none of the above`."""
    return any(_NONE.search(option) for option in item.options)


def says_all(item: Item) -> bool:
    """Tell of `all of the above`."""
    return any(_ALL.search(option) for option in item.options)


def has_blank(item: Item) -> bool:
    """Tell of a stem with a gap to fill."""
    return bool(_BLANK.search(item.stem))


def is_true_false(item: Item) -> bool:
    """Tell of options that are only true and false, or yes and no."""
    return any(option.casefold().strip(".") in _TRUE for option in item.options)


def is_longest(item: Item) -> bool:
    """Tell of a key of four words or more with every distractor shorter than three quarters of it."""
    lengths = [len(words(option)) for option in item.distractors]
    return len(words(item.key)) >= 4 and max(lengths) < 0.75 * len(words(item.key))


def is_negative(item: Item) -> bool:
    """Tell of a stem that asks for what does not hold."""
    return bool(_NEGATIVE.search(unquoted(item.stem)))


def has_logical_cue(item: Item) -> bool:
    """Tell of a key that alone has the form that the stem asks for."""
    forms = [form(option) for option in item.options]
    if forms.count(forms[item.answer]) == 1 and len(set(forms)) == 2:
        return True
    if not _QUANTITY.search(item.stem):
        return False
    numeric = [number(option) is not None for option in item.options]
    return numeric[item.answer] and sum(numeric) == 1


def is_unsorted(item: Item) -> bool:
    """Tell of numbers or dates that do not ascend."""
    values = [value_of(option) for option in item.options]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and known != sorted(known)


def has_absolute(item: Item) -> bool:
    """Tell of options that say always or never, unless they all do."""
    return len(set(map(_is_absolute, item.options))) > 1


def repeats_word(item: Item) -> bool:
    """Tell of a word that stands in the stem and in the key, and in no distractor."""
    shared = _telling(item.stem) & _telling(item.key)
    return bool(shared) and not shared.issubset(chain.from_iterable(map(_telling, item.distractors)))


def is_vague(item: Item) -> bool:
    """Tell of options that say often or several."""
    return any(_VAGUE.search(option) for option in item.options)


def has_two_keys(item: Item) -> bool:
    """Tell of options that are the same text, however it is written, or two names of one country."""
    return are_same(item.options)


def is_complex(item: Item) -> bool:
    """Tell of options that are combinations of others: `A and B`."""
    return any(_BOTH.search(option) or is_joint(option, item.options) for option in item.options)


def is_wordy(item: Item) -> bool:
    """Tell of a stem that says much more than it asks."""
    return len(words(item.stem)) > _LONGEST_STEM


def converges(item: Item) -> bool:
    """Tell of a key that shares at least two more parts with the other options than any of those does."""
    shared = [_shared(option, item.options) for option in item.options]
    return len(item.options) > 2 and shared[item.answer] >= 2 + max(
        count for place, count in enumerate(shared) if place != item.answer
    )


def is_unfocused(item: Item) -> bool:
    """Tell of a stem that asks nothing one could answer before seeing the options."""
    if _EMPTY_STEM.match(item.stem):
        return True
    return not _ASKING.search(item.stem) and (len(words(item.stem)) < 5 or len(content(item.stem)) < 2)


def has_grammatical_cue(item: Item) -> bool:
    """Tell of a key that alone begins or ends in its way, or alone fits an article or a plural in the stem."""
    if _PLURAL_STEM.search(item.stem):
        plural = [bool(_PLURAL.search(option)) for option in item.options]
        if plural[item.answer] and sum(plural) == 1:
            return True
    if item.stem.rstrip(" :.…").endswith((" a", " an")):
        vowels = [option[:1].casefold() in "aeiou" for option in item.options]
        if vowels.count(vowels[item.answer]) == 1:
            return True
    return any(
        _alone(item, [sign(option) for option in item.options]) for sign in (opening, _ends_in_stop, _is_capital)
    )


FLAWS: Sequence[Flaw] = (
    Flaw("unclear stem", False, is_unclear, stubborn=True),
    Flaw("implausible distractor", False, has_implausible_distractor),
    Flaw("none of the above", True, says_none, stubborn=True),
    Flaw("all of the above", True, says_all, stubborn=True),
    Flaw("fill in the blank", True, has_blank, stubborn=True),
    Flaw("true or false", True, is_true_false, stubborn=True),
    Flaw("longest answer is right", True, is_longest),
    Flaw("negative stem", True, is_negative, stubborn=True),
    Flaw("logical cue", False, has_logical_cue),
    Flaw("lost sequence", True, is_unsorted),
    Flaw("absolute term", True, has_absolute),
    Flaw("word repeated in the key", True, repeats_word),
    Flaw("vague term", True, is_vague, stubborn=True),
    Flaw("more than one right", True, has_two_keys, stubborn=True),
    Flaw("complex options", True, is_complex, stubborn=True),
    Flaw("gratuitous information", False, is_wordy, stubborn=True),
    Flaw("convergence cue", False, converges),
    Flaw("unfocused stem", False, is_unfocused, stubborn=True),
    Flaw("grammatical cue", True, has_grammatical_cue),
)


@lru_cache(KEPT)
def _is_absolute(text: str) -> bool:
    return bool(_ABSOLUTE.search(_NOT_ABSOLUTE.sub(" ", text)))


@lru_cache(KEPT)
def _telling(text: str) -> frozenset[str]:
    """Give the words that could give a key away: `Rome's` and `Rome-based` hold Rome, and a short number counts."""
    parts = [part for word in words(text) for part in re.split(r"['’-]", word) if len(part) >= 4]
    return content(text) | {stem(part) for part in parts if content(part)} | frozenset(re.findall(r"\b\d{1,3}\b", text))


def form(text: str) -> str:
    """Give the sort of text that an option is: a number, a year, a name, a clause or a word."""
    if number(text) is not None:
        return "number"
    return "clause" if len(words(text)) > 9 else "words"


def opening(text: str) -> str:
    """Give how an option begins: with an article, with `to`, with an -ing form, or otherwise."""
    first = words(text)[:1]
    if not first:
        return ""
    if first[0] in ("a", "an", "the"):
        return "article"
    if first[0] in ("to", "by", "because", "in", "on"):
        return first[0]
    return "-ing" if first[0].endswith("ing") and len(words(text)) > 1 else "other"


def _ends_in_stop(text: str) -> str:
    return str(text.rstrip().endswith("."))


def _is_capital(text: str) -> str:
    return str(text[:1].isupper())


def _alone(item: Item, signs: Sequence[str]) -> bool:
    return len(signs) > 2 and signs.count(signs[item.answer]) == 1 and len(set(signs)) == 2


def _shared(option: str, options: Sequence[str]) -> int:
    own = content(option)
    return sum(len(own & content(other)) for other in options if other != option)
