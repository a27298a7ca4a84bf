"""An article is read: its text, its sentences at exact places, and what each is there for."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.articles import MAX_BYTES, Article, Role, read_article
from quizgen.articles.languages import language_of
from quizgen.articles.splitting import sentences

FOLDER = Path(__file__).parent / "articles"
ARTICLES = sorted(path.name for path in FOLDER.iterdir())
NOT_STATING = {
    # What stands in menus, scripts, hidden parts, captions, comments and footers of the saved pages.
    "page-djibouti.html": ("aliens", "secretly", "Eritrea", "newsletter", "A ship leaves", "cookies", "Sport"),
    "page-divs.html": ("1701", "1999", "recognises", "Cars wait", "largest", "flags", "free", "JavaScript", "Accept"),
    "page-arabic.html": ("الرئيسية", "العلا", "محفوظة", "القمم"),
    "page-german-faq.html": ("Startseite", "Impressum", "Newsletter"),
}


def read(text: str, name: str = "a.txt") -> Article:
    article, problems = read_article(text.encode(), name)
    assert problems == []
    assert article is not None
    return article


def roles(text: str, name: str = "a.txt") -> list[tuple[str, str]]:
    return [(sentence.role.value, sentence.text) for sentence in read(text, name).sentences]


def written(article: Article) -> str:
    """An article as its snapshot shows it: one line a sentence, a blank line between paragraphs."""
    lines = [f"language {article.language}"]
    paragraph = 0
    for sentence in article.sentences:
        lines += [""] * (sentence.paragraph != paragraph)
        lines.append(f"{sentence.role.value:<10} {sentence.text}{'' if sentence.whole else '   [cut off]'}")
        paragraph = sentence.paragraph
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ARTICLES)
def test_every_sentence_has_its_role(name: str, snapshot: Callable[[str], None]) -> None:
    article, problems = read_article((FOLDER / name).read_bytes(), name)
    assert problems == []
    assert article is not None
    snapshot(written(article))


@pytest.mark.parametrize("name", ARTICLES)
def test_every_sentence_stands_where_it_says(name: str) -> None:
    article, _ = read_article((FOLDER / name).read_bytes(), name)
    assert article is not None
    assert_exact(article)


@pytest.mark.parametrize("name", NOT_STATING)
def test_what_surrounds_the_article_in_a_page_states_nothing(name: str) -> None:
    article, _ = read_article((FOLDER / name).read_bytes(), name)
    assert article is not None
    stated = " ".join(sentence.text for sentence in article.stating())
    assert [word for word in NOT_STATING[name] if word in stated] == []


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>{}</p>",
        "<p hidden=''>{}</p>",
        "<div aria-hidden='true'><p>{}</p></div>",
        "<p style='display: none'>{}</p>",
        "<p style='VISIBILITY:hidden'>{}</p>",
        "<p style='font-size:0px'>{}</p>",
        "<p style='opacity: 0'>{}</p>",
        "<p class='sr-only'>{}</p>",
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
        "<svg><text>{}</text></svg>",
        "<div role='navigation'><p>{}</p></div>",
        "<figure><figcaption>{}</figcaption></figure>",
        "<form><p>{}</p></form>",
        "<!-- {} -->",
    ],
)
def test_what_readers_of_a_page_do_not_see_is_left_out(hidden: str) -> None:
    said = "The island was sold to pirates in 1701, and nobody has seen them since that year."
    seen = "<p>The island is small. Nobody has lived there since 1950, when the lighthouse was closed.</p>"
    page = f"<html><body><article><h1>An island</h1>{seen}{hidden.format(said)}{seen}</article></body></html>"
    assert "pirates" not in read(page, "a.html").text
    assert "pirates" in read(page.replace(hidden.format(said), f"<p>{said}</p>"), "a.html").text


def assert_exact(article: Article) -> None:
    last = 0
    for number, sentence in enumerate(article.sentences, start=1):
        assert sentence.number == number
        assert last <= sentence.start < sentence.end <= len(article.text)
        assert article.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        last = sentence.end


NEWS = """Two states sign a treaty

The treaty was signed on Monday. It has ten articles.

{}

Both sides ratify it in May. Then it applies."""


@pytest.mark.parametrize(
    "sentence",
    [
        "He asked members to share this burden, and not to follow bad advice.",
        "The minister will follow us to the border, she said.",
        "“Share this article with everyone,” the editor wrote.",
        "Comments by the minister were not published.",
        "Related questions were discussed in Geneva.",
        "By Tuesday evening the army had left the town.",
        "Published in 1949, the treaty has never been changed.",
        "The Home Office would not comment.",
        "Russia accepts no responsibility for the strike.",
        "The report raises doubts about the accuracy of these numbers.",
        "Poll numbers fell in March.",
        "Photographs show the bridge after the strike.",
        "More on the border: 3,000 soldiers.",
        "The claims have not been independently verified.",
        "The court said that its opinion does not constitute legal advice.",
        "He did not take legal advice before the vote.",
        "Subscribers to the pact are Togo and Benin.",
    ],
)
def test_a_word_of_a_button_in_the_news_changes_nothing(sentence: str) -> None:
    for text in (NEWS.format(sentence), NEWS.format("Much is open.") + f"\n\n{sentence}\n"):
        assert ("body", sentence) in roles(text)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Share this article with your friends!", "share"),
        ("👉 Follow us on Telegram", "share"),
        ("Sign up for our daily newsletter", "share"),
        ("Read more: How the treaty was made", "navigation"),
        ("Advertisement", "navigation"),
        ("Home > World > Europe", "navigation"),
        ("World | Politics | Sport | Opinion | Video", "navigation"),
        ("Photo: The ministers in Geneva", "caption"),
        ("The ministers in Geneva [Jane Doe/Reuters]", "caption"),
        ("Updated: 3 March 2024, 10:20 GMT", "byline"),
        ("By Jane Doe and Ahmed al-Ali", "byline"),
        ("5 min read", "byline"),
        ("<script>alert(1)</script>", "navigation"),
        ("function() { return track('x'); }", "navigation"),
        ("Lire aussi : Le traité en bref", "navigation"),
        ("Suivez-nous sur Facebook", "share"),
        ("Crédit photo : AFP", "caption"),
        ("Lea también: El tratado", "navigation"),
        ("Foto: Agencia EFE", "caption"),
        ("Suscríbase a nuestro boletín", "share"),
        ("Lesen Sie auch: Der Vertrag", "navigation"),
        ("Teilen Sie diesen Artikel", "share"),
        ("Von Anna Müller", "byline"),
        ("Читайте также: Договор", "navigation"),
        ("Подпишитесь на нашу рассылку", "share"),
        ("Фото: РИА Новости", "caption"),
        ("اقرأ أيضًا: نص المعاهدة", "navigation"),
        ("شاركوا هذا المقال", "share"),
        ("صورة أرشيفية", "caption"),
    ],
)
def test_a_line_that_surrounds_an_article_is_known_in_the_midst_of_it(line: str, role: str) -> None:
    found = [role for role, _ in roles(NEWS.format(line))]
    assert found == ["title", "body", "body", role, "body", "body"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The U.S. said so. Mr. J. Smith met al-Sharaa's aide in St. Petersburg.", 2),
        ("en", "It fell on Dec. 8. It cost 3.5 million, i.e. 1,000.50 each. See No. 5.", 3),
        ("en", "He said no. Then he left. (It failed.) Then it worked… Then not.", 5),
        ("en", "“We stay. We win,” he said. “Why?” she asked. He left.", 3),
        ("en", "Sen. Graham, R-S.C., said so. Lt. Col. Jones (ret.) agreed.", 2),
        ("fr", "« Nous restons ! » dit-il. M. Dupont part le 3 mars. Il est né av. J.-C. et Mme. Curie vint.", 3),
        ("ar", "ما هي القاعدة؟ القاعدة، كما قال د. أحمد، في سوريا. نعم!", 3),
        ("es", "¿Qué pasa en Siria? ¡Nada! El Sr. López llegó a EE. UU. el lunes.", 3),
        ("ru", "В 2015 г. Россия начала. А. С. Пушкин жил в г. Москве. Это 5 тыс. руб.", 3),
        ("de", "Am 3. Oktober 1990 kam Dr. Müller, z. B. nach Berlin. Die 2. Armee blieb.", 2),
        ("zh", "他们留下。然后走了。", 2),
        ("hi", "यह एक वाक्य है। यह दूसरा है।", 2),
    ],
)
def test_a_paragraph_is_split_where_sentences_end(language: str, text: str, expected: int) -> None:
    found = [text[start:end] for start, end in sentences(text, 0, len(text), language)]
    assert len(found) == expected, found
    assert "".join("".join(found).split()) == "".join(text.split())


TEXT = "Évian: «Où va la Syrie?» — Сирия، سوريا. Ça va."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "a.txt"),
        (codecs.BOM_UTF8 + TEXT.encode(), "a.txt"),
        (TEXT.encode("utf-16"), "a.txt"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "a.txt"),
        (TEXT.encode("utf-32"), "a.txt"),
    ],
)
def test_unicode_is_read_in_whatever_form(data: bytes, name: str) -> None:
    article, problems = read_article(data, name)
    assert (article and article.text, problems) == (TEXT, [])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1252",
            "Le traité fut signé à Évian. L'accord prévoyait l'indépendance après un référendum. La fête fut brève.",
        ),
        ("cp1251", "Договор был подписан в Париже. Архипелаг принадлежит Норвегии, но уголь добывают и другие страны."),
        ("cp1256", "يقع المضيق بين إيران وسلطنة عمان. ويبلغ عرضه نحو ثلاثة وثلاثين كيلومترا عند أضيق نقطة."),
    ],
)
def test_older_encodings_are_told_by_what_they_look_like(encoding: str, text: str) -> None:
    article, _ = read_article(text.encode(encoding), "a.txt")
    assert article is not None
    assert article.text == text


def test_what_changes_the_direction_of_writing_or_cannot_be_seen_is_left_out() -> None:
    hidden = "The\u202e base\u2066 is\u200b old\ufeff. It\x00 has\x1b one\u00ad run\U000e0041way."
    assert read(hidden).text == "The base is old. It  has  one runway."
    page = f"<html><body><article><p>{hidden} The \u202eend&#x202e;&#8207;.</p></article></body></html>"
    assert read(page, "a.html").text == "The base is old. It has one runway. The end."


PROBLEMS = {
    "empty": (b"", "a.txt", "there is no text in it"),
    "only spaces": (b" \n\t\n", "a.txt", "there is no text in it"),
    "zeros": (b"\x00" * 1000, "a.txt", "there is no text in it"),
    "too large": (b"a" * (MAX_BYTES + 1), "a.txt", "the article is larger than 1 MB"),
    "a PDF": (b"%PDF-1.7 ...", "a.txt", "this is a PDF, not a text"),
    "a Word document": (b"PK\x03\x04...", "a.docx", "this is a packed file (such as a Word document), not a text"),
    "a web archive": (
        b"MIME-Version: 1.0\nContent-Type: multipart/related",
        "a.mhtml",
        "this is a web archive, not a page",
    ),
    "a page without text": (
        b"<html><body><script>x</script></body></html>",
        "a.html",
        "no article was found in this page",
    ),
    "a page of menus": (b"<html><body><nav>Home</nav></body></html>", "a.html", "no article was found in this page"),
    "a deep page": (b"<html><body>" + b"<div>" * 5000, "a.html", "this page has too many or too deeply nested parts"),
    "many parts": (
        b"<html><body>" + b"<i>x</i>" * 60_000,
        "a.html",
        "this page has too many or too deeply nested parts",
    ),
    "many lines": (b"It is so.\n" * 30_000, "a.txt", "the article has more than 20,000 paragraphs"),
}


@pytest.mark.parametrize(("data", "name", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_what_cannot_be_read_is_a_problem_with_a_hint(data: bytes, name: str, message: str) -> None:
    article, problems = read_article(data, name)
    assert article is None
    assert [(problem.file, problem.message, bool(problem.hint)) for problem in problems] == [(name, message, True)]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("piece", ["« ", "[", "a. ", "*a ", "<!--", "> ", "&b;", "{a:", "Q: a? "])
def test_text_made_to_be_slow_is_read_or_refused(piece: str, name: str) -> None:
    article, problems = read_article((piece * 20_000).encode(), name)
    assert (article is None) == bool(problems)


def test_entities_that_grow_are_not_followed() -> None:
    grown = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    page = f"{grown}<html><body><article><p>The text &b; ends.</p></article></body></html>"
    assert "a" * 20 not in read(page, "a.html").text


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.html", "<h1>Kiel</h1><p>The canal is old. It is long.</p>", "Kiel"),
        ("a.txt", "<!doctype html><h1>Kiel</h1><p>The canal is old. It is long.</p>", "Kiel"),
        ("", "# Kiel\n\nThe **canal** is [old](x). It is long.", "Kiel"),
        ("a.md", "---\ntitle: Kiel\n---\nThe canal is old. It is long.", "Kiel"),
        ("a.txt", "Kiel\n\nThe canal is old. It is long.", "Kiel"),
    ],
)
def test_the_form_is_told_by_the_look_and_the_name(name: str, text: str, title: str) -> None:
    article = read(text, name)
    assert article.title == title
    assert [sentence.text for sentence in article.stating()] == ["The canal is old.", "It is long."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The treaty was signed in the city and it is still in force.", "en"),
        ("El tratado fue firmado en la ciudad y sigue en vigor para los dos.", "es"),
        ("O tratado foi assinado na cidade e não é mais válido para os dois.", "pt"),
        ("Договір було підписано в місті, і він є чинним для всіх країн.", "uk"),
        ("القاعدة التي تقع في سوريا هي من أكبر القواعد على الساحل.", "ar"),
        ("پایگاه در سوریه است و این کشور آن را به روسیه داده است.", "fa"),
        ("日本は島国です。", "ja"),
        ("xyzzy plugh", ""),
    ],
)
def test_the_language_is_told_by_script_and_common_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_page_says_its_language_itself() -> None:
    assert (
        read(
            '<html lang="pt-BR"><body><article><p>OK. Sim, vamos agora.</p></article></body></html>', "a.html"
        ).language
        == "pt"
    )


def test_the_caution_of_the_publisher_is_kept() -> None:
    article, _ = read_article((FOLDER / "layout-kaliningrad.txt").read_bytes(), "a.txt")
    assert article is not None
    assert "have not been independently verified" in " ".join(article.cautions)
    assert all(not Role(sentence.role).states for sentence in article.having(Role.DISCLAIMER))


MARKS = st.sampled_from(
    [
        "Q: ",
        "A: ",
        "- ",
        "1. ",
        "# ",
        "> ",
        "<p>",
        "</p>",
        "<b>",
        "“",
        "”",
        "...",
        "…",
        "Mr. ",
        "؟ ",
        "« ",
        "\n",
        "\n\n",
        "2015: ",
    ]
)
TEXTS = st.lists(
    st.one_of(
        MARKS, st.text(max_size=30), st.sampled_from(["It is so. ", "Is it? ", "Share this article", "Read more"])
    )
).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["a.txt", "a.md", "a.html", ""]))
def test_any_text_is_read_at_exact_places_or_refused(text: str, name: str) -> None:
    article, problems = read_article(text.encode(errors="replace"), name)
    assert (article is None) == bool(problems)
    if article is not None:
        assert_exact(article)
        assert not any(letter in article.text for letter in "\x00\x1b\u202e\u2066\ufeff")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    article, problems = read_article(data, name)
    assert (article is None) == bool(problems)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["en", "fr", "ar", "de", ""]))
def test_sentences_lie_in_order_and_leave_out_nothing_but_spaces(text: str, language: str) -> None:
    places = list(sentences(text, 0, len(text), language))
    rest = "".join(
        text[start:end] for (_, start), (end, _) in zip([(0, 0), *places], [*places, (len(text), 0)], strict=True)
    )
    assert rest.strip() == ""
