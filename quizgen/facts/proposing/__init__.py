"""Proposing: a language model of the teacher's reads an article, and what can be proven of its reply becomes drafts.

Takes what the rules drafted and a way to ask a model (`Ask`, made by `model_at` from `Settings`); gives the deck with
more drafts, and how many proposals were dropped for which reason. Intention: the article is data and the reply is
data. A proposal is taken if its quote stands in the article word for word and holds what the answer names; what fails
is dropped and counted, never repaired, and nothing else comes of a reply.

The client is here and not further right, as `quizgen.articles.fetching` is in its room: the command line and the web
both need it, and neither may import the other. Nothing asks anybody unless it is handed settings.
"""

from quizgen.facts.proposing.asking import model_at
from quizgen.facts.proposing.model import Ask, Messages, Why
from quizgen.facts.proposing.propose import Proposed, propose
from quizgen.facts.proposing.settings import Settings, settings_from

__all__ = ["Ask", "Messages", "Proposed", "Settings", "Why", "model_at", "propose", "settings_from"]
