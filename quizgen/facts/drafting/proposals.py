"""What a rule proposes: a question, its answer, and the words of the article that say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.articles import Sentence
from quizgen.facts.drafting.clauses import Clause
from quizgen.facts.drafting.names import Mention
from quizgen.facts.drafting.stance import Stance
from quizgen.facts.drafting.tokens import Token
from quizgen.world import Entity, PartialDate


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with all that the rules read in it."""

    sentence: Sentence
    parts: tuple[Token, ...]
    named: tuple[Mention, ...]
    stance: Stance
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the closed vocabulary: `subject relation object`, and since when."""

    subject: Entity
    relation: str
    object: Entity
    start: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One fact to be: `start` and `end` are the place of its quote in the article.

    `about` is what it says of what, for finding the same said twice and the opposite: two proposals that are about the
    same and have different answers contradict each other, if `single` says that only one answer can be right.
    """

    sentence: Sentence
    start: int
    end: int
    ask: str = ""
    answer: str = ""
    kind: str = "what"
    option_set: str = ""
    about: str = ""
    single: bool = False
    hedged: bool = False
    also_true: tuple[str, ...] = ()
    claim: Claim | None = None
    rank: float = 0.0
    words: frozenset[str] = field(default=frozenset(), repr=False)
