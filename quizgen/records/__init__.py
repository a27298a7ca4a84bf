"""Records: attempts and answers in a database, the only place that speaks SQL.

Takes quizzes and choices; gives them back after any crash. Intention: an answer that was acknowledged is on disk, and
counts once however often it is sent.
"""

from quizgen.records.database import migrate, open_database
from quizgen.records.store import Attempt, Records, Summary

__all__ = ["Attempt", "Records", "Summary", "migrate", "open_database"]
