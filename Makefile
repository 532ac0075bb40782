# make demo   the whole pipeline on 24 invented reports; the study lies in demo/
# make test   style, types and all tests
# make bench  passages per second, beside plain BERTopic on the same passages (REPORTS=folder METADATA=file)
# make bench-encoder   the encoders side by side (DATA=folder SEEDS='folder folder')
# make bench-themes    coherence, stability and cost of themes, beside BERTopic's defaults (DATA=folder PARTS=...)
# Each sets up .venv on its first call: Python 3.11 or newer and pip are all it needs.

PYTHON ?= python3
BIN := .venv/bin

# make bench-coding    suggestions beside plainer ways and a second coder (DATA=folder PARTS=...)
.PHONY: demo test bench bench-encoder bench-themes bench-coding style clean

demo: .venv/ready
	$(BIN)/narratives demo

test: .venv/ready style
	$(BIN)/pytest -m "not slow and not browser"
	$(BIN)/pytest -m "slow or browser"

style: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python tests/bench/speed.py $(REPORTS) $(METADATA)

bench-encoder: .venv/ready
	$(BIN)/python tests/bench/encoder.py $(DATA) $(SEEDS)

bench-coding: .venv/ready
	$(BIN)/python tests/bench/coding.py $(DATA) $(PARTS)

bench-themes: .venv/ready
	$(BIN)/python tests/bench/themes.py $(DATA) $(PARTS)

.venv/ready: pyproject.toml constraints.txt
	@echo 'Setting up .venv; this takes some minutes the first time.'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
