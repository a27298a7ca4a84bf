"""A drafted deck gets more drafts: a model is asked a bounded number of times, and each reply is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from quizgen.articles import Article, folded
from quizgen.facts.drafting import Drafted
from quizgen.facts.drafting.lexicon import ENGLISH, wording
from quizgen.facts.drafting.making import made
from quizgen.facts.drafting.proposals import Proposal
from quizgen.facts.model import Deck, Fact, PlainFact, RelationFact
from quizgen.facts.proposing.accepting import judge, seen_of
from quizgen.facts.proposing.grounding import holds
from quizgen.facts.proposing.model import Ask, Candidate, Why
from quizgen.facts.proposing.prompt import messages
from quizgen.facts.proposing.replies import candidates_of
from quizgen.problems import Problem, QuizgenError

MOST_CALLS = 6
MOST_TAKEN = 40


@dataclass(frozen=True, slots=True)
class Proposed:
    """A draft with what a model added: `taken` are the keys of its facts, `dropped` counts the rest by reason.

    `unread` is how many parts of the article were not shown to the model, as it is asked a bounded number of times;
    `problems` say why it was not asked on, if a later call failed.
    """

    drafted: Drafted
    taken: tuple[str, ...] = ()
    dropped: Mapping[Why, int] = field(default_factory=dict)
    unread: int = 0
    problems: tuple[Problem, ...] = ()


def propose(article: Article, drafted: Drafted, ask: Ask, *, most_calls: int = MOST_CALLS) -> Proposed:
    """Ask a model for facts of an article, and add those that can be proven to what the rules drafted.

    What the rules drafted stays as it is, but for a sentence with a gap whose answer a new fact asks for in a proper
    question. Raises `QuizgenError` if the first call fails; later ones only end the asking.
    """
    calls = messages(article)
    dropped: Counter[Why] = Counter()
    candidates: list[Candidate] = []
    problems: tuple[Problem, ...] = ()
    for number, call in enumerate(islice(calls, most_calls)):
        try:
            found, malformed = candidates_of(ask(call))
        except QuizgenError as error:
            if number == 0:
                raise
            problems = error.problems
            break
        candidates += found
        dropped.update(malformed)
    proposals = list(_judged(article, candidates, dropped, drafted.deck.facts))
    return _with(drafted, proposals, dropped, sum(1 for _ in calls), problems)


def _judged(
    article: Article, candidates: Iterable[Candidate], dropped: Counter[Why], facts: Iterable[Fact]
) -> Iterator[Proposal]:
    """Give the proposals that are taken, and count the others."""
    seen = seen_of(article)
    known = [fact for fact in facts if fact.kind != "gap"]
    taken: list[Proposal] = []
    for candidate in candidates:
        proposal = judge(candidate, seen)
        if isinstance(proposal, Why):
            dropped[proposal] += 1
        elif any(_repeats(proposal, fact) for fact in known) or any(_same(proposal, other) for other in taken):
            dropped[Why.KNOWN] += 1
        elif len(taken) >= MOST_TAKEN:
            dropped[Why.TOO_MANY] += 1
        else:
            taken.append(proposal)
            yield proposal


def _with(
    drafted: Drafted, proposals: Iterable[Proposal], dropped: Counter[Why], unread: int, problems: tuple[Problem, ...]
) -> Proposed:
    deck, language = drafted.deck, drafted.deck.language or ENGLISH
    listed = sorted(proposals, key=lambda one: one.start)
    say = wording(language).deck
    facts = tuple(made(listed, deck, lambda _: say["by_model"], taken=[fact.key for fact in deck.facts]))
    stated = [fact for fact in deck.facts if fact.kind != "gap"]
    gaps = [fact for fact in deck.facts if fact.kind == "gap" and not any(_fills(one, fact) for one in listed)]
    whole: Deck = replace(deck, facts=(*stated, *facts, *gaps))
    if facts:
        whole = replace(whole, description=say["description_by_model"])
    kept = tuple(key for key in drafted.gaps if any(fact.key == key for fact in gaps))
    return Proposed(
        replace(drafted, deck=whole, gaps=kept), tuple(fact.key for fact in facts), dict(+dropped), unread, problems
    )


def _repeats(proposal: Proposal, fact: Fact) -> bool:
    """Tell whether a fact of the rules asks the same, or the same answer of the same words."""
    if isinstance(fact, RelationFact):
        names = {folded(name).casefold() for one in (fact.subject, fact.object) for name in (one.name, *one.aliases)}
        return _plain(proposal.answer) in names and _overlaps(proposal, fact)
    if not isinstance(fact, PlainFact):
        return False
    one, other = _plain(proposal.answer), _plain(fact.answer)
    part = proposal.kind == fact.kind and (holds(one, other) or holds(other, one))  # 2023, and 2 October 2023
    return ((one == other or part) and _overlaps(proposal, fact)) or _plain(proposal.ask) == _plain(fact.ask)


def _same(one: Proposal, other: Proposal) -> bool:
    overlap = one.start < other.end and other.start < one.end
    return _plain(one.ask) == _plain(other.ask) or (overlap and _plain(one.answer) == _plain(other.answer))


def _fills(proposal: Proposal, gap: Fact) -> bool:
    same = isinstance(gap, PlainFact) and _plain(proposal.answer) == _plain(gap.answer)
    return same and _overlaps(proposal, gap)


def _overlaps(proposal: Proposal, fact: Fact) -> bool:
    return fact.place is not None and proposal.start < fact.place[1] and fact.place[0] < proposal.end


def _plain(text: str) -> str:
    return folded(text).casefold().rstrip(".?! ")
