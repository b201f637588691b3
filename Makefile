# samizdat: `make` sets everything up and builds every book; `make help` lists what else there is.
#
# What has been set up is remembered by stamp files inside .venv: the second time nothing is done again that has not changed.

PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.DEFAULT_GOAL := books
.DELETE_ON_ERROR:
.PHONY: books program test losses acceptance hardening fuzz bench lock clean help

books: program ## set everything up and build every book in texts/ (what plain `make` does)
	@$(BIN)/samizdat build

program: $(VENV)/program.stamp ## set up the program, and build nothing

$(VENV)/system.stamp: tools/system.sh
	@sh tools/system.sh program "$(PYTHON)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/program.stamp: requirements.lock pyproject.toml src/samizdat/__init__.py $(VENV)/system.stamp
	@echo "Installing the Python packages that samizdat needs into $(VENV) …"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tests-system.stamp: tools/system.sh $(VENV)/system.stamp
	@sh tools/system.sh tests "$(PYTHON)"
	@touch $@

$(VENV)/tests.stamp: requirements-dev.lock $(VENV)/program.stamp $(VENV)/tests-system.stamp
	@echo "Installing the Python packages that the tests need into $(VENV) …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

test: $(VENV)/tests.stamp ## set up what the tests need and run them all: style, types, floors and doors, behaviour
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile

losses: $(VENV)/tests.stamp ## plant a thousand losses in every edition of a small book, and see that the ledger finds each
	$(BIN)/pytest -m "long or not long" tests/checks/ledger

acceptance: books ## check the built books with outside validators, readers and browsers, where their scripts are at hand
	@sh tools/acceptance.sh

hardening: $(VENV)/tests.stamp ## kill two hundred builds at random moments, fill disks, and see that every edition is whole
	$(BIN)/pytest tests/test_whole.py --kills 200

fuzz: $(VENV)/tests.stamp ## give damaged files of every kind to everything that reads files: some minutes, or make fuzz EXAMPLES=5000
	$(BIN)/pytest tests/fuzz --examples $(or $(EXAMPLES),300)

bench: program ## measure how long builds take, against pandoc with WeasyPrint
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/capture.py
	@$(BIN)/python benchmarks/ledger.py

lock: program ## renew the locks from pyproject.toml, with the newest versions that fit
	@sh tools/lock.sh $(BIN)/python

clean: ## remove all that was built, but not what was set up
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
