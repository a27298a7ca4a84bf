"""The words of the faults in `mutations`: from style guides and item-writing guides, not from the audit's own lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

PLURAL = re.compile(r"(States|Emirates|Netherlands|Philippines|Islands|Dardanelles|Treaties|votes|members)$")
COMPARING = re.compile(r"\b(first|last|odd one out)\b")
COMMON_START = re.compile(r"(It|By|To|The|A|In|On|One|Two|Three|\w+ing) ")
OPEN = ("", ":", " …", " ...")
THEY = ("They are:", "Which are they?", "These are the", "What are they called?")
# Words for words that ask the same.
SAME = (
    ("Which of these", "Which of the following"),
    ("Which of these", "Which one of these"),
    ("which of these", "which of the following"),
    ("countries", "states"),
    ("countries", "nations"),
    ("belongs to", "is a member of"),
    ("belonged to", "was a member of"),
    ("joined", "acceded to"),
    ("In which year", "In what year"),
    ("On which of these days", "When"),
    ("What sets", "Which feature sets"),
    ("leads into", "opens into"),
    ("According to the article, ", ""),
)
LAZY = (
    "None of the above", "None of these", "None of the others", "None of these options", "None of them", "None",
    "None of the options given", "None of the answers is right", "Neither of these", "No answer is correct",
    "All of the above", "All of these", "All of them", "All of the other options", "All the above", "All three",
    "Each of these", "Any of the above", "All answers are correct", "Any of them", "All are right",
    "Every one of these", "Not one of these", "Every option listed here", "Nothing that is named here",
)  # fmt: skip
COMBINED = (
    "Both {a} and {b}", "{a} and {b}", "{a} or {b}", "{A} and {B}", "Both {A} and {B}", "{A} & {B}",
    "({A}) and ({B})", "Options {A} and {B}", "{one} and {two}", "{one} and {two} only", "Both of the above",
    "Two of these", "Both {a} & {b}", "{a}, {b}", "{A} or {B}", "{A} and {B} only", "More than one of these",
    "{a} as well as {b}", "{a} plus {b}", "The first and the last", "{A}, {B}", "The two above", "Some of the above",
)  # fmt: skip
ABSOLUTE = (
    "Always {text}", "Never {text}", "Only {text}", "{Text} only", "{Text}, without exception", "Exclusively {text}",
    "{Text} alone", "{Text} in every case", "Solely {text}", "{Text}, always", "Entirely {text}", "Absolutely {text}",
    "Invariably {text}", "{Text} under all circumstances", "{Text} at all times", "{Text} and nothing else",
    "{Text}, completely", "{Text} and nobody else", "Necessarily {text}", "{Text} in no other case",
    "{Text} and no other", "Without fail {text}", "{Text}, for ever", "Inevitably {text}",
)  # fmt: skip
VAGUE = (
    "Usually {text}", "Often {text}", "Sometimes {text}", "{Text}, generally", "{Text} and some others",
    "Occasionally {text}", "{Text} in most cases", "Frequently {text}", "Rarely {text}", "Seldom {text}",
    "Probably {text}", "{Text} as a rule", "{Text}, perhaps", "Normally {text}", "{Text} and several more",
    "{Text} and various others", "{Text} from time to time", "Mostly {text}", "Regularly {text}", "Typically {text}",
    "Hardly ever {text}", "{Text}, more or less", "By and large {text}", "{Text} and so on",
)  # fmt: skip


def _day(form: str) -> Callable[[re.Match[str]], str]:
    return lambda found: datetime.strptime(found[0], "%d %B %Y").strftime(form)


_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
# How options are written that are numbers or days: a pattern, and ways to write what it finds.
NOTATIONS: tuple[tuple[str, tuple[Callable[[re.Match[str]], str], ...]], ...] = (
    (r"\d+ [A-Z]\w+ \d{4}", (lambda m: m[0], _day("%B %Y"), _day("%Y-%m-%d"), _day("%B %d, %Y"), _day("%Y"),
                               _day("%d.%m.%Y"))),
    (r"\d+", (lambda m: m[0], lambda m: f"{m[0]} members", lambda m: f"About {m[0]}", lambda m: f"{m[0]} %",
              lambda m: f"{m[0]}.5 million", lambda m: f"In {m[0]}", lambda m: f"€{m[0]}")),
    (r"[01]?\d", (lambda m: _WORDS[int(m[0])], lambda m: f"{_WORDS[int(m[0])].capitalize()} years")),
    (r"Article (\d+)", (lambda m: m[1],)),
)  # fmt: skip
NO_REASON = (None, "", " ", "-", "Wrong.", "n/a", "It is wrong.", "?", "TODO")


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _initials(text: str) -> str:
    found = re.findall(r"\b[A-Z]", text)
    return "".join(found) if len(found) > 2 else text


# Ways to write the same answer.
WRITTEN: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    lambda text: f" {text.replace(' ', '  ')}",
    lambda text: f"'{text}'",
    lambda text: f"{text} (see the map)",
    lambda text: f"{text}.",
    lambda text: f"“{text}”",
    lambda text: text.replace(" ", "-", 1),
    lambda text: text.removeprefix("the ") if text.startswith("the ") else f"the {text}",
    _without_accents,
    _initials,
    lambda text: _WORDS[int(text)] if text.isdigit() and int(text) < len(_WORDS) else text.replace(" and ", " & "),
)
CLAUSES = (
    ", as most of those who were there remember it", ", the largest of them", " under the terms that were agreed",
    ", after long talks between the two sides", " in the end", ", at least on paper", " and its surroundings",
    ", which lasted for many years", " (as laid down in the final text)", ", to the surprise of many observers",
)  # fmt: skip
# After the words to watch for relative time in Wikipedia's manual of style.
RELATIVE = (
    "Currently, {lower}", "{open} now?", "{open} today?", "At present, {lower}", "Nowadays, {lower}",
    "{open} recently?", "As things stand, {lower}", "These days, {lower}", "{open} at the moment?", "{open} lately?",
    "In recent years, {lower}", "{open} this year?", "{open} so far?", "Presently, {lower}",
    "In modern times, {lower}", "{open} to this day?", "Until now, {lower}", "In the last few years, {lower}",
    "{open} at the time of writing?", "{open} last month?", "As we speak, {lower}", "{open} by now?",
    "{open} of late?", "{open} this century?",
)  # fmt: skip
# After the words to watch in the guides of Reuters, AP, the BBC and Wikipedia.
LOADED = (
    "the terrorist {}", "the {} regime", "the brutal {}", "the notorious {}", "the dictator of {}",
    "the rogue state {}", "the heroic {}", "the puppet government of {}", "the so-called {}", "the infamous {}",
    "the {} junta", "the extremist {}", "the ruthless {}", "the evil {}", "the {} thugs", "the tyrant of {}",
    "the despotic {}", "the fanatical {}", "the bloodthirsty {}", "the illegitimate {}", "the warmongering {}",
    "the savage {}", "the {} cronies", "the strongman of {}", "the criminal {}", "the barbaric {}", "the radical {}",
    "the {} warlords", "the fundamentalist {}", "the cowardly {}", "the cruel {}", "the bullying {}",
    "the corrupt {}", "the fascist {}", "the oppressive {}", "the {} henchmen",
)  # fmt: skip
NOT = (" not", "n't", "n’t", " never", " NOT")
NEGATIVE_FRAMES = (
    "All of these answer the question EXCEPT one: {lower}", "Which answer is false? {}",
    "Which is the wrong answer? {}", "Which of these cannot be the answer: {lower}",
    "Leaving out what is untrue and what is incorrect, {lower}",
    "Which of these, unlike the others, fails to answer: {lower}", "Which is least likely? {}",
    "Other than which of these: {lower}", "Which of these is neither true nor likely? {}",
    "Which one must be ruled out? {}", "With the exception of which of these: {lower}",
)  # fmt: skip
LITTLE = frozenset(
    (
        "a",
        "an",
        "and",
        "at",
        "be",
        "by",
        "for",
        "in",
        "it",
        "may",
        "not",
        "of",
        "once",
        "s",
        "than",
        "the",
        "to",
        "with",
    )
)
LEAKS = (
    "Thinking of {word}: {}", "{} ({word})", "In the matter of {word}, answer this. {}",
    "{} Remember the {word}-based one.", "{} It is about {word}’s part.", "{} A hint: {word}.",
    "About {word}, as it is known: {}", "{} Think of “{word}”.", "{} Not so un-{word}-like.",
)  # fmt: skip
WHOSE = (
    "In which country lies {}?", "Which country owns {}?", "To which country does {} belong?",
    "Which country’s territory takes in {}?", "Of which country is {} a part?", "Which country governs {}?",
    "Which country lost {} in a war?", "In which country is the airfield named after a pilot from {}?",
    "Which state has the town called after a saint in {}?", "Which country has {} for its southernmost point?",
    "Whose navy protects {}?", "Which country is known as the owner of {}?", "Who rules {}?",
    "Whose flag flies over {}?",
)  # fmt: skip
