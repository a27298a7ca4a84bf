"""What holds for the questions of any library, however its facts lie."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.facts import Library, PlainFact, RelationFact
from quizgen.questions import Ground, Question, make_questions
from quizgen.questions.audit.words import asks_the_same, marks
from quizgen.questions.generate import drafts_of, knowledge_of
from quizgen.quizzes import shown_options
from quizgen.world import RELATIONS, Knowledge, PartialDate, Relation, Truth, countries
from tests.conftest import make_deck
from tests.question_support import ask

COUNTRIES = ["AUT", "BEL", "CHE", "DNK", "ESP", "FRA", "GBR"]
ORGANISATIONS = ["pact", "league"]
BASES = ["alpha", "bravo", "charlie", "delta", "echo"]
MEMBERSHIPS = [f"subject: {key}, relation: member_of, object: {name}" for name in ORGANISATIONS for key in COUNTRIES]
# A base has always the same operator: a deck that contradicts itself is refused.
OPERATORS = [f"subject: {BASES[n]}, relation: operated_by, object: {COUNTRIES[n % 4]}" for n in range(5)]


DICE = st.integers(0, 1 << 32).map(Random)  # denser libraries than hypothesis would draw, item by item


def span(dice: Random) -> str:
    """Give the fields `from` and `until`, as exact as they come."""
    start, length = dice.randint(1950, 2030), dice.randint(1, 40)
    begun = dice.choice(["", "from: {0}-03-01", "from: {0}-03-01", "from: {0}-09-01", "from: {0}-07", "from: {0}"])
    ended = dice.choice(["", "", "", "until: {1}-01-01", "until: {1}"])
    return ", ".join(filter(None, (begun, ended))).format(start, start + length)


def relation(dice: Random) -> str:
    word = dice.choice([*["kind: which"] * 7, "ask: false", "retired: gone", "status: draft"])
    also = dice.choice(["", "", "", f"also_true: [{', '.join(dice.sample(COUNTRIES + BASES, 2))}]"])
    return ", ".join(filter(None, (dice.choice(MEMBERSHIPS + OPERATORS), word, span(dice), also)))


def plain_fact(dice: Random) -> str:
    answer = dice.choice(["3 ships", "12 ships", "1,200 ships", "one", "one by one", "ONE", "4 May 2004"])
    own = dice.sample(["5 ships", "forty", "1 May 2004"], dice.randint(0, 3))
    return f"answer: '{answer}', set: sorts, distractors: [{', '.join(own)}]"


def some_facts(dice: Random) -> list[tuple[int, str]]:
    return distinct([relation(dice) for _ in range(dice.randint(0, 24))] + [plain_fact(dice) for _ in range(4)])


def some_claims(dice: Random) -> list[tuple[str, int]]:
    return [(name, dice.choice([1900, 1960, 1990, 2020])) for name in dice.sample(ORGANISATIONS, dice.randint(0, 2))]


def deck_text(facts: list[tuple[int, str]], claims: list[tuple[str, int]], words: str = "", called: str = "") -> str:
    """Write a deck; `words` is put into every question, and `called` into every name, to reword it."""
    lines = ["entities:"]
    lines += [f"  {key}: {{name: '{called}{key.title()}', kind: organisation}}" for key in ORGANISATIONS]
    lines += [f"  {key}: {{name: '{called}{key.title()}', kind: air base}}" for key in BASES]
    lines += ["complete:"] + [f"  - {{relation: member_of, object: {key}, since: {y}-01-01}}" for key, y in claims]
    lines += ["facts:"]
    for number, fact in facts:
        ask = f"ask: '{words}What is number {number}?', " if "answer" in fact else ""
        lines.append(f"  - {{id: f{number}, {ask}{fact}}}")
    return "\n".join(lines) + "\n"


def distinct(facts: list[str]) -> list[tuple[int, str]]:
    """Number facts, without those that say the same as another: a deck that repeats itself is refused."""
    statements = {}
    for number, fact in enumerate(facts):
        said = re.match(r"subject: (\S+), relation: (\S+), object: (\S+),", fact)
        start = re.search(r"from: ([\d-]+)", fact)
        statements[(*said.groups(), start and start[1]) if said else number] = (number, fact)
    return list(statements.values())


def some_library(dice: Random) -> Library:
    return Library((make_deck(deck_text(some_facts(dice), some_claims(dice))),))


LIBRARIES = DICE.map(some_library)


def is_provably_wrong(question: Question, key: str, knowledge: Knowledge) -> bool:
    fact = question.fact
    if isinstance(fact, PlainFact):
        return key != fact.key and key not in fact.also_true
    assert isinstance(fact, RelationFact)
    slot = question.id.partition("#")[2]
    if slot == "object":
        return knowledge.truth(fact.subject.key, fact.relation, key, fact.as_of).is_false
    if slot == "start":
        starts = knowledge.starts(fact.subject.key, fact.relation, fact.object.key)
        return all(start and not start.iso.startswith(key) and not key.startswith(start.iso) for start in starts)
    if slot in ("subject", "on_day"):
        return knowledge.truth(key, fact.relation, fact.object.key, day_asked(question)).is_false
    return is_provably_elsewhere(question, fact, key, slot, knowledge)


def is_provably_elsewhere(question: Question, fact: RelationFact, key: str, slot: str, knowledge: Knowledge) -> bool:
    """Judge the kinds that rest on more than one fact, each by its own rule written anew."""
    if slot == "apart":
        ground = next(option.ground for option in question.options if option.key == key)
        relation, _, object_ = key.partition("-")
        truth = knowledge.truth(fact.subject.key, RELATIONS[relation], object_, fact.as_of)
        return truth.is_false or (ground is Ground.SHARED and truth is Truth.TRUE)
    if slot == "both":
        return not all(knowledge.truth(key, *part, fact.as_of) is Truth.TRUE for part in parts(question))
    if slot == "odd":
        group = next(name for name in (*ORGANISATIONS, *COUNTRIES) if stem_names(question.stem, name))
        own_truth = knowledge.truth(fact.subject.key, fact.relation, group, fact.as_of)
        return own_truth.is_false and knowledge.truth(key, fact.relation, group, fact.as_of) is Truth.TRUE
    if slot == "left":
        first_day, last_day = days_asked(question)
        ends = knowledge.ends(key, fact.relation, fact.object.key)
        return bool(ends) and all(end is None or end.last < first_day or end.first > last_day for end in ends)
    days = [day for day in knowledge.starts(key, fact.relation, fact.object.key) if day]
    own = fact.during.start
    assert own
    if slot == "between":
        after, before = (only_start(name, fact, knowledge) for name in named_beside(question.stem))
        return bool(days) and all(day.last <= after.first or day.first >= before.last for day in days)
    return all(is_out_of_time(question, slot, day, own) for day in days)


def stem_names(stem: str, key: str) -> bool:
    """Tell whether a stem asks about the organisation or the country of this key."""
    name = countries()[key].in_text if key in countries() else key.title()
    return re.search(rf" (to|by) {name}\. ", stem) is not None


def named_beside(stem: str) -> list[str]:
    """Read the two countries out of a stem that asks who came between them."""
    names = {entity.in_text: key for key, entity in countries().items()}
    return [names[name] for name in re.findall(r"(?:after|before) (.+?)(?=,|\?)", stem)]


def only_start(key: str, fact: RelationFact, knowledge: Knowledge) -> PartialDate:
    (start,) = knowledge.starts(key, fact.relation, fact.object.key)
    assert start
    return start


def is_out_of_time(question: Question, slot: str, day: PartialDate, own: PartialDate) -> bool:
    """Judge when another began, by what the stem asks."""
    if slot in ("already", "order") and "last" not in question.stem:
        return day.first > own.last
    if slot in ("since", "order"):
        return day.last < own.first
    if slot == "after_day":
        return day.last < day_asked(question) < own.first
    first_day, last_day = days_asked(question)
    return day.last < first_day or day.first > last_day


def parts(question: Question) -> list[tuple[Relation, str]]:
    """Read the two traits that a question names out of its stem."""
    both = r"belongs to both ([A-Za-z ]+?) and ([A-Za-z ]+?)\?"
    stem = re.sub(both, r"belongs to \1 and belongs to \2?", question.stem)
    found = re.findall(r"(is run by|belongs to) ([A-Za-z ]+?)(?= and (?:is|belongs)|\?)", stem)
    names = {entity.in_text: key for key, entity in countries().items()}
    keys = {"Pact": "pact", "League": "league", **names}
    relations = {"is run by": RELATIONS["operated_by"], "belongs to": RELATIONS["member_of"]}
    return [(relations[verb], keys[name]) for verb, name in found]


def day_asked(question: Question) -> date:
    (written,) = re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", question.stem)
    return datetime.strptime(written, "%d %B %Y").date()


def days_asked(question: Question) -> tuple[date, date]:
    first, last = re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", question.stem)
    return tuple(datetime.strptime(day, "%d %B %Y").date() for day in (first, last))  # type: ignore[return-value] # two


@settings(deadline=None)
@given(LIBRARIES)
def test_one_option_is_right_and_every_other_provably_wrong(library: Library) -> None:
    questions, _ = make_questions(library)
    knowledge = knowledge_of(library)
    for question in questions:
        assert [option.is_right for option in question.options].count(True) == 1
        assert 3 <= len(question.options) <= 4
        for option in question.distractors:
            own = option.key.startswith(f"{question.fact.key}-wrong-")
            assert own or is_provably_wrong(question, option.key, knowledge), (question, option)


@settings(deadline=None)
@given(LIBRARIES)
def test_no_option_stands_twice_and_no_id_either(library: Library) -> None:
    questions, _ = make_questions(library)
    assert max(Counter(question.id for question in questions).values(), default=1) == 1
    for question in questions:
        assert len({option.key for option in question.options}) == len(question.options)
        assert len({option.text.casefold() for option in question.options}) == len(question.options)


@settings(deadline=None)
@given(LIBRARIES)
def test_every_fact_is_asked_or_said_not_to_be(library: Library) -> None:
    questions, remarks = make_questions(library)
    asked = {question.fact.line for question in questions}
    silent = {fact.line for fact in library.facts if not fact.askable or fact.retired}
    assert asked.isdisjoint(silent)
    assert asked | {remark.line for remark in remarks} | silent == {fact.line for fact in library.facts}


@settings(deadline=None)
@given(LIBRARIES)
def test_the_same_library_gives_the_same_questions(library: Library) -> None:
    assert make_questions(library) == make_questions(library)


def keys(text: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(option.key for option in question.options) for name, question in ask(text)[0].items()}


def answers(text: str) -> dict[str, str]:
    return {name: question.answer.key for name, question in ask(text)[0].items()}


@settings(deadline=None)
@given(DICE)
def test_the_order_of_the_facts_changes_no_question_and_no_option(dice: Random) -> None:
    facts, claims = some_facts(dice), some_claims(dice)
    shuffled = dice.sample(facts, len(facts))
    assert keys(deck_text(facts, claims)) == keys(deck_text(shuffled, claims))


@settings(deadline=None)
@given(DICE)
def test_rewording_a_question_changes_no_id_and_no_key_of_an_option(dice: Random) -> None:
    facts, claims = some_facts(dice), some_claims(dice)
    assert keys(deck_text(facts, claims)) == keys(deck_text(facts, claims, words="Xyz "))


@settings(deadline=None)
@given(DICE)
def test_an_id_has_the_same_answer_whatever_things_are_called(dice: Random) -> None:
    """Wrong options are chosen by how they look, too: there may be others, and so room for a question more or less."""
    facts, claims = some_facts(dice), some_claims(dice)
    before, after = answers(deck_text(facts, claims)), answers(deck_text(facts, claims, called="Xyz "))
    both = before.keys() & after.keys()
    assert len(both) >= 0.8 * len(before)
    assert {name: after[name] for name in both} == {name: before[name] for name in both}


def test_the_random_libraries_hold_questions_and_reasons_of_every_kind() -> None:
    made = [question for seed in range(300) for question in make_questions(some_library(Random(seed)))[0]]
    plain, recalled = {"what"}, {"forward", "backward", "which", "when"}
    deeper = {"on_day", "period", "already", "order", "contrast", "join", "odd-one-out"}
    assert {question.kind for question in made} == plain | recalled | deeper
    grounds = {option.ground for question in made for option in question.distractors}
    assert grounds == set(Ground)


def members(count: int) -> str:
    pact = "entities: {pact: {name: Pact, kind: organisation}}\n"
    pact += "complete: [{relation: member_of, object: pact, since: 1900-01-01}]\nfacts:\n"
    codes = ["ALB", "AND", "AUT", "BEL", "BGR", "BIH", "BLR", "CHE", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN"]
    codes += ["FRA", "GBR", "GRC", "HRV", "HUN", "IRL", "ISL", "ITA", "LTU", "LUX", "LVA", "MCO", "MDA", "MKD", "MLT"]
    return pact + "".join(
        f"  - {{id: {code.lower()}, subject: {code}, relation: member_of, object: pact, from: {1950 + n}-05-01}}\n"
        for n, code in enumerate(codes[:count])
    )


def test_the_key_stands_at_every_place_among_dates() -> None:
    questions, _ = ask(members(30))
    when = [question for question in questions.values() if question.kind == "when"]
    places = Counter(question.options.index(question.answer) for question in when)
    assert len(when) > 15
    assert min(places[place] for place in range(4)) >= 3
    assert max(places.values()) <= min(places.values()) + 4


def test_the_key_is_shown_at_every_place_among_names() -> None:
    facts = "".join(f"  - {{id: f{n}, ask: 'Who is {n}?', answer: Name {n}, set: names}}\n" for n in range(200))
    questions, _ = ask(f"facts:\n{facts}")
    places = Counter(
        shown_options(question, Random(question.id)).index(question.answer) for question in questions.values()
    )
    assert min(places[place] for place in range(4)) >= 30


def test_no_day_is_a_distractor_far_more_often_than_it_is_a_key() -> None:
    questions, _ = ask(members(30))
    when = [question for question in questions.values() if question.kind == "when"]
    assert max(Counter(option.key for question in when for option in question.distractors).values()) <= 4


def test_grounds_are_those_that_the_relation_allows() -> None:
    questions, _ = ask(members(30))
    grounds = {question.kind: {option.ground for option in question.distractors} for question in questions.values()}
    in_time = {kind: {Ground.INTERVAL} for kind in ("on_day", "period", "already", "order")}
    assert grounds == {"when": {Ground.FUNCTIONAL}, **in_time}


# --- neutrality -----------------------------------------------------------------------------------------------------


def exchanged(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def said(deck: str) -> dict[str, tuple[str, str, list[str]]]:
    """Give all that drafts say, by id: stem, explanation, and the reasons why some others are wrong."""
    drafts = list(drafts_of(Library((make_deck(deck),))))
    reasons = {
        draft.id: sorted(
            verdict[1]()
            for sibling in drafts
            if sibling.option_set == draft.option_set and (verdict := draft.judge(sibling.answer))
        )
        for draft in drafts
    }
    return {draft.id: (draft.stem, draft.explanation, reasons[draft.id]) for draft in drafts}


@settings(deadline=None)
@given(DICE)
def test_exchanging_two_actors_changes_nothing_but_their_names(dice: Random) -> None:
    deck = deck_text(some_facts(dice), some_claims(dice))
    one, other = dice.choice([("Pact", "League"), ("Alpha", "Bravo"), ("Charlie", "Delta")])
    before, after = said(deck), said(exchanged(deck, f"'{one}'", f"'{other}'"))
    assert before.keys() == after.keys()
    for id_, (stem, explanation, reasons) in before.items():
        swapped = (exchanged(stem, one, other), exchanged(explanation, one, other))
        assert after[id_][:2] == swapped
        assert after[id_][2] == sorted(exchanged(reason, one, other) for reason in reasons)


WORDS = st.frozensets(st.sampled_from([f"{letter * (1 + place % 4)}" for place, letter in enumerate("abcdefghijkl")]))


@given(WORDS, WORDS, WORDS)
@settings(max_examples=400)
def test_stems_that_ask_nearly_the_same_share_a_mark(
    shared: frozenset[str], more: frozenset[str], other: frozenset[str]
) -> None:
    one, two = shared | more, shared | other
    assert not asks_the_same(one, two) or set(marks(one)) & set(marks(two))
