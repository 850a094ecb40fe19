PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo up test lint format bench bench-tables clean

demo: .venv/installed ## The main job once, end to end, on loopback
	$(BIN)/caseconsultant demo

up: .venv/installed ## Every process, state under ./var
	$(BIN)/caseconsultant up

test: .venv/installed ## Every test
	$(BIN)/pytest

lint: .venv/installed ## ruff, mypy strict, import floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed ## The figures the README quotes
	$(BIN)/python benchmarks/ask.py
	$(BIN)/python benchmarks/pipeline.py

bench-tables: .venv/installed ## Those that need the published files (CASECONSULTANT_CMS_DIR)
	$(BIN)/python benchmarks/kb.py
	$(BIN)/python benchmarks/search.py

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf .venv var
