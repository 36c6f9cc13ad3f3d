# What a person calls: `make demo` to see it work, `make test` to check everything. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Two more than there are processors: scenarios wait for reminders, restarts and pauses half of their time.
PROCESSES ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 2)')
# Compiled modules are kept whatever the surroundings say: every process of the demo and the tests starts sooner.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test endurance bench pictures check format lock clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/ -/'

# What the bot and the demo need; a production set-up is no more than this.
.venv/ready: requirements-run.lock requirements-uv.lock pyproject.toml scripts/setup
	@echo "Setting up .venv (once)..."
	@PYTHON="$(PYTHON)" scripts/setup

# The same with the tools for checks and tests.
.venv/tools: requirements.lock requirements-uv.lock pyproject.toml scripts/setup
	@echo "Setting up .venv with the tools for checks and tests (once)..."
	@PYTHON="$(PYTHON)" scripts/setup tools

demo: .venv/ready ## start a local Telegram, a local marketplace and the bot; prints the page's address
	@$(BIN)/florist demo

check: .venv/tools ## format, lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check ## everything: format, lint, types, tests
	$(BIN)/pytest --numprocesses $(PROCESSES) --dist worksteal

endurance: .venv/tools ## the long runs: a hundred crashes, ten thousand actions with faults, a standby
	$(BIN)/pytest -m endurance

bench: .venv/tools ## how quick it is; takes ten minutes on an idle machine
	$(BIN)/python -m benchmarks

pictures: .venv/tools ## renew the pictures of README and of the guide from the demo page, and the rehearsal; needs Chromium and an emoji font
	PICTURE_FOLDER=docs/pictures $(BIN)/pytest -q tests/browser/test_demo_page.py
	PICTURE_FOLDER=docs/ru/pictures $(BIN)/pytest -q tests/browser/test_guide*.py tests/services/report/test_report_pictures.py
	$(BIN)/python -m tests.bot.rehearsal.document

format: .venv/tools ## put the source in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

lock: .venv/tools ## renew the lock files from pyproject.toml
	$(COMPILE) --group dev --upgrade -o requirements.lock pyproject.toml
	$(COMPILE) --group build --constraint requirements.lock -o requirements-run.lock pyproject.toml

clean: ## remove the environment and the caches; your data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
