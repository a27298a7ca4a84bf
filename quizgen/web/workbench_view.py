"""What the workbench shows of a draft: the article with what is drafted from it, and facts with their questions.

Takes the texts that are kept; gives values for the page. Questions are made of the accepted facts of this deck alone,
so that they are there at once; beside the decks of a library some more may follow.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from quizgen.articles import Article, Role, Sentence
from quizgen.facts import Deck, Fact, Library, PlainFact, RelationFact, load_deck
from quizgen.problems import Problem, QuizgenError
from quizgen.questions import Question, make_questions
from quizgen.questions.audit import Bank, audit, items_of
from quizgen.web.workbench_deck import State, finished, put

FACTS_A_PAGE = 12
SENTENCES_A_PAGE = 120
KEPT = 16
# Of the two gates for flaws of writing, the other one names all that this one does.
_NAMED_ELSEWHERE = "flaws that rules decide"
_BESIDE = frozenset({Role.CAPTION, Role.BYLINE, Role.POLL, Role.SHARE, Role.DISCLAIMER, Role.NAVIGATION, Role.CATEGORY})


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that follow from a deck, and what is to be said of each and of facts without one."""

    questions: tuple[Question, ...]
    remarks: Mapping[str, tuple[str, ...]]
    silent: Mapping[str, Problem]

    def of(self, fact: Fact) -> list[Question]:
        """Give the questions of a fact."""
        return [question for question in self.questions if question.fact.key == fact.key]


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of the article, the fact that its highlight leads to, and whether the chosen fact stands in it."""

    sentence: Sentence
    fact: str
    chosen: bool

    @property
    def beside(self) -> bool:
        """Tell what surrounds the article from what it says."""
        return self.sentence.role in _BESIDE


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long article, paragraph by paragraph; parts are counted from one."""

    number: int
    last: int
    paragraphs: tuple[tuple[Shown, ...], ...]


def article_text(article: Article) -> str:
    """Write an article as the text that is kept."""
    return json.dumps(asdict(article), ensure_ascii=False)


@lru_cache(KEPT)
def article_of(text: str) -> Article:
    """Read an article as it was kept."""
    fields = json.loads(text)
    sentences = (Sentence(**each | {"role": Role(each["role"])}) for each in fields.pop("sentences"))
    return Article(sentences=tuple(sentences), **fields)


@lru_cache(KEPT)
def deck_of(text: str) -> Deck:
    """Read a deck as it was kept. Raises QuizgenError where a newer quizgen does not take it any more."""
    key = text.partition("\n")[0].partition(":")[2].strip().strip("'\"")
    deck, problems = load_deck(text.encode(), f"{key}.yaml")
    if deck is None:
        raise QuizgenError(problems)
    return deck


@lru_cache(KEPT)
def asked(text: str, today: date) -> Asked:
    """Make the questions that follow from the accepted facts of a deck."""
    return _asked(deck_of(text), today)


@lru_cache(KEPT)
def asked_with(text: str, key: str, today: date) -> Asked:
    """Make the questions that would follow if one more fact were accepted."""
    return _asked(put(deck_of(text), key, State.ACCEPTED), today)


def _asked(deck: Deck, today: date) -> Asked:
    whole = finished(deck)
    questions, silent = make_questions(Library((whole,)))
    questions = [question for question in questions if not question.fact.is_stale(today)]
    lines = {fact.line: fact.key for fact in whole.facts}
    return Asked(
        tuple(questions),
        _audited(questions, whole, today),
        {lines[problem.line]: problem for problem in silent if problem.line in lines},
    )


def _audited(questions: Sequence[Question], deck: Deck, today: date) -> dict[str, tuple[str, ...]]:
    """Give what the audit says of each question."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for result in audit(Bank(items_of(questions), [deck], today)):
        for problem in result.offenders if result.gate != _NAMED_ELSEWHERE else ():
            id_, _, message = problem.message.partition(" ")
            found[id_][message] = None
    return {id_: tuple(messages) for id_, messages in found.items()}


def part_of(article: Article, facts: Sequence[Fact], chosen: Sentence | Fact | None, part: int | None) -> Part:
    """Give the part of an article that was asked for, or in which the chosen fact or sentence stands."""
    sentences = article.sentences
    last = max(1, -(-len(sentences) // SENTENCES_A_PAGE))
    at = _place(chosen)
    number = min(max(1, part or _part_at(sentences, at)), last)
    own = sentences[(number - 1) * SENTENCES_A_PAGE : number * SENTENCES_A_PAGE]
    quoting = [(fact.place, fact.key) for fact in facts if fact.place]
    shown = (
        Shown(
            sentence,
            next((key for place, key in quoting if _meet(place, sentence)), ""),
            bool(at and _meet(at, sentence)),
        )
        for sentence in own
    )
    paragraphs = groupby(shown, key=lambda each: each.sentence.paragraph)
    return Part(number, last, tuple(tuple(group) for _, group in paragraphs))


def _part_at(sentences: Sequence[Sentence], at: tuple[int, int] | None) -> int:
    found = (number for number, sentence in enumerate(sentences) if at and _meet(at, sentence))
    return next(found, 0) // SENTENCES_A_PAGE + 1


def _place(chosen: Sentence | Fact | None) -> tuple[int, int] | None:
    if isinstance(chosen, Sentence):
        return chosen.start, chosen.end
    return chosen.place if chosen else None


def _meet(place: tuple[int, int], sentence: Sentence) -> bool:
    return place[0] < sentence.end and sentence.start < place[1]


def statement(fact: Fact) -> tuple[str, str]:
    """Give the two lines by which a fact is known: what it asks and answers, or what it states."""
    if isinstance(fact, PlainFact):
        return fact.ask, fact.answer
    if isinstance(fact, RelationFact):
        start, end = fact.during.start, fact.during.end
        days = [f"from {start.iso}" if start else "", f"until {end.iso}" if end else ""]
        verb = fact.relation.name.replace("_", " ")
        return f"{fact.subject.name} – {verb} – {fact.object.name}", ", ".join(filter(None, days))
    return fact.key, ""


def is_plain(fact: Fact) -> bool:
    """Tell whether a fact is a question and its answer, all of which can be edited."""
    return isinstance(fact, PlainFact)
