PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint wheel bench cassettes docs clean

$(BIN)/pharmcheck: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: pyproject.toml $(BIN)/pharmcheck
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(BIN)/pharmcheck  ## check the recorded sites without any network and print their reports
	$(BIN)/python bench/demo.py

test: $(VENV)/.dev  ## run all tests
	$(BIN)/python -m pytest -n auto

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

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
