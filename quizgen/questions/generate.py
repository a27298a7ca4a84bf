"""Facts -> questions: draft them all, give each its distractors, and say which facts gave none."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from quizgen.facts import Fact, Library, PlainFact, RelationFact, Status
from quizgen.problems import Problem
from quizgen.questions import plain
from quizgen.questions.audit.words import NEAR_DUPLICATE, overlap, telling
from quizgen.questions.drafts import Draft
from quizgen.questions.model import Level, Option, Question
from quizgen.questions.option_sets import ENOUGH, OptionSets, point
from quizgen.questions.relational import RelationQuestions
from quizgen.world import Knowledge, Statement, written_day

# How many questions with the same key are compared: the cost of a question is the same in any library.
LOOKED_BACK = 60

_WORD = re.compile(r"\w{4,}")


def make_questions(library: Library, *, recalls: int = 1) -> tuple[list[Question], list[Problem]]:
    """Make the questions that the library's facts carry, in the order of its decks and facts.

    `recalls` is how many questions a fact may give that only ask to recall it: asking for its object, its subject and
    its day is the same question three times, and a bank of such questions asks for nothing else. The second part of
    the answer are remarks: facts that gave no question, and why.
    """
    drafts = list(_drafts(library))
    chosen, spare = _choose(drafts, recalls)
    sets = OptionSets(chosen)
    made: dict[str, Question] = {}
    # In the order of the file the first facts would take the pick of the distractors.
    for draft in sorted(chosen, key=_shuffled):
        tries = (_question(other, sets.distractors(other)) for other in (draft, *spare.get(draft.id, ())))
        made |= {question.id: question for question in islice(filter(None, tries), 1)}
    made |= _rescued(drafts, made)
    different = {question.id for question in _different(made[id_] for id_ in sorted(made))}
    questions = [made[draft.id] for draft in drafts if draft.id in different]
    alike = {question.fact.path for question in made.values()} - {question.fact.path for question in questions}
    return questions, list(_remarks(library, drafts, questions, alike))


def _rescued(drafts: Sequence[Draft], made: Mapping[str, Question]) -> dict[str, Question]:
    """Give a question each to the facts that balance left without one: better asked with a worn option than not."""
    asked = {question.fact.path for question in made.values()}
    rescued: dict[str, Question] = {}
    sets = OptionSets(drafts)
    for draft in sorted(drafts, key=_shuffled):
        if draft.fact.path not in asked:
            question = _question(draft, sets.distractors(draft, balanced=False))
            if question:
                rescued[draft.id] = question
                asked.add(draft.fact.path)
    return rescued


def _choose(drafts: Iterable[Draft], recalls: int) -> tuple[list[Draft], dict[str, list[Draft]]]:
    """Choose some drafts a fact of those that only ask to recall it; the others stand by, should it find no options."""
    chosen: list[Draft] = []
    by_fact: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        (by_fact[draft.fact.path] if draft.level is Level.RECALL else chosen).append(draft)
    spare: dict[str, list[Draft]] = {}
    for same in by_fact.values():
        same.sort(key=_shuffled)
        chosen += same[:recalls]
        spare[same[0].id] = same[recalls:]
    return chosen, spare


def _different(questions: Iterable[Question]) -> Iterator[Question]:
    """Leave out what asks nearly the same as an earlier question with the same key."""
    asked: dict[str, deque[frozenset[str]]] = defaultdict(lambda: deque(maxlen=LOOKED_BACK))
    for question in questions:
        own = telling(question.stem)
        same_key = asked[question.answer.text]
        if not any(overlap(own, other) > NEAR_DUPLICATE for other in same_key):
            same_key.append(own)
            yield question


def knowledge_of(library: Library) -> Knowledge:
    """Gather what the decks state and what they say is complete."""
    knowledge = Knowledge()
    relations = [fact for fact in library.facts if isinstance(fact, RelationFact)]
    knowledge.add(
        Statement(
            fact.subject.key, fact.relation, fact.object.key, fact.during, certain=fact.askable and not fact.retired
        )
        for fact in relations
    )
    for fact in relations:
        for key in fact.also_true:
            knowledge.doubt(fact.subject.key, fact.relation, key)
    for deck in library.decks:
        for claim in deck.complete:
            knowledge.complete(claim.relation, claim.since, subject=claim.subject, object_=claim.object)
    return knowledge


def _drafts(library: Library) -> Iterator[Draft]:
    asked = [fact for fact in library.facts if _is_asked(fact)]
    relations = RelationQuestions([fact for fact in asked if isinstance(fact, RelationFact)], knowledge_of(library))
    languages = {deck.key: deck.language for deck in library.decks}
    for fact in asked:
        language = languages[fact.deck]
        if isinstance(fact, PlainFact):
            yield plain.draft(fact, language)
        elif isinstance(fact, RelationFact):
            yield from (draft for draft in relations.drafts(fact, language) if not _tells_itself(draft))


def _is_asked(fact: Fact) -> bool:
    return fact.askable and not fact.retired and fact.status is Status.REVIEWED


def _tells_itself(draft: Draft) -> bool:
    """Tell whether a stem holds a word of its own answer: "Where is the Panama Canal?"."""
    stem = {word[:5] for word in _WORD.findall(draft.stem.casefold())}
    return any(word[:5] in stem for name in draft.answer.names for word in _WORD.findall(name))


def _shuffled(draft: Draft) -> int:
    return point("turn", draft.id)


def _question(draft: Draft, distractors: tuple[Option, ...]) -> Question | None:
    if len(distractors) < ENOUGH:
        return None
    options = [Option(draft.answer.key, draft.answer.text), *distractors]
    ranks = {option.key: plain.rank_of(option.text) for option in options}
    ordered = draft.ordered and all(rank is not None for rank in ranks.values())
    order = (lambda option: (ranks[option.key] or 0.0, 0)) if ordered else (lambda option: (0.0, point(option.key)))
    return Question(
        id=draft.id,
        fact=draft.fact,
        kind=draft.kind,
        level=draft.level,
        stem=draft.stem,
        options=tuple(sorted(options, key=order)),
        explanation=draft.explanation,
        option_set=draft.option_set,
        ordered=ordered,
        citation=draft.citation,
    )


def _remarks(
    library: Library, drafts: Iterable[Draft], questions: Iterable[Question], alike: Container[str]
) -> Iterator[Problem]:
    with_question = {question.fact.path for question in questions}
    with_draft = {draft.fact.path for draft in drafts}
    for fact in library.facts:
        if fact.path in with_question or not fact.askable or fact.retired:
            continue
        if fact.status is Status.DRAFT:
            yield _remark(fact, "is a draft and is not asked", "check it and write 'status: reviewed'")
        elif fact.path in alike:
            yield _remark(fact, "gives no question of its own: another asks nearly the same", "")
        elif fact.path not in with_draft:
            unsure = f"it is not known to hold on {written_day(fact.as_of)}"
            yield _remark(fact, f"gives no question: each would hold its own answer, or {unsure}", "")
        else:
            hint = "write 'distractors', or give at least three facts the same 'set'"
            yield _remark(fact, "gives no question: fewer than two wrong options can be proven", hint)


def _remark(fact: Fact, message: str, hint: str) -> Problem:
    return Problem(fact.file, fact.line, f"fact '{fact.key}' {message}", hint)


def only(questions: Iterable[Question], decks: Iterable[str]) -> list[Question]:
    """Keep the questions of these decks; they were made with the whole library, from which their options come."""
    wanted = set(decks)
    return [question for question in questions if question.fact.deck in wanted]
