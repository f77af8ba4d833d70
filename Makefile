# Everything a newcomer needs: make demo. Everything a change must pass: make test lint.
# PYTHON=python3.12 make test chooses another interpreter (3.11 or newer).

PYTHON ?= python3
VENV ?= .venv
# Processes that run tests at once.
JOBS ?= 2
BIN := $(VENV)/bin

.PHONY: demo test wheel docs faults changes lint data clean

demo: $(VENV)/.installed
	@$(BIN)/dragoman demo --read

# Files of tests go to two processes, each on one core; the wheel is tried with wheels downloaded before, without a network.
test: $(VENV)/.installed-dev $(VENV)/wheels/.downloaded
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(JOBS) --dist loadfile

# The long form of the fault tests (about an hour; FAULTS_SECONDS=1200 bounds the killing); writes their table to docs/faults.md.
faults: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/faults/run.py --long

# Claims gained and lost on the example reports; BASE=REVISION compares with that.
changes: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/claims/changes.py $(if $(BASE),--base $(BASE))

# The documents as a site, in site/; a broken link fails. Needs no network.
docs: $(VENV)/.installed-dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict && echo site/index.html

# What is handed to others, and how large it is.
wheel: $(VENV)/.installed-dev
	@rm -f dist/*.whl && $(BIN)/python -m hatchling build -t wheel -d dist >/dev/null
	@ls -l dist/*.whl | awk '{printf "%s: %.1f MB\n", $$NF, $$5 / 1e6}'

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

data: $(VENV)/.installed
	@for script in resources/generate*.py; do echo $$script && $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Dragoman needs Python 3.11 or newer; %s is %s. Say which: PYTHON=python3.12 make" % (sys.executable, sys.version.split()[0]) if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "installing into $(VENV)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	@echo "installing into $(VENV), with what the tests need" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/wheels/.downloaded: pyproject.toml | $(VENV)/.installed-dev
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest $(VENV)/wheels '.[serve]' && touch $@ \
		|| echo "pip could not download what the wheel needs: the test of the wheel will be told as skipped" >&2
