"""The gates of the audit: each measures one thing over a bank, names its offenders, and passes or fails."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random

from quizgen.facts import Deck, PlainFact, RelationFact, quoted_from
from quizgen.problems import Problem
from quizgen.progress import Steps, unseen
from quizgen.questions.audit.answers import plainly
from quizgen.questions.audit.bank import Bank, Result, problem_of
from quizgen.questions.audit.dated import has_date, is_loaded, is_unattributed, is_undated
from quizgen.questions.audit.flaws import FLAWS, is_unsorted
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.leaks import Told
from quizgen.questions.audit.solver import guess
from quizgen.questions.audit.truth import Names, RightElsewhere, at_odds, has_reason
from quizgen.questions.audit.words import asks_the_same, telling
from quizgen.questions.model import Level, Question
from quizgen.world import EntityKind

SOLVER_MOST, SOLVER_UPPER, SOLVER_LEAST = 0.27, 0.30, 0.22
# Of fewer questions the figure is so uncertain that only one clearly outside the bounds fails.
SOLVER_FROM = 800
FLAWED_MOST = 0.02
# A foreign bank of more questions is not put before anyone at once.
QUIZ_AT_MOST = 50
LEVELS_FROM = 100  # shares of levels say nothing of a handful of questions
# Kinds whose stems name events, which no later day changes.
ABOUT_THE_PAST = frozenset({"when", "order", "already"})
# Critical values of chi-square at p = 0.001, by degrees of freedom: a fair bank fails once in a thousand.
_CHI_SQUARE = {1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47, 5: 20.52}


def audit(bank: Bank, steps: Steps = unseen) -> list[Result]:
    """Hold a bank against every gate."""
    return [gate(bank) for gate in steps(GATES, "Auditing", len(GATES))]


def cue_only_solver(bank: Bank) -> Result:
    """A solver without knowledge does no better than chance, and no worse either."""
    wanted = f"{SOLVER_LEAST:.0%} to {SOLVER_MOST:.0%}, upper bound {SOLVER_UPPER:.0%}"
    found = guess(bank.items, Random(0))  # noqa: S311 - folds, not secrets
    if found is None:
        return Result("solver without knowledge", "too few questions of four options", wanted, None)
    measured = f"{found.right:.1%} [{found.lower:.1%} to {found.upper:.1%}] of {found.items}"
    passed = SOLVER_LEAST <= found.right <= SOLVER_MOST and found.upper <= SOLVER_UPPER
    unsure = found.items < SOLVER_FROM and found.lower <= SOLVER_MOST and found.upper >= SOLVER_LEAST
    return Result("solver without knowledge", measured, wanted, None if unsure and not passed else passed)


def decidable_flaws(bank: Bank) -> Result:
    """No question has a writing flaw that a rule can decide."""
    return _none("flaws that rules decide", bank, lambda item: _flaws(item, decidable=True))


def any_flaws(bank: Bank) -> Result:
    """Hardly a question has any of the nineteen flaws."""
    found = list(_complaints(bank.items, lambda item: _flaws(item, decidable=False)))
    share = len({(problem.file, problem.line, problem.message) for problem in found}) / max(1, len(bank.items))
    return Result(
        "any of the 19 flaws", f"{share:.1%}", f"at most {FLAWED_MOST:.0%}", share <= FLAWED_MOST, tuple(found)
    )


def reasons(bank: Bank) -> Result:
    """Every wrong option says why it is wrong."""

    def missing(item: Item) -> Iterator[str]:
        if item.question:
            said = [(o.text, o.why_wrong if o.ground else "") for o in item.question.distractors]
        else:
            said = [pair for place, pair in enumerate(zip(item.options, item.why, strict=True)) if place != item.answer]
        yield from (f"'{text}' has no reason" for text, why in said if not has_reason(why))

    return _all("wrong options with a reason", [item for item in bank.items if item.question or item.why], missing)


def support(bank: Bank) -> Result:
    """The key is what the fact says, and it is the only option that is."""

    def unsupported(item: Item) -> Iterator[str]:
        question = item.question
        if not question:
            return
        if sum(option.is_right for option in question.options) != 1:
            yield "does not have exactly one right option"
        elif not _is_supported(question):
            yield f"the key '{question.answer.text}' is not what the fact says"

    return _all("keys that their fact supports", [item for item in bank.items if item.question], unsupported)


def one_right(bank: Bank) -> Result:
    """No wrong option is right too: another name of the key, true by its own fact, or the key of the same question."""
    elsewhere, names = RightElsewhere(bank.items), Names(bank.decks)

    def fault(item: Item) -> Iterator[str]:
        right = names.right(item.question.fact) if item.question and item.question.kind != "support" else frozenset()
        wrong = [option for option in item.distractors if plainly(option) in right]
        yield from (f"has '{option}' as wrong, which is right too" for option in {*wrong, *elsewhere.in_(item)})

    return _none("one right option", bank, fault)


def consistent(bank: Bank) -> Result:
    """No two facts contradict each other, whichever decks they stand in."""
    found = tuple(at_odds(bank.decks))
    return Result("facts at odds", str(len(found)), "0", not found, found)


def quotes(bank: Bank) -> Result:
    """Every quote stands in its article word for word, where the article is at hand."""
    facts = [fact for deck in bank.decks for fact in deck.facts]
    count = sum(bool(fact.quote) for fact in facts)
    if not bank.article:
        return Result("quotes word for word", f"{count} quotes, no article given", "100 %", None)
    is_quoted = quoted_from(bank.article)
    found = [problem for deck in bank.decks for problem in is_quoted(deck)]
    return Result("quotes word for word", f"{count - len(found)} of {count}", "100 %", not found, tuple(found))


def undated(bank: Bank) -> Result:
    """What can change is asked as of a day."""

    def fault(item: Item) -> Iterator[str]:
        if is_undated(item):
            yield "speaks of the present without a date"
        elif item.question and _is_mutable(item.question) and not has_date(item.stem):
            yield "asks about what can change without a day"

    return _none("undated", bank, fault)


def unattributed(bank: Bank) -> Result:
    """Disputed places are administered by and claimed by."""
    disputed, others = _disputed(bank.decks)

    def fault(item: Item) -> Iterator[str]:
        if is_unattributed(item, disputed, others):
            yield "speaks of a disputed place without saying who administers or claims it"

    return _none("disputed and not attributed", bank, fault)


def loaded(bank: Bank) -> Result:
    """No word takes a side."""
    return _none("loaded words", bank, lambda item: ["holds a word that takes a side"] if is_loaded(item) else [])


def levels(bank: Bank) -> Result:
    """A bank asks for more than recall."""
    wanted = "understand 40 % or more, analyse 10 % or more, recall 50 % or less"
    counts = Counter(item.question.level for item in bank.items if item.question)
    total = sum(counts.values())
    if total < LEVELS_FROM:
        return Result("levels", f"{total} questions are too few to tell", wanted, None)
    share = {level: counts[level] / total for level in Level}
    measured = ", ".join(f"{level} {share[level]:.0%}" for level in Level)
    passed = share[Level.UNDERSTAND] >= 0.4 and share[Level.ANALYSE] >= 0.1 and share[Level.RECALL] <= 0.5
    return Result("levels", measured, wanted, passed)


def key_places(bank: Bank) -> Result:
    """The key stands in each place as often as in any other (chi-square), where the order is free."""
    worst, measured = 0.0, []
    for size, items in sorted(_by_size(bank.items).items()):
        chi = _chi_square(Counter(item.answer for item in items), size, len(items))
        worst = max(worst, chi / _CHI_SQUARE.get(size - 1, 1e9))
        measured.append(f"{size} options: {chi:.1f}")
    return Result("places of the key", "; ".join(measured) or "none", "chi-square, p above 0.001", worst <= 1)


def ascending(bank: Bank) -> Result:
    """Numbers and dates ascend."""
    return _none("numbers out of order", bank, lambda item: ["numbers do not ascend"] if is_unsorted(item) else [])


def repeated(bank: Bank) -> Result:
    """No two questions ask the same in nearly the same words."""
    by_key: dict[str, list[Item]] = defaultdict(list)
    found: list[Problem] = []
    for item in bank.items:
        own = telling(item.stem)
        twins = [other for other in by_key[item.key + item.picture] if asks_the_same(own, telling(other.stem))]
        found += [
            problem_of(item, f"asks nearly the same as {other.id or f'line {other.line}'}") for other in twins[:1]
        ]
        by_key[item.key + item.picture].append(item)
    return Result("nearly the same question", str(len(found)), "0", not found, tuple(found))


def leaked(bank: Bank) -> Result:
    """No question of a quiz tells the answer to a later one; a small foreign bank is one quiz, in any order."""
    foreign = [item for item in bank.items if not item.question]
    quizzes = [*bank.quizzes, foreign] if 0 < len(foreign) <= QUIZ_AT_MOST else bank.quizzes
    found: dict[Problem, None] = {}
    for quiz in quizzes:
        told = Told(both_ways=quiz is foreign)
        for item in quiz:
            if told.tells(item):
                found[problem_of(item, "is answered by another question of its quiz")] = None
            told.add(item)
    count = f"{len(found)} in {len(quizzes)} quizzes" if quizzes else "no quizzes"
    return Result("answers that another question tells", count, "0", not found, tuple(found))


def expired(bank: Bank) -> Result:
    """Facts past their day of review are named; they are hidden in the browser, so they fail nothing."""
    stale = (fact for deck in bank.decks for fact in deck.facts if fact.is_stale(bank.today) and not fact.retired)
    found = tuple(Problem(f.file, f.line, f"fact '{f.key}' was to be looked at by {f.review_by}") for f in stale)
    return Result("past their day of review", str(len(found)), "shown, and not asked", None, found)


GATES: tuple[Callable[[Bank], Result], ...] = (
    cue_only_solver,
    decidable_flaws,
    any_flaws,
    reasons,
    support,
    one_right,
    consistent,
    quotes,
    undated,
    unattributed,
    loaded,
    levels,
    key_places,
    ascending,
    repeated,
    leaked,
    expired,
)


def _none(name: str, bank: Bank, fault: Callable[[Item], Iterable[str]]) -> Result:
    found = tuple(_complaints(bank.items, fault))
    return Result(name, str(len(found)), "0", not found, found)


def _all(name: str, items: Sequence[Item], fault: Callable[[Item], Iterable[str]]) -> Result:
    if not items:
        return Result(name, "not known of a foreign bank", "100 %", None)
    found = tuple(_complaints(items, fault))
    bad = len({(problem.file, problem.line) for problem in found})
    return Result(name, f"{1 - bad / len(items):.1%}", "100 %", not found, found)


def _complaints(items: Iterable[Item], fault: Callable[[Item], Iterable[str]]) -> Iterator[Problem]:
    return (problem_of(item, message) for item in items for message in fault(item))


def _flaws(item: Item, *, decidable: bool) -> list[str]:
    names = [flaw.name for flaw in FLAWS if (flaw.decidable or not decidable) and flaw.holds(item)]
    return [f"has flaws: {', '.join(names)}"] if names else []


def _is_supported(question: Question) -> bool:
    fact, key = question.fact, question.answer
    if isinstance(fact, PlainFact):
        return key.text.casefold() in (fact.answer.casefold(), f"“{fact.quote.casefold()}”")
    if isinstance(fact, RelationFact):
        start = fact.during.start.iso if fact.during.start else ""
        return key.key in (fact.subject.key, fact.object.key, start, f"{fact.relation.name}-{fact.object.key}")
    return False


def _is_mutable(question: Question) -> bool:
    fact = question.fact
    return isinstance(fact, RelationFact) and fact.relation.mutable and question.kind not in ABOUT_THE_PAST


def _disputed(decks: Iterable[Deck]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the names of disputed areas, and those of other things that hold one: the Strait of Gibraltar."""
    facts = [fact for deck in decks for fact in deck.facts if isinstance(fact, RelationFact)]
    entities = {entity for fact in facts for entity in (fact.subject, fact.object)}
    disputed = {name for entity in entities if entity.kind is EntityKind.DISPUTED_AREA for name in entity.names}
    others = {name for entity in entities if entity.kind is not EntityKind.DISPUTED_AREA for name in entity.names}
    return frozenset(disputed), frozenset(name for name in others if any(part in name for part in disputed))


def _by_size(items: Iterable[Item]) -> dict[int, list[Item]]:
    sizes: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        if not (item.question and item.question.ordered):
            sizes[len(item.options)].append(item)
    return sizes


def _chi_square(counts: Counter[int], size: int, total: int) -> float:
    expected = total / size
    return sum((counts[place] - expected) ** 2 / expected for place in range(size))
