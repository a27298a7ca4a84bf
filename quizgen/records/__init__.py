"""Records: attempts, answers and drafts in a database, the only place that speaks SQL.

Takes quizzes and choices, and what is done on the workbench; gives them back after any crash. Intention: an answer that
was acknowledged is on disk, and counts once however often it is sent.
"""

from quizgen.records.database import migrate, open_database
from quizgen.records.drafts import Change, Drafts, Kept, Line, Published
from quizgen.records.store import Attempt, Records, Summary

__all__ = [
    "Attempt",
    "Change",
    "Drafts",
    "Kept",
    "Line",
    "Published",
    "Records",
    "Summary",
    "migrate",
    "open_database",
]
