# `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
# What the local server keeps.
LOCAL := $(CURDIR)/.ttw-local
INFRA := .venv-infra
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

# Cross-compiling needs zig too.
$(VENV)/.package: infra/requirements-package.txt $(VENV)/.lambda
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r infra/requirements-package.txt
	touch $@

# Two more environments: the pins of SAM, of checkov and of the tests fit no two of them together.
$(INFRA)/.sam: infra/requirements-sam.txt
	python3 -m venv $(INFRA)/sam
	$(INFRA)/sam/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r infra/requirements-sam.txt
	touch $@

$(INFRA)/.checks: infra/requirements-check.txt
	python3 -m venv $(INFRA)/checks
	$(INFRA)/checks/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r infra/requirements-check.txt
	touch $@

.PHONY: run
run: ## Serve the page and the API on http://127.0.0.1:9000 and print a curl that works
	@command -v cargo >/dev/null || { echo "Rust is missing: install it from https://rustup.rs, then run make run again." >&2; exit 1; }
	@echo "Building; the first time takes a few minutes."
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory page || echo "The page could not be built, so there is the API without it." >&2; else echo "npm is missing, so there is the API without its page; for that install Node from https://nodejs.org." >&2; fi
	@TTW_LOCAL_PAGE=$$(test ! -f portal/page/build/index.html || echo portal/page/build) cargo run --locked --bin ttw-local

.PHONY: watch
watch: $(VENV)/.lambda ## Serve the same API on http://127.0.0.1:9000 as Lambda functions, under cargo lambda watch
	@cargo build --locked --quiet --bin ttw-local
	@mkdir -p $(LOCAL)
	@TTW_LOCAL_DIR=$(LOCAL) PORT=9002 target/debug/ttw-local backstage > $(LOCAL)/environment & backstage=$$!; \
	trap 'kill $$backstage' EXIT; \
	for try in {1..100}; do grep -q TTW_JWKS_URL $(LOCAL)/environment && break; sleep 0.2; done; \
	set -a; source $(LOCAL)/environment; set +a; \
	cargo lambda watch --ignore-changes --invoke-address 127.0.0.1

.PHONY: test
test: ## Run every test, and tell how long each part took
	@took=; for part in lint test-rust docs-check test-wheel test-spark test-notebooks test-portal test-lambda test-api test-client test-page infra-check; do \
		start=$$SECONDS; $(MAKE) --no-print-directory $$part || exit; took="$$took  $$part $$((SECONDS - start)) s"; \
	done; echo "Every part has passed:$$took"

.PHONY: test-full
test-full: export TTW_FULL := 1
test-full: test ## Run every test at its full size: a million damaged documents, 550 crashes, 10,000 submissions at once, a year of 5,000 claims

.PHONY: lint
lint: setup ## Check format and lints of Rust and Python
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	ruff check .
	ruff format --check .

.PHONY: test-rust
test-rust: ## Run the Rust tests: rules, golden cases, properties, HTTP in process
	cargo test --locked

SEED := 1
CLAIMS := 5000

.PHONY: sim-year
sim-year: ## Live through a simulated year of claims (SEED=1, CLAIMS=5000); the last line is the hash of its trace
	cargo run --locked --quiet --bin sim_year -- $(SEED) $(CLAIMS)

.PHONY: golden
golden: ## Write every golden case with the core's answer to target/golden.jsonl
	@mkdir -p target
	cargo run --locked --quiet --bin golden > target/golden.jsonl

.PHONY: wheel
wheel: setup ## Build target/wheels/ttw-*.whl
	maturin build --profile wheel --locked --quiet

# Puts the newest wheel into the environment of this Python, in place of any other.
install_wheel = $(1) -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall $$(ls -t target/wheels/ttw-*.whl | head -1)

.PHONY: test-wheel
test-wheel: wheel golden ## Install the wheel and test it: pytest, doctests, stubs, golden cases
	$(call install_wheel,$(PYTHON))
	TTW_GOLDEN=target/golden.jsonl $(PYTHON) -m pytest -q bindings/python/tests
	$(PYTHON) -m pytest -q --pyargs ttw
	$(PYTHON) -m mypy.stubtest ttw
	$(PYTHON) -m mypy --strict bindings/python/ttw

$(VENV)/.notebooks: notebooks/requirements.txt | $(VENV)/.ready
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r notebooks/requirements.txt
	touch $@

.PHONY: test-notebooks
test-notebooks: wheel $(VENV)/.notebooks ## Install the wheel, run the notebooks with it, and read what they show
	$(call install_wheel,$(PYTHON))
	$(PYTHON) -m pytest -q notebooks

# An environment of its own: Spark wants pandas 2.
.venv-spark/.ready: bindings/requirements-spark.txt
	python3 -m venv .venv-spark
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r bindings/requirements-spark.txt
	touch $@

.PHONY: test-spark
test-spark: wheel .venv-spark/.ready ## Judge a panel in a local Spark, which needs Java 17
	@command -v java >/dev/null || { echo "Java is missing: install Java 17 (Debian: openjdk-17-jre-headless), then run make test-spark again." >&2; exit 1; }
	$(call install_wheel,.venv-spark/bin/python)
	.venv-spark/bin/python -m pytest -q bindings/python/tests/test_spark.py

# An environment of its own: what schemathesis needs is much.
.venv-api/.ready: tests/api/requirements.txt
	python3 -m venv .venv-api
	.venv-api/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/api/requirements.txt
	touch $@

.PHONY: test-api
test-api: .venv-api/.ready ## Fuzz every operation of the local server by the API document
	cargo build --locked --quiet --bin ttw-local
	.venv-api/bin/python tests/api/run.py functions/portal/openapi.json target/debug/ttw-local

portal/node_modules/.ready: portal/package.json portal/package-lock.json portal/client/package.json portal/page/package.json
	@command -v npm >/dev/null && node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || { echo "npm, or a Node of 20.19 or newer, is missing: install Node from https://nodejs.org, then run the same make again." >&2; exit 1; }
	cd portal && npm ci --no-audit --no-fund --silent
	touch $@

.PHONY: client
client: portal/node_modules/.ready ## Write the TypeScript client's types from the API document
	cd portal/client && npm run --silent generate

.PHONY: test-client
test-client: portal/node_modules/.ready ## Check that the TypeScript client's types are those of the API document, and run it against a small server
	cd portal/client && ../node_modules/.bin/openapi-typescript ../../functions/portal/openapi.json | diff -u src/schema.d.ts - || { echo "portal/client/src/schema.d.ts is stale: run make client" >&2; exit 1; }
	cd portal/client && npm run --silent test

.PHONY: page
page: portal/node_modules/.ready ## Check and build the web page into portal/page/build
	cd portal/page && npm run --silent check && npm run --silent build -- --logLevel warn

$(VENV)/.browser: tests/browser/requirements.txt | $(VENV)/.ready
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r tests/browser/requirements.txt
	touch $@

# The browser is Debian's: root installs it, anybody else is told.
.PHONY: test-page
test-page: $(VENV)/.browser page ## Use the page in a real Chromium, on the local server
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || { echo "Chromium is missing: install it (Debian: apt-get install chromium), then run make test-page again." >&2; exit 1; }
	cargo build --locked --bin ttw-local --bin ttw-admin
	$(PYTHON) -m pytest -q tests/browser

# The functions of infra/template.yaml.
LAMBDAS := check-eligibility submit-pr eir iwp form-1365 tpr claims notify sweep

.PHONY: test-portal
test-portal: $(VENV)/.ready ## Walk through all six forms on the local server, and read the mail
	cargo build --locked --bin ttw-local --bin ttw-admin
	$(PYTHON) -m pytest -q tests/portal

# Built in one go, as the emulator would build them one after the other.
.PHONY: test-lambda
test-lambda: $(VENV)/.lambda golden ## Ask the Lambda functions under cargo lambda watch: golden cases, the walk, recorded events
	cargo build --locked --bin ttw-local --bin ttw-admin $(LAMBDAS:%=--bin %)
	TTW_GOLDEN=target/golden.jsonl $(PYTHON) -m pytest -q tests/lambda
# Or x86-64; then set Architecture=x86_64 in infra/deploy.env too.
PACKAGE_ARCH := arm64
HOST = $(shell rustc --print host-tuple)
PACKAGE_TARGET := $(if $(filter x86-64,$(PACKAGE_ARCH)),x86_64,aarch64)-unknown-linux-gnu
# Programs at a fixed address: nothing is moved into place at their start, which then takes two thirds of the time.
package bench-functions: export RUSTFLAGS := -C relocation-model=static

.PHONY: package
package: $(VENV)/.package ## Build the functions' zips into target/lambda (PACKAGE_ARCH=x86-64 for the other kind of machine)
	@test -d "$$(rustc --print sysroot)/lib/rustlib/$(PACKAGE_TARGET)" || { echo "Rust cannot build for $(PACKAGE_TARGET) yet: run rustup target add $(PACKAGE_TARGET), then make package again." >&2; exit 1; }
	cargo lambda build --locked --release --$(PACKAGE_ARCH) --skip-target-check --output-format zip --lambda-dir target/lambda $(LAMBDAS:%=--package %) $(LAMBDAS:%=--bin %)

.PHONY: keys
keys: $(INFRA)/.sam ## Once before the first deployment: make the data key, and the keys under it, in AWS
	$(INFRA)/sam/bin/python infra/deploy.py keys

.PHONY: deploy
deploy: $(INFRA)/.sam ## Build and deploy to AWS by infra/deploy.env; says first what is missing there
	$(INFRA)/sam/bin/python infra/deploy.py missing
	$(MAKE) package
	$(INFRA)/sam/bin/python infra/deploy.py deploy

.PHONY: infra-check
infra-check: $(INFRA)/.sam $(INFRA)/.checks ## Check the templates: sam validate, cfn-lint, checkov, and the tests of tests/infra
	$(INFRA)/sam/bin/python -m unittest discover --start-directory tests/infra
	$(INFRA)/sam/bin/python tests/infra/routes.py Cargo.toml infra/template.yaml functions/portal/openapi.json
	$(INFRA)/sam/bin/python infra/check.py

# Has the test of this name write its file, and shows what went wrong. It is an error that there is no such test.
written_by = @told=$$(UPDATE=1 cargo test --locked --quiet --test all $(1) 2>&1) || { echo "$$told" >&2; exit 1; }; grep -q 'test result: ok\. [1-9]' <<< "$$told" || { echo "No test has $(1) in its name: nothing was written." >&2; exit 1; }

.PHONY: docs
docs: ## Write docs/rules and the README's table from the rules, docs/codes.md from the codes, the API document, the client's types, and the site
	cargo run --locked --quiet --bin rule_pages
	$(call written_by,page_of_codes)
	$(call written_by,the_committed_document)
	$(MAKE) --no-print-directory client
	cargo doc --locked --workspace --no-deps --quiet
	$(MAKE) --no-print-directory site

$(VENV)/.site: docs/requirements.txt | $(VENV)/.ready
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r docs/requirements.txt
	touch $@

.PHONY: site
site: $(VENV)/.site ## Build the site with guides and reference into target/site
	$(PYTHON) -m mkdocs build --strict --quiet

.PHONY: docs-check
docs-check: ## Check that the API documentation builds without a warning
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --quiet

.PHONY: bench
bench: ## Time one decision beside its peers, in one run
	cd tests/bench && cargo run --locked --release --quiet

.PHONY: bench-functions
bench-functions: ## Time a warm decision over HTTP, and each function's start, beside peers in one run
	cargo build --locked --release --quiet --target $(HOST) $(LAMBDAS:%=--package %) $(LAMBDAS:%=--bin %)
	cd tests/bench && cargo build --locked --release --quiet --target $(HOST) --bins && target/$(HOST)/release/functions $(CURDIR)/target/$(HOST)/release

.venv-bench/.ready: tests/bench/requirements.txt
	python3 -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/bench/requirements.txt
	touch $@

.PHONY: bench-batch
bench-batch: wheel .venv-bench/.ready ## Time a million tickets beside numba, Polars, DuckDB, pandas, a Python loop and zen-engine; then ledgers and drafts in tables
	$(call install_wheel,.venv-bench/bin/python)
	.venv-bench/bin/python tests/bench/batch
	.venv-bench/bin/python tests/bench/batch/tables.py

.PHONY: fuzz
fuzz: ## Fuzz the reader and the engine for a minute (needs a nightly toolchain and cargo-fuzz)
	cd tests/fuzz && cargo +nightly fuzz run decide -- -max_total_time=60

.PHONY: clean
clean: ## Remove everything that was built, installed or kept here, the local server's table too
	rm -rf target tests/bench/target tests/fuzz/target $(VENV) $(INFRA) .venv-api .venv-bench .venv-spark
	rm -rf portal/node_modules portal/client/build portal/page/build $(LOCAL) .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis
