# khronika: the commands of the house. `make demo` and `make test` need nothing but Python 3.11 or newer and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --only-binary :all:

.PHONY: setup demo test lint bench torture world model lock clean
.DEFAULT_GOAL := setup

setup: $(VENV)/.ready ## the program at .venv/bin/khronika, from wheels whose hashes are checked

demo: $(VENV)/.ready ## read the example stories, print one person's custody history
	@bench/demo $(BIN)/khronika

test: $(VENV)/.ready-dev ## all tests, with coverage
	$(BIN)/python -m pytest --cov --cov-report=term

lint: $(VENV)/.ready-dev ## style, types, and the arrows between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready ## time against the bare pipeline, memory, growth; held-out sets where ../shared has them
	$(BIN)/python -m bench

torture: $(VENV)/.ready-dev ## kills, flipped bits, forged logs, damaged files, full disks, in full (hours); SCALE=0.1 for a tenth
	$(BIN)/python -m bench.torture --scale $(or $(SCALE),1)

world: $(VENV)/.ready ## linking and custody on a synthetic country of 10,000 stories, each figure beside its bar
	$(BIN)/python -m bench.world --stories 10000 --growth --apart

model: ## train the bundled model anew from ../shared/data/training-corpus, in an environment of its own
	test -x build/training/bin/python || $(PYTHON) -m venv build/training
	build/training/bin/python -m pip install --quiet -r training/requirements.txt
	build/training/bin/python -m training.build

lock: ## resolve the lock files anew; needs uv on the path
	bench/lock

clean:
	rm -rf $(VENV) build dist .coverage htmlcov

$(VENV)/.ready: requirements.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
	  sys.exit(0 if v >= (3, 11) else "khronika needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12 ..." % v[:2])'
	@echo "Setting up in $(VENV) (once; a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(LOCKED) -r requirements-build.lock -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(LOCKED) -r requirements-dev.lock
	@touch $@
