# The two commands most people need: `make archive WIKI=https://wiki.example.org` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATASETTE1 := .venv-datasette1
PACKAGES := scraper converters
# As pip does for packages that are not editable: without it, a run that may write no byte code takes 0.3 s longer.
COMPILE = $(BIN)/python -m compileall -q $(PACKAGES)
export WIKICOMPOST_DATASETTE1 ?= $(CURDIR)/$(DATASETTE1)/bin/datasette

# Files in their order: those of few tests, which would come last otherwise, are among the longest.
WORKERS = -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: archive serve test lint docs fuzz bench screenshots clean

archive: $(VENV)/.for-use       ## harvest WIKI (or the sample), make records, site and Datasette's files
	$(BIN)/wikicompost archive $(WIKI) $(ARGS)

serve: $(VENV)/.for-use         ## look at an archive: DIR=data/wiki.example.org
	$(BIN)/wikicompost serve $(or $(DIR),data/sample-archive)

test: lint $(DATASETTE1)/.ready ## the whole test suite
	$(BIN)/python -m pytest $(WORKERS) $(ARGS)

lint: $(VENV)/.for-test         ## style, types, import contracts, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/cog --check README.md data/README.md

docs: $(VENV)/.for-test         ## renew the generated parts of the docs
	$(BIN)/cog -r README.md data/README.md

fuzz: $(VENV)/.for-test         ## random wikitext for ten minutes; ARGS="--seconds 60 --seed 2"
	$(BIN)/python -m tests.hostile.fuzz $(ARGS)

bench: $(VENV)/.for-test        ## measure beside the peers; prints tables
	$(BIN)/python -m bench $(ARGS)

screenshots: $(VENV)/.for-test  ## take the pictures of the README again
	$(BIN)/python -m tests.screenshots

clean:                          ## what can be made again; archives in data/ stay
	rm -rf $(VENV) $(DATASETTE1) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "wikicompost needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv here; on Debian: apt install python3-venv"; exit 2; }

$(VENV)/.for-use: setup.cfg | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[datasette,7z]'
	@$(COMPILE)
	@touch $@

$(VENV)/.for-test: setup.cfg | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@$(COMPILE)
	@touch $@ $(VENV)/.for-use

# Datasette 1.0 is still an alpha; it lives beside the stable one, for the tests only.
$(DATASETTE1)/.ready: | $(BIN)/python
	$(PYTHON) -m venv $(DATASETTE1)
	$(DATASETTE1)/bin/python -m pip install --quiet 'datasette>=1.0a0' 'backports.zstd; python_version < "3.14"'
	@touch $@
