"""Questions: facts become multiple-choice questions with one provably right answer.

Takes a `Library`; gives `Question`s, and remarks on facts that gave none. Intention: option sets first, so that the
wrong answers of one question are the right answers of its siblings, and every wrong one carries the reason why it is
wrong. Fewer options, or no question, rather than filler.
"""

from quizgen.questions.generate import make_questions, only
from quizgen.questions.model import Ground, Level, Option, Picture, PictureKind, Question

__all__ = ["Ground", "Level", "Option", "Picture", "PictureKind", "Question", "make_questions", "only"]
