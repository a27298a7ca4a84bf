"""The browser application: choose decks, answer one question at a time, learn why; make decks of articles.

Takes a `Site` (decks, questions, records) with the clock and the dice; gives a Flask application. Intention: it marks
on the server, works without JavaScript, and keeps each answer before it says whether it was right.
"""

from __future__ import annotations

from flask import Flask, Response
from flask_wtf.csrf import CSRFProtect

from quizgen.paths import TEMPLATES
from quizgen.web import anki, errors, library, quiz, workbench
from quizgen.web.published import with_published
from quizgen.web.site import Site

HOSTS = ["127.0.0.1", "localhost"]
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(site: Site, *, secret: str) -> Flask:
    """Make the application; `secret` signs the cookies."""
    app = Flask(__name__, template_folder=str(TEMPLATES / "web"))
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="quizgen",
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_PARTS=500,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        TRUSTED_HOSTS=HOSTS,
        WTF_CSRF_TIME_LIMIT=None,  # a page left open over night still takes its answer
    )
    app.extensions["quizgen"] = with_published(site)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(workbench.allow_articles)  # before the token is looked for, which reads the form
    CSRFProtect(app)
    app.register_blueprint(library.pages)
    app.register_blueprint(anki.pages)
    app.register_blueprint(quiz.pages)
    app.register_blueprint(workbench.pages)
    errors.register(app)
    app.after_request(_set_headers)
    return app


def _set_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"  # the back button must not show a question as unanswered
    return response
