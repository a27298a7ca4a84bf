"""Facts -> questions: draft them all, give each its distractors, and say which facts gave none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import eq
from types import MappingProxyType

from quizgen.facts import Fact, Library, PlainFact, RelationFact, Status
from quizgen.problems import Problem
from quizgen.progress import Steps, unseen
from quizgen.questions import plain
from quizgen.questions.audit.words import asks_the_same, marks, telling
from quizgen.questions.beginnings import share_beginning
from quizgen.questions.drafts import Draft
from quizgen.questions.kept import Kept, keep, settled
from quizgen.questions.model import Level, Option, Question
from quizgen.questions.option_sets import ENOUGH, OptionSets, point
from quizgen.questions.relation_index import both_ways
from quizgen.questions.relational import RelationQuestions
from quizgen.questions.rotation import rotate
from quizgen.world import Knowledge, Statement, written_day

# How many questions with the same key and a telling word in common are compared: the same cost in any library.
LOOKED_BACK = 60
# Where one side is often named after the other: who does not know that the Poles speak Polish?
NAMED_AFTER = frozenset({"has_capital", "has_official_language"})
# How many questions outside of rounds may ask for understanding in the very same words, each with another answer.
SAME_STEM = 3
# How often the odd one out must stand among the others, for each time that it is the odd one.
WRONG_PER_RIGHT = 1
NOTHING: Kept = MappingProxyType({})


def make_questions(
    library: Library, *, recalls: int = 1, kept: Kept = NOTHING, steps: Steps = unseen
) -> tuple[list[Question], list[Problem]]:
    """Make the questions that the library's facts carry, in the order of its decks and facts.

    `recalls` is how many questions a fact may give that only ask to recall it: asking for its object, its subject and
    its day is the same question three times, and a bank of such questions asks for nothing else. Questions that were
    released come with the wrong options that they are to keep. The second part of the answer are remarks: facts that
    gave no question, and why.
    """
    drafts = list(drafts_of(library, steps))
    turns = list(keep(drafts, kept))
    fixed = {turn.draft.id for turn in turns}
    done = settled(kept)
    open_ = [draft for draft in drafts if draft.id in kept or draft.fact.path not in done]
    turns += rotate(open_, recalls, steps, taken=[turn.draft for turn in turns])
    made = _Made(deck.key for deck in library.decks if deck.translated)
    for turn in turns:
        made.take(_question(turn.draft, turn.distractors))
    chosen, spare = _choose(open_, made.questions, recalls)
    sets = OptionSets(chosen, [(turn.draft, turn.distractors) for turn in turns])
    # In the order of the file the first facts would take the pick of the distractors.
    for draft in steps(sorted(chosen, key=_shuffled), "Choosing options", len(chosen)):
        tries = (draft, *spare.get(draft.id, ()))
        any(made.take(_question(other, sets.distractors(other))) for other in tries)
    made.drop(_one_sided([draft for draft in drafts if draft.both_sides], made.questions, fixed))
    everyday = [draft for draft in drafts if not draft.both_sides]
    _rescue(everyday, made, sets)
    questions = _in_rounds([made.questions[draft.id] for draft in drafts if draft.id in made.questions])
    return questions, list(_remarks(library, everyday, questions, made.alike))


def _in_rounds(questions: Sequence[Question]) -> list[Question]:
    """Make an option set of its own of the questions of a set that share all their options, each the key of one."""
    names = [f"{one.option_set}@{'+'.join(sorted(option.key for option in one.options))}" for one in questions]
    shared = Counter(names)
    return [
        replace(question, option_set=name) if shared[name] > 1 else question
        for question, name in zip(questions, names, strict=True)
    ]


class _Made:
    """The questions made so far, none of which asks nearly the same as another with the same key."""

    def __init__(self, translated: Iterable[str] = ()) -> None:
        self.questions: dict[str, Question] = {}
        self._translated = frozenset(translated)  # which words are common is known of English only
        self.alike: set[str] = set()  # facts with a question that was left out
        self._asked: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)

    def take(self, question: Question | None) -> bool:
        """Take a question, if there is one and it asks something new."""
        if question is None:
            return False
        shown = question.picture.name if question.picture else ""
        own = telling(question.stem)
        places = [(question.answer.text + shown, mark) for mark in marks(own)]
        near = eq if question.fact.deck in self._translated else asks_the_same
        if any(near(own, other) for place in places for other in self._asked[place][-LOOKED_BACK:]):
            self.alike.add(question.fact.path)
            return False
        for place in places:
            self._asked[place].append(own)
        self.questions[question.id] = question
        return True

    def drop(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            del self.questions[id_]


def _one_sided(drafts: Iterable[Draft], made: Mapping[str, Question], fixed: Container[str]) -> set[str]:
    """List the questions whose answer stands too seldom among the others of its bank, or would without those listed.

    Those that are `fixed` stay.
    """
    left = {draft.id: (draft.bank, made[draft.id]) for draft in drafts if draft.id in made}
    dropped: set[str] = set()
    while True:
        by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, (bank, question) in left.items():
            by_key[bank, question.answer.key].append(id_)
        loose = {key: [id_ for id_ in ids if id_ not in fixed] for key, ids in by_key.items()}
        wrong = Counter((bank, option.key) for bank, question in left.values() for option in question.distractors)
        # One of each answer at a time: every question that goes takes wrong options from others along.
        found = {
            min(loose[key], key=point)
            for key, ids in by_key.items()
            if loose[key] and wrong[key] < WRONG_PER_RIGHT * len(ids)
        }
        if not found:
            return dropped
        dropped |= found
        left = {id_: asked for id_, asked in left.items() if id_ not in found}


def _rescue(drafts: Sequence[Draft], made: _Made, sets: OptionSets) -> None:
    """Give a question each to the facts that balance left without one: better asked with a worn option than not."""
    asked = {question.fact.path for question in made.questions.values()}
    sets.widen(drafts)
    waiting = sorted((draft for draft in drafts if draft.fact.path not in asked), key=_shuffled)
    for balanced in (True, False):
        for draft in waiting:
            if draft.fact.path not in asked:
                distractors = sets.distractors(draft, balanced=balanced, fresh=False)
                if made.take(_question(draft, distractors)):
                    asked.add(draft.fact.path)


def _choose(
    drafts: Iterable[Draft], made: Mapping[str, Question], recalls: int
) -> tuple[list[Draft], dict[str, list[Draft]]]:
    """Choose some drafts a fact of those that only ask to recall it; the others stand by, should it find no options."""
    chosen: list[Draft] = []
    by_fact: dict[str, list[Draft]] = defaultdict(list)
    stems: Counter[str] = Counter()
    for draft in sorted(drafts, key=_shuffled):
        if draft.id in made:
            continue
        if draft.level is Level.RECALL:
            by_fact[draft.fact.path].append(draft)
        elif stems[draft.stem] < SAME_STEM:
            stems[draft.stem] += 1
            chosen.append(draft)
    recalled = Counter(question.fact.path for question in made.values() if question.level is Level.RECALL)
    spare: dict[str, list[Draft]] = {}
    for path, same in by_fact.items():
        wanted = max(0, recalls - recalled[path])
        chosen += same[:wanted]
        if wanted:
            spare[same[0].id] = same[wanted:]
    return chosen, spare


def knowledge_of(library: Library) -> Knowledge:
    """Gather what the decks state and what they say is complete."""
    knowledge = Knowledge()
    relations = list(both_ways(fact for fact in library.facts if isinstance(fact, RelationFact)))
    knowledge.add(
        Statement(
            fact.subject.key,
            fact.relation,
            fact.object.key,
            fact.during,
            certain=fact.askable and not fact.retired,
            standing=fact.standing,
        )
        for fact in relations
    )
    for fact in relations:
        for key in fact.also_true:
            knowledge.doubt(fact.subject.key, fact.relation, key)
    for deck in library.decks:
        for claim in deck.complete:
            span = {"since": claim.since, "until": claim.until}
            knowledge.complete(claim.relation, **span, subject=claim.subject, object_=claim.object)
            if claim.relation.symmetric:
                knowledge.complete(claim.relation, **span, subject=claim.object, object_=claim.subject)
    return knowledge


def drafts_of(library: Library, steps: Steps = unseen) -> Iterator[Draft]:
    """Draft all that the library's facts could be asked for; wrong options are chosen later."""
    asked = [fact for fact in library.facts if _is_asked(fact)]
    relations = RelationQuestions([fact for fact in asked if isinstance(fact, RelationFact)], knowledge_of(library))
    languages = {deck.key: deck.language for deck in library.decks}
    translated = {deck.key for deck in library.decks if deck.translated}
    for fact in steps(asked, "Drafting questions", len(asked)):
        language = languages[fact.deck]
        if isinstance(fact, PlainFact):
            yield from plain.drafts(fact, language)
        elif isinstance(fact, RelationFact):
            drafts = (draft for draft in relations.drafts(fact, language) if not _tells_itself(draft))
            yield from (replace(draft, translated=True) for draft in drafts) if fact.deck in translated else drafts


def _is_asked(fact: Fact) -> bool:
    return fact.askable and not fact.retired and fact.status is Status.REVIEWED


def _tells_itself(draft: Draft) -> bool:
    """Tell whether a stem holds a word of its own answer: "Where is the Panama Canal?"."""
    stem = draft.stem.casefold()
    if share_beginning([stem], draft.answer.names, 5):
        return True
    fact = draft.fact
    if not isinstance(fact, RelationFact) or fact.relation.name not in NAMED_AFTER or "#odd" in draft.id:
        return False
    return share_beginning(fact.subject.names, fact.object.names, 3)


def _shuffled(draft: Draft) -> int:
    return point("turn", draft.id)


def _question(draft: Draft, distractors: tuple[Option, ...]) -> Question | None:
    if len(distractors) < ENOUGH:
        return None
    options = [Option(draft.answer.key, draft.answer.text), *distractors]
    ranks = {option.key: plain.rank_of(option.text) for option in options}
    ordered = draft.ordered and all(rank is not None for rank in ranks.values())
    order = (lambda option: (ranks[option.key] or 0.0, 0)) if ordered else (lambda option: (0.0, point(option.key)))
    question = Question(
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
        picture=draft.picture,
    )
    return draft.finish(question) if draft.finish else question


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
            holds = isinstance(fact, PlainFact) or (isinstance(fact, RelationFact) and fact.during.holds_on(fact.as_of))
            unsure = f"it is not known to hold on {written_day(fact.as_of)}"
            yield _remark(fact, f"gives no question: {'each would hold its own answer' if holds else unsure}", "")
        else:
            hint = "write 'distractors', or give at least three facts the same 'set'"
            yield _remark(fact, "gives no question: fewer than two wrong options can be proven", hint)


def _remark(fact: Fact, message: str, hint: str) -> Problem:
    return Problem(fact.file, fact.line, f"fact '{fact.key}' {message}", hint)


def only(questions: Iterable[Question], decks: Iterable[str]) -> list[Question]:
    """Keep the questions of these decks; they were made with the whole library, from which their options come."""
    wanted = set(decks)
    return [question for question in questions if question.fact.deck in wanted]
