# Two commands are enough: `make serve` to read and write, `make test` to check everything.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: help serve build pdf kit check test accessibility lint format schema release-check release reading architecture links doctor audit sbom lock bench clean env env-dev

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

env: .venv/requirements.txt.stamp
env-dev: .venv/requirements-dev.txt.stamp

.venv/%.stamp: % tools/environment.py
	@$(PYTHON) tools/environment.py $<
	@touch $@

serve: env ## show the site at http://127.0.0.1:8000 and reload it on every change
	$(VENV)/mkdocs serve

build: env ## write the site to site/ (a failed build leaves the last good one)
	@$(VENV)/python -m factbase build

pdf: env ## write the leaflets and the handbook to site/downloads/
	@$(VENV)/python -m factbase pdf

check: env ## check data and pages only
	@$(VENV)/python -m factbase check

test: env-dev ## everything: lint, types, tests in a real browser
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/python -m pytest -n 2 --dist loadfile

accessibility: env-dev ## axe on every page in every mode at every width (ten minutes)
	@EVERY_WIDTH=1 $(VENV)/python -m pytest -n 2 tests/test_accessibility.py

lint: env-dev ## ruff and mypy only
	@$(VENV)/ruff check . && $(VENV)/ruff format --check . && $(VENV)/mypy

format: env-dev ## let ruff lay out the code
	@$(VENV)/ruff check --fix . && $(VENV)/ruff format .

release-check: env ## check, and refuse overdue pages
	@$(VENV)/python -m factbase release-check

release: build ## check and build, then freeze this version in data/releases/ (refused if anything fails)
	@$(VENV)/python -m factbase release

reading: env ## reading grade of each page
	@$(VENV)/python -m factbase reading

kit: env ## a clinic's kit: CLINIC=clinic.yml (or CLINICS=folder/) OUT=folder, SITE=1 for a site too; needs SITE_URL
	@$(VENV)/python -m factbase kit $(CLINIC) $(CLINICS) --out "$(or $(OUT),build/kits)" $(if $(ADDRESS),--address "$(ADDRESS)") $(if $(SITE),--site)

schema: env ## write the JSON Schemas in data/schema/ from the model
	@$(VENV)/python -m factbase schema

architecture: env ## check the imports against ARCHITECTURE.md and draw its picture
	@$(VENV)/python tools/architecture.py

bench: env-dev ## measure: load and check, and the build beside the plain theme
	@$(VENV)/python benchmarks/run.py

links: env ## ask whether the sources' addresses are still there (needs a network)
	@$(VENV)/python -m factbase links

doctor: ## does this machine have what is needed?
	@$(PYTHON) tools/doctor.py

audit: env-dev ## are pinned packages known to be vulnerable? (needs a network)
	@$(VENV)/python tools/audit.py requirements.txt requirements-dev.txt

sbom: env-dev ## write the list of what the site is built with to build/sbom.cdx.json (CycloneDX)
	@mkdir -p build
	@$(VENV)/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o build/sbom.cdx.json requirements.txt
	@echo build/sbom.cdx.json

lock: env-dev ## resolve the lock files anew from pyproject.toml
	@$(VENV)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements.txt pyproject.toml
	@$(VENV)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## remove what was built
	rm -rf .venv site build
