# `make run` and `make test` need nothing but Python (3.11 or newer) and make.

.DEFAULT_GOAL := help
.PHONY: setup run test check bench prove openapi lock help

# The first interpreter that runs and is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
PYTEST := $(BIN)/python -m pytest -n auto --hypothesis-seed=0 -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

setup: $(READY) ## make .venv with all that run, test and bench need

$(READY): requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed, and was not found. PYTHON=/path/to/python3 names one.' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo 'Setting up .venv (once) ...' >&2
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## start the server and play a retro championship into it (PORT=8000)
	@$(BIN)/backstraight demo $(if $(PORT),--port $(PORT))

test: $(READY) ## all tests, in parallel, bounded and seeded
	$(PYTEST)

check: $(READY) ## style, types, layers, locks, Dockerfile, OpenAPI document, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_locks.py
	$(BIN)/python tools/check_dockerfile.py
	$(BIN)/backstraight openapi --check openapi/openapi.json
	$(BIN)/backstraight migrate --check

bench: $(READY) ## measure against limits taken in the same run; writes bench/results.json
	$(BIN)/python -m bench

prove: $(READY) ## the proofs with their whole figures; writes docs/proofs.md
	$(BIN)/python tools/prove.py

openapi: $(READY) ## write openapi/openapi.json from the app
	$(BIN)/backstraight openapi --output openapi/openapi.json

lock: ## choose versions anew: requirements.txt, -dev.txt and -build.txt
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && $(PYTHON) -m venv $$dir && \
	$$dir/bin/python -m pip install --quiet uv && \
	compile="$$dir/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate" && \
	$$compile pyproject.toml --group dev --output-file requirements-dev.txt && \
	$$compile pyproject.toml --constraint requirements-dev.txt --output-file requirements.txt && \
	echo hatchling | $$compile - --constraint requirements-dev.txt --output-file requirements-build.txt

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
