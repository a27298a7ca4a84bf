"""The audit: is a bank of questions guessable, well written, right, dated and neutral? One scoreboard of gates.

Takes questions, or any bank of JSON lines; gives a `Result` a gate, with its measured number and its offenders.
Intention: what the project claims of its questions is measured here, for any deck, by whoever doubts it.
"""

from quizgen.questions.audit.bank import Bank, Result
from quizgen.questions.audit.gates import GATES, audit
from quizgen.questions.audit.items import Item, items_of, read_bank

__all__ = ["GATES", "Bank", "Item", "Result", "audit", "items_of", "read_bank"]
