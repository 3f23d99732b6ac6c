PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet \
	--custom-compile-command 'make lock' pyproject.toml

.PHONY: demo test gauntlet lint wheel bench cassettes docs lock release audit-deps clean

$(BIN)/pharmcheck: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: $(BIN)/pharmcheck  ## check the recorded sites without any network and print their reports
	$(BIN)/python bench/demo.py

test: $(VENV)/.dev  ## run all tests
	$(BIN)/python -m pytest -n auto

SEED ?= $(shell $(PYTHON) -c 'import secrets; print(secrets.randbelow(10**9))')

gauntlet: $(VENV)/.dev  ## hostile input at length, from a seed that it prints; again with SEED=…; other people's files with CORPUS=DIR
	@seed=$(SEED); echo "seed $$seed; the same again: make gauntlet SEED=$$seed"; \
	$(BIN)/python -m pytest -n auto tests/hostile --hypothesis-profile=gauntlet --hypothesis-seed=$$seed
	$(if $(CORPUS),$(BIN)/python bench/gauntlet.py $(addprefix --corpus ,$(CORPUS)))

lint: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

wheel: $(VENV)/.dev  ## build the wheel and try it from an empty environment
	$(BIN)/python bench/wheel.py

bench: $(VENV)/.dev  ## measure cold start and checks
	$(BIN)/python bench/speed.py

cassettes: $(VENV)/.dev  ## record the invented sites anew and write what is expected of them
	$(BIN)/python -m tests.record_cassettes
	$(BIN)/python -m tests.record_cassettes --expected

docs: $(BIN)/pharmcheck  ## write the generated pages
	$(BIN)/pharmcheck docs

lock: $(VENV)/.dev  ## write requirements.lock (what people run) and requirements-dev.lock (and what tests need) anew
	$(LOCK) --upgrade --output-file requirements.lock
	$(LOCK) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock

release: $(VENV)/.dev  ## wheel, sdist, bill of materials and checksums into dist/, built twice and compared
	$(BIN)/python bench/release.py

audit-deps: $(VENV)/.dev  ## ask the Python advisory service about the versions of requirements.lock
	$(BIN)/python -m pip_audit --strict --disable-pip --requirement requirements.lock

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
