# rasmi: `make run` opens the app on a demo inventory, `make test` runs every test.
# Both build their environment in .venv first, from the lock, when it is not there yet.

PYTHON ?= $(shell for python in python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
WORKERS ?= 2
BIN := .venv/bin
RUN_READY := .venv/ready-to-run
TEST_READY := .venv/ready-to-test
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: $(RUN_READY) ## open the app on the demo inventory
	@mkdir -p build
	@$(BIN)/rasmi demo --db build/demo.db
	@$(BIN)/rasmi --db build/demo.db

.PHONY: test
test: $(TEST_READY) ## run all tests
	@scripts/system-packages.sh tests
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup $(ARGS)

.PHONY: soak
soak: $(TEST_READY) ## run the long campaigns the ordinary tests leave out
	@scripts/system-packages.sh tests
	@$(BIN)/python -m pytest -q --soak -m soak $(ARGS)

.PHONY: bench
bench: $(TEST_READY) ## print the benchmarks; nothing is judged by them
	@scripts/benchmarks.sh $(BIN)/python

.PHONY: lint lint-style lint-types lint-arrows lint-catalogues
lint: lint-style lint-types lint-arrows lint-catalogues ## style, types, arrows, catalogues

lint-style: $(TEST_READY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . \
		|| { echo 'Some files are not formatted: run `make format`.'; exit 1; }

lint-types: $(TEST_READY)
	@$(BIN)/mypy

lint-arrows: $(TEST_READY)
	@report=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$report"; exit 1; }

lint-catalogues: $(TEST_READY)
	@$(BIN)/python scripts/catalogues.py --check

.PHONY: reference
reference: $(TEST_READY) ## write docs/commands.md from the program
	@$(BIN)/python scripts/reference.py

.PHONY: format
format: $(TEST_READY) ## format the code and sort its imports
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

.PHONY: messages
messages: $(TEST_READY) ## bring the translation catalogues up to the code
	@$(BIN)/python scripts/catalogues.py

.PHONY: lock
lock: $(TEST_READY) ## choose the newest versions the project allows and lock them
	@scripts/lock.sh $(BIN)/uv

.PHONY: clean
clean: ## remove the environment and everything built
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(RUN_READY): pyproject.toml requirements.lock
	@scripts/environment.sh '$(PYTHON)' requirements.lock
	@touch $@

$(TEST_READY): $(RUN_READY) requirements-dev.lock
	@mkdir -p build
	@echo 'Adding what the tests need …'
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
