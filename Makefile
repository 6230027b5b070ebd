# Two commands for everybody: `make run` and `make test`. Everything else is for contributors.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-ready
DEV_STAMP := $(VENV)/.dev-ready
WORKERS ?= 2

.PHONY: run test check crash full format lock clean

run: $(RUN_STAMP)
	$(BIN)/python -m bot run

# an idle worker takes over from the busy one; what measures time runs with nothing beside it
test: $(DEV_STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations=25 -m "not alone"
	$(BIN)/python -m pytest -m alone

# under a minute: format, lint, types, layers, texts, fast tests
check: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow and not browser and not postgres" tests/unit tests/architecture

# every commit of the main way, before and after, both modes, both databases
crash: $(DEV_STAMP)
	KRUZHOK_CRASH_POINTS=all $(BIN)/python -m pytest -q -s -n $(WORKERS) tests/faults/test_crash_points.py

# all there is: every crossing of modes and databases, every crash point (about two hours)
full: $(DEV_STAMP)
	KRUZHOK_FULL=1 KRUZHOK_CRASH_POINTS=all $(MAKE) test

format: $(DEV_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# needs uv: python3 -m pip install uv
lock:
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --extra semantic -o requirements-semantic.lock

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed, this is ' + sys.version.split()[0] if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV_STAMP): requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(RUN_STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
