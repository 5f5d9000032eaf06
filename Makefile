# The doors of the project for a newcomer. Each target does all its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --no-deps

.PHONY: install install-dev install-spark demo test test-spark law-coverage crash lint bench lock clean
install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev
install-spark: $(VENV)/.installed-spark

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Lopo needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the pinned libraries into $(VENV) (the first time takes a minute) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the pinned tools for tests ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-spark: requirements-spark.lock $(VENV)/.installed-dev
	@echo "Installing Spark (430 MB; it also needs Java 17) ..."
	@$(PIP) --no-build-isolation --require-hashes -r requirements-spark.lock
	@touch $@

demo: install
	@$(BIN)/lopo demo

test: install-dev
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

# The same law and the same verdicts on Spark; a test database of its own, so that it may run beside other targets.
test-spark: install-spark
	@LOPO_TEST_DB=_spark $(BIN)/python -m pytest -p no:cacheprovider -m spark

# Every branch of the law room by its own tests; the tests of engines add nothing to it and are left to `make test`.
law-coverage: install-dev
	@$(BIN)/python -m coverage run -m pytest tests/law -m "not slow and not spark" -p no:cacheprovider --ignore=tests/law/test_postgres.py --ignore=tests/law/test_one_equals_many.py
	@$(BIN)/python -m coverage report --skip-covered --show-missing --fail-under=100

# Two hundred kills of web, worker and database while money flows; `CRASH_ARGS="--seed 7"` plays one run again.
crash: install-dev
	@$(BIN)/python -m tests.crash --rounds 200 $(CRASH_ARGS)

lint: install-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

# One after another unless make is told `-j`: two benches at a time show that they run, no more.
BENCHES := $(patsubst bench/%.py,bench-%,$(wildcard bench/*.py))
.PHONY: $(BENCHES)
bench: $(BENCHES)
$(BENCHES): bench-%: install-dev
	@$(BIN)/python bench/$*.py $(BENCH_ARGS)

lock: install-dev
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev --extra build pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build -c requirements-dev.lock pyproject.toml -o requirements.lock
	@$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['spark'])" | $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -c requirements-dev.lock - -o requirements-spark.lock

clean:
	@-$(BIN)/lopo stop
	@rm -rf $(VENV) .lopo build *.egg-info
