"""Questions from tables, GIFT and Aiken: what is right becomes drafts, and the rest is named by its line."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.facts import Deck, PlainFact, Status, load_deck
from quizgen.facts.dump import dump
from quizgen.formats.reading import READERS, Front, Imported, format_of, read_questions
from quizgen.formats.reading.decks import key_of
from quizgen.formats.reading.headers import Column, read_header
from quizgen.formats.reading.table import place_of

TODAY = date(2026, 11, 22)


def imported(content: str | bytes, file: str = "quiz.csv", **said: str) -> Imported:
    data = content if isinstance(content, bytes) else dedent(content).encode()
    return read_questions(data, Front("mine", file, TODAY, **said))


def facts(deck: Deck | None) -> list[PlainFact]:
    return [fact for fact in deck.facts if isinstance(fact, PlainFact)] if deck else []


def asked(content: str | bytes, file: str = "quiz.csv") -> list[tuple[str, str, list[str]]]:
    """Give question, answer and wrong answers of a file in which nothing is wrong."""
    found = imported(content, file)
    assert found.refused == ()
    return [(fact.ask, fact.answer, [wrong.text for wrong in fact.wrong]) for fact in facts(found.deck)]


def refused(content: str | bytes, file: str = "quiz.csv") -> list[str]:
    return [str(problem).removeprefix(f"{file}:") for problem in imported(content, file).refused]


def whole(deck: Deck | None) -> list[str]:
    """Give what `quizgen check` would say of the deck as it is written."""
    assert deck is not None
    read, problems = load_deck(dump(deck).encode(), f"{deck.key}.yaml")
    assert read is None or len(read.facts) == len(deck.facts)
    return [str(problem) for problem in problems]


# --- tables -----------------------------------------------------------------------------------------------------------

CAPITALS = [("Which city is the capital of Norway?", "Oslo", ["Bergen", "Narvik"])]
TABLES = [
    "Question,Answer,Wrong 1,Wrong 2\nWhich city is the capital of Norway?,Oslo,Bergen,Narvik\n",
    "Question,Answer,Wrong 1,Wrong 2\nWhich city is the capital of Norway?,Oslo,Bergen,Narvik",
    "question;answer;wrong 1;wrong 2\r\nWhich city is the capital of Norway?;Oslo;Bergen;Narvik\r\n",
    "ask\tkey\tdistractor 2\tdistractor 1\nWhich city is the capital of Norway?\tOslo\tNarvik\tBergen\n",
    "WRONG ANSWER 1,Wrong_Answer_2,STEM,Correct\nBergen,Narvik,Which city is the capital of Norway?,Oslo\n",
    "sep=;\nQuestion;Answer;Wrong;Wrong\nWhich city is the capital of Norway?;Oslo;Bergen;Narvik\n",
    "Frage;Richtige Antwort;Falsch 1;Falsch 2\nWhich city is the capital of Norway?;Oslo;Bergen;Narvik\n",
    "Our quiz\n\n\nQuestion|Answer|Wrong 1|Wrong 2\n\nWhich city is the capital of Norway?|Oslo|Bergen|Narvik\n|||\n",
    "question,answer,distractors\nWhich city is the capital of Norway?,Oslo,Bergen; Narvik\n",
    'question,answer,wrong answers\nWhich city is the capital of Norway?,Oslo,"Bergen\nNarvik"\n',
    "Question,Option A,Option B,Option C,Correct answer\nWhich city is the capital of Norway?,Bergen,Oslo,Narvik,B\n",
    "Question,A,B,C,Key\nWhich city is the capital of Norway?,Bergen,Oslo,Narvik,b)\n",
    "Question,Choice 1,Choice 2,Choice 3,Answer\nWhich city is the capital of Norway?,Bergen,Oslo,Narvik,2\n",
    "Question,Answer 1,Answer 2,Answer 3,Right answer\nWhich city is the capital of Norway?,Bergen,Oslo,Narvik,OSLO\n",
    "Question,Option1,Option2,Option3,Answer\nWhich city is the capital of Norway?,Bergen,Oslo,Narvik,Option 2\n",
    "Question,Option1,Option2,Option3,Answer\nWhich city is the capital of Norway?,Bergen,Oslo,Narvik,b. Oslo\n",
    # As quiz programs lay out their templates.
    (
        ",Quiz template,,,,,,\n,,,,,,,\n"
        ",Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,"
        'Answer 3 - max 75 characters,Answer 4 - max 75 characters,"Time limit (sec) – 5, 10, 20 secs",'
        "Correct answer(s) - choose at least one\n1,Which city is the capital of Norway?,Bergen,Oslo,Narvik,,20,2\n"
    ),
    (
        "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Correct Answer,Time in seconds,Image Link\n"
        "Which city is the capital of Norway?,Multiple Choice,Bergen,Oslo,Narvik,,2,30,\n"
    ),
    (
        '"Blooket\nImport Template",,,,,,,\n'
        'Question #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)","Answer 4\n(Optional)",'
        '"Time Limit (sec)\n(Max: 300 seconds)","Correct Answer(s)\n(Only include Answer #)"\n'
        "1,Which city is the capital of Norway?,Bergen,Oslo,Narvik,,20,2\n"
    ),
    (
        "Gimkit Spreadsheet Import Template,,,,\n"
        "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional),Incorrect Answer 3 (Optional)\n"
        "Which city is the capital of Norway?,Oslo,Bergen,Narvik,\n"
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_read_by_the_names_of_its_columns(text: str) -> None:
    assert asked(text) == CAPITALS
    assert whole(imported(text).deck) == []


@pytest.mark.parametrize("file", ["quiz.csv", "quiz.tsv", "quiz.txt", "quiz"])
def test_the_name_of_the_file_may_be_any(file: str) -> None:
    assert asked(TABLES[0], file) == CAPITALS
    assert asked(TABLES[3], file) == CAPITALS


def test_all_that_a_row_says_is_kept() -> None:
    names = "Question,Answer,Wrong 1,Explanation,Category,Source,Quote,Difficulty"
    row = '"Why, then?",So,No,"First, this.\nThen that.",Rivers > Europe,The atlas,"said ""so""",Hard'
    (fact,) = facts(imported(f"{names}\n{row}\n").deck)
    assert (fact.ask, fact.answer, fact.explanation) == ("Why, then?", "So", "First, this.\nThen that.")
    assert (fact.quote, fact.difficulty, fact.status) == ('said "so"', "hard", Status.DRAFT)
    assert (fact.source.title, fact.source.publisher, fact.source.retrieved) == (
        "The atlas",
        "named in quiz.csv",
        TODAY,
    )


def test_a_deck_says_which_file_it_comes_from_and_when_that_was_read() -> None:
    deck = imported(TABLES[0], "quiz.csv").deck
    assert deck is not None
    (source,) = deck.sources
    assert (source.title, source.retrieved, deck.as_of) == ("quiz.csv", TODAY, TODAY)
    assert "quiz.csv" in source.note
    assert {fact.source for fact in deck.facts} == {source}


def test_a_source_that_is_an_address_is_a_link() -> None:
    deck = imported("question,answer,source\nWhy?,So,https://a.example/x\n").deck
    assert deck is not None
    assert [source.url for source in deck.sources] == ["https://a.example/x"]


@pytest.mark.parametrize(
    ("rows", "category", "notes"),
    [
        ("Why?,So,Rivers/Europe\nHow?,So,Rivers/Europe", ("Rivers", "Europe"), {""}),
        ("Why?,So,Rivers\nHow?,So,", ("Rivers",), {""}),
        ("Why?,So,Rivers\nHow?,So,Lakes", ("Imported",), {"Category: Rivers", "Category: Lakes"}),
    ],
)
def test_a_category_that_all_questions_share_is_that_of_the_deck(rows: str, category: Any, notes: set[str]) -> None:
    deck = imported(f"question,answer,category\n{rows}\n").deck
    assert deck is not None
    assert deck.category == category
    assert {fact.note for fact in deck.facts} == notes


QUOTE = 'put quotes around the whole cell, and write " twice inside it'
LETTERS = "the letters, numbers or texts of the options: a, b"
BAD_ROWS = [
    ("{},,x,y", ["2: the answer is empty"]),
    (",x,y,z", ["2: the question is empty"]),
    ("{},x,y,z,,,w",
        ["2: the row has more cells than there are columns (put quotes around text that holds the separator)"]),
    ("{},x,X.,z", ["2: not taken: the wrong answer 'X.' is right, too (take it out)"]),
    ('{},"x"y,z', [f"2: not taken: something follows a closing quotation mark ({QUOTE})"]),
    ('{},"x,y,z', [f"2: not taken: a quotation mark is opened here and never closed ({QUOTE})"]),
    ('{},"x\ny"z,z', [f"2: not taken: something follows a closing quotation mark ({QUOTE})",
         f"3: not taken: it may belong to the cell that begins on line 2 ({QUOTE})"]),
    (f"{{}},{'x' * 401},y,z",
        ["2: not taken: the answer is too long: 401 characters (at most 400; is a quotation mark missing?)"]),
    (f"{{}},x,{'y' * 401},z",
        [f"2: not taken: the wrong answer '{'y' * 59}…' is too long: 401 characters"
         " (at most 400; is a quotation mark missing?)"]),
    (f'{{}},"{"x" * 131_073}",y,z',
        [f"2: not taken: a cell is longer than 131,072 characters, or lacks a quotation mark ({QUOTE})"]),
    ("good?,so,y,z", ["3: not taken: line 2 asks the same (take one of them out)"]),
    ("GOOD?,another,y,z", ["3: not taken: line 2 asks the same, with another answer (take one of them out)"]),
    (f"{{}}{',' * 300}x", ["2: the row has more than 200 cells (keep the columns of the questions)"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), BAD_ROWS)
def test_a_row_that_is_not_taken_is_named_and_the_others_are_kept(row: str, expected: list[str]) -> None:
    text = f"question,answer,wrong 1,wrong 2,,\n{row.format('Bad?')}\nGood?,so,no,never\n"
    assert refused(text) == expected
    assert len(facts(imported(text).deck)) == 1


def test_a_quotation_mark_that_is_never_closed_takes_no_other_row_with_it() -> None:
    rows = ['Open?,"x,y,z', "Good?,so,no,never", '"Quoted, too?",so,no,never', "Last?,so,no,never"]
    for text in ("\n".join(["question,answer,wrong 1,wrong 2", *rows[:stop], ""]) for stop in (2, 3, 4)):
        assert refused(text)[0].startswith("2: not taken: ")
        assert len(refused(text)) == 1
        assert len(facts(imported(text).deck)) == text.count("\n") - 2


BAD_TABLES = [
    ("a,b,c\n1,2,3\n", "1: no row names the columns (name one column 'question', one 'answer', and others 'wrong 1', "
        "'wrong 2' or 'option a', 'option b'; found 'a', 'b', 'c')"),
    ("question,points\nWhy?,3\n", "found 'question', 'points')"),
    ("question,answer 1,answer 2\nWhy?,so,no\n", "found 'question', 'answer 1', 'answer 2')"),
    ("question,answer,wrong\n", "1: no question stands below the names of columns (write one in each row)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD_TABLES)
def test_a_table_without_questions_is_told_what_it_needs(text: str, expected: str) -> None:
    (told,) = refused(text)
    assert expected in told
    assert imported(text).deck is None


def test_an_empty_file_is_no_deck() -> None:
    for name in READERS:
        found = read_questions(b"", Front("mine", "quiz.txt", TODAY), name)
        assert found.deck is None
        assert len(found.refused) == 1


ONE_OR_OTHER = "is one option's text and another's number"
KEYS = [
    ("b", ["x", "y"], 1), ("2", ["x", "y"], 1), ("y", ["x", "y"], 1), (" Y ", ["x", "y"], 1), ("(B)", ["x", "y"], 1),
    ("B.", ["x", "y"], 1), ("option 2", ["x", "y"], 1), ("Answer B", ["x", "y"], 1), ("2) y", ["x", "y"], 1),
    ("3", ["2", "3", "4"], ONE_OR_OTHER), ("2", ["1", "2", "3"], 1), ("1949", ["1949", "1955"], 0),
    ("a", ["b", "a"], ONE_OR_OTHER), ("C", ["x", "y"], "is none of the options"), ("0", ["x", "y"], "is none of"),
    ("3", ["x", "y", ""], "is none of the options"), ("z", ["x", "y"], "is none of the options"),
    ("b) x", ["x", "y"], "is none of the options"), ("1,2", ["x", "y"], "several answers are right"),
    ("A and B", ["x", "y"], "several answers are right"), ("A;B", ["x", "y"], "several answers are right"),
    ("x", ["x", "X"], "stands among the options twice"), ("Paris, France", ["Paris, France", "Rome"], 0),
    ("²", ["x", "y"], "is none of the options"), ("٢", ["x", "y"], 1),
]  # fmt: skip


@pytest.mark.parametrize(("key", "options", "expected"), KEYS)
def test_the_right_option_is_known_by_text_letter_or_number_and_never_guessed(
    key: str, options: list[str], expected: int | str
) -> None:
    found = place_of(key, options)
    assert found == expected if isinstance(expected, int) else isinstance(found, tuple) and expected in found[0]


@pytest.mark.parametrize("kind", ["Checkbox", "Poll", "Open-Ended", "Essay"])
def test_rows_of_another_type_are_named(kind: str) -> None:
    assert refused(f"question,type,answer,wrong\nWhy?,{kind},so,no\n") == [
        f"2: questions of the type '{kind}' are not taken (questions with one right answer are)"
    ]


def test_columns_that_are_not_used_are_named() -> None:
    found = imported("question,answer,points,Time limit,feedback,why\nWhy?,so,3,20,well,now\n")
    assert [str(note) for note in found.notes] == [
        "quiz.csv:1: the column 'why' is not used (another one is of the same kind)",
        "quiz.csv:1: columns that are not used: 'points', 'Time limit'",
    ]


def test_names_of_columns_in_other_languages_are_known() -> None:
    for names in ("Question;Réponse;Explication", "Pregunta;Respuesta;Explicación", "Вопрос;Ответ;Объяснение"):
        header = read_header(1, names.split(";"))
        assert header is not None
        assert [role for role, _ in header.roles] == [Column.ASK, Column.ANSWER, Column.EXPLANATION]


# --- encodings --------------------------------------------------------------------------------------------------------

ENCODINGS = [
    ("utf-8", "Frage;Antwort\nWo?;Köln – “hier”, العربية, 東京\n", ""),
    ("utf-8-sig", "Frage;Antwort\nWo?;Köln – “hier”, العربية, 東京\n", ""),
    ("utf-16", "Frage\tAntwort\nWo?\tKöln – “hier”, العربية, 東京\n", ""),
    ("utf-16-le", "Frage;Antwort\nWo liegt es?;Köln\n", ""),
    ("utf-16-be", "Frage;Antwort\nWo liegt es?;Köln\n", ""),
    ("utf-32", "Frage;Antwort\nWo?;Köln\n", ""),
    ("cp1252", "Frage;Antwort\nWo?;Köln – “hier”\n", "windows-1252"),
    ("cp1252", "Question;Réponse\nQui l’a signé?;la Norvège\n", "windows-1252"),
    ("cp1250", "Pytanie;Answer\nStolica?;Łódź albo Kraków\n", "windows-1250"),
    ("cp1251", "Вопрос;Ответ\nКакой город столица России?;Москва\n", "windows-1251"),
    ("cp1253", "question;answer\nΠοια είναι η πρωτεύουσα της Ελλάδας;Αθήνα\n", "windows-1253"),
    ("cp1254", "Soru;Cevap\nTürkiye'nin başkenti neresidir?;Ankara\n", "windows-1254"),
    ("cp1255", "question;answer\nמהי עיר הבירה;ירושלים\n", "windows-1255"),
    ("cp1256", "السؤال;الجواب\nما هي عاصمة مصر؟;القاهرة\n", "windows-1256"),
]


@pytest.mark.parametrize(("encoding", "text", "guess"), ENCODINGS)
def test_text_is_read_in_the_encoding_that_it_is_in_and_a_guess_is_said_to_be_one(
    encoding: str, text: str, guess: str
) -> None:
    found = imported(text.encode(encoding))
    (fact,) = facts(found.deck)
    line = text.splitlines()[1].replace(";", "\t").split("\t")
    assert [fact.ask, fact.answer] == line
    notes = [f"quiz.csv: read as {guess}, which is a guess (if letters look wrong, save the file as UTF-8)"]
    assert [str(note) for note in found.notes] == notes * bool(guess)


# --- GIFT -------------------------------------------------------------------------------------------------------------

GIFT = [
    ("Which? {=right ~wrong ~worse}", ("Which?", "right", ["wrong", "worse"])),
    ("Which?{\n  ~wrong\n  =right\n  ~worse\n}", ("Which?", "right", ["wrong", "worse"])),
    ("::Title:: Which? {=right~wrong}", ("Which?", "right", ["wrong"])),
    ("// a comment\nWhich? {\n// another\n=right ~wrong}", ("Which?", "right", ["wrong"])),
    ("Which? {~%100%right ~%-50%wrong ~%0%worse}", ("Which?", "right", ["wrong", "worse"])),
    ("Which? {~%100,00000%right ~wrong}", ("Which?", "right", ["wrong"])),
    (r"Is 1 \= 1, \~2, \{3\}, \#4, 5\:6 or \\? {=a\=b ~c\nd}", (r"Is 1 = 1, ~2, {3}, #4, 5:6 or \?", "a=b", ["c d"])),
    (r"A\, b {=x\\}", ("A\\, b", "x\\", [])),
    ("It lies in {=Asia ~Africa} today.", ("It lies in _____ today.", "Asia", ["Africa"])),
    ("It lies in {=Asia ~Africa}.", ("It lies in _____.", "Asia", ["Africa"])),
    ("Who? {=Ann =Anna}", ("Who?", "Ann", [])),
    ("Who? {Ann}", ("Who?", "Ann", [])),
    ("Sun.{T}", ("True or false? Sun.", "True", ["False"])),
    ("Sun.{ false }", ("True or false? Sun.", "False", ["True"])),
    ("[html]<p>What &amp; <b>where</b>?</p>{=[html]<i>here</i> ~[plain]<i>}", ("What & where?", "here", ["<i>"])),
    ("Is a < b? {=yes ~no &amp; so}", ("Is a < b?", "yes", ["no &amp; so"])),
    ("<p>Bold</p> {=a ~b}", ("Bold", "a", ["b"])),
    ("[html]<script>x()</script>Why? {=a ~b}", ("Why?", "a", ["b"])),
    ("Two\nlines? {=a ~b}", ("Two lines?", "a", ["b"])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GIFT)
def test_gift_is_read(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert asked(text, "quiz.gift") == [expected]
    assert whole(imported(text, "quiz.gift").deck) == []


def test_what_gift_says_to_whoever_chooses_is_kept() -> None:
    (fact,) = facts(imported(r"Why? {=so#Well done. ~no#Not \#1. ~never ####In short.}", "quiz.gift").deck)
    assert fact.explanation == "Well done. In short."
    assert [(wrong.text, wrong.why) for wrong in fact.wrong] == [("no", "Not #1."), ("never", "")]


def test_the_feedback_to_a_statement_is_first_for_the_wrong_choice() -> None:
    (fact,) = facts(imported("Sun.{F#It is not.#Right, it is not.####In short.}", "quiz.gift").deck)
    assert (fact.answer, fact.explanation) == ("False", "Right, it is not. In short.")
    assert [(wrong.text, wrong.why) for wrong in fact.wrong] == [("True", "It is not.")]


def test_an_answer_that_is_right_in_part_is_never_a_wrong_one() -> None:
    found = imported("Why? {=so ~%50%perhaps ~no}", "quiz.gift")
    (fact,) = facts(found.deck)
    assert (fact.answer, fact.also_true, [wrong.text for wrong in fact.wrong]) == ("so", ("perhaps",), ["no"])
    assert [str(note) for note in found.notes] == [
        "quiz.gift:1: answers that are right in part are never shown as wrong: 'perhaps'"
    ]


def test_a_category_holds_until_the_next() -> None:
    text = "A? {=a ~b}\n\n$CATEGORY: $course$/top/Rivers/I//O\nB? {=a ~b}\n\nC? {=a ~b}\n\n$CATEGORY: Lakes\n\nD? {T}\n"
    assert [fact.note for fact in facts(imported(text, "quiz.gift").deck)] == [
        "", "Category: Rivers / I / O", "Category: Rivers / I / O", "Category: Lakes"
    ]  # fmt: skip


def test_a_title_is_kept_unless_it_only_begins_the_question() -> None:
    text = "::Q 7:: Which river? {=a ~b}\n\n::Which lake:: Which lake? {=a ~b}\n"
    assert [fact.note for fact in facts(imported(text, "quiz.gift").deck)] == ["Title: Q 7", ""]


ONE = "questions with one right answer are"
BLANK = "no blank line stands within a question"
BAD_GIFT = [
    ("M. {=a -> b =c -> d}", f"1: not taken: things are to be matched ({ONE})"),
    ("N. {#3:1}", f"1: not taken: the answer is a number within bounds ({ONE})"),
    ("N.\n{#\n=3:1}", f"2: not taken: the answer is a number within bounds ({ONE})"),
    ("E. {}", f"1: not taken: an essay has no right answer ({ONE})"),
    ("E. { ####Thanks.}", f"1: not taken: an essay has no right answer ({ONE})"),
    ("Only a text.", "1: not taken: it has no answers (write them between { and })"),
    ("S. {~%50%a ~%50%b ~%-100%c}", "1: not taken: several answers are right together (mark one with =)"),
    ("W. {~a ~b}", "1: not taken: no answer is right (mark one with =)"),
    ("O. {=a\n~b", f"1: not taken: the bracket '{{' is never closed ({BLANK})"),
    ("O. {=a\n\n~b}", f"1: not taken: the bracket '{{' is never closed ({BLANK})"),
    ("Nest {=a\n~{b}}", r"2: not taken: another '{' opens within the answers (write \{ for the character itself)"),
    ("Two {=a ~b} and {=c ~d}",
        "1: not taken: more brackets follow the answers (a question has one; put a blank line between questions)"),
    ("More {=a ~b}}",
        "1: not taken: more brackets follow the answers (a question has one; put a blank line between questions)"),
    ("Text {a ~b =c}", "1: not taken: text stands before the first answer (begin each answer with = or ~)"),
    ("Empty {=a\n~}", "2: not taken: an answer is empty"),
    ("{=a ~b}", "1: not taken: the question is empty"),
    ("[html]<img src='x'> {=a ~b}", "1: not taken: it has a picture or a sound (only text is read)"),
    ("Same {=a ~A}", "1: not taken: the wrong answer 'A' is right, too (take it out)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD_GIFT)
def test_what_gift_has_beyond_one_right_answer_is_named_by_its_line(text: str, expected: str) -> None:
    found = imported(f"{text}\n\nGood? {{=so ~no}}\n", "quiz.gift")
    assert str(found.refused[0]) == f"quiz.gift:{expected}"
    assert [fact.ask for fact in facts(found.deck)] == ["Good?"]


# --- Aiken ------------------------------------------------------------------------------------------------------------

AIKEN = [
    "Which?\nA. one\nB. two\nC. three\nANSWER: B\n",
    "\nWhich?\nA) one\nB) two\n\nC) three\nanswer: b",
    "\ufeffWhich?\r\na) one\r\nb) two\r\nc) three\r\nAnswer:B.\r\n",
]


@pytest.mark.parametrize("text", AIKEN)
@pytest.mark.parametrize("file", ["quiz.aiken", "quiz.txt"])
def test_aiken_is_read(text: str, file: str) -> None:
    assert asked(text, file) == [("Which?", "two", ["one", "three"])]


def test_a_question_may_begin_like_an_option() -> None:
    text = "U.S. bases lie where?\nA. here\nB. there\nANSWER: A\nE. coli is what?\nA. small\nB. big\nANSWER: A\n"
    assert [ask for ask, _, _ in asked(text, "quiz.aiken")] == ["U.S. bases lie where?", "E. coli is what?"]
    more = "Of these,\nE. coli is what?\nA. small\nB. big\nANSWER: A\n"
    assert asked(more, "quiz.aiken") == [("Of these, E. coli is what?", "small", ["big"])]


FORM = "write options as 'A. Paris' and then 'ANSWER: A'"
BAD_AIKEN = [
    ("Which?\nA. one\nB. two\nANSWER: C\n",
        "4: not taken: the answer 'C' is none of the options (the options are A, B)"),
    ("Which?\nA. one\nB. two\nANSWER: A, B\n", "4: not taken: several answers are right (the options are A, B)"),
    ("Which?\nA. one\nC. two\nANSWER: A\n", "4: not taken: the options do not run A, B, C (the options are A, C)"),
    ("Which?\nANSWER: A\n", f"2: not taken: the question has no options ({FORM})"),
    ("ANSWER: A\n", f"1: 'ANSWER:' stands without a question ({FORM})"),
    ("Which?\nA. one\nB. two\n", f"1: not taken: 'ANSWER:' is missing after “Which?” ({FORM})"),
    ("Which?\nA. one\nB. two\nANSWER:\n", "4: not taken: the answer '' is none of the options (the options are A, B)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD_AIKEN)
def test_what_aiken_lacks_is_named_by_its_line(text: str, expected: str) -> None:
    found = imported(f"{text}Good?\nA. so\nB. no\nANSWER: A\n", "quiz.aiken")
    assert [str(problem) for problem in found.refused] == [f"quiz.aiken:{expected}"]
    assert [fact.ask for fact in facts(found.deck)] == ["Good?"]


# --- any of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "file", "expected"),
    [
        (b"", "a.csv", "csv"), (b"", "a.XLSX", "xlsx"), (b"", "a.gift", "gift"), (b"", "a.aiken", "aiken"),
        (b"PK\x03\x04", "a.bin", "xlsx"), (b"Q? {=a ~b}", "a.txt", "gift"), (b"", "a.txt", ""), (b"words", "a.txt", ""),
        (b"Q?\nA. x\nANSWER: A", "a.txt", "aiken"), (b"question\tanswer\n", "a.txt", "csv"), (b"", "a.xls", ""),
        ("question\tanswer\n".encode("utf-16"), "a.txt", "csv"), ("Q? {=a ~b}".encode("utf-16"), "a.txt", "gift"),
    ],
)  # fmt: skip
def test_the_format_is_known_by_the_name_or_by_what_the_file_holds(data: bytes, file: str, expected: str) -> None:
    assert format_of(data, file) == expected


def test_of_formats_that_are_not_read_it_is_said_what_to_do() -> None:
    assert refused(b"", "quiz.xls") == [" this is no file of questions that can be read (save it as .xlsx)"]


ROWS = ["Why?,so", "How?,so", "Wer ist’s?,er", "چرا؟,yes"]


def test_keys_are_of_the_question_alone_whatever_its_row() -> None:
    seen = set()
    for rows in permutations(ROWS):
        deck = imported("\n".join(["question,answer", *rows])).deck
        assert deck is not None
        seen.add(frozenset((fact.key, fact.ask) for fact in facts(deck)))
    assert len(seen) == 1
    assert len({key for key, _ in seen.pop()}) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Is it Côte d’Ivoire?", "is-it-cote-divoire"),
        ("東京", ""),
        ("--a--", "a"),
        ("aaa bbb", "aaa"),
        ("abcdefgh", "abcdef"),
    ],
)
def test_a_key_is_made_of_what_can_be_written_so(text: str, key: str) -> None:
    assert key_of(text, 6 if len(text) < 10 else 80) == key


CELLS = st.text(st.sampled_from("ab,;\t\"'\n\r=~{}#%\\:->[]<>&.()12AB \0\u202e\x1b\u2028é中"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6), st.sampled_from(["csv", "gift", "aiken"]))
def test_whatever_a_file_holds_what_is_taken_is_a_deck(rows: list[list[str]], name: str) -> None:
    table = "\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    mixed = "\n".join(("".join(row)) for row in rows)
    text = f"question,answer,wrong 1,wrong 2,explanation\n{table}" if name == "csv" else mixed
    found = read_questions(text.encode(), Front("mine", f"quiz.{name}", TODAY))
    assert found.deck is None or whole(found.deck) == []


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(READERS)))
def test_any_bytes_give_a_deck_or_a_problem(data: bytes, name: str) -> None:
    found = read_questions(data, Front("mine", "quiz.bin", TODAY), name)
    assert found.deck or found.refused
