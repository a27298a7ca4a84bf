"""Texts that break other people's cards reach the learner's eye as they were written, on every card and both sides.

Through the real Anki, which renders the cards, and a real browser, which runs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from quizgen.formats import anki_fields
from quizgen.formats.anki_variants import Gap, Typed, Variant
from quizgen.questions import Picture, PictureKind, Question
from tests.anki_support import HOSTILE, RIGHT, WRONG, Learner, Screen, export, make_question, new_learner

# What is written, and what is shown where that is not the same.
MORE = {
    "nul": ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
    "separators of fields": ("a\x1fb\x1ec\x7fd", "a\N{REPLACEMENT CHARACTER}b\nc\N{REPLACEMENT CHARACTER}d"),
    "half a character": ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
    "image": ('<img src=x onerror="document.title=`gone`">',),
    "svg": ("\"><svg onload=document.title='gone'>",),
    "typing": ("{{type:Stem}} [[type:Stem]] [[type:nc:To type]]",),
    "fields": ("{{Stem}}{{FrontSide}}{{Tags}}{{CardID}}{{text:Id}}{{hint:Answer}}",),
    "conditions": ("{{^Stem}}a{{/Stem}} {{#Gap}} {{/Gap}}",),
    "our own marks": ("<!-- include choose.js --> /* include words.js */ /* words */ {} /* marker */",),
    "sounds": ("[sound:x.mp3] [anki:play:q:0] [[anki:play]] [$]x[/$] [$$]y[/$$]",),
    "end of the page": ("</li></ol></div></section></body></html><style>body{display:none}</style>",),
    "line of Anki": ("<hr id=answer> <br> <br/> <div></div>",),
    "entities twice": ("&lt;script&gt; &amp;amp; &#x27; &quot; &hairsp;",),
    "direction": ("\N{RIGHT-TO-LEFT OVERRIDE}desrever\N{POP DIRECTIONAL FORMATTING} \N{RIGHT-TO-LEFT ISOLATE}x\u2069",),
    "nothing to see": ("a\N{ZERO WIDTH SPACE}b\N{ZERO WIDTH JOINER}c\ufeffd\N{SOFT HYPHEN}e",),
    "accent apart": ("cafe\N{COMBINING ACUTE ACCENT}", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"),
    "other ends of lines": ("a\rb\r\nc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
    "blanks": ("a  b\t c\N{NO-BREAK SPACE} d",),
    "comment in a script": ("*/ // ${alert(1)} \\` <!-- <script>",),
    "ten thousand braces": ("{{" * 5000,),
    "slots": ("{right} {chosen} {typed} {day} {count}",),
    "languages": ("Ελλάδα 中华人民共和国 日本 한국 ไทย हिन्दी עברית العربية",),
}
TEXTS = {name: (text, text) for name, text in HOSTILE.items()} | {
    name: (texts[0], texts[-1]) for name, texts in MORE.items()
}
WRONGLY = "wrong {}"
# What each card shows: on its front, and on its back besides.
PLACES = {
    "Choose": (
        {"#qz-stem": "{}", ".qz-text": "{}"},
        {".qz-explanation": "{}", ".qz-quote": "{}", ".qz-why b": WRONGLY},
    ),
    "Type the answer": ({"#qz-stem": "{}"}, {"#qz-right": "{}", ".qz-names li": "{}", ".qz-explanation": "{}"}),
    "Fill the gap": ({".qz-from": "{}"}, {"#qz-stem": "{}{}{}", ".qz-filled": "{}", ".qz-explanation": "{}"}),
    "Map": ({"#qz-stem": "{}", ".qz-text": "{}"}, {".qz-explanation": "{}", ".qz-quote": "{}"}),
}
READ = """(selector) => Array.from(document.querySelectorAll(selector), (found) => {
  const copy = found.cloneNode(true);
  copy.querySelectorAll("br").forEach((line) => line.replaceWith("\\n"));
  return copy.textContent;
})"""


PICTURES = {"words": None, "map": Picture(PictureKind.MAP, ("RUS",), "Map")}
WRITTEN = [text for text, _ in TEXTS.values()]


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """A learner who has each text in every place of a note."""
    with pytest.MonkeyPatch.context() as patch, new_learner(tmp_path_factory.mktemp("learner")) as learner:
        patch.setattr(anki_fields, "typed_of", lambda asked, _: Typed(asked.stem, asked.stem, (asked.stem,)))
        patch.setattr(anki_fields, "gap_of", lambda asked, _: Gap(*[asked.stem] * 4))
        questions = [question(number, text, kind) for number, text in enumerate(WRITTEN) for kind in PICTURES]
        assert learner.take(export(questions, variant=Variant.EXTENDED)) == {"new": len(questions)}
        yield learner


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Screen]:
    with browser.new_context() as context:
        yield Screen(context.new_page(), one_page=True)


def question(number: int, text: str, kind: str) -> Question:
    options = (replace(RIGHT, text=text), replace(WRONG[0], text=WRONGLY.format(text), why_wrong=text))
    return make_question(
        f"{kind}-{number}", text, options=options, explanation=text, quote=text, picture=PICTURES[kind]
    )


@pytest.mark.parametrize("card", PLACES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_shown_as_it_was_written(learner: Learner, screen: Screen, name: str, card: str) -> None:
    written, shown = TEXTS[name]
    number, kind = WRITTEN.index(written), "map" if card == "Map" else "words"
    front, back = learner.sides(f'Id:bases/{kind}-{number}#plain "card:{card}"', typed=shown)
    for side, places in ((front, PLACES[card][0]), (back, PLACES[card][1] | PLACES[card][0])):
        screen.show(side)
        for selector, sentence in places.items():
            if card == "Fill the gap" and side is back and selector == ".qz-from":
                continue
            assert sentence.format(shown, shown, shown) in screen.page.evaluate(READ, selector)
    assert screen.page.title() == ""
    assert screen.errors == []
    assert screen.asked == []


def test_there_are_thirty_of_them() -> None:
    assert len(TEXTS) > 30
    assert len(set(WRITTEN)) == len(TEXTS)
