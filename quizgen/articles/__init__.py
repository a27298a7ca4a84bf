"""Articles: the text that facts are drawn from.

Takes plain text, Markdown or HTML in any encoding and language, at most 1 MB (`read_article`), and a link where an
operator allows it (`fetch_article`); gives an `Article`: its text, its numbered sentences with exact offsets, and what
each is there for. Intention: facts are drawn from what the article states, never from what surrounds it, and a quote
that is not in the article word for word is refused. Only spaces, the shapes of quotation marks and the composition of
letters may differ.
"""

from quizgen.articles.fetching import fetch_article
from quizgen.articles.model import Article, Role, Sentence, folded
from quizgen.articles.reading import MAX_BYTES, read_article

__all__ = ["MAX_BYTES", "Article", "Role", "Sentence", "fetch_article", "folded", "read_article"]
