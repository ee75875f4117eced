# `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: setup
setup: $(VENV)/.ready ## Install what building and testing needs (safe to repeat)
	@command -v cargo >/dev/null || { echo "Rust is missing: install it from https://rustup.rs, then run make setup again." >&2; exit 1; }

$(VENV)/.ready: bindings/requirements-dev.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r bindings/requirements-dev.txt
	touch $@

$(VENV)/.lambda: infra/requirements-dev.txt | $(VENV)/.ready
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r infra/requirements-dev.txt
	touch $@

.PHONY: run
run: ## Serve the API on http://127.0.0.1:9000 and print a curl that works
	@command -v cargo >/dev/null || { echo "Rust is missing: install it from https://rustup.rs, then run make run again." >&2; exit 1; }
	@echo "Building; the first time takes a few minutes."
	@cargo run --locked -p ttw-local

.PHONY: watch
watch: $(VENV)/.lambda ## Serve the same API on http://127.0.0.1:9000 as Lambda functions, under cargo lambda watch
	cargo lambda watch --ignore-changes --invoke-address 127.0.0.1

.PHONY: test
test: lint test-rust docs-check test-wheel test-lambda ## Run every test

.PHONY: test-full
test-full: export TTW_FULL := 1
test-full: test ## Run every test at its full size: a million damaged documents instead of the first 100,000

.PHONY: lint
lint: setup ## Check format and lints of Rust and Python
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	ruff check bindings
	ruff format --check bindings

.PHONY: test-rust
test-rust: ## Run the Rust tests: rules, golden cases, properties, HTTP in process
	cargo test --locked --workspace --exclude ttw-python

.PHONY: golden
golden: ## Write every golden case with the core's answer to target/golden.jsonl
	@mkdir -p target
	cargo run --locked --quiet -p ttw-tests --bin golden > target/golden.jsonl

.PHONY: wheel
wheel: setup ## Build target/wheels/ttw-*.whl
	maturin build --release --locked --quiet

.PHONY: test-wheel
test-wheel: wheel golden ## Install the wheel and test it: pytest, doctests, stubs, golden cases
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall $$(ls -t target/wheels/ttw-*.whl | head -1)
	TTW_GOLDEN=target/golden.jsonl $(PYTHON) -m pytest -q bindings/python/tests
	$(PYTHON) -m pytest -q --pyargs ttw
	$(PYTHON) -m mypy.stubtest ttw
	$(PYTHON) -m mypy --strict bindings/python/ttw

.PHONY: test-lambda
test-lambda: $(VENV)/.lambda golden ## Ask every golden case of the Lambda function under cargo lambda watch
	$(PYTHON) tests/lambda/golden.py target/golden.jsonl

.PHONY: docs
docs: ## Write docs/rules and the README's table from the rules, and the API document
	cargo run --locked --quiet -p ttw-tests --bin rule_pages
	UPDATE=1 cargo test --locked --quiet -p check-eligibility document >/dev/null
	cargo doc --locked --workspace --exclude ttw-python --no-deps --quiet

.PHONY: docs-check
docs-check: ## Check that the API documentation builds without a warning
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --exclude ttw-python --no-deps --quiet

.PHONY: bench
bench: ## Time one decision beside its peers, in one run
	cd tests/bench && cargo run --locked --release --quiet

.PHONY: fuzz
fuzz: ## Fuzz the reader and the engine for a minute (needs a nightly toolchain and cargo-fuzz)
	cd tests/fuzz && cargo +nightly fuzz run decide -- -max_total_time=60

.PHONY: clean
clean: ## Remove everything that was built or installed here
	rm -rf target $(VENV)
