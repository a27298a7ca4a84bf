"""What the rules draft from one sentence, and what they are silent about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen.articles import Article, Role, Sentence
from quizgen.facts import Status
from quizgen.facts.drafting import draft
from tests.drafting_support import DAY, by_hand, gaps, hand_draft, stated

STATED: list[tuple[str, dict[str, str]]] = [
    # When, where, how many, why.
    ("NATO was founded in 1949.", {"in which year was NATO founded?": "1949"}),
    (
        "In April 2023 the council approved the plan.",
        {"when did the council approve the plan?": "April 2023"},
    ),
    (
        "The two sides met in Geneva for three days.",
        {"where did the two sides meet for three days?": "Geneva"},
    ),
    (
        "The Security Council has fifteen members.",
        {"how many members does the Security Council have?": "fifteen"},
    ),
    ("The Panama Canal is about 80 kilometres long.", {"how long is the Panama Canal?": "about 80 kilometres"}),
    (
        "Ethiopia has a population of more than 120 million.",
        {"how many people live in Ethiopia?": "more than 120 million"},
    ),
    (
        "The canal is important because it saves ships the long way round Cape Horn.",
        {"why is the canal important?": "because it saves ships the long way round Cape Horn"},
    ),
    (
        "Qatar depends on the strait because all of its gas leaves by ship.",
        {"why does Qatar depend on the strait?": "because all of its gas leaves by ship"},
    ),
    # What somebody wants, what a thing is, who did it.
    (
        "Washington wants to reduce its dependence on foreign batteries.",
        {"what does Washington want to do?": "to reduce its dependence on foreign batteries"},
    ),
    (
        "The Panama Canal is a waterway that joins two oceans.",
        {"what is the Panama Canal?": "a waterway that joins two oceans"},
    ),
    (
        "Hungary was the last member to approve the Swedish application.",
        {"which country was the last member to approve the Swedish application?": "Hungary"},
    ),
    # Offices: with the country, before and after "former".
    (
        "Russian President Vladimir Putin met a guest.",
        {"which office does Vladimir Putin hold?": "president of Russia"},
    ),
    (
        "Syrian interim President Ahmed al-Sharaa met a guest.",
        {"which office does Ahmed al-Sharaa hold?": "interim president of Syria"},
    ),
    (
        "Former Norwegian Prime Minister Jens Stoltenberg led the talks for years.",
        {"which office did Jens Stoltenberg hold?": "prime minister of Norway"},
    ),
    (
        "Poland's foreign minister Radoslaw Sikorski met a guest.",
        {"which office does Radoslaw Sikorski hold?": "foreign minister of Poland"},
    ),
    # The closed vocabulary.
    ("Finland joined NATO on 4 April 2023.", {"FIN member_of nato": "2023-04-04"}),
    ("Brazil and India are members of BRICS.", {"BRA member_of brics": "", "IND member_of brics": ""}),
    ("Finland shares a border of about 1,340 kilometres with Russia.", {"FIN borders RUS": ""}),
    ("The African Union has its headquarters in Addis Ababa.", {"african-union headquartered_in addis-ababa": ""}),
    ("The capital of Mali is Bamako.", {"MLI has_capital bamako": ""}),
    ("Burma borders Thailand.", {"MMR borders THA": ""}),
]

SILENT = [
    "Finland is not a member of NATO.",
    "Finland may join NATO in 2023.",
    "Finland will join NATO in 2023.",
    "Finland was a member of NATO.",
    "If Finland joined NATO, Russia would protest.",
    "Diplomats say that Finland joined NATO on 4 April 2023.",
    "Is Finland a member of NATO?",
    "“Finland joined NATO on 4 April 2023.”",
    "We joined NATO on 4 April 2023.",
    "It joined NATO on 4 April 2023.",
    "Finland never joined NATO.",
    "Finland refused to join NATO.",
    "Finland has allegedly joined NATO.",
    "Whether Finland joined NATO matters to Russia.",
    "The man who led the group was born in a village that nobody knew.",
    "President-elect Jane Doe met a guest.",
    "The General Assembly met a guest.",
    "The treaty signed in 1968 took effect in 1970.",
    "General Motors met a guest.",
    "President Putin Street lies in the north.",
    "Albania borders Serbia.",  # disputed: nobody is asked
]


@pytest.mark.parametrize(("sentence", "expected"), STATED, ids=[sentence for sentence, _ in STATED])
def test_a_plain_sentence_is_drafted(sentence: str, expected: dict[str, str]) -> None:
    found = stated(hand_draft(sentence))
    assert {ask: found.get(ask) for ask in expected} == expected


@pytest.mark.parametrize("sentence", SILENT)
def test_what_is_no_plain_statement_is_not_drafted(sentence: str) -> None:
    assert stated(hand_draft(sentence)) == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mali, Niger and Chad signed the pact in 2023.", ["Mali", "Niger"]),
        ("The strait carries about 5 million barrels a day to the Red Sea.", ["Red Sea", "5 million"]),
        ("In 1991 Somaliland declared its independence from Ethiopia.", ["Somaliland", "Ethiopia"]),
        ("The pact and its annexes, signed in Rome on 25 March 1957, still hold.", ["25 March 1957", "Rome"]),
        ("Kurdish militants attacked a convoy near the border.", []),
        ("Russian troops left Russia for the base.", []),
        ("The North Atlantic Treaty Organization (NATO) met a guest.", []),
        ("Is the strait open to ships from Iran and from Oman?", []),
        ("Read more at http://example.org about the strait near Iran.", []),
    ],
)
def test_the_best_gaps_of_a_sentence(sentence: str, expected: list[str]) -> None:
    found = gaps(hand_draft(sentence))
    assert [answer for answer in expected if answer not in found] == []
    assert expected or not {"Kurdish", "Russia", "NATO"} & set(found)


def test_a_gap_is_not_given_away_by_the_rest() -> None:
    assert "Russia" not in gaps(hand_draft("Russian troops and their families left Russia in the spring of that year."))


def test_a_sentence_that_leans_on_the_one_before_is_shown_with_it() -> None:
    article = by_hand("Niger is one of the poorest countries of the world. Its capital is Niamey.")
    (whole,) = article.sentences
    cut = whole.text.index(" Its")
    one = replace(whole, text=whole.text[:cut], end=cut)
    other = replace(whole, number=2, text=whole.text[cut + 1 :], start=cut + 1)
    result = draft(replace(article, sentences=(one, other)), as_of=DAY)
    (asked,) = [fact for fact in result.deck.facts if "Its capital is _____" in getattr(fact, "ask", "")]
    assert "Niger is one of the poorest" in getattr(asked, "ask", "")


def test_whose_a_disputed_area_is_is_never_a_gap() -> None:
    assert "Ukraine" not in gaps(hand_draft("Crimea belongs to Ukraine under the law of nations and many votes."))
    assert "Ukraine" in gaps(hand_draft("Crimea lies to the south of Ukraine and has warm summers and mild winters."))


def test_a_title_that_asks_is_answered_by_the_summary() -> None:
    result = hand_draft(
        (Role.TITLE, "Why does the strait matter?"), (Role.SUMMARY, "A fifth of the oil goes through it.")
    )
    assert stated(result) == {"why does the strait matter?": "A fifth of the oil goes through it"}


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        ("Who runs the canal?", "An agency of the government runs the canal.", True),
        ("Is the canal open?", "Yes, the canal is open to all ships.", False),
        ("What do you expect from the talks?", "Not much is to be expected of them.", False),
        ("Why was it built?", "Ships had to sail around the cape.", False),  # it: what?
        ("How long is the canal?", "I think that it is rather long.", False),
        ("How long is the canal?", "Eighty kilometres.", False),  # no sentence
    ],
)
def test_a_question_of_the_article_is_drafted_if_it_stands_alone(asked: str, answered: str, expected: bool) -> None:
    result = hand_draft((Role.TITLE, "The canal"), (Role.QUESTION, asked), (Role.ANSWER, answered))
    assert (f"{asked[:1].lower()}{asked[1:]}" in stated(result)) is expected


def test_which_things_are_asked_for_needs_the_whole_answer() -> None:
    first, second = "Kenya sent officers to the country.", "Jamaica did so, too."
    text = f"{first} {second}"
    sentences = (
        Sentence(1, "Which countries took part?", 0, 26, Role.QUESTION, 1),
        Sentence(2, first, 27, 27 + len(first), Role.ANSWER, 2),
        Sentence(3, second, 28 + len(first), 27 + len(text), Role.ANSWER, 2),
    )
    result = draft(Article(f"Which countries took part?\n{text}", sentences, "en"), as_of=DAY)
    assert stated(result)["which countries took part?"] == text.rstrip(".")


def test_a_counted_list_is_one_question_with_its_other_items_also_true() -> None:
    items = [(Role.ITEM, text) for text in ("Rain is rare.", "Ships need water.", "Towns grow.")]
    result = hand_draft((Role.HEADING, "Three reasons why water is scarce"), *items)
    (fact,) = [fact for fact in result.deck.facts if fact.kind == "which"]
    assert (
        getattr(fact, "ask", "")
        == "According to the article, which of these is one of the three reasons why water is scarce?"
    )
    assert (getattr(fact, "answer", ""), fact.also_true) == ("Rain is rare", ("Ships need water", "Towns grow"))


def test_a_list_that_is_counted_wrongly_is_a_remark() -> None:
    items = [(Role.ITEM, text) for text in ("Rain is rare here.", "Ships need water.")]
    result = hand_draft((Role.HEADING, "Three reasons why water is scarce"), *items)
    assert [str(remark) for remark in result.remarks] == ["article.txt:1: counts 3, but 2 follow"]
    assert not [fact for fact in result.deck.facts if fact.kind == "which"]


CONTRADICTIONS = [
    ("NATO was founded in 1949.", "NATO was founded in 1950.", "says “1950”, but line 1 says “1949”"),
    (
        "About 1,000 American troops were stationed in Niger before the coup.",
        "Officials said that about 1,500 American troops were stationed in Niger before the coup.",
        "says “1,500 troops”, but line 1 says “1,000 troops”",
    ),
    (
        "The African Union has its headquarters in Addis Ababa.",
        "The African Union has its headquarters in Nairobi.",
        "says “Nairobi”, but line 1 says “Addis Ababa”",
    ),
]


@pytest.mark.parametrize(("one", "other", "remark"), CONTRADICTIONS, ids=[remark for *_, remark in CONTRADICTIONS])
def test_a_contradiction_names_both_lines_and_drafts_neither(one: str, other: str, remark: str) -> None:
    result = hand_draft(one, other)
    assert [f"{found.line}: {found.message}" for found in result.remarks] == [f"2: {remark}"]
    assert stated(result) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NATO was founded in 1949.", "NATO was founded on 4 April 1949."),
        ("About 1,000 American troops were stationed in Niger.", "About 1,500 French troops were stationed in Mali."),
        ("In 2019 the port handled 40 ships a day.", "In 2023 the port handled 90 ships a day."),
        ("Finland joined NATO on 4 April 2023.", "Sweden joined NATO on 7 March 2024."),
    ],
)
def test_what_differs_in_more_than_the_number_is_no_contradiction(one: str, other: str) -> None:
    assert hand_draft(one, other).remarks == ()


def test_the_same_said_twice_is_one_fact_that_says_where_else_it_stands() -> None:
    result = hand_draft("NATO was founded in 1949.", "Ships sail.", "NATO was founded in 1949.")
    (fact,) = [fact for fact in result.deck.facts if fact.kind == "when"]
    assert fact.note == "The article says the same again in line 3."


def test_two_names_of_one_thing_are_no_wrong_answers_for_each_other() -> None:
    result = hand_draft(
        "The old treaty gave the United States two large bases in the far north.",
        "Farmers in Peru sold most of their coffee to the US during that very dry summer.",
    )
    also = {getattr(fact, "answer", ""): fact.also_true for fact in result.deck.facts}
    assert also["United States"] == ("US",)
    assert also["US"] == ("United States",)


@pytest.mark.parametrize("role", [role for role in Role if not role.states])
def test_nothing_is_drafted_from_what_states_nothing(role: Role) -> None:
    result = hand_draft((role, "Finland joined NATO on 4 April 2023 and sent 500 soldiers to Norway."))
    assert result.deck.facts == ()


def test_everything_drafted_is_a_draft() -> None:
    facts = hand_draft(*[sentence for sentence, _ in STATED]).deck.facts
    assert len(facts) > 30
    assert {fact.status for fact in facts} == {Status.DRAFT}


def test_what_was_left_out_is_counted() -> None:
    left = hand_draft(
        "Finland may join.",
        "Diplomats say that Finland joined.",
        (Role.SHARE, "Share this!"),
        "Ships sail.",
        "Ships sail.",
    ).left
    assert dict(left) == {"guesses": 1, "somebody's words": 1, "around the article": 1, "said twice": 1}
