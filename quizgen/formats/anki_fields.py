"""The words of a question as fields of an Anki note: HTML in which no text of a deck can be read as markup."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from quizgen.facts import Fact, Source
from quizgen.formats.anki_note_type import FIELDS
from quizgen.formats.anki_variants import Gap, Typed, Variant, gap_of, typed_of
from quizgen.formats.anki_words import card_words, note_words
from quizgen.questions import Option, Picture, PictureKind, Question
from quizgen.questions.pictures import svg_of
from quizgen.questions.wording import FALLBACK, Wording

# Anki itself acts on {{...}} and on [sound:...], [latex]; its files part fields by control characters, and no file
# holds half a surrogate pair.
_ESCAPES = {ord(char): f"&#{ord(char)};" for char in "{}[]"}
# Names of files are remembered from when these are packed: to find one out, its map is drawn.
NAMES_KEPT = 5_000
# How many sources are remembered.
KEPT = 2_000
MARKED = "yes"
_SLOT = re.compile(r"\{\w+\}")
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")


def escape(text: str) -> str:
    """Return HTML that shows `text` as it stands, its line breaks included.

    What no HTML can hold is replaced (U+FFFD). Anki composes letters and their accents (NFC) by itself.
    """
    lines = "\n".join(text.splitlines()).translate(_CONTROLS)
    return html.escape(lines).translate(_ESCAPES).replace("\n", "<br>")


def fields_of(
    question: Question, language: str, today: date | None = None, variant: Variant = Variant.STANDARD
) -> list[str]:
    """Return the fields of a question's note, in the note type's order; `today` is the day to judge staleness by."""
    options = options_in_note(question)
    words = {
        "Id": escape(question.id),
        "Stem": escape(question.stem),
        **{f"Option {number}": escape(option.text) for number, option in enumerate(options, 1)},
        "Answer": str(options.index(question.answer) + 1),
        "Answer text": escape(question.answer.text),
        "Ordered": MARKED if question.ordered else "",
        "Explanation": escape(question.explanation),
        "Why wrong": _reasons(options),
        "Quote": escape(question.fact.quote),
        "Source": _source(question.fact, language),
        "As of": question.fact.as_of.isoformat(),
        "Caution": _cautions(question.fact, language, today),
        "Language": escape(language),
        "Map" if _is_map(question) else "Choose": MARKED,
        "Picture": image_of(question.picture) if question.picture else "",
        **(_typed(typed_of(question, language)) if variant is Variant.EXTENDED else {}),
        **(_gap(gap_of(question, language)) if variant is Variant.EXTENDED else {}),
    }
    return [words.get(name, "") for name in FIELDS]


def _is_map(question: Question) -> bool:
    return question.picture is not None and question.picture.kind is PictureKind.MAP


def _typed(typed: Typed | None) -> dict[str, str]:
    if typed is None:
        return {}
    also = "".join(f'<li dir="auto">{escape(name)}</li>' for name in typed.also)
    return {
        "Ask": escape(typed.ask),
        "To type": escape(typed.answer),
        "Also right": f'<ul class="qz-names">{also}</ul>' if also else "",
    }


def _gap(gap: Gap | None) -> dict[str, str]:
    if gap is None:
        return {}
    return {
        "Gap before": escape(gap.before),
        "Gap": escape(gap.answer),
        "Gap after": escape(gap.after),
        "Gap source": escape(gap.source),
    }


def media_of(picture: Picture) -> tuple[str, bytes]:
    """Return a picture as a file for Anki: its name comes from its content, tells nothing and never goes stale."""
    return _file_name(picture), svg_of(picture).encode()


@lru_cache(NAMES_KEPT)
def _file_name(picture: Picture) -> str:
    return f"quizgen-{hashlib.sha256(svg_of(picture).encode()).hexdigest()[:24]}.svg"


def image_of(picture: Picture) -> str:
    """Return the HTML that shows a picture."""
    return f'<img src="{_file_name(picture)}" alt="{escape(picture.alt)}">'


def options_in_note(question: Question) -> Sequence[Option]:
    """Return the options in the note's order, which tells nothing: by a hash that outlives rewording, or ascending."""
    if question.ordered:
        return question.options
    return sorted(question.options, key=lambda option: _hash(question.id, option.key))


def cite(source: Source, words: Wording) -> str:
    """Return one line of HTML that says where facts were read and when."""
    told = {**card_words(FALLBACK).note, **words.card}
    return _cite(source, lambda name, day: escape(told[name].format(day=day)))


def _cite(source: Source, said: Callable[[str, str], str]) -> str:
    title = escape(source.title)
    if source.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(source.url)}">{title}</a>'
    published = () if source.published in {"", "unknown"} else (said("published", source.published),)
    told = (title, *published, said("retrieved", source.retrieved.isoformat()))
    return f"{escape(source.publisher)}: {', '.join(told)}."


def _hash(*names: str) -> bytes:
    return hashlib.sha256("\0".join(names).encode()).digest()


def _reasons(options: Sequence[Option]) -> str:
    """List why each is wrong. A reason that is the same for several says only what the answer is: the card does."""
    said = Counter(option.why_wrong for option in options)
    reasons = [
        f'<li class="qz-why qz-why-{number}" dir="auto"><b>{escape(option.text)}</b>'
        f' <span dir="auto">{escape(option.why_wrong)}</span></li>'
        for number, option in enumerate(options, 1)
        if option.why_wrong and said[option.why_wrong] == 1
    ]
    return f'<ul class="qz-reasons">{"".join(reasons)}</ul>' if reasons else ""


def _source(fact: Fact, language: str) -> str:
    by = f" {_spoken('said_by', fact.attribution, language)}" if fact.attribution else ""
    return _cited(fact.source, language) + by


@lru_cache(KEPT)
def _cited(source: Source, language: str) -> str:
    """Cite a source: once for all its facts."""
    return _cite(source, lambda name, day: _spoken(name, day, language))


def _cautions(fact: Fact, language: str, today: date | None) -> str:
    stale = today is not None and fact.is_stale(today)
    cautions = (
        _said("retired", fact.retired, language) if fact.retired else "",
        _said("stale", str(fact.review_by), language) if stale else "",
        escape(fact.source.note),
    )
    return "<br>".join(caution for caution in cautions if caution)


def _spoken(name: str, about: str, language: str) -> str:
    """Say something among texts of any language: publishers, titles."""
    return f'<span lang="{escape(language)}">{_said(name, about, language)}</span>'


def _said(name: str, about: str, language: str) -> str:
    """Say something in our own words, which are marked as English if the language has none."""
    words, own = note_words(language)
    before, after = map(escape, _SLOT.split(words[name], maxsplit=1))
    if name in own:
        return f"{before}{escape(about)}{after}"
    return f'<span lang="{FALLBACK}">{before}<span lang="{escape(language)}">{escape(about)}</span>{after}</span>'
