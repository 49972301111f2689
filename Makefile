# The project's daily work. A newcomer needs Python 3.11-3.13 (with venv) and make, nothing else.
#
# Settings that the server reads may be given on the command line (`make run PORT=9000`) or in the environment;
# README.md has the table.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
export HOST ?= 127.0.0.1
export PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONPATH := $(CURDIR)
UV_COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-config --quiet $(if $(UPGRADE),--upgrade)
PYTEST_ARGS ?=

.PHONY: help run install test test-postgres check fix bench messages migration lock clean assets venv-runtime venv-dev database

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: export LMS_MODE ?= demo
run: venv-runtime assets database ## Set up everything and serve the demo centre (PORT=, HOST=)
	@exec $(PY) -m lms.cli.serve

install: venv-runtime assets ## Set up everything without starting it (for a server)

# --- what is installed -----------------------------------------------------------------------------------------------
# requirements/runtime.txt is what a server needs, build.txt adds Node for the asset build, dev.txt the rest.
# A stamp remembers when a lock was installed; only a newer lock is installed again, so a second start is short.

$(PY):
	@sh scripts/make_venv.sh $(VENV)

$(VENV)/.runtime: requirements/build.txt | $(PY)
	@echo "Installing the pinned dependencies (once, about a minute) ..."
	@$(PY) -m pip install -qq --no-deps --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(PY)
	@echo "Installing the pinned development tools (once, about a minute) ..."
	@$(PY) -m pip install -qq --no-deps --require-hashes -r requirements/dev.txt
	@touch $(VENV)/.runtime $@

venv-runtime: $(VENV)/.runtime
venv-dev: $(VENV)/.dev

assets:
	@$(PY) scripts/translations.py compile
	@$(PY) -m lms.web.build

database:
	@$(PY) scripts/prepare_database.py

# --- tests and checks ------------------------------------------------------------------------------------------------

test: venv-dev assets ## Run the whole test suite (PYTEST_ARGS= adds options)
	$(PY) -m pytest -n 2 $(PYTEST_ARGS)

test-postgres: venv-dev assets ## Run the database-bound tests on PostgreSQL and Redis (DATABASE_URL=, REDIS_URL=)
	@case "$$DATABASE_URL" in postgres*) ;; *) echo "Set DATABASE_URL to a PostgreSQL database whose role may create" \
		"databases, for instance DATABASE_URL=postgresql://lms@127.0.0.1/lms_test" >&2; exit 2;; esac
	@test -n "$$REDIS_URL" || { echo "Set REDIS_URL to a Redis server, for instance" \
		"REDIS_URL=redis://127.0.0.1:6379/15" >&2; exit 2; }
	$(PY) -m pytest -n 2 -m "(database or postgres) and not browser" $(PYTEST_ARGS)

check: venv-dev assets ## Run every static check; all run, and one that fails fails the target
	@BIN=$(BIN) sh scripts/check.sh

fix: venv-dev ## Let the formatter and the linter mend what they can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

bench: venv-dev assets ## Measure a learner's journey (OUT=file writes JSON too), nominations, class results and letters
	$(PY) -m benchmarks.journey $(if $(OUT),--out $(OUT))
	$(PY) -m benchmarks.nominations
	$(PY) -m benchmarks.class_result
	$(PY) -m benchmarks.letters

# --- upkeep ----------------------------------------------------------------------------------------------------------

messages: venv-dev ## Extract the messages and bring the English catalogue up to date
	$(PY) scripts/translations.py update

migration: venv-dev ## Write a migration from the models' changes (MESSAGE= names it)
	@test -n "$(MESSAGE)" || { echo 'Name it: make migration MESSAGE="Add the register of sources"' >&2; exit 2; }
	$(BIN)/flask --app lms db migrate -m "$(MESSAGE)"

lock: | $(PY) ## Pin every dependency again, with hashes (UPGRADE=1 takes newer versions)
	@$(PY) -m pip install --quiet uv
	$(UV_COMPILE) pyproject.toml -o requirements/runtime.txt
	$(UV_COMPILE) pyproject.toml --extra build -c requirements/runtime.txt -o requirements/build.txt
	$(UV_COMPILE) pyproject.toml --all-extras -c requirements/build.txt -o requirements/dev.txt

clean: ## Remove what was built and installed; the data in instance/ stays
	rm -rf $(VENV) lms/web/static/build node_modules build dist .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
