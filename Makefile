# Handrail's commands. `make help` lists them. Needed: git, make, Python 3.11 or newer.

PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
UV_VERSION := 0.13.9

INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Material for MkDocs announces its successor at every start; that is no news to us.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help render check site serve test golden records lock bench screenshots clean

help: ## List these commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

render: $(INSTALLED) ## Write every document that the policy changed
	@$(BIN)/handrail render

check: $(INSTALLED) ## Prove that documents and policy agree
	@$(BIN)/handrail check --full

site: $(INSTALLED) ## Build the handbook into site/
	@$(BIN)/mkdocs build --strict

# Both run in the background, so that the traps answer at once; the shell lets them ignore
# Ctrl-C, so that the traps end them. Only changed pages are built anew (--dirty), which shows a
# change in about a second; links and navigation are judged by make check and make site.
serve: $(INSTALLED) ## Show the handbook, rebuilt at every change (ADDRESS=127.0.0.1:8000)
	@watch=; site=; \
	trap 'kill $$watch $$site 2>/dev/null; wait' EXIT; \
	trap 'exit 0' INT TERM HUP; \
	$(BIN)/handrail render --watch & watch=$$!; \
	$(BIN)/mkdocs serve --livereload --dirty --no-strict --dev-addr $(ADDRESS) & site=$$!; \
	wait $$site

# $(call step,headline,command): run a command below its headline; at a failure say which.
define step
@printf '\n==> %s\n' '$(1)'
@$(2) || { printf '\nmake test failed at: %s\n' '$(1)' >&2; exit 1; }
endef

test: $(INSTALLED_DEV) ## Run everything that CI runs
	$(call step,ruff check,$(BIN)/ruff check)
	$(call step,ruff format --check,$(BIN)/ruff format --check)
	$(call step,mypy --strict,$(BIN)/mypy)
	$(call step,import-linter,$(BIN)/lint-imports --no-logo)
	$(call step,pytest,$(BIN)/pytest --numprocesses auto --quiet)
	$(call step,handrail check --full,$(BIN)/handrail check --full)
	$(call step,mkdocs build --strict,$(BIN)/mkdocs build --strict --quiet)
	@printf '\nAll steps passed.\n'

golden: $(INSTALLED_DEV) ## Renew what tests compare with: the rendered tree, the verdicts on pull requests and deploys
	@$(BIN)/python -m tests.golden.update
	@$(BIN)/python -m tests.pull_requests.update
	@$(BIN)/python -m tests.deploys.update

records: $(INSTALLED_DEV) ## Run the examples of operations anew, and note what the databases did
	@$(BIN)/python -m tests.records.update

lock: ## Pin the dependencies anew, with their hashes
	@$(find_python) -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv==$(UV_VERSION)
	$(call relock,requirements.lock,--extra site --extra build)
	$(call relock,requirements-dev.lock,--all-extras)

relock = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-annotate --no-header $(2) --output-file $(1) pyproject.toml

bench: $(INSTALLED_DEV) ## Measure what the README claims about speed
	@$(BIN)/python benchmarks/run.py

screenshots: $(INSTALLED_DEV) ## Take the pictures of the README anew
	@$(BIN)/python tests/screenshots.py

clean: ## Remove what these commands made, the virtual environment included
	rm -rf $(VENV) site build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# The first of $(PYTHON) that is new enough.
find_python = $$(for each in $(PYTHON); do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; exit; }; \
	done; printf '%s\n' 'Handrail needs Python 3.11 or newer. Tried: $(PYTHON).' \
	'Install one, or name it: make PYTHON=/path/to/python3 ...' >&2; echo false)

# A half-made environment is no environment: away with it.
$(BIN)/python:
	@python=$(find_python); test "$$python" != false
	@python=$(find_python) 2>/dev/null; echo "Setting up $(VENV) with $$($$python --version) ..."; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements.lock)
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements-dev.lock)
	@touch $(INSTALLED) $@

# $(call install,lock file): what the lock file pins, and then Handrail as it stands here.
install = echo "Installing $(1) ..." && $(PIP) install --require-hashes --requirement $(1) && \
	$(PIP) install --no-deps --no-build-isolation --editable .
