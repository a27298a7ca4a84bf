"""Which column of a table holds what, by the names that people and quiz programs give to columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column is for; options and wrong answers come in several."""

    ASK = "question"
    ANSWER = "answer"
    OPTION = "option"
    WRONG = "wrong"
    MANY_WRONG = "wrong answers"
    EXPLANATION = "explanation"
    CATEGORY = "category"
    SOURCE = "source"
    QUOTE = "quote"
    TYPE = "type"
    DIFFICULTY = "difficulty"
    NUMBER = "number"


def _bare(text: str) -> str:
    """Take accents and their like off the letters."""
    letters = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(one for one in letters if not unicodedata.combining(one)))


_NAMES = {
    Column.ASK: """question|questions|question text|text of question|question stem|ask|stem|prompt
        frage|fragetext|question posee|enonce|pregunta|domanda|pergunta|vraag|pytanie|soru|вопрос|السؤال|سؤال""",
    Column.ANSWER: """answer|key|answer key|solution|correct|right|correct answer|right answer|correct option
        correct choice|correct answer text|correct answers|right answers|antwort|richtig|richtige antwort|losung
        reponse|bonne reponse|reponse correcte|respuesta|respuesta correcta|correcta|risposta|risposta corretta
        resposta|resposta correta|antwoord|juiste antwoord|odpowiedz|cevap|dogru cevap|ответ|правильный ответ
        الجواب|جواب|الإجابة|الإجابة الصحيحة""",
    Column.MANY_WRONG: """wrong answers|incorrect answers|distractors|wrong options|false answers|falsche antworten
        mauvaises reponses|respuestas incorrectas""",
    Column.EXPLANATION: """explanation|answer explanation|feedback|general feedback|rationale|reason|why|comment
        erklarung|explication|explicacion|spiegazione|uitleg|пояснение|объяснение|شرح""",
    Column.CATEGORY: """category|topic|theme|subject|unit|chapter|kategorie|thema|categorie|categoria|tema
        категория|тема|فئة""",
    Column.SOURCE: "source|reference|citation|quelle|fuente|fonte|bron|источник|المصدر|مصدر",
    Column.QUOTE: "quote|quotation|zitat|citaat|cita|цитата|اقتباس",
    Column.TYPE: "type|question type|kind|fragetyp|typ",
    Column.DIFFICULTY: "difficulty|level|schwierigkeit|difficulte|dificultad",
    Column.NUMBER: "number|question number|no|nr|id|s no",
}
_KNOWN = {
    name.strip(): role for role, text in _NAMES.items() for line in _bare(text).splitlines() for name in line.split("|")
}
_PLACE = r"(?P<place>[a-h]|\d{1,2})"
_OPTION = re.compile(
    rf"(?:(?:answer )?option|(?:answer )?choice|alternative|answer|possible answer|antwort|reponse|respuesta|opcion"
    rf"|opcao|risposta|вариант|ответ) {_PLACE}|(?P<alone>[a-h])"
)
_WRONG = re.compile(
    r"(?:wrong|incorrect|false|bad|distractor|distracter|falsch|falsche antwort|faux|mauvaise reponse|incorrecta"
    r"|respuesta incorrecta|sbagliata|errada|fout|неверно|неправильныи ответ)(?: answer| option| choice)?"
    rf"(?: {_PLACE})?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table: for each role their places, the options by their letter or number from 0 on."""

    row: int
    roles: tuple[tuple[Column, tuple[int, ...]], ...]
    unused: tuple[str, ...]
    width: int

    def places(self, role: Column) -> tuple[int, ...]:
        """Give the columns of a role, in order."""
        return dict(self.roles).get(role, ())


def read_header(row: int, cells: Sequence[str]) -> Header | None:
    """Read the names of columns; None if they name no question and no answer."""
    found: dict[Column, list[tuple[int, int]]] = {}
    unused = []
    for place, cell in enumerate(cells):
        role, number = _role(cell)
        if role:
            found.setdefault(role, []).append((number, place))
        elif cell.strip():
            unused.append(cell)
    if Column.ASK not in found or Column.ANSWER not in found:
        return None
    roles = tuple((role, tuple(place for _, place in sorted(places))) for role, places in found.items())
    width = max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
    return Header(row, roles, tuple(unused), width)


def twice(header: Header, cells: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Name the columns that say the same as one before, where only one can be."""
    for role, places in header.roles:
        if role not in (Column.OPTION, Column.WRONG, Column.NUMBER):
            yield from ((place, cells[place]) for place in places[1:])


def _role(cell: str) -> tuple[Column | None, int]:
    name = _plain(cell)
    if name in _KNOWN:
        return _KNOWN[name], 0
    for role, pattern in ((Column.OPTION, _OPTION), (Column.WRONG, _WRONG)):
        found = pattern.fullmatch(name)
        if found:
            return role, _number("".join(filter(None, found.groups())))
    return None, 0


def _number(place: str) -> int:
    return int(place) if place.isdecimal() else ord(place) - ord("a") + 1 if place else 0


def _plain(cell: str) -> str:
    """Leave out of a column's name what says nothing: case, accents, brackets, advice after a dash."""
    name = re.sub(r"\(.*?\)|\[.*?\]", " ", cell[:300], flags=re.DOTALL)
    name = re.split(r"\s[-–—]\s|:", name.replace("#", " number "), maxsplit=1)[0]
    name = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", name).casefold()
    return " ".join(re.findall(r"[^\W_]+", _bare(name)))
