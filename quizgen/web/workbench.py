"""The workbench: paste an article, review what is drafted from it fact by fact, and leave with a deck.

Every change is a form that is sent and kept before the page comes back; the address of a draft has 128 random bits, and
whoever has it may work on the draft. What was typed comes back with what is wrong with it.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from threading import Lock

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizgen.articles import MAX_BYTES, Article, Sentence
from quizgen.facts import Deck, Fact
from quizgen.facts.dump import dump
from quizgen.problems import Problem, QuizgenError
from quizgen.quizzes import MAX_QUESTIONS, Quiz, compose
from quizgen.records import Change, Kept
from quizgen.web import workbench_deck as bench
from quizgen.web import workbench_view as view
from quizgen.web.published import with_published
from quizgen.web.quiz import DEFAULT_QUESTIONS, begin
from quizgen.web.site import learner, site
from quizgen.web.workbench_article import drafted, sent_article
from quizgen.web.workbench_deck import State, Typed

pages = Blueprint("workbench", __name__, url_prefix="/workbench")

RECENT = 8
# An article in the text field, another as a file, and the other fields.
MOST_SENT = 2 * MAX_BYTES + 200_000
# One library is swapped for the next by one thread at a time.
_publishing = Lock()


@dataclass(frozen=True, slots=True)
class Open:
    """A draft that is open: what is kept of it, the article, and its deck as it is now."""

    kept: Kept
    article: Article
    deck: Deck


def allow_articles() -> None:
    """Let the page that takes an article take more than others; runs before any form is read."""
    if request.endpoint == "workbench.begin_draft":
        request.max_content_length = MOST_SENT
        request.max_form_memory_size = MOST_SENT


@pages.get("")
def start() -> str:
    """Ask for an article, and show the drafts that this browser began."""
    return _ask_for_article([])


@pages.post("")
def begin_draft() -> ResponseReturnValue:
    """Read an article and draft from it; what is wrong with it is named at once, and what was typed stays."""
    article, problems = sent_article()
    if article is None:
        return _ask_for_article(problems), 422
    deck, remarks, problems = drafted(article)
    if deck is None:
        return _ask_for_article(problems), 422
    deck, text, problems = bench.without_faults(deck, article)
    if problems:
        return _ask_for_article(problems), 422
    key = secrets.token_urlsafe(16)
    kept = Kept(key, deck.title, view.article_text(article), json.dumps(remarks), text, 0, None)
    if not site().records.drafts.start(kept, deck=deck.key, learner=learner(), now=site().now()):
        return _ask_for_article([Problem("", 0, "there are too many drafts here", "remove the database's oldest")]), 422
    return redirect(url_for(".show", key=key), 303)


@pages.get("/<key>")
def show(key: str) -> str:
    """Show the article and its facts, or the form of one of them."""
    opened = _open(key)
    if "edit" in request.args:
        fact = bench.fact_of(opened.deck, request.args["edit"]) or abort(404)
        return _form(opened, Typed.of(fact), fact)
    if "sentence" in request.args:
        sentence = _sentence(opened, request.args.get("sentence", 0, type=int))
        return _form(opened, Typed(quote=request.args.get("quote", "")[: bench.LONGEST_QUOTE]), sentence)
    return _facts(opened)


@pages.post("/<key>")
def change(key: str) -> ResponseReturnValue:
    """Do what the pressed button says to a fact, and keep it."""
    opened = _open(key)
    form = request.form
    if "undo" in form:
        undone = site().records.drafts.undo(key, _seen())
        return redirect(url_for(".show", key=key, fact=undone.fact if undone else None, undone=1), 303)
    for button, state in (("accept", State.ACCEPTED), ("reject", State.REJECTED), ("reopen", State.DRAFT)):
        if button in form:
            return _put(opened, form[button], state)
    return _save(opened)


@pages.get("/<key>/deck.yaml")
def download(key: str) -> Response:
    """Give the deck as a file; what was rejected is not in it."""
    kept = site().records.drafts.find(key) or abort(404)
    try:
        deck = bench.finished(view.deck_of(kept.text))
        text, name = (dump(deck), deck.key) if deck.facts else (kept.text, deck.key)
    except QuizgenError:
        text, name = kept.text, "draft"  # it is theirs, even where this quizgen cannot read it
    response = Response(text, mimetype="application/yaml")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.yaml"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/<key>/quiz")
def quiz(key: str) -> ResponseReturnValue:
    """Begin a quiz of the accepted questions."""
    opened = _open(key)
    questions = view.asked(opened.kept.text, site().now().date()).questions
    if not questions:
        return _facts(opened, [_nothing_to_ask()]), 422
    count = request.form.get("count", DEFAULT_QUESTIONS, type=int)
    made = compose(questions, max(1, min(count, MAX_QUESTIONS)), site().dice)
    return begin(Quiz(tuple(replace(item, language=opened.deck.language) for item in made.items)))


@pages.post("/<key>/library")
def publish(key: str) -> ResponseReturnValue:
    """Put the accepted facts into the library that is being served."""
    opened = _open(key)
    deck = opened.deck
    accepted = [fact for fact in deck.facts if bench.state_of(fact) is State.ACCEPTED]
    if not view.asked(opened.kept.text, site().now().date()).questions:
        return _facts(opened, [_nothing_to_ask()]), 422
    with _publishing:
        if deck.key in {each.key for each in site().decks} and site().drafted.get(deck.key) != key:
            taken = Problem("", 0, f"the library has another deck '{deck.key}'", "download this one instead")
            return _facts(opened, [taken]), 422
        text = dump(replace(deck, facts=tuple(accepted)))
        site().records.drafts.publish(key, text, site().now())
        current_app.extensions["quizgen"] = with_published(site())
    return redirect(url_for("library.deck", key=deck.key), 303)


def _ask_for_article(problems: list[Problem]) -> str:
    return render_template(
        "workbench.html",
        problems=problems,
        typed=request.form,
        recent=site().records.drafts.recent(learner(), RECENT),
    )


def _open(key: str) -> Open:
    kept = site().records.drafts.find(key) or abort(404)
    return Open(kept, view.article_of(kept.article), view.deck_of(kept.text))


def _sentence(opened: Open, number: int) -> Sentence:
    """Find a sentence that may be asked about: what surrounds an article states no facts."""
    found = (each for each in opened.article.sentences if each.number == number and each.role.states)
    return next(found, None) or abort(404)


def _seen() -> int:
    return request.form.get("seen", -1, type=int)


def _put(opened: Open, fact: str, state: State) -> ResponseReturnValue:
    key = opened.kept.key
    if not bench.fact_of(opened.deck, fact):
        abort(404)
    before = bench.state_of(next(each for each in opened.deck.facts if each.key == fact))
    text, problems = bench.written(bench.put(opened.deck, fact, state), opened.article)
    if problems:
        return _facts(opened, problems), 422
    if not site().records.drafts.save(key, _seen(), text, Change(state.value, fact)):
        return redirect(url_for(".show", key=key, fact=fact, elsewhere=1), 303)
    return redirect(url_for(".show", key=key, fact=_next(opened.deck, fact, before)), 303)


def _next(deck: Deck, fact: str, state: State) -> str | None:
    """Name the fact to look at next: the next one of the same state, or else the first."""
    same = [each.key for each in bench.facts_of(deck) if bench.state_of(each) is state]
    at = same.index(fact)
    others = [*same[at + 1 :], *same[:at]]
    return others[0] if others else None


def _save(opened: Open) -> ResponseReturnValue:
    """Keep what was typed about a fact or a sentence, or show it again with what is wrong with it."""
    typed = Typed.from_form(request.form)
    fact = bench.fact_of(opened.deck, request.form.get("fact", ""))
    about: Fact | Sentence = fact or _sentence(opened, request.form.get("sentence", 0, type=int))
    problems = list(typed.problems()) if not fact or view.is_plain(fact) else []
    if isinstance(about, Sentence):
        deck, key = bench.added(opened.deck, about, typed)
    else:
        deck, key = bench.edited(opened.deck, about.key, typed), about.key
    text, found = bench.written(deck, opened.article) if not problems else ("", [])
    if problems or found:
        return _form(opened, typed, about, [*problems, *found]), 422
    change = Change("edited" if fact else "added", key)
    if not site().records.drafts.save(opened.kept.key, _seen(), text, change):
        elsewhere = Problem("", 0, "the draft was changed in another window", "look at what you typed, and save again")
        return _form(opened, typed, about, [elsewhere]), 409
    return redirect(url_for(".show", key=opened.kept.key, fact=key), 303)


def _facts(opened: Open, problems: list[Problem] | None = None) -> str:
    """Show the facts of one state, a few a page, and one of them whole."""
    deck, text, today = opened.deck, opened.kept.text, site().now().date()
    facts = bench.facts_of(deck)
    by_state = {state: [fact for fact in facts if bench.state_of(fact) is state] for state in State}
    chosen = bench.fact_of(deck, request.args.get("fact", ""))
    state = bench.state_of(chosen) if chosen else _state(by_state)
    listed = by_state[state]
    chosen = chosen or next(iter(listed), None)
    number = listed.index(chosen) // view.FACTS_A_PAGE if chosen else 0
    first = number * view.FACTS_A_PAGE
    asked = view.asked(text, today)
    preview = view.asked_with(text, chosen.key, today) if chosen and state is State.DRAFT else asked
    return _page(
        opened,
        chosen,
        problems=problems or [],
        counts={each: len(found) for each, found in by_state.items()},
        state=state,
        facts=listed[first : first + view.FACTS_A_PAGE],
        chosen=chosen,
        earlier=listed[first - view.FACTS_A_PAGE].key if first else None,
        later=listed[first + view.FACTS_A_PAGE].key if first + view.FACTS_A_PAGE < len(listed) else None,
        asked=asked,
        preview=preview,
    )


def _state(by_state: dict[State, list[Fact]]) -> State:
    """Show the state that was asked for, or what is left to review, or else what is accepted."""
    wanted = request.args.get("show", "")
    if wanted in set(State):
        return State(wanted)
    return State.DRAFT if by_state[State.DRAFT] else State.ACCEPTED


def _form(opened: Open, typed: Typed, about: Fact | Sentence, problems: list[Problem] | None = None) -> str:
    """Show the form of a fact, or of one that is to be made of a sentence."""
    fact = None if isinstance(about, Sentence) else about
    sentence = about if isinstance(about, Sentence) else None
    rows = [*typed.wrong, *[("", "")] * bench.MOST_WRONG][: max(3, min(len(typed.wrong) + 1, bench.MOST_WRONG))]
    facts = bench.facts_of(opened.deck)
    groups = sorted({group for each in facts if (group := getattr(each, "option_set", ""))})
    return _page(
        opened,
        about,
        problems=problems or [],
        editing=True,
        typed=typed,
        rows=rows,
        fact=fact,
        sentence=sentence,
        plain=fact is None or view.is_plain(fact),
        answers=bench.answers_of(facts),
        groups=groups,
    )


def _page(opened: Open, about: Fact | Sentence | None, **shown: object) -> str:
    facts = [fact for fact in bench.facts_of(opened.deck) if bench.state_of(fact) is not State.REJECTED]
    change = opened.kept.change
    done = bench.fact_of(opened.deck, change.fact) if change else None
    return render_template(
        "workbench_draft.html",
        kept=opened.kept,
        deck=opened.deck,
        article=opened.article,
        part=view.part_of(opened.article, facts, about, request.args.get("part", type=int)),
        change=change,
        done=view.statement(done)[0] if done else "",
        statement=view.statement,
        state_of=bench.state_of,
        remarks=json.loads(opened.kept.remarks),
        **{"editing": False, "chosen": None} | shown,
    )


def _nothing_to_ask() -> Problem:
    return Problem("", 0, "there is no question yet", "accept facts, and give them wrong answers")


@pages.errorhandler(QuizgenError)
def _unreadable(error: QuizgenError) -> ResponseReturnValue:
    """Say why a draft cannot be opened; its file can still be had."""
    for problem in error.problems:
        current_app.logger.error("%s", problem)
    message = (
        "This draft was kept by another version of quizgen. Its deck file is there: add /deck.yaml to the address."
    )
    return render_template("error.html", title="This draft cannot be opened", message=message), 500
