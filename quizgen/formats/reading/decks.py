"""Questions of a file become a deck of drafts; what no deck may hold is named."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from quizgen.facts.model import Deck, Fact, PlainFact, Source, Status, Wrong
from quizgen.facts.plain_text import FORBIDDEN, short
from quizgen.facts.schema import MAX_DISTRACTORS
from quizgen.formats.reading.model import Item, Reading
from quizgen.formats.reading.words import Words

LONG, LONGEST, NAME = 400, 2000, 80
_SLUG = 48
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What turns the direction of all that follows, and is seen by nobody.
_OVERRIDES = re.compile("[\u202d\u202e]")
_URL = re.compile(r"https?://\S{1,490}")


@dataclass(frozen=True, slots=True)
class Front:
    """What is known of a deck before its questions: its key, the file's name, the day, and what the teacher says."""

    key: str
    file: str
    today: date
    title: str = ""
    category: str = ""
    language: str = "en"


def deck_of(reading: Reading, front: Front) -> Deck | None:
    """Make a deck of what was read; None if nothing was. What is not taken is added to the problems of `reading`."""
    words = Words.load()
    items = list(_taken((_clean(item, reading) for item in reading.items), reading))
    if not items:
        return None
    own = _source_of_file(front, words)
    shelves = sorted({item.category for item in items if item.category})
    named = {item.source: _named_source(item.source, front, words) for item in items if item.source}
    facts = [_fact(item, front, named.get(item.source, own), words, alone=len(shelves) <= 1) for item in items]
    used = (own, *named.values()) if any(not item.source for item in items) else tuple(named.values())
    category = front.category or (shelves[0] if len(shelves) == 1 else "")
    return Deck(
        key=front.key,
        title=_cut(front.title or words.of("title", file=front.file), NAME),
        description=words.of("description"),
        category=_shelf(category) or (words.of("category"),),
        language=front.language,
        as_of=front.today,
        file=f"{front.key}.yaml",
        sources=tuple(dict.fromkeys(used)),
        facts=tuple(_unique(facts)),
    )


def key_of(text: str, most: int = NAME) -> str:
    """Make a key of a text: small letters, digits and hyphens; empty if nothing of it can be written so."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return slug if len(slug) <= most else slug[: most + 1].rpartition("-")[0][:most] or slug[:most]


def _shelf(category: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"/|>|::", category))
    return tuple(part for part in parts if part)


def _clean(item: Item, reading: Reading) -> Item:
    """Make plain text of what was read, and say when something invisible was in it."""
    texts = (item.ask, item.answer, item.explanation, item.quote, item.source, item.note, item.category)
    every = (*texts, *item.also_true, *(part for wrong in item.wrong for part in (wrong.text, wrong.why)))
    if any(_OVERRIDES.search(text) or FORBIDDEN.search(_BREAKS.sub(" ", text)) for text in every):
        reading.note(item.where, "invisible characters were left out")
    return replace(
        item,
        ask=_line(item.ask),
        answer=_line(item.answer),
        wrong=tuple(dict.fromkeys(Wrong(_line(wrong.text), _line(wrong.why)) for wrong in item.wrong)),
        also_true=tuple(dict.fromkeys(map(_line, item.also_true))),
        explanation=_lines(item.explanation),
        quote=_line(item.quote),
        source=_line(item.source),
        note=_line(item.note),
        category=" / ".join(_shelf(_line(item.category))),
    )


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in _plain(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(text: str) -> str:
    return _OVERRIDES.sub("", FORBIDDEN.sub("", _BREAKS.sub("\n", text)))


def _taken(items: Iterable[Item], reading: Reading) -> Iterator[Item]:
    """Give the questions that a deck can hold, each once."""
    asked: dict[str, Item] = {}
    for item in items:
        first = asked.setdefault(_folded(item.ask), item)
        fault = next(_faults(item), None)
        if fault:
            reading.refuse(item.where, f"not taken: {fault[0]}", fault[1])
        elif first is not item:
            same = "" if _folded(first.answer) == _folded(item.answer) else ", with another answer"
            reading.refuse(item.where, f"not taken: {first.where} asks the same{same}", "take one of them out")
        else:
            yield _without_repeats(item, reading)
            continue
        if first is item:
            del asked[_folded(item.ask)]


def _faults(item: Item) -> Iterator[tuple[str, str]]:
    if not item.ask:
        yield "the question is empty", ""
    if not item.answer:
        yield "the answer is empty", ""
    bounds = {"question": (item.ask, LONG), "answer": (item.answer, LONG), "explanation": (item.explanation, LONGEST)}
    bounds |= {"quotation": (item.quote, LONG), "source": (item.source, LONG), "category": (item.category, LONG)}
    bounds |= {f"wrong answer '{short(one.text)}'": (one.text, LONG) for one in item.wrong}
    bounds |= {f"reason of '{short(one.text)}'": (one.why, LONG) for one in item.wrong}
    bounds |= {f"answer '{short(text)}'": (text, LONG) for text in item.also_true}
    for name, (text, most) in bounds.items():
        if len(text) > most:
            yield f"the {name} is too long: {len(text):,} characters", f"at most {most:,}; is a quotation mark missing?"
    if len(item.wrong) > MAX_DISTRACTORS:
        yield f"it has {len(item.wrong)} wrong answers", f"at most {MAX_DISTRACTORS}"
    if len(item.also_true) > 50:
        yield f"it has {len(item.also_true)} more right answers", "at most 50"
    right = {_folded(text) for text in (item.answer, *item.also_true)}
    for wrong in item.wrong:
        if _folded(wrong.text) in right:
            yield f"the wrong answer '{short(wrong.text)}' is right, too", "take it out"


def _without_repeats(item: Item, reading: Reading) -> Item:
    """Keep each answer once."""
    wrong: dict[str, Wrong] = {}
    for one in item.wrong:
        if one.text and wrong.setdefault(_folded(one.text), one) is not one:
            reading.note(item.where, f"the wrong answer '{short(one.text)}' is there twice, and taken once")
    also = {_folded(text): text for text in item.also_true if text and _folded(text) != _folded(item.answer)}
    return replace(item, wrong=tuple(wrong.values()), also_true=tuple(also.values()))


def _fact(item: Item, front: Front, source: Source, words: Words, *, alone: bool) -> PlainFact:
    shelf = "" if alone and not front.category else item.category
    noted = (item.note, words.of("category_note", category=shelf) if shelf else "")
    note = "\n".join(filter(None, noted))
    return PlainFact(
        key=_fact_key(item.ask),
        deck=front.key,
        file=f"{front.key}.yaml",
        line=item.where.number,
        source=source,
        as_of=front.today,
        status=Status.DRAFT,
        ask=item.ask,
        answer=item.answer,
        wrong=item.wrong,
        also_true=item.also_true,
        explanation=item.explanation,
        quote=item.quote,
        difficulty=item.difficulty,
        note=_cut(note, LONGEST),
    )


def _fact_key(ask: str) -> str:
    """Make a key of the question alone: it stays the same wherever the question stands in the file."""
    return "-".join(filter(None, (key_of(ask, _SLUG), _digest(ask))))


def _digest(text: str) -> str:
    return hashlib.sha256(_folded(text).encode()).hexdigest()[:6]


def _unique(facts: Iterable[PlainFact]) -> Iterator[Fact]:
    used: set[str] = set()
    for fact in facts:
        key, more = fact.key, 1
        while key in used:  # two of sixteen million: it has to be right, not pretty
            more += 1
            key = f"{fact.key}-{more}"
        used.add(key)
        yield replace(fact, key=key)


def _source_of_file(front: Front, words: Words) -> Source:
    title, publisher, note = (words.of("source", name, file=front.file) for name in ("title", "publisher", "note"))
    return Source(key_of(front.file) or "file", _cut(title, LONG), _cut(publisher, NAME), front.today, note=note)


def _named_source(text: str, front: Front, words: Words) -> Source:
    publisher, note = (words.of("named_source", name, file=front.file) for name in ("publisher", "note"))
    url = text if _URL.fullmatch(text) else ""
    key = "-".join(filter(None, (key_of(text, _SLUG), _digest(text))))
    return Source(key, text, _cut(publisher, NAME), front.today, url=url, note=note)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?!")
