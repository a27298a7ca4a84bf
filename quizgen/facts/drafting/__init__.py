"""Drafting: an article becomes a draft deck, by rules alone.

Takes an `Article` and the day on which it was read; gives `Drafted`: a deck whose facts are all drafts, each with its
verbatim quote and the place of it, what contradicts itself, and what was left out. Intention: precision first. A wrong
draft costs a teacher more than a missing one, so a rule that is not sure is silent, and the sentence is offered with a
gap instead.
"""

from quizgen.facts.drafting.draft import Drafted, draft
from quizgen.facts.drafting.header import Given

__all__ = ["Drafted", "Given", "draft"]
