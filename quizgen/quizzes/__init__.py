"""Quizzes: questions become a paper to answer, and answers become marks.

Takes questions, a `Random` and what was asked for; gives a `Quiz` of `Item`s, and `Mark`s. Pure: no clock, no files.
Intention: choose fairly, show the options in an order that gives nothing away, and mark by the option's written key,
never by its place.
"""

from quizgen.quizzes.compose import MAX_QUESTIONS, compose, reshuffled, sample_quizzes, shown_options
from quizgen.quizzes.model import Choice, Item, Quiz, Score, score

__all__ = [
    "MAX_QUESTIONS",
    "Choice",
    "Item",
    "Quiz",
    "Score",
    "compose",
    "reshuffled",
    "sample_quizzes",
    "score",
    "shown_options",
]
