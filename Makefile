# Everything one does with this project. `make help` lists it.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# Fewer than the cores of a small machine would let browser tests time out.
TEST_JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint format types imports dependencies templates migrations-check suite bench faults \
	load sbom properties assets lock audit clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Installing ------------------------------------------------------------------------------------------------------------

$(PY): | config/bootstrap.sh
	@PYTHON="$(PYTHON)" sh config/bootstrap.sh venv $(VENV)

$(VENV)/.run: requirements.txt requirements-uv.txt | $(PY)
	@sh config/bootstrap.sh install $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-uv.txt | $(PY)
	@sh config/bootstrap.sh install $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/.run

setup: $(VENV)/.run ## Create .venv and install what running needs
	@$(PY) manage.py build_assets

assets: $(VENV)/.run ## Build fonts and scripts out of the installed packages
	@$(PY) manage.py build_assets

# Running ---------------------------------------------------------------------------------------------------------------

run: $(VENV)/.run ## Start everything on this machine; PORT=8001 chooses another port
	@exec $(PY) manage.py serve --prepare --port $(PORT)

# Testing ---------------------------------------------------------------------------------------------------------------

test: $(VENV)/.dev assets check suite ## Check everything: lint, types, layers, templates, migrations, tests

check: lint types imports dependencies templates migrations-check ## Everything but the tests

lint: $(VENV)/.dev ## Ruff: rules and format
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

format: $(VENV)/.dev ## Let ruff write the format and what it can fix
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

types: $(VENV)/.dev ## Mypy, strict
	@$(VENV)/bin/mypy

imports: $(VENV)/.dev ## Which room imports which
	@$(VENV)/bin/lint-imports

dependencies: $(VENV)/.dev ## Every import declared, every dependency used
	@$(VENV)/bin/deptry .

templates: $(VENV)/.dev ## Djlint
	@$(VENV)/bin/djlint templates --lint --quiet

migrations-check: $(VENV)/.dev ## Models and migrations agree; system checks pass
	@DJANGO_SETTINGS_MODULE=config.settings.test $(PY) manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=config.settings.test $(PY) manage.py check --fail-level WARNING

# What depends on the database runs on both where PostgreSQL is there; DANEGELD_TEST_REQUIRE=all insists on it.
# The database is named after the process: two suites at once would empty each other's tables.
# The game of runs plays with the clock, whose database does not matter.
ON_POSTGRES := tests/accounts tests/operations --ignore tests/operations/test_run_states.py
POSTGRES_URL := $(or $(DANEGELD_TEST_POSTGRES_URL),postgresql://postgres@127.0.0.1:5432/postgres)

suite: $(VENV)/.dev assets ## The tests alone
	@if [ -n "$(DANEGELD_TEST_REQUIRE)" ] || $(PY) -m tests.services postgres; then \
		echo "First what depends on the database, on PostgreSQL"; \
		url="$(POSTGRES_URL)"; DANEGELD_DATABASE_URL="$${url%/*}/danegeld_$$$$" $(VENV)/bin/pytest --quiet -n $(TEST_JOBS) --dist loadgroup $(ON_POSTGRES); fi
	@$(VENV)/bin/pytest -n $(TEST_JOBS) --dist loadgroup

faults: $(VENV)/.dev assets ## The long drills: kill workers, stop brokers, lose messages
	@$(VENV)/bin/pytest -m fault

properties: $(VENV)/.dev ## Engine against oracle and properties, over 2,000 random plans each
	@DANEGELD_PROPERTY_EXAMPLES=2000 DANEGELD_ORACLE_PLANS=2000 $(VENV)/bin/pytest -n $(TEST_JOBS) tests/engine tests/oracle

bench: $(VENV)/.dev assets ## The performance figures
	@$(PY) -m bench

audit: $(VENV)/.dev ## Known weaknesses of the pinned packages (asks the network)
	@$(VENV)/bin/uv tool run pip-audit --requirement requirements.txt --require-hashes --disable-pip

sbom: $(VENV)/.dev ## Every package of a release, as CycloneDX in build/sbom.json (asks the network for the tool)
	@mkdir -p build
	@$(VENV)/bin/uv tool run --from cyclonedx-bom cyclonedx-py requirements --pyproject pyproject.toml \
		--output-reproducible --of JSON --output-file build/sbom.json requirements.txt
	@$(PY) -c 'import json; print(len(json.load(open("build/sbom.json"))["components"]), "packages in build/sbom.json")'

load: $(VENV)/.dev assets ## Pages and interface under load, on PostgreSQL with 10,000 plans
	@$(PY) -m bench.load

# Keeping ---------------------------------------------------------------------------------------------------------------

lock: $(VENV)/.dev ## Pin dependencies anew out of pyproject.toml
	@sh config/bootstrap.sh lock $(VENV)

clean: ## Remove what was built; data under var/ stays
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
