"""What a page says when something cannot be done: in plain words, and with a way on."""

from __future__ import annotations

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

MESSAGES = {
    404: ("Not found", "This page is not here. The address may be mistyped, or the deck may have been taken out."),
    405: ("Not found", "This page cannot be opened like this."),
    413: ("Too large", "That was more than this page takes."),
}
OTHERWISE = ("Something went wrong", "Your answers are kept. Go back to the library and go on from there.")


def register(app: Flask) -> None:
    """Answer every error of an application with a page of its own."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code == 400:
        return "Bad request", 400  # the host may be forged: no page that builds links from it
    title, message = MESSAGES.get(error.code or 500, OTHERWISE)
    return render_template("error.html", title=title, message=message), error.code or 500


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    message = "This form is too old or came from elsewhere. Go back, reload the page and send it again."
    return render_template("error.html", title="Please send it again", message=message), 400
