# Everything that a newcomer needs: each target sets up what it uses.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.PHONY: demo test benchmark format lock help
help:            ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

demo: $(STAMP)   ## read the bundled articles and print the briefing
	$(BIN)/amity demo

test: $(STAMP)   ## style, types, architecture, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term:skip-covered

benchmark: $(STAMP)  ## measure speed and memory, write benchmarks/results.md
	$(BIN)/python -m benchmarks

format: $(STAMP) ## mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:            ## pin versions and hashes anew (needs uv)
	uv pip compile pyproject.toml --group dev --extra pandas --extra polars --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate --python-version 3.11 --universal --quiet --upgrade -o requirements.lock
