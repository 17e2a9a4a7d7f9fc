# Each target works on a fresh clone: what it needs is set up first.
#
#   make demo     grade the sample class, with reports
#   make test     all tests
#   make lint     style, types, layers, and whether exercises/ is what solutions/ gives
#   make fuzz     parsers of hostile bytes against far more random input than in make test
#   make verify   that the course is sound: every claim, every mutant of its references
#   make bench    what grading costs, as a table
#   make gpu      what only a machine with an NVIDIA GPU can show; says so where there is none;
#                 PART=rough make gpu does one part of it, see tests/gpu/run.py
#   make soak     1,000 submissions, attackers among them, the grader killed five times
#   make sample   reports/sample, as it is committed
#   make clean    remove what these made
#
#   PYTHON=python3.13 make demo    another Python for .venv; 3.11 or newer
#   TORCH_INDEX=URL make demo      the package index to take torch from: where yours has only
#                                  the CUDA build, name the index of PyTorch's CPU builds
#   SOAK='--submissions 100 --kills 2 --seed 7' make soak    a shorter one, and a known one

SHELL := /bin/bash
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: demo test fuzz lint verify bench gpu soak sample clean setup

PYTHON ?= python3
TORCH := torch==2.13.0
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What the sample class was asked to hand in: three of the course's sets.
HOMEWORK := $(addprefix --exercise ,tensors learning activations)
DEMO := reports/demo
SAMPLE := reports/sample
SAMPLE_RUN := reports/.sample

setup: $(STAMP)

# torch goes first, by itself: pinned, it is the build for the CPU, and the rest is content with it.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is not. Try: PYTHON=python3.13 make" >&2; \
	  exit 1; }
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv" >&2; \
	  rm -rf $(VENV); exit 1; }
	@echo "Setting up $(VENV); the first time takes some minutes, most of it for torch." >&2
	@$(PIP) install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP)
	@$(BIN)/grade batch tests/assets/submissions --course solutions $(HOMEWORK) --out $(DEMO)
	@echo "Open $(CURDIR)/$(DEMO)/index.html in a browser."

test: $(STAMP)
	@$(BIN)/python -m pytest -n 2

# Everything that reads what somebody else wrote. FUZZ_EXAMPLES=100000 looks ten times as long.
fuzz: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m hypothesis --hypothesis-profile=fuzz \
	  tests/unit/worker tests/unit/intake tests/unit/course tests/unit/grading

lint: $(STAMP)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/grade release --check --course solutions

verify: $(STAMP)
	@$(BIN)/grade verify --mutate --course solutions

gpu: $(STAMP)
	@$(PIP) install -c constraints.txt -e '.[gpu]'
	@$(BIN)/python -m tests.gpu.run $(addprefix --part ,$(PART))

bench: $(STAMP)
	@$(BIN)/python -m tests.benchmarks.compare
	@$(BIN)/python -m tests.benchmarks.notebooks

soak: $(STAMP)
	@$(BIN)/python -m tests.soak.run $(SOAK)

# Hidden data is drawn from a fixed secret, so that only times differ between two renderings.
sample: $(STAMP)
	@rm -rf $(SAMPLE_RUN)
	@GRADE_SECRET='the sample class' $(BIN)/grade batch tests/assets/submissions \
	  --course solutions $(HOMEWORK) --out $(SAMPLE_RUN)
	@rm -rf $(SAMPLE)
	@mkdir -p $(SAMPLE)
	@cp -R $(SAMPLE_RUN)/index.html $(SAMPLE_RUN)/grades.csv $(SAMPLE_RUN)/students \
	  $(SAMPLE_RUN)/ta $(SAMPLE)/
	@rm -rf $(SAMPLE_RUN)
	@echo "Rendered $(SAMPLE)."

clean:
	@rm -rf $(VENV) $(DEMO) $(SAMPLE_RUN) .mypy_cache .ruff_cache .import_linter_cache \
	  .hypothesis build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
