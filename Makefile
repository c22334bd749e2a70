# Every target does its own set-up: .venv by deploy/bootstrap.sh, Kafka and its Java by the program itself.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo up test faults bench floors picture lock clean
export PYTHON

BIN := .venv/bin
SPREAD := --numprocesses auto --dist worksteal
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/ready-to-run ## Publish the seeds through a real Kafka, show the streams and the day's figures, stop
	@$(BIN)/bulletins demo seeds/*.txt

up: .venv/ready-to-run ## The same and stay, until interrupted
	@$(BIN)/bulletins demo --stay seeds/*.txt

test: .venv/ready-to-test ## The whole suite, on the embedded Kafka
	@echo "Running: ruff check, ruff format, mypy, import-linter, then all of pytest with the embedded Kafka"
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

faults: .venv/ready-to-test ## Everything that can happen to an installation in a year (SEED=1: another run), into build/faults.json
	FAULTS_SEED=$(or $(SEED),1) $(BIN)/pytest $(SPREAD) tests/faults

bench: .venv/ready-to-test ## Measure everything beside other programs, write build/bench.json (ONLY=latency: a part; SCALE=0.1: small)
	@$(BIN)/python -m tests.benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(SCALE),--scale $(SCALE))

floors: .venv/ready-to-test ## Measure reading on the annotated texts; raise the floors of tests/accuracy/floors.toml to it
	@$(BIN)/python -m tests.accuracy.floors

picture: .venv/ready-to-run ## Draw the README's picture of `bulletins explain` anew
	@mkdir -p deploy/pictures
	@$(BIN)/bulletins explain seeds/uacrisis-fr-1077.txt --item 1 --item 2 --svg deploy/pictures/explain.svg

lock: .venv/ready-to-test ## Pin what pyproject.toml and embedded_jars.py ask for (UPGRADE=--upgrade: the newest)
	$(COMPILE) --build-deps-for editable --output-file requirements.lock pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
		| $(COMPILE) --constraint requirements.lock --output-file requirements-dev.lock -
	$(COMPILE) --output-file tests/benchmarks/spacy.lock tests/benchmarks/spacy.in
	$(COMPILE) --output-file tests/benchmarks/profile.lock tests/benchmarks/profile.in
	$(COMPILE) --constraint requirements.lock --output-file tests/benchmarks/quix.lock tests/benchmarks/quix.in
	$(BIN)/python -m streams.kafka.embedded_jars

clean: ## Remove .venv and what the tools left; the data in .bulletins stay
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find streams schemas tests deploy -name __pycache__ -prune -exec rm -rf {} +

.venv/ready-to-run: requirements.lock pyproject.toml deploy/bootstrap.sh
	@deploy/bootstrap.sh

.venv/ready-to-test: requirements.lock requirements-dev.lock pyproject.toml deploy/bootstrap.sh
	@deploy/bootstrap.sh test
