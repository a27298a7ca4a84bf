"""The pages of a quiz: start one, answer question after question, see the result, try the mistakes again."""

from __future__ import annotations

import gzip
import secrets
from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from quizgen.questions.pictures import size_of, svg_of
from quizgen.questions.wording import wording
from quizgen.quizzes import MAX_QUESTIONS, Choice, Item, Quiz, compose, reshuffled, score
from quizgen.records import Attempt
from quizgen.web.site import learner, site

pages = Blueprint("quiz", __name__)

DEFAULT_QUESTIONS = 10
MISTAKES_A_PAGE = 4
# Opened by itself, a picture may neither run nor load anything.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
PICTURE_AGE = 24 * 3600


@pages.post("/attempts")
def start() -> ResponseReturnValue:
    """Begin a quiz with the questions that the form asks for."""
    questions = site().askable(request.form.getlist("deck"))
    if not questions:
        message = "These decks hold no question that can be asked today. Choose another."
        return render_template("error.html", title="Nothing to ask", message=message), 422
    count = request.form.get("count", DEFAULT_QUESTIONS, type=int)
    ordered = request.form.get("order") == "deck"
    quiz = compose(questions, max(1, min(count, MAX_QUESTIONS)), site().dice, shuffled=not ordered)
    languages = {deck.key: deck.language for deck in site().decks}
    return begin(Quiz(tuple(replace(item, language=languages[item.deck]) for item in quiz.items)))


@pages.get("/attempts/<key>")
def resume(key: str) -> ResponseReturnValue:
    """Go on where the quiz was left."""
    attempt = _find(key)
    position = attempt.next_position
    if position is None:
        return redirect(url_for(".result", key=key))
    return redirect(url_for(".question", key=key, position=position))


@pages.get("/attempts/<key>/<int:position>")
def question(key: str, position: int) -> ResponseReturnValue:
    """Ask a question, or show how it was answered."""
    attempt = _find(key)
    item, answer = _place(attempt, position)
    if answer is None and position != attempt.next_position:
        return redirect(url_for(".resume", key=key))
    return _page(attempt, position, item, answer)


@pages.get("/attempts/<key>/<int:position>/picture.svg")
def picture(key: str, position: int) -> Response:
    """Show what belongs to a question, once it is asked: the address does not say what that is."""
    attempt = _find(key)
    item, given = _place(attempt, position)
    shown = item.shown
    if shown is None or (given is None and position != attempt.next_position):
        abort(404)
    response = _packed(svg_of(shown))
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.cache_control.private = True
    response.cache_control.max_age = PICTURE_AGE
    return response


def _packed(svg: str) -> Response:
    """Send a picture as small as the browser understands: packed, it is a third."""
    response = Response(svg, mimetype="image/svg+xml")
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.best_match(["gzip"]):
        response.set_data(gzip.compress(svg.encode(), mtime=0))
        response.content_encoding = "gzip"
    return response


@pages.app_template_global()
def size_of_picture(item: Item) -> tuple[int, int]:
    """Give width and height of an item's picture."""
    return size_of(svg_of(item.shown)) if item.shown else (0, 0)


@pages.post("/attempts/<key>/<int:position>")
def answer(key: str, position: int) -> ResponseReturnValue:
    """Keep an answer, then show whether it was right. The first answer counts."""
    attempt = _find(key)
    item, given = _place(attempt, position)
    if given is None and position != attempt.next_position:
        return redirect(url_for(".resume", key=key), 303)
    choice = _chosen(item)
    if given is None and choice is None:
        return _page(attempt, position, item, None, missing=True), 422
    if given is None and choice is not None:
        site().records.answer(key, position, choice, now=site().now())
    return redirect(url_for(".question", key=key, position=position), 303)


@pages.get("/attempts/<key>/result")
def result(key: str) -> ResponseReturnValue:
    """Show the score and every mistake with its explanation, a few a page."""
    attempt = _find(key)
    if attempt.next_position is not None:
        return redirect(url_for(".resume", key=key))
    mistakes = _mistakes(attempt)
    last = max(1, -(-len(mistakes) // MISTAKES_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    decks = {item.deck for item in attempt.items}
    return render_template(
        "result.html",
        attempt=attempt,
        score=score(attempt.items, attempt.answers),
        mistakes=mistakes[(page - 1) * MISTAKES_A_PAGE : page * MISTAKES_A_PAGE],
        count=len(mistakes),
        page=page,
        last=last,
        decks=[deck for deck in site().decks if deck.key in decks],
    )


@pages.post("/attempts/<key>/retry")
def retry(key: str) -> ResponseReturnValue:
    """Begin a quiz with only the mistakes of an earlier one."""
    attempt = _find(key)
    mistakes = [item for _, item, _ in _mistakes(attempt)]
    if not mistakes:
        return redirect(url_for(".resume", key=key))
    return begin(reshuffled(mistakes, site().dice), retry_of=key)


def begin(quiz: Quiz, retry_of: str | None = None) -> ResponseReturnValue:
    """Keep a new quiz, and lead to its first question."""
    key = secrets.token_urlsafe(16)
    site().records.start(quiz, key=key, learner=learner(), now=site().now(), retry_of=retry_of)
    return redirect(url_for("quiz.question", key=key, position=1), 303)


def _find(key: str) -> Attempt:
    return site().records.attempt(key) or abort(404)


def _place(attempt: Attempt, position: int) -> tuple[Item, Choice | None]:
    if not 1 <= position <= len(attempt.items):
        abort(404)
    return attempt.items[position - 1], attempt.answers[position - 1]


def _chosen(item: Item) -> Choice | None:
    number = request.form.get("choice", -1, type=int)
    return item.choices[number] if 0 <= number < len(item.choices) else None


def _mistakes(attempt: Attempt) -> list[tuple[int, Item, Choice]]:
    answered = enumerate(zip(attempt.items, attempt.answers, strict=True), start=1)
    return [(place, item, given) for place, (item, given) in answered if given and not given.is_right]


def _page(attempt: Attempt, position: int, item: Item, given: Choice | None, *, missing: bool = False) -> str:
    return render_template(
        "question.html",
        attempt=attempt,
        position=position,
        item=item,
        given=given,
        missing=missing,
        score=score(attempt.items, attempt.answers),
        language=item.language,
    )


@pages.app_template_global()
def spoken(language: str) -> Markup:
    """Give the attributes of what is in another language than the page, which speaks English."""
    if language == "en":
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(language, wording(language).direction)
