"""The nineteen item-writing flaws, as rules that need no model.

After the criteria of Haladyna, Downing and Rodriguez (2002), in the list of Moore et al. (2023). `decidable` ones are
certain where they speak; the others are proxies and may be wrong in either direction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import content, number, unquoted, words

Rule = Callable[[Item], bool]

_NONE = re.compile(r"\b(none|neither|nothing|no one) of (the|these|those)\b|\bnone\b$", re.IGNORECASE)
_ALL = re.compile(r"\b(all|each|any|both) of (the|these|those|them)\b( above)?|\ball of the above\b", re.IGNORECASE)
_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}")
_TRUE = frozenset({"true", "false", "yes", "no"})
_NEGATIVE = re.compile(
    r"\b(not|never|except|least likely|incorrect|untrue|unlikely|false)\b|n't\b|\bwhich\b.*\bno\b(?! longer)",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(always|never|only|all|every|none|nobody|everyone|entirely|completely|must)\b", re.IGNORECASE
)
_NOT_ABSOLUTE = re.compile(r"\ball saints\b|complete reliance", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(usually|often|sometimes|frequently|generally|typically|mostly|many|several|various|some|few|rarely|commonly)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(both|I+|A|B|C|D)\b (and|&) (II+|B|C|D|both)\b|\b[A-D], ?[A-D]\b|\bboth of these\b")
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


@dataclass(frozen=True, slots=True)
class Flaw:
    """One criterion: its name, whether a rule can decide it, and the rule."""

    name: str
    decidable: bool
    holds: Rule


def is_unclear(item: Item) -> bool:
    """Tell of a stem that points at something the learner cannot see, or says next to nothing."""
    return bool(_DANGLING.search(item.stem) or _ABSENT.search(item.stem)) or len(words(item.stem)) < 3


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
    numeric = [number(option) is not None for option in item.options]
    return bool(_QUANTITY.search(item.stem)) and numeric[item.answer] and sum(numeric) == 1


def is_unsorted(item: Item) -> bool:
    """Tell of numbers or dates that do not ascend."""
    values = [number(option) for option in item.options]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and known != sorted(known)


def has_absolute(item: Item) -> bool:
    """Tell of options that say always or never, unless they all do."""
    said = [bool(_ABSOLUTE.search(_NOT_ABSOLUTE.sub(" ", option))) for option in item.options]
    return any(said) and not all(said)


def repeats_word(item: Item) -> bool:
    """Tell of a word that stands in the stem and in the key, and in no distractor."""
    shared = content(item.stem) & content(item.key)
    return bool(shared - frozenset[str]().union(*(content(option) for option in item.distractors)))


def is_vague(item: Item) -> bool:
    """Tell of options that say often or several."""
    return any(_VAGUE.search(option) for option in item.options)


def has_two_keys(item: Item) -> bool:
    """Tell of options that are the same text."""
    folded = [" ".join(words(option)) for option in item.options]
    return len(set(folded)) < len(folded)


def is_complex(item: Item) -> bool:
    """Tell of options that are combinations of others: `A and B`."""
    return any(_BOTH.search(option) for option in item.options)


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
    """Tell of a key that alone begins or ends in its way, or alone fits an article in the stem."""
    if item.stem.rstrip(" :").endswith((" a", " an")):
        vowels = [option[:1].casefold() in "aeiou" for option in item.options]
        if vowels.count(vowels[item.answer]) == 1:
            return True
    return any(
        _alone(item, [sign(option) for option in item.options]) for sign in (opening, _ends_in_stop, _is_capital)
    )


FLAWS: Sequence[Flaw] = (
    Flaw("unclear stem", False, is_unclear),
    Flaw("implausible distractor", False, has_implausible_distractor),
    Flaw("none of the above", True, says_none),
    Flaw("all of the above", True, says_all),
    Flaw("fill in the blank", True, has_blank),
    Flaw("true or false", True, is_true_false),
    Flaw("longest answer is right", True, is_longest),
    Flaw("negative stem", True, is_negative),
    Flaw("logical cue", False, has_logical_cue),
    Flaw("lost sequence", True, is_unsorted),
    Flaw("absolute term", True, has_absolute),
    Flaw("word repeated in the key", True, repeats_word),
    Flaw("vague term", True, is_vague),
    Flaw("more than one right", True, has_two_keys),
    Flaw("complex options", True, is_complex),
    Flaw("gratuitous information", False, is_wordy),
    Flaw("convergence cue", False, converges),
    Flaw("unfocused stem", False, is_unfocused),
    Flaw("grammatical cue", True, has_grammatical_cue),
)


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
