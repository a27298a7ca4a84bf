"""A plain clause turned into a question: the words are those of the article, only the verb is turned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.facts.drafting.clauses import Clause
from quizgen.facts.drafting.lexicon import wording
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.tokens import between

MOST_OF_ASK = 260


@dataclass(frozen=True, slots=True)
class Asked:
    """A way to ask: its sentence in the templates, the kind of fact, the set of its answers, how much it is worth."""

    name: str
    kind: str
    option_set: str
    rank: float = 6.0
    single: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and its clause."""

    read: Read
    clause: Clause

    @property
    def subject(self) -> str:
        """The subject as it stands inside a sentence."""
        first, last = self.clause.subject
        text = between(self.read.sentence.text, self.read.parts[first:last])
        named = any(mention.first == first for mention in self.read.named)
        return text if named or re.match(r"[A-Z][A-Z.]", text) else text[:1].lower() + text[1:]

    @property
    def rest(self) -> str:
        """What follows the verb, up to the end of the clause."""
        return between(self.read.sentence.text, self.read.parts[self.clause.rest[0] : self.clause.rest[1]])

    def turned(self, rest: str) -> str:
        """Turn the clause round: "did Finland join NATO", "was NATO founded"."""
        form = self.clause.form
        return " ".join(filter(None, [form.helper, self.subject, form.base, rest.strip(" ,")]))

    def about(self, what: str, rest: str = "") -> str:
        """Say what is asked of what, for finding the same said twice."""
        return f"{what} {self.subject} {self.clause.form.base} {rest.strip()}".casefold()

    def propose(self, asked: Asked, fill: dict[str, str], answer: str, about: str = "") -> Iterator[Proposal]:
        """Propose a fact whose quote is the clause; nothing if the question grew too long."""
        ask = re.sub(r"\s+", " ", wording("en").ask[asked.name].format(**fill)).replace(" ?", "?")
        if len(ask) > MOST_OF_ASK or not answer.strip():
            return
        sentence, parts = self.read.sentence, self.read.parts
        first = self.clause.lead[0] if self.clause.lead else self.clause.subject[0]
        yield Proposal(
            sentence,
            sentence.start + parts[first].start,
            sentence.start + parts[self.clause.last - 1].end,
            ask=ask,
            answer=answer,
            kind=asked.kind,
            option_set=asked.option_set,
            about=about,
            single=asked.single,
            rank=asked.rank,
        )
