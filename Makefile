# make run   installs what the app needs and opens it
# make test  installs what the checks need and passes them: lint, types, import rules, tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: run test lint types arrows pytest lock faults pictures clean

run: $(VENV)/run.stamp
	@$(BIN)/interviewer

test: lint types arrows pytest

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

arrows: $(VENV)/dev.stamp
	$(BIN)/lint-imports

pytest: $(VENV)/dev.stamp
	$(BIN)/pytest

# docs/faults.md, by the test that causes each fault
faults: $(VENV)/dev.stamp
	WRITE_FAULTS=1 $(BIN)/pytest -n 0 tests/engines/llm/test_faults.py -k documented

pictures: $(VENV)/dev.stamp
	$(BIN)/python docs/pictures.py

# The locks name versions and hashes, no addresses: plain pip installs them from wherever it is set up to.
lock: $(VENV)/dev.stamp
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate -q --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
