"""Articles: the text that facts are drawn from.

Takes the text of an article; gives an `Article` that finds a quotation in it. Intention: a quote that is not in its
article word for word is refused. Only spaces, the shapes of quotation marks and the composition of letters may differ.
"""

from quizgen.articles.model import Article, Role, Sentence, folded

__all__ = ["Article", "Role", "Sentence", "folded"]
