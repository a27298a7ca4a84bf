"""quizgen: dated, sourced facts of world politics become quizzes in the browser and Anki decks.

The rooms, in the order in which data flows; a room imports only rooms to its left:

    paths|problems|progress < world < articles < facts < questions < quizzes < study|formats < records < web < cli
"""

__version__ = "0.1.0"
