# Everything that a newcomer needs: each target sets up what it uses.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test benchmark format lock help
help:            ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(BIN)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(BIN)/installed-dev: $(BIN)/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(BIN)/installed   ## read the bundled articles and print the briefing
	$(BIN)/amity demo

test: $(BIN)/installed-dev   ## style, types, architecture, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered

benchmark: $(BIN)/installed-dev  ## measure speed and memory, write benchmarks/results.md
	$(BIN)/python -m benchmarks

format: $(BIN)/installed-dev ## mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

COMPILE := uv pip compile pyproject.toml --generate-hashes --no-header --no-emit-index-url --no-annotate \
  --python-version 3.11 --universal --quiet --upgrade
lock:            ## pin versions and hashes anew (needs uv)
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group build --group dev --extra pandas --extra polars --extra mcp -c requirements.lock -o requirements-dev.lock
