"""Whole articles: what is drafted of them, how much of what a teacher would ask, what no article can break."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.articles import Article, Role, Sentence, folded, read_article
from quizgen.cli import main
from quizgen.facts import Fact, PlainFact, Status, load_deck, quoted_from
from quizgen.facts.drafting import Drafted, Given, draft
from quizgen.facts.dump import dump
from tests.drafting_support import ARTICLES, DAY, FOLDER, article_of, by_hand, drafted, hand_draft, read, snapshot

ENOUGH = 0.6
BOILERPLATE = (
    "Share this",
    "Partagez",
    "Comparte",
    "Поделитесь",
    "شارك",
    "Teilen Sie",
    "Subscribe",
    "Follow us",
    "Photo:",
    "Sign up",
)


@pytest.mark.parametrize("name", ARTICLES)
def test_the_draft_of_an_article_is_the_one_that_was_read(name: str) -> None:
    expected = (FOLDER / f"{name}.drafted.txt").read_text(encoding="utf-8")
    assert snapshot(name) == expected, "read it as a strict teacher, then python -m tests.drafting_support"


def wanted(name: str) -> list[tuple[str, str]]:
    lines = (FOLDER / f"{name.rpartition('.')[0]}.asked.txt").read_text(encoding="utf-8").splitlines()
    return [(answer.strip(), words.strip()) for answer, _, words in (line.partition("|") for line in lines)]


def answers(fact: Fact) -> list[str]:
    if isinstance(fact, PlainFact):
        return [fact.answer, *fact.also_true]
    return [fact.quote]


def is_drafted(answer: str, words: str, result: Drafted, article: Article) -> bool:
    """A fact or gap of the sentence that holds these words has this answer, or a part of it of some length."""
    here = [sentence for sentence in article.sentences if words.casefold() in folded(sentence.text).casefold()]
    facts = [
        fact
        for fact in result.deck.facts
        for sentence in here
        if fact.place and sentence.start <= fact.place[0] < sentence.end
    ]
    said = [found.casefold() for fact in facts for found in answers(fact)]
    return any(answer.casefold() in found or (len(found) > 1 and found in answer.casefold()) for found in said)


@pytest.mark.parametrize("name", ARTICLES)
def test_most_of_what_a_teacher_would_ask_is_drafted_or_offered(name: str) -> None:
    result, article = drafted(name), read(name)
    listed = wanted(name)
    found = [is_drafted(answer, words, result, article) for answer, words in listed]
    assert len(listed) >= 7
    assert sum(found) >= ENOUGH * len(found), [one for one, hit in zip(listed, found, strict=True) if not hit]


@pytest.mark.parametrize("name", ARTICLES)
def test_nothing_around_the_article_is_drafted(name: str) -> None:
    article = read(name)
    for fact in drafted(name).deck.facts:
        assert fact.place
        (sentence,) = [one for one in article.sentences if one.start <= fact.place[0] < one.end]
        assert sentence.role.states
        assert not any(word in fact.quote for word in BOILERPLATE)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_written_draft_passes_the_check_against_its_article(name: str, tmp_path: Path) -> None:
    deck = tmp_path / "mine.yaml"
    result = CliRunner().invoke(main, ["draft", str(FOLDER / name), "-o", str(deck), "--retrieved", DAY.isoformat()])
    assert result.exit_code == 0, result.output
    loaded, problems = load_deck(deck.read_bytes(), str(deck), [quoted_from(read(name))])
    assert problems == []
    assert loaded
    assert {fact.status for fact in loaded.facts} == {Status.DRAFT}


def held(result: Drafted, article: Article) -> None:
    """What holds of every draft: quotes at their places, keys of their own, bounded, a deck file."""
    for fact in result.deck.facts:
        assert fact.place
        assert folded(article.text[slice(*fact.place)]) == folded(fact.quote)
        assert fact.status is Status.DRAFT
    keys = [fact.key for fact in result.deck.facts]
    assert len(keys) == len(set(keys))
    assert len(keys) <= 120
    if keys:
        _, problems = load_deck(dump(result.deck).encode(), result.deck.file, [quoted_from(article)])
        assert problems == []


SAID = """
Finland joined NATO in 1949 may not Russia's President Ahmed al-Sharaa said that . , ? : ; “ ” ( ) because the Strait of
Hormuz is a 3,500 troops wants to 4 April 2023 It and Mali has two members met in Moscow Syria ... Киев عام - A: http://x
' " # NO yes null 1e3
"""
WORDS = st.sampled_from(SAID.split())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(Role)), st.lists(WORDS, min_size=1, max_size=25)), max_size=12),
    st.sampled_from(["en", "fr", "ru", "ar", "xx", ""]),
)
def test_of_any_sentences_every_quote_is_verbatim_and_the_deck_loads(
    said: list[tuple[Role, list[str]]], language: str
) -> None:
    article = by_hand(*[(role, " ".join(parts)) for role, parts in said], language=language)
    held(draft(article, as_of=DAY, file="a.txt"), article)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_of_any_text_every_quote_is_verbatim_and_the_deck_loads(text: str) -> None:
    article, _ = read_article(text.encode("utf-8", "replace"), "a.txt")
    if article:
        held(draft(article, as_of=DAY), article)


HOSTILE = [
    "a" * 100_000,
    "Finland " * 20_000,
    "1949 " * 20_000,
    ("President " * 30 + "Finland's ") * 200,
    "Finland, Sweden, Norway, " * 5_000,
    "(" * 50_000,
    "In 1949 " * 10_000 + "NATO was founded.",
    "The " + "of the " * 20_000 + "end.",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_hostile_sentences_are_drafted_or_left(text: str) -> None:
    held(hand_draft(text), by_hand(text))


def test_a_deck_that_would_be_yaml_of_its_own_stays_text() -> None:
    result = hand_draft("President Ann !!python Lee: {a} met 3,500 &troops from *Finland in Rome # on 4 April 2023.")
    held(result, by_hand("President Ann !!python Lee: {a} met 3,500 &troops from *Finland in Rome # on 4 April 2023."))
    assert result.deck.facts


SEED = (FOLDER / "hormuz-seed.txt").read_text(encoding="utf-8")


def test_the_header_says_what_the_article_says_of_itself() -> None:
    result = draft(article_of(SEED), as_of=DAY)
    (source,) = result.deck.sources
    assert result.deck.key == "why-does-the-strait-of-hormuz-matter-to-the-world-s-energy"
    assert (result.deck.category, result.deck.language, result.deck.as_of) == (("Economy", "Energy"), "en", DAY)
    assert (source.key, source.publisher, source.published) == ("gulf-brief", "Gulf Brief", "unknown")
    assert source.note.startswith("This article was compiled by Gulf Brief")
    assert "financial advice" not in source.note


def test_what_the_teacher_says_of_the_article_goes_first() -> None:
    given_ = Given(
        key="mine",
        title="A title",
        publisher="The Paper",
        url="https://example.org/a",
        published="2026-11-01",
        category="A / B",
    )
    deck = draft(article_of(SEED), as_of=DAY, given=given_).deck
    (source,) = deck.sources
    assert (deck.key, deck.title, deck.category) == ("mine", "A title", ("A", "B"))
    assert (source.title, source.publisher, source.url, source.published) == (
        "A title",
        "The Paper",
        "https://example.org/a",
        "2026-11-01",
    )


def test_the_day_of_the_byline_is_the_day_of_publication() -> None:
    assert drafted("talks-news.txt").deck.sources[0].published == "2026-02-03"


def test_an_article_of_a_script_without_small_latin_letters_gets_a_key_of_its_own() -> None:
    keys = [drafted(name).deck.key for name in ("suez-ar.txt", "arctic-ru.txt")]
    assert all(key.startswith("article-") for key in keys)
    assert len(set(keys)) == 2


def test_the_same_article_gives_the_same_draft_in_another_process() -> None:
    names = ["esequibo-es.txt", "nato-seed.txt"]
    code = f"from tests.drafting_support import snapshot; print(*map(snapshot, {names}), sep='', end='')"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7"},
        cwd=FOLDER.parent.parent,
    )
    assert run.stdout == "".join(map(snapshot, names))


class TestCommand:
    def test_it_prints_the_deck_and_tells_the_rest_beside_it(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["draft", str(FOLDER / "bases-news.txt"), "--retrieved", "2026-11-22"])
        assert result.exit_code == 0
        deck, problems = load_deck(result.stdout.encode(), "niger-tells-last-american-soldiers-to-leave.yaml")
        assert deck, problems
        assert deck.as_of == date(2026, 11, 22)
        assert "bases-news.txt:7: says “1,500 troops”, but line 3 says “1,000 troops”" in result.stderr
        assert "with a gap to review" in result.stderr

    def test_it_overwrites_only_when_told_to(self, tmp_path: Path) -> None:
        deck = tmp_path / "mine.yaml"
        deck.write_text("my own", encoding="utf-8")
        refused = CliRunner().invoke(main, ["draft", str(FOLDER / "bases-news.txt"), "-o", str(deck)])
        assert (refused.exit_code, deck.read_text(encoding="utf-8")) == (1, "my own")
        assert "--force" in refused.output
        assert (
            CliRunner().invoke(main, ["draft", str(FOLDER / "bases-news.txt"), "-o", str(deck), "--force"]).exit_code
            == 0
        )
        assert deck.read_text(encoding="utf-8").startswith("deck: mine\n")

    @pytest.mark.parametrize(
        ("name", "content", "options", "told"),
        [
            ("a.txt", "Share this!\n", [], "holds no sentence that the rules can draft from"),
            ("a.txt", "", [], "there is no text in it"),
            ("a.pdf", "%PDF-1.7", [], "this is a PDF"),
            ("a.txt", SEED, ["-o", "My Deck.yaml"], "call it my-deck.yaml"),
            ("a.txt", SEED, ["--url", "javascript:alert(1)"], "is not a web address"),
            ("a.txt", SEED, ["-o", "no/such/folder.yaml"], "cannot be written"),
        ],
    )
    def test_what_stands_in_the_way_is_told_in_a_line(
        self, name: str, content: str, options: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / name).write_text(content, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(main, ["draft", name, *options])
        assert result.exit_code == 1
        assert told in result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ([0, 4], []),
        ([1, 5], ["fact 'a': the quote is in the article, but not at its 'place' (it stands at [0, 4])"]),
        ([0, 9_000], ["fact 'a': the quote is in the article, but not at its 'place' (it stands at [0, 4])"]),
    ],
)
def test_check_holds_a_quote_against_its_place(place: list[int], told: list[str]) -> None:
    deck = (
        "deck: t\ntitle: T\ncategory: A\nas_of: 2026-11-22\n"
        "sources: {b: {title: x, publisher: y, retrieved: 2026-11-22}}\n"
        f"facts: [{{id: a, ask: q, answer: b, quote: NATO, place: {place}}}]\n"
    )
    _, problems = load_deck(deck.encode(), "t.yaml", [quoted_from("NATO was founded in 1949.")])
    assert [str(problem).partition(": ")[2] for problem in problems] == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("place: [3, 5]", "'place' has no quote"),
        ("quote: x, place: [5, 5]", "'place' ends before it begins"),
        ("quote: x, place: [5]", "'place' is too short"),
        ("quote: x, place: 5", "'place' should be a list"),
        ("quote: x, place: [-1, 5]", "'place'"),
        ("quote: x, place: [a, b]", "'place'"),
    ],
)
def test_a_place_that_is_none_is_a_problem(fields: str, told: str) -> None:
    deck = (
        "deck: t\ntitle: T\ncategory: A\nas_of: 2026-11-22\n"
        "sources: {b: {title: x, publisher: y, retrieved: 2026-11-22}}\n"
        f"facts: [{{id: a, ask: q, answer: b, {fields}}}]\n"
    )
    _, problems = load_deck(deck.encode(), "t.yaml")
    assert told in str(problems[0])


def test_sentences_far_apart_stay_linear() -> None:
    """Twice the article is twice the work: counted in calls, as time would depend on the machine."""
    calls = [count_calls(size) for size in (100, 200)]
    assert calls[1] < 2.3 * calls[0]


def count_calls(size: int) -> int:
    said = [
        f"Ship number {at} left the port of Rome in {1500 + at} with {at * 7 + 1000} crates of lemons."
        for at in range(size)
    ]
    article = Article("\n".join(said), tuple(by_hand(*said).sentences), "en")
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        draft(article, as_of=DAY)
    finally:
        sys.setprofile(None)
    return calls


def test_a_sentence_that_goes_on_for_ever_is_left() -> None:
    text = "Finland and " * 5_000
    article = Article(text, (Sentence(1, text, 0, len(text), Role.BODY, 1),), "en")
    assert draft(article, as_of=DAY).deck.facts == ()
