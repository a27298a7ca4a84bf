# make run    sets everything up and serves the quizzes on http://127.0.0.1:8000
# make test   sets everything up and passes every test
# make prove  sows 200 faults and counts how many the audit finds; lives through 200 histories of releases in the real Anki
# make reviewer  plays the Anki cards in the real Anki, and leaves pictures of them in build/reviewer

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test prove reviewer lint types browser bench schema screenshot clean

run: $(VENV)/.run
	$(BIN)/quizgen serve --port $(PORT)

test: lint types browser
	$(BIN)/python -m pytest --numprocesses auto

prove: $(VENV)/.dev
	$(BIN)/python -m pytest -m prove

reviewer: $(VENV)/.reviewer
	$(BIN)/python -m pytest -m reviewer tests/test_reviewer.py

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev
	$(BIN)/mypy

# A Chrome or Chromium that is there, else one that playwright downloads, else Debian's.
browser: $(VENV)/.dev
	$(BIN)/python -m tests.browser

# How fast and how large: `make bench SIZES=100,1000` for a quick look; with 100,000 facts it takes many minutes.
SIZES ?= 100,1000,10000,100000
bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench --sizes $(SIZES)

schema: $(VENV)/.dev
	$(BIN)/python -c 'from quizgen.facts.schema import json_schema; print(json_schema(), end="")' > docs/deck.schema.json

screenshot: browser
	$(BIN)/python -m tests.screenshot docs/quiz.png

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.reviewer: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,reviewer]'
	@touch $@ $(VENV)/.dev $(VENV)/.run

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "quizgen needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) build dist
